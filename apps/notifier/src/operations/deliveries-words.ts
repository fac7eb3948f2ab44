import type { InEveryLanguage } from '#pages';
import { deliveriesWords as en, type DeliveriesWords } from './deliveries-words.en.ts';
import { deliveriesWords as fr } from './deliveries-words.fr.ts';

export type { DeliveriesWords };

/** What the pages about deliveries say. A word that a language lacks is a type error. */
export const deliveriesWords: InEveryLanguage<DeliveriesWords> = { en, fr };
