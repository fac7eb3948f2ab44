import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, treaty } from '../../../treaty/test/deciding.ts';
import { seedParticipants } from '../../../../apps/standalone/src/seed/load-seed.ts';
import type { ActionKind, TreatyEvent } from '#treaty';
import { applyToStates, calendarOf, emptyStates, type AnyRecorded } from '../index.ts';
import {
  afterAllActs,
  datesOfTreaty,
  legalDatesOfParticipants,
  legalDatesOfTreaty,
} from './legal-dates.ts';

const codes = Object.values(participants.byCode)
  .filter(({ kind }) => kind === 'state')
  .map(({ code }) => code)
  .slice(0, 8);
const small = cybercrime({
  entryIntoForce: { ...cybercrime().finalClauses.entryIntoForce!, threshold: 3 },
});
const days = fc
  .integer({ min: 0, max: 900 })
  .map((n) => new Date(Date.UTC(2025, 9, 25 + n)).toISOString().slice(0, 10));
const kinds = fc.constantFrom<ActionKind>(
  'signature',
  'ratification',
  'accession',
  'reservation',
  'provisionalApplication',
  'denunciation',
  'revocationOfNotice',
  'withdrawalOfInstrument',
);
const change = fc.oneof(
  fc.record({ type: fc.constant('actionAnnulled' as const), n: fc.nat(24) }),
  fc.record({ type: fc.constant('actionCorrected' as const), n: fc.nat(24), on: days }),
  fc.record({ type: fc.constant('officialDateRecorded' as const), on: days }),
);

/** Acts in any order, lawful or not: what is recorded is recorded, and a calendar is made of it. */
const histories = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...codes), kinds, days), { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(25), change), { maxLength: 8 }),
  )
  .map(([acts, changes]): TreatyEvent[] => {
    const events = acts.map(([who, kind, on], n): TreatyEvent =>
      done(who, kind, on, { action: `a${n}` }),
    );
    for (const [place, what] of changes)
      events.splice(place, 0, {
        ...('n' in what
          ? what.type === 'actionAnnulled'
            ? { type: what.type, action: `a${what.n}` }
            : { type: what.type, action: `a${what.n}`, changes: { date: date(what.on) } }
          : { type: what.type, participant: null, date: date(what.on) }),
        treaty,
        reason: 'It was so.',
      } as TreatyEvent);
    return [small, ...events];
  });

const recorded = (events: readonly TreatyEvent[]): AnyRecorded[] =>
  [...seedParticipants(), ...events].map((event, index): AnyRecorded => ({
    event,
    id: `event-${index}`,
    stream: 'treaty' in event ? `treaty-${event.treaty}` : 'participants',
    revision: index,
    position: String(1000 + index),
    recordedAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    actor: 'officer',
  }));

describe('the calendar of a treaty', () => {
  it('continued event by event is the one worked out from the beginning', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const continued = emptyStates();
        for (const event of recorded(events)) {
          applyToStates(continued, event);
          calendarOf(continued, treaty);
        }
        const whole = emptyStates();
        for (const event of recorded(events)) applyToStates(whole, event);
        expect(calendarOf(continued, treaty)).toStrictEqual(calendarOf(whole, treaty));
      }),
      { numRuns: 60 },
    );
  });

  it('never loses an entry, and counts up exactly when its date or its standing changes', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const states = emptyStates();
        let before = new Map<string, ReturnType<typeof calendarOf>[number]>();
        for (const event of recorded(events)) {
          applyToStates(states, event);
          const entries = calendarOf(states, treaty);
          const after = new Map(entries.map((entry) => [entry.uid, entry]));
          expect(after.size).toBe(entries.length);
          for (const [uid, old] of before) {
            const now = after.get(uid)!;
            const changed =
              now.date !== old.date ||
              now.cancelled !== old.cancelled ||
              now.participant !== old.participant;
            expect([uid, now.sequence]).toStrictEqual([uid, old.sequence + (changed ? 1 : 0)]);
            expect(now.changedAt).toBe(changed ? event.recordedAt : old.changedAt);
          }
          before = after;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds what all acts together give, though each event is looked at only as far as it reaches', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const states = emptyStates();
        for (const event of recorded(events)) applyToStates(states, event);
        const standing = calendarOf(states, treaty)
          .filter(({ cancelled }) => !cancelled)
          .map(({ name, date: on, participant }) => `${name} ${on} ${participant}`);
        const { record } = states.treaties.byId.get(treaty)!;
        const { register } = states.participants;
        const dates = datesOfTreaty(record, register, () => null);
        const asOf = afterAllActs(record, register);
        const all = [
          ...legalDatesOfTreaty(record, dates),
          ...legalDatesOfParticipants(record, register, dates, { asOf }),
        ].map(({ name, date: on, participant }) => `${name} ${on} ${participant}`);
        expect(standing.toSorted()).toStrictEqual(all.toSorted());
      }),
      { numRuns: 150 },
    );
  });
});
