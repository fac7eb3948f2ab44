import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, record, treaty } from '../test/deciding.ts';
import { addDays, compareDates } from './calendar-date.ts';
import { entryIntoForceOf } from './entry-into-force.ts';
import type { ActionRecorded, TreatyEvent } from './events.ts';
import { unknownFinalClauses, type Condition, type EntryIntoForceRule } from './final-clauses.ts';

const states = Object.values(participants.byCode)
  .filter(({ kind, from }) => kind === 'state' && from === null)
  .map(({ code }) => code)
  .toSorted();
const day = (n: number) => addDays(date('2026-01-05'), n);
/** Deposits of the first `count` States, one a day. */
const deposits = (count: number, first = 0): ActionRecorded[] =>
  states.slice(first, first + count).map((code, i) => done(code, 'ratification', day(first + i)));
const asOf = date('2027-12-31');
const force = (events: TreatyEvent[], on = asOf) =>
  entryIntoForceOf(record(cybercrime(), ...events), participants, { asOf: on });

describe('ninetieth day after the fortieth instrument', () => {
  it('is pending at 39, says what is missing, and what the date would be', () => {
    const found = force(deposits(39), date('2026-11-24'));
    expect(found).toMatchObject({ state: 'pending', counted: 39, required: 40, article: '65(1)' });
    expect(found.date).toBeUndefined();
    expect(found.missing).toBe('Missing: 1 more instrument of 40.');
    expect(found.ifMetToday).toBe('2027-02-22');
  });

  it('is fixed by the fortieth, and in force from the day itself', () => {
    const forty = deposits(40);
    const fortieth = forty[39]!.date;
    const on = addDays(fortieth, 90);
    expect(force(forty, fortieth)).toMatchObject({ state: 'fixed', date: on, computedDate: on });
    expect(force(forty, addDays(on, -1)).state).toBe('fixed');
    expect(force(forty, on).state).toBe('in-force');
    expect(force(forty).steps).toStrictEqual([
      `The 40th counted instrument was deposited on ${fortieth} (${forty[39]!.participant}).`,
      `The 90th day after ${fortieth} is ${on}.`,
    ]);
  });

  it('does not count the European Union, and says why', () => {
    const found = force([...deposits(39), done('EUE', 'approval', '2026-03-01')]);
    expect(found.state).toBe('pending');
    expect(found.notCounted).toStrictEqual([
      {
        participant: 'EUE',
        kind: 'approval',
        dateOfDeposit: '2026-03-01',
        action: 'EUE-approval-2026-03-01',
        reason:
          'An instrument of a regional economic integration organization is not counted as additional to those of its member States (art. 65(1)).',
      },
    ]);
  });

  it('counts by date of deposit, not by order of recording, and nothing after the date asked', () => {
    const forty = deposits(40);
    fc.assert(
      fc.property(fc.shuffledSubarray(forty, { minLength: 40 }), (shuffled) => {
        expect(force(shuffled)).toStrictEqual(force(forty));
      }),
    );
    expect(force(forty, forty[38]!.date)).toMatchObject({ state: 'pending', counted: 39 });
  });

  it('an earlier deposit recorded late makes another instrument the fortieth', () => {
    const late = done(states[100]!, 'accession', '2026-01-01');
    const forty = deposits(40);
    expect(force([...forty, late]).date).toBe(addDays(forty[38]!.date, 90));
  });

  it('several deposits of one day all bear that date', () => {
    const oneDay = states.slice(0, 60).map((code) => done(code, 'accession', '2026-02-01'));
    expect(force(oneDay)).toMatchObject({ date: '2026-05-02', counted: 60 });
  });

  it('another instrument never delays a date', () => {
    const events = fc
      .shuffledSubarray(states.slice(0, 80))
      .chain((codes) =>
        fc.tuple(
          ...codes.map((code) =>
            fc.integer({ min: 0, max: 300 }).map((n) => done(code, 'ratification', day(n))),
          ),
        ),
      );
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 300 }), (before, n) => {
        const first = force(before).date ?? date('9999-12-31');
        const then = force([...before, done(states[90]!, 'accession', day(n))]).date;
        expect(compareDates(then ?? date('9999-12-31'), first)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('instruments that do not count', () => {
  const reasons = (events: TreatyEvent[]) =>
    force(events).notCounted.map(({ participant, reason }) => [participant, reason]);

  it('one that was withdrawn before entry into force', () => {
    const forty = deposits(40);
    const withdrawn = done(states[0]!, 'withdrawalOfInstrument', '2026-02-10');
    const found = force([...forty, withdrawn]);
    expect(found).toMatchObject({ state: 'pending', counted: 39 });
    expect(reasons([...forty, withdrawn])).toStrictEqual([
      [states[0], 'The instrument was withdrawn on 2026-02-10, before entry into force.'],
    ]);
    expect(
      force([...forty, withdrawn, done(states[0]!, 'ratification', '2026-03-01')]),
    ).toMatchObject({ state: 'in-force', counted: 40, date: '2026-05-30' });
  });

  it('but a notice that takes effect after entry into force changes no count', () => {
    const forty = deposits(40);
    expect(force([...forty, done(states[0]!, 'denunciation', '2026-02-10')])).toMatchObject({
      state: 'in-force',
      counted: 40,
    });
  });

  it('a succession, when the predecessor counts already', () => {
    const events = [
      done('YUG', 'ratification', '2026-01-06'),
      done('BIH', 'succession', '2026-01-07'),
      done('SVN', 'succession', '2026-01-08', { predecessor: 'ITA' }),
    ];
    expect(reasons(events)).toStrictEqual([
      ['BIH', 'It succeeds to the instrument of YUG, which counts already.'],
    ]);
    expect(force(events).counted).toBe(2);
  });

  it('a second instrument of the same participant, and a kind the treaty does not name', () => {
    expect(
      reasons([
        done('FRA', 'ratification', '2026-01-06'),
        done('FRA', 'acceptance', '2026-01-07'),
        done('DEU', 'simplifiedProcedure', '2026-01-07'),
      ]),
    ).toStrictEqual([
      ['DEU', 'This kind of instrument is not one that the treaty counts (art. 65(1)).'],
      ['FRA', 'An earlier instrument of the same participant counts already.'],
    ]);
  });

  it('an annulled one', () => {
    const annulment: TreatyEvent = {
      type: 'actionAnnulled',
      treaty,
      action: deposits(1)[0]!.action,
      reason: 'Not this treaty.',
    };
    expect(force([...deposits(40), annulment])).toMatchObject({ state: 'pending', counted: 39 });
  });
});

describe('official dates', () => {
  const official: TreatyEvent = {
    type: 'officialDateRecorded',
    treaty,
    participant: null,
    date: date('2026-06-01'),
    reason: 'C.N.200.2026.TREATIES-XVIII.16',
  };

  it('stand beside the computed one', () => {
    expect(force([...deposits(40), official])).toMatchObject({
      state: 'in-force',
      date: '2026-06-01',
      computedDate: addDays(deposits(40)[39]!.date, 90),
      officialDate: { date: '2026-06-01', reason: 'C.N.200.2026.TREATIES-XVIII.16' },
    });
  });

  it('are no answer as of a day on which the conditions were not met, if they were later', () => {
    const forty = deposits(40);
    const before = addDays(forty[39]!.date, -1);
    expect(force([...forty, official], before)).toMatchObject({ state: 'pending', counted: 39 });
    expect(force([...forty, official], before)).not.toHaveProperty('officialDate');
    expect(force([...forty, official], forty[39]!.date)).toMatchObject({
      state: 'fixed',
      date: '2026-06-01',
    });
    // Where the record never meets them, it lacks something, and the officer knows better.
    expect(force([...deposits(39), official], before)).toMatchObject({
      state: 'fixed',
      date: '2026-06-01',
    });
  });

  it('are the answer where the clauses were not read', () => {
    const unread = record(cybercrime(unknownFinalClauses), ...deposits(3));
    const before = entryIntoForceOf(unread, participants, { asOf });
    expect(before).toMatchObject({ state: 'unknown', counted: 3, required: null });
    expect(before.steps).toStrictEqual([
      'The final clauses on entry into force are not recorded, so no date is computed.',
    ]);
    const after = entryIntoForceOf(
      record(cybercrime(unknownFinalClauses), ...deposits(3), official),
      participants,
      { asOf },
    );
    expect(after).toMatchObject({ state: 'in-force', date: '2026-06-01' });
    expect(after.computedDate).toBeUndefined();
  });
});

describe('conditions besides the count', () => {
  const withConditions = (rest: Partial<EntryIntoForceRule>, ...conditions: Condition[]) => {
    const { entryIntoForce } = cybercrime().finalClauses;
    return cybercrime({
      entryIntoForce: { ...entryIntoForce!, threshold: 2, ...rest, conditions },
    });
  };
  const two = [done('FRA', 'accession', '2026-01-10'), done('DEU', 'accession', '2026-02-10')];
  const plain = date('2026-05-11');

  test.each<[string, Partial<EntryIntoForceRule>, Condition, string | null, string]>([
    [
      'a fixed date, when the count is met before it',
      {},
      { type: 'not-before-date', date: date('2026-12-01') },
      '2026-12-01',
      'in-force',
    ],
    [
      'a fixed date, when the count is met after it',
      {},
      { type: 'not-before-date', date: date('2026-02-01') },
      plain,
      'in-force',
    ],
    [
      'an offset from the opening for signature',
      {},
      {
        type: 'not-before-offset',
        from: 'opening-for-signature',
        delay: { mode: 'years', n: 1 },
      },
      '2026-10-25',
      'in-force',
    ],
    [
      'named States, one of them missing',
      {},
      { type: 'named-states', group: 'Annex', participants: ['FRA', 'ITA'] },
      null,
      'pending',
    ],
    [
      'named States, all of them there',
      {},
      { type: 'named-states', group: 'Annex', participants: ['FRA', 'DEU'] },
      plain,
      'in-force',
    ],
    [
      'some of a group, met by the first',
      {},
      {
        type: 'subset-count',
        group: 'Members',
        count: 1,
        of: { participants: ['FRA', 'ITA'] },
      },
      plain,
      'in-force',
    ],
    [
      'a share nobody can compute is never approximated',
      {},
      { type: 'share', attribute: 'emissions', fraction: '55/100' },
      null,
      'unknown',
    ],
  ])('%s', (_what, rest, condition, expected, state) => {
    const found = entryIntoForceOf(record(withConditions(rest, condition), ...two), participants, {
      asOf: date('2027-01-01'),
    });
    expect([found.date ?? null, found.state]).toStrictEqual([expected, state]);
    expect(found.conditions).toHaveLength(1);
  });

  it("another treaty's entry into force, asked of whoever knows it", () => {
    const registered = withConditions({}, { type: 'entry-into-force-of', treaty: 'IV-4' });
    const elsewhere = (found: string | null) =>
      entryIntoForceOf(record(registered, ...two), participants, {
        asOf: date('2027-01-01'),
        elsewhere: (other) =>
          other === 'IV-4'
            ? { entryIntoForce: found === null ? null : date(found), parties: [] }
            : null,
      });
    expect(elsewhere(null)).toMatchObject({ state: 'pending' });
    expect(elsewhere('2026-08-01')).toMatchObject({ date: '2026-08-01' });
    expect(elsewhere('2020-08-01')).toMatchObject({ date: plain });
  });
});
