import type { InEveryLanguage } from '#pages';
import { pageWords as en, type PageWords } from './words.en.ts';
import { pageWords as fr } from './words.fr.ts';

/** What the public pages say. A word that a language lacks is a type error. */
export const pageWords: InEveryLanguage<PageWords> = { en, fr };
