import { describe, expect, it, test } from '@jest/globals';
import { actionKinds } from './action-kinds.ts';
import { actionKindOfWords } from './action-words.ts';

describe('the words of status tables', () => {
  test.each([
    ['Ratification', 'ratification'],
    ['  formal   confirmation ', 'formalConfirmation'],
    ['DEFINITIVE SIGNATURE', 'definitiveSignature'],
    ['withdrawalFromTreaty', 'withdrawalFromTreaty'],
    ['Succession to the Convention as amended', 'succession'],
  ])('%j', (words, kind) => {
    expect(actionKindOfWords(words)).toBe(kind);
  });

  test.each(['', '3)', 'as amended', 'A', 'a', 'toString'])('%j names no act', (words) => {
    expect(actionKindOfWords(words)).toBeNull();
  });
});

describe('the vocabulary', () => {
  const entries = Object.values(actionKinds);

  it('has one stored name and one label for each kind, the name with its version', () => {
    for (const field of ['storedAs', 'label'] as const)
      expect(new Set(entries.map((entry) => entry[field])).size).toBe(entries.length);
    for (const { storedAs } of entries) expect(storedAs).toMatch(/^[a-z]+(-[a-z]+)*\.v\d+$/);
  });

  it('says of each kind what it means and what it does not', () => {
    for (const { means, doesNotMean } of entries) {
      expect(means).toMatch(/^[A-Z].{15,}\.$/);
      expect(doesNotMean).toMatch(/^[A-Z].{10,}\.$/);
    }
  });

  it('keeps the letters of MTDSG apart by case', () => {
    expect([actionKinds.acceptance.code, actionKinds.accession.code]).toStrictEqual(['A', 'a']);
  });
});
