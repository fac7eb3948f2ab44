import type { InEveryLanguage } from './language.ts';
import { componentWords as en, type ComponentWords } from './words.en.ts';
import { componentWords as fr } from './words.fr.ts';

/** What components say by themselves. A word that a language lacks is a type error. */
export const componentWords: InEveryLanguage<ComponentWords> = { en, fr };
