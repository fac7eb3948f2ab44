import { wordsInText } from '../words.ts';

/** A piece of a text with the places of what was looked for: offsets, never markup. */
export interface Excerpt {
  readonly text: string;
  /** Begin and end of each word found, in UTF-16 units from the beginning of `text`. */
  readonly highlights: readonly (readonly [number, number])[];
  /** Whether the whole text goes on before and after. */
  readonly continues: { readonly before: boolean; readonly after: boolean };
}

/** Longest excerpt, and how much of it stands before the first word found. */
const longest = 240;
const before = 60;
/** How far into a text a word is looked for: what the excerpt costs does not grow with what was deposited. */
const farthest = 20_000;

/** The piece of a text around the first of the words looked for (folded), or its beginning. */
export function excerptOf(text: string, words: ReadonlySet<string>): Excerpt {
  const found: [number, number][] = [];
  let from = 0;
  let end = longest;
  for (const { word, from: start, to } of wordsInText(text.slice(0, farthest))) {
    if (!words.has(word)) continue;
    if (found.length === 0 && to > longest) {
      from = startOfWord(text, start - before);
      end = from + longest;
    }
    if (to > end) break;
    found.push([start, to]);
  }
  const to = text.length <= end ? text.length : endOfWord(text, end, found.at(-1)?.[1] ?? from);
  return {
    text: text.slice(from, to),
    highlights: found.map(([start, stop]) => [start - from, stop - from]),
    continues: { before: from > 0, after: to < text.length },
  };
}

/** How many different words of those looked for stand in a text. */
export function wordsFound(text: string, words: ReadonlySet<string>): number {
  const found = new Set<string>();
  for (const { word } of wordsInText(text.slice(0, farthest))) if (words.has(word)) found.add(word);
  return found.size;
}

function startOfWord(text: string, near: number): number {
  const gap = text.indexOf(' ', near);
  return gap === -1 || gap > near + before ? notInPair(text, near) : gap + 1;
}

function endOfWord(text: string, near: number, atLeast: number): number {
  const gap = text.lastIndexOf(' ', near);
  return gap > atLeast ? gap : notInPair(text, near);
}

/** A cut between the two halves of a character outside the basic plane moves before it. */
const notInPair = (text: string, at: number): number =>
  /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at;
