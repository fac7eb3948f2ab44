/** A word of a text, folded, and where it stands there. */
export interface WordInText {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

/** Case and accents taken off: `Türkiye` and `TURKIYE` are one word. */
export const foldedWord = (word: string): string =>
  isAscii.test(word)
    ? word.toLowerCase()
    : word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const isAscii = /^[ -~\s]*$/;
const wordPattern = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text in order, folded: letters and digits of any script, everything else divides. */
export function foldedWords(text: string): string[] {
  return foldedWord(text).match(wordPattern) ?? [];
}

/** The words of a text with their places, in UTF-16 units as JavaScript counts them. */
export function* wordsInText(text: string): Generator<WordInText> {
  for (const { 0: word, index } of text.matchAll(wordPattern))
    yield { word: foldedWord(word), from: index, to: index + word.length };
}
