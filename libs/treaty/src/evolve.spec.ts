import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, record, treaty } from '../test/deciding.ts';
import { emptyRecord, evolve } from './evolve.ts';
import type { TreatyEvent } from './events.ts';
import { unknownFinalClauses } from './final-clauses.ts';

const ids = ['a1', 'a2', 'a3'];
const anyEvent: fc.Arbitrary<TreatyEvent> = fc.oneof(
  fc.constant(cybercrime()),
  fc.constant<TreatyEvent>({
    type: 'finalClausesRecorded',
    treaty,
    finalClauses: unknownFinalClauses,
    reason: 'Read again.',
  }),
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom('FRA', 'DEU', 'EUE'))
    .map(([action, who]) => done(who, 'signature', '2025-10-25', { action })),
  fc.constantFrom(...ids).map((action): TreatyEvent => ({
    type: 'actionCorrected',
    treaty,
    action,
    changes: { date: date('2025-10-26') },
    reason: 'The day after.',
  })),
  fc
    .constantFrom(...ids)
    .map((action): TreatyEvent => ({ type: 'actionAnnulled', treaty, action, reason: 'Never.' })),
  fc.constant<TreatyEvent>({
    type: 'officialDateRecorded',
    treaty,
    participant: null,
    date: date('2027-04-15'),
    reason: 'C.N.1.2027',
  }),
  fc.constant<TreatyEvent>({
    type: 'textRectified',
    treaty,
    date: date('2025-03-01'),
    text: 'Article 3, French text.',
  }),
);

describe('the fold of a treaty', () => {
  it('of any prefix plus the rest is the fold of the whole', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), fc.nat(), (events, cut) => {
        const at = events.length === 0 ? 0 : cut % events.length;
        const first = events.slice(0, at).reduce(evolve, emptyRecord(treaty));
        // A cached record went through JSON: nothing may be lost there.
        const thawed: typeof first = JSON.parse(JSON.stringify(first));
        expect(events.slice(at).reduce(evolve, thawed)).toStrictEqual(
          events.reduce(evolve, emptyRecord(treaty)),
        );
      }),
    );
  });

  it('never changes the record it is given', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 10 }), anyEvent, (events, next) => {
        const before = events.reduce(evolve, emptyRecord(treaty));
        const copy = structuredClone(before);
        evolve(before, next);
        expect(before).toStrictEqual(copy);
      }),
    );
  });

  it('keeps the first record of an action beside the corrected one, and an annulled action with its reason', () => {
    const first = done('UGA', 'signature', '2025-10-25', { action: 'a1' });
    const correction: TreatyEvent = {
      type: 'actionCorrected',
      treaty,
      action: 'a1',
      changes: { date: date('2025-10-26') },
      reason: 'The procès-verbal says the second day.',
    };
    const annulment: TreatyEvent = {
      type: 'actionAnnulled',
      treaty,
      action: 'a1',
      reason: 'Recorded for the wrong treaty.',
    };
    expect(record(cybercrime(), first, correction, annulment).actions).toStrictEqual([
      {
        current: { ...first, date: '2025-10-26' },
        first,
        corrections: [correction],
        annulled: 'Recorded for the wrong treaty.',
        documents: [],
        ordinal: 0,
      },
    ]);
  });

  it('passes over what refers to an action nobody recorded', () => {
    const before = record(cybercrime());
    expect(
      evolve(before, { type: 'actionAnnulled', treaty, action: 'nowhere', reason: 'x' }),
    ).toStrictEqual(before);
  });
});
