import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { foldedWords } from '../index.ts';
import { wordsInText } from '../words.ts';
import { excerptOf } from './excerpt.ts';

// Real words of a declaration (Argentina, on the Convention on the Law of the Sea), and what may stand between.
const words =
  'Con relación a aquellas disposiciones de la Convención que tratan sobre Türkiye Ђ 日本 🏳️ <b> & "x"';
const texts = fc
  .array(fc.constantFrom(...words.split(' '), '\n', '\u0000', 'e\u0301'), { maxLength: 200 })
  .map((parts) => parts.join(' '));

describe('an excerpt', () => {
  it('is a piece of the text whose highlights stand at the words looked for', () => {
    fc.assert(
      fc.property(texts, fc.subarray(foldedWords(words)), (text, looked) => {
        const wanted = new Set(looked);
        const { text: piece, highlights, continues } = excerptOf(text, wanted);
        expect(text.includes(piece)).toBe(true);
        expect(piece.length).toBeLessThanOrEqual(300);
        expect(piece.isWellFormed()).toBe(true);
        expect([text.startsWith(piece), text.endsWith(piece)]).toStrictEqual([
          !continues.before || text.startsWith(piece),
          !continues.after || text.endsWith(piece),
        ]);
        for (const [from, to] of highlights)
          expect(wanted.has(foldedWords(piece.slice(from, to)).join(' '))).toBe(true);
        const there = [...wordsInText(text)].some(({ word }) => wanted.has(word));
        expect(highlights.length > 0).toBe(there);
      }),
    );
  });

  it('begins a little before the first word found', () => {
    const text = `${'The Government declares. '.repeat(40)}Its jurisdiction is reserved.`;
    const { text: piece, highlights, continues } = excerptOf(text, new Set(['jurisdiction']));
    expect(piece).toBe(
      'The Government declares. The Government declares. Its jurisdiction is reserved.',
    );
    expect(highlights).toStrictEqual([[54, 66]]);
    expect(continues).toStrictEqual({ before: true, after: false });
  });

  it('folds words of any script alike, whether or not a text was composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldedWords(text.normalize('NFD'))).toStrictEqual(
          foldedWords(text.normalize('NFC')),
        );
      }),
    );
  });
});
