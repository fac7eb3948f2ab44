import { instantInWords, type Language } from '#pages';
import { pageWords } from './words.ts';

/** What was known, in words: a position of the ledger or an instant. */
export function knownInWords(asKnownAt: string, language: Language): string {
  return /^\d+$/.test(asKnownAt)
    ? pageWords[language].time.knownPosition(asKnownAt)
    : instantInWords(asKnownAt, language);
}
