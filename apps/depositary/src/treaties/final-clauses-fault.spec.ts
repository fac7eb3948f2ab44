import { describe, expect, it, test } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import { unknownFinalClauses, type Condition } from '#treaty';
import { finalClausesFault } from './final-clauses-fault.ts';

const changed = (path: string, value: unknown): unknown => {
  const copy = structuredClone(cybercrimeFinalClauses) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const at = names.reduce((object, name) => object[name] as Record<string, unknown>, copy);
  at[last] = value;
  return copy;
};

const cybercrimeFinalClauses = catalogueEntry('cybercrime')!.finalClauses;

describe('final clauses from outside', () => {
  it('are taken when they are well formed', () => {
    expect(finalClausesFault(cybercrimeFinalClauses)).toBeNull();
    expect(finalClausesFault(unknownFinalClauses)).toBeNull();
  });

  test.each<[string, unknown, string]>([
    ['version', 2, 'version: must be 1'],
    [
      'entryIntoForce.conditions',
      [{ type: 'share', attribute: 'emissions', fraction: '5/3' }],
      'entryIntoForce.conditions[0].fraction: must be a fraction of a whole, such as 3/4',
    ],
    ['entryIntoForce.threshold', -1, 'entryIntoForce.threshold: must be >= 0'],
    ['entryIntoForce.threshold', '40', 'entryIntoForce.threshold: must be integer'],
    [
      'entryIntoForce.delay.mode',
      'weeks',
      'entryIntoForce.delay.mode: must be one of days, months, years, first-of-month-after-days, first-of-month-after-months, first-of-nth-month, same-day',
    ],
    ['signature.windows', 'always', 'signature.windows: must be array'],
    [
      'signature.windows',
      [{ place: 'Hanoi', from: '2026-02-30', until: null }],
      'signature.windows[0].from: must be a calendar date that exists, written YYYY-MM-DD',
    ],
    ['withdrawal.word', 'exit', 'withdrawal.word: must be one of denunciation, withdrawal, null'],
    ['laterParties', undefined, 'laterParties: is missing'],
    ['entryIntoForce.surprise', 1, 'entryIntoForce.surprise: is not a field of final clauses'],
    ['consent.reioAfterMember', 'yes', 'consent.reioAfterMember: must be boolean'],
    [
      'withdrawal.notice',
      { mode: 'cut-off', receivedBy: '13-01', effectOn: '01-01' },
      'withdrawal.notice.receivedBy: must match pattern "^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$"',
    ],
  ])('%s = %j names the field', (path, value, sentence) => {
    expect(finalClausesFault(changed(path, value))).toBe(sentence);
  });

  it('name a kind of action that there is none of', () => {
    expect(
      finalClausesFault(changed('entryIntoForce.countedKinds', ['ratification', 'toString'])),
    ).toMatch(/^entryIntoForce\.countedKinds\[1\]: must be one of signature, /);
  });

  test.each([null, 7, 'x', [], undefined])('%j is no object', (value) => {
    expect(finalClausesFault(value)).toBe('finalClauses: must be object');
  });

  it('hold every kind of condition, and no other', () => {
    const conditions: Condition[] = [
      { type: 'party-to', treaty: 'IV-4' },
      { type: 'all-parties-of', treaty: 'IV-4' },
      { type: 'fraction-of-parties-of', treaty: 'XXVII-7-a', fraction: '3/4' },
      { type: 'share', attribute: 'emissions', fraction: '55/100' },
      { type: 'minimum-protocols', count: 2 },
      { type: 'tacit-consent', text: 'Unless a third object.' },
      { type: 'ceases-below', count: 16, article: 'XV' },
    ];
    expect(finalClausesFault(changed('entryIntoForce.conditions', conditions))).toBeNull();
    expect(finalClausesFault(changed('entryIntoForce.conditions', [{ type: 'constructor' }]))).toBe(
      'entryIntoForce.conditions[0].type: must be one that the schema names; /final-clauses/schema.json lists them',
    );
  });
});
