import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, treaty } from '../test/deciding.ts';
import type { TreatyEvent } from './events.ts';
import { emptyRecord, evolve } from './evolve.ts';
import { evolveAll } from './fold.ts';

const codes = Object.keys(participants.byCode).slice(0, 5);
const events = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...codes), fc.nat(5))
      .map(([who, n]): TreatyEvent => done(who, 'ratification', '2026-01-10', { action: `a${n}` })),
    fc.nat(5).map((n): TreatyEvent => ({
      type: 'actionCorrected',
      treaty,
      action: `a${n}`,
      changes: { date: date('2026-02-01') },
      reason: 'The day was wrong.',
    })),
    fc.nat(5).map((n): TreatyEvent => ({
      type: 'actionAnnulled',
      treaty,
      action: `a${n}`,
      reason: 'No.',
    })),
    fc.constant<TreatyEvent>(cybercrime()),
  ),
);

it('is the fold one by one, from any record on', () => {
  fc.assert(
    fc.property(events, events, (before, after) => {
      const record = before.reduce(evolve, emptyRecord(treaty));
      expect(evolveAll(record, after)).toStrictEqual(after.reduce(evolve, record));
    }),
  );
});
