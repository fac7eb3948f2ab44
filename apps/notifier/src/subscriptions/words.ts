import type { InEveryLanguage, Language } from '#pages';
import { subscriptionWords as en, type SubscriptionWords } from './words.en.ts';
import { subscriptionWords as fr } from './words.fr.ts';

export type { SubscriptionWords };

/** What the pages for who subscribes say. A word that a language lacks is a type error. */
export const subscriptionWords: InEveryLanguage<SubscriptionWords> = { en, fr };

/** One sentence in both languages. */
export const inBoth = (
  sentence: (words: SubscriptionWords, language: Language) => string,
): InEveryLanguage<string> => ({ en: sentence(en, 'en'), fr: sentence(fr, 'fr') });
