import type { InEveryLanguage } from '#pages';
import { reviewWords as reviewEn } from './review-words.en.ts';
import { reviewWords as reviewFr } from './review-words.fr.ts';
import { deskWords as en } from './words.en.ts';
import { deskWords as fr } from './words.fr.ts';

const english = { ...en, ...reviewEn };
export type DeskWords = typeof english;

/** What the desk's pages say. A word that a language lacks is a type error. */
export const deskWords: InEveryLanguage<DeskWords> = { en: english, fr: { ...fr, ...reviewFr } };
