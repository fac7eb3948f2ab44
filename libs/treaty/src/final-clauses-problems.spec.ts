import { describe, expect, it, test } from '@jest/globals';
import { cybercrimeFinalClauses } from '../../../apps/standalone/src/seed/cybercrime.data.ts';
import { finalClausesProblems } from './final-clauses-problems.ts';
import { unknownFinalClauses, type Condition } from './final-clauses.ts';

const changed = (path: string, value: unknown): unknown => {
  const copy = structuredClone(cybercrimeFinalClauses) as unknown as Record<string, unknown>;
  const names = path.split('.');
  const last = names.pop() ?? '';
  const at = names.reduce((object, name) => object[name] as Record<string, unknown>, copy);
  at[last] = value;
  return copy;
};

describe('final clauses from outside', () => {
  it('are taken when they are well formed', () => {
    expect(finalClausesProblems(cybercrimeFinalClauses)).toStrictEqual([]);
    expect(finalClausesProblems(unknownFinalClauses)).toStrictEqual([]);
  });

  test.each<[string, unknown, string, string]>([
    ['version', 2, 'version', 'must be 1, the only version there is'],
    [
      'entryIntoForce.threshold',
      -1,
      'entryIntoForce.threshold',
      'must be a whole number from 0 to 10000',
    ],
    [
      'entryIntoForce.threshold',
      '40',
      'entryIntoForce.threshold',
      'must be a whole number from 0 to 10000',
    ],
    [
      'entryIntoForce.delay.mode',
      'weeks',
      'entryIntoForce.delay.mode',
      'must be one of days, months, years, first-of-month-after-days, first-of-month-after-months, first-of-nth-month, same-day',
    ],
    [
      'entryIntoForce.countedKinds',
      ['ratification', 'toString'],
      'entryIntoForce.countedKinds[1]',
      'must be a kind of action',
    ],
    ['signature.windows', 'always', 'signature.windows', 'must be a list'],
    ['withdrawal.word', 'exit', 'withdrawal.word', 'must be one of denunciation, withdrawal'],
    ['laterParties', undefined, 'laterParties', 'must be an object'],
    ['entryIntoForce.surprise', 1, 'entryIntoForce.surprise', 'is not a field of final clauses'],
    ['consent.reioAfterMember', 'yes', 'consent.reioAfterMember', 'must be true or false'],
  ])('%s = %j names the field', (path, value, field, sentence) => {
    expect(finalClausesProblems(changed(path, value))).toStrictEqual([{ field, sentence }]);
  });

  it('name an impossible date in a window', () => {
    const windows = [{ place: 'Hanoi', from: '2026-02-30', until: null }];
    expect(finalClausesProblems(changed('signature.windows', windows))).toStrictEqual([
      {
        field: 'signature.windows[0].from',
        sentence: 'must be a calendar date that exists, written YYYY-MM-DD',
      },
    ]);
  });

  test.each([null, 7, 'x', [], undefined])('%j is no object', (value) => {
    expect(finalClausesProblems(value)).toStrictEqual([
      { field: 'finalClauses', sentence: 'must be an object' },
    ]);
  });

  it('hold every kind of condition, and no other', () => {
    const conditions: Condition[] = [
      { type: 'party-to', treaty: 'IV-4' },
      { type: 'all-parties-of', treaty: 'IV-4' },
      { type: 'fraction-of-parties-of', treaty: 'XXVII-7-a', fraction: '3/4' },
      { type: 'share', attribute: 'emissions', minPercent: 55 },
      { type: 'minimum-protocols', count: 2 },
      { type: 'tacit-consent', text: 'Unless a third object.' },
      { type: 'ceases-below', count: 16, article: 'XV' },
    ];
    expect(finalClausesProblems(changed('entryIntoForce.conditions', conditions))).toStrictEqual(
      [],
    );
    const [found] = finalClausesProblems(
      changed('entryIntoForce.conditions', [{ type: 'constructor' }]),
    );
    expect(found?.field).toBe('entryIntoForce.conditions[0].type');
  });
});
