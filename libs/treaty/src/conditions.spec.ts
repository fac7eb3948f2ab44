import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, record } from '../test/deciding.ts';
import { entryIntoForceOf, type AnswerOptions } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import type { ActionKind } from './action-kinds.ts';
import type { Condition, Delay, EntryIntoForceRule, NoticePeriod } from './final-clauses.ts';
import { evolveParticipants } from './participant-register.ts';
import type { AttributeTableRecorded, ParticipantRegister } from './participants.ts';
import { statusOf } from './status.ts';

const under = (
  conditions: readonly Condition[],
  acts: readonly ActionRecorded[],
  asOf: string,
  { known = participants, ...rest }: { known?: ParticipantRegister } & Partial<AnswerOptions> = {},
) => {
  const rule = {
    article: '9',
    threshold: 2,
    countedKinds: ['ratification'],
    delay: { mode: 'days', n: 90 },
    reioInstruments: 'not-counted',
    conditions,
  } as const;
  const treaty = { ...cybercrime({ entryIntoForce: rule }), dateOfAdoption: null };
  return entryIntoForceOf(record(treaty, ...acts), known, { asOf: date(asOf), ...rest });
};
const two = [done('FRA', 'ratification', '2026-01-10'), done('DEU', 'ratification', '2026-02-10')];
const tonnage = (on: string, values: Record<string, number>): AttributeTableRecorded => ({
  type: 'attributeTableRecorded',
  attribute: 'gross-tonnage',
  title: 'World fleet',
  unit: 'gt',
  date: date(on),
  values,
  total: 100,
  source: 'made for this spec',
});

describe('a share of an attribute', () => {
  const half: Condition = { type: 'share', attribute: 'gross-tonnage', fraction: '50/100' };
  const known = [
    tonnage('2026-01-01', { FRA: 20, DEU: 20, ITA: 10 }),
    tonnage('2026-06-01', { FRA: 30, DEU: 25 }),
  ].reduce(evolveParticipants, participants);

  it('is measured by the figures of the day, and new figures may reach it without a deposit', () => {
    expect(under([half], two, '2026-05-31', { known })).toMatchObject({
      state: 'pending',
      conditions: [{ met: false, reached: 0.4, needed: 0.5 }],
    });
    expect(under([half], two, '2026-06-01', { known })).toMatchObject({
      date: '2026-08-30',
      conditions: [{ met: true, reached: 0.55 }],
    });
  });

  it('once reached is not lost by later figures', () => {
    const third = done('ITA', 'ratification', '2026-03-01');
    const shrunk = evolveParticipants(known, tonnage('2026-06-01', { FRA: 1 }));
    expect(under([half], [...two, third], '2027-01-01', { known: shrunk }).date).toBe('2026-05-30');
  });

  it('takes the figure of the State that continues another', () => {
    const soviet = evolveParticipants(participants, tonnage('1990-01-01', { RUS: 60 }));
    const acts = [
      done('SUN', 'ratification', '1990-02-01'),
      done('FRA', 'ratification', '1990-03-01'),
    ];
    expect(under([half], acts, '1991-01-01', { known: soviet }).date).toBe('1990-05-30');
  });

  it('does not count a kind of instrument that the treaty does not count', () => {
    const acceded = [...two, done('ITA', 'accession', '2026-03-01')];
    expect(under([half], acceded, '2026-05-01', { known }).state).toBe('pending');
  });
});

describe('so many of a group', () => {
  const council: Condition = {
    type: 'subset-count',
    group: 'the member States',
    count: 2,
    of: { membersOf: 'EUE' },
  };

  it('a State that joins after its deposit counts from then', () => {
    const acts = [
      done('FRA', 'ratification', '2013-01-10'),
      done('HRV', 'ratification', '2013-02-10'),
    ];
    expect(under([council], acts, '2013-06-30').state).toBe('pending');
    expect(under([council], acts, '2013-07-01').date).toBe('2013-09-29');
  });

  it('a State named once counts once, whoever continues it', () => {
    const named: Condition = {
      type: 'named-states',
      group: 'the depositaries',
      participants: ['GBR', 'RUS'],
    };
    const acts = [
      done('SUN', 'ratification', '1990-01-01'),
      done('RUS', 'ratification', '1992-01-01'),
      done('FRA', 'ratification', '1992-01-02'),
    ];
    expect(under([named], acts, '1993-01-01')).toMatchObject({
      state: 'pending',
      conditions: [{ sentence: '1 of 2 of the depositaries. Missing: GBR.' }],
    });
  });
});

describe('a date that the treaty fixes', () => {
  const fixed: Condition = { type: 'not-before-date', date: date('2026-06-01') };
  const parent: Condition = { type: 'entry-into-force-of', treaty: 'XXVII-2' };
  const parentOn = (on: string) => ({
    elsewhere: () => ({ entryIntoForce: date(on), parties: [] }),
  });

  it('holds when the last instrument comes on that very day, and not a day later', () => {
    const last = (on: string) => [two[0]!, done('DEU', 'ratification', on)];
    expect(under([fixed], last('2026-06-01'), '2026-12-31').date).toBe('2026-06-01');
    expect(under([fixed], last('2026-06-02'), '2026-12-31').date).toBe('2026-08-31');
  });

  it('does not hold when the treaty that it waits for comes later (Montreal Protocol 16(1))', () => {
    expect(under([fixed, parent], two, '2026-12-31', parentOn('2026-06-01')).date).toBe(
      '2026-06-01',
    );
    expect(under([fixed, parent], two, '2026-12-31', parentOn('2026-06-02')).date).toBe(
      '2026-08-31',
    );
  });
});

describe('the count', () => {
  it('several deposits of the day on which it is reached all bear that day', () => {
    const day = ['DEU', 'ITA', 'ESP'].map((code) => done(code, 'ratification', '2026-02-10'));
    const found = under([], [two[0]!, ...day], '2026-12-31');
    expect(found).toMatchObject({ date: '2026-05-11', counted: 4 });
    expect(found.steps[0]).toBe('The 2nd counted instrument was deposited on 2026-02-10 (DEU).');
  });

  it('is not reached by a regional organization', () => {
    const union = done('EUE', 'ratification', '2026-01-20');
    expect(under([], [two[0]!, union], '2026-12-31')).toMatchObject({
      state: 'pending',
      counted: 1,
      missing: 'Missing: 1 more instrument of 2.',
    });
  });
});

describe('any clauses that the shape allows', () => {
  const delay = fc.record({
    mode: fc.constantFrom(
      'days',
      'months',
      'years',
      'first-of-month-after-days',
      'first-of-month-after-months',
      'first-of-nth-month',
      'same-day',
    ),
    n: fc.integer({ min: 0, max: 4000 }),
  }) as fc.Arbitrary<Delay>;
  const days = fc.constantFrom('1000-01-01', '2026-01-10', '2028-02-29', '9999-12-31').map(date);
  const some = fc.constantFrom('FRA', 'DEU', 'SUN', 'RUS', 'EUE', 'XXX');
  const count = fc.integer({ min: 0, max: 3 });
  const fraction = fc.constantFrom('1/1', '1/3', '55/100');
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    days.map((on): Condition => ({ type: 'not-before-date', date: on })),
    delay.map((one): Condition => ({ type: 'not-before-offset', from: 'adoption', delay: one })),
    fc.constant<Condition>({ type: 'entry-into-force-of', treaty: 'I-1' }),
    fc.constant<Condition>({ type: 'all-parties-of', treaty: 'I-1' }),
    fc.tuple(fraction, fc.option(days)).map(([part, on]): Condition => ({
      type: 'fraction-of-parties-of',
      treaty: 'I-1',
      fraction: part,
      ...(on !== null && { asOf: on }),
    })),
    fc
      .array(some, { maxLength: 3 })
      .map((list): Condition => ({ type: 'named-states', group: 'them', participants: list })),
    count.map((n): Condition => ({
      type: 'subset-count',
      group: 'members',
      count: n,
      of: { membersOf: 'EUE' },
    })),
    count.map((n): Condition => ({ type: 'other-count', count: n })),
    fraction.map((part): Condition => ({
      type: 'share',
      attribute: 'gross-tonnage',
      fraction: part,
    })),
    count.map((n): Condition => ({ type: 'ceases-below', count: n })),
  );
  const notice = fc.oneof(
    delay,
    fc.tuple(delay, delay, delay).map(([first, following, before]): NoticePeriod => ({
      mode: 'end-of-period',
      first,
      following,
      before,
    })),
  );
  const acts = fc.array(
    fc
      .tuple(
        fc.constantFrom('FRA', 'DEU', 'SUN', 'RUS', 'EUE'),
        fc.constantFrom('ratification', 'denunciation', 'succession', 'withdrawalOfInstrument'),
        days,
      )
      .map(([who, kind, on]) => done(who, kind as ActionKind, on)),
    { maxLength: 8 },
  );

  it('give an answer, and one that agrees with itself', () => {
    const known = evolveParticipants(participants, tonnage('2026-01-01', { FRA: 60, RUS: 10 }));
    const elsewhere = () => ({
      entryIntoForce: date('2026-01-10'),
      parties: [{ code: 'FRA', from: date('2026-01-10'), until: null }],
    });
    const clauses = fc.record({
      threshold: count,
      delay,
      conditions: fc.array(condition, { maxLength: 3 }),
      notice,
      later: delay,
    });
    fc.assert(
      fc.property(clauses, acts, days, ({ notice: period, later, ...rest }, events, asOf) => {
        const clause = { article: '1', countedKinds: ['ratification'], reioInstruments: 'counted' };
        const treaty = cybercrime({
          entryIntoForce: { ...clause, ...rest } as EntryIntoForceRule,
          laterParties: { ...cybercrime().finalClauses.laterParties!, delay: later },
          withdrawal: { ...cybercrime().finalClauses.withdrawal!, notice: period },
        });
        const options = { asOf, elsewhere };
        const folded = record(treaty, ...events);
        const found = entryIntoForceOf(folded, known, options);
        const { totals, participants: rows } = statusOf(folded, known, options);
        expect(found.state === 'in-force' || totals.parties === 0).toBe(true);
        expect(totals.parties).toBeLessThanOrEqual(totals.contractingStates);
        for (const { status, partyFrom, partyUntil } of rows) {
          if (status === 'party') expect(partyFrom! <= asOf).toBe(true);
          if (partyFrom !== undefined && partyUntil !== undefined)
            expect(partyFrom < partyUntil).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
