import { describe, expect, it } from '@jest/globals';
import { seedParticipants } from '../../../apps/standalone/src/seed/load-seed.ts';
import { cybercrime, date, done, treaty } from '../../treaty/test/deciding.ts';
import type { NotificationEvent } from '#treaty';
import {
  actionAnswer,
  applyToStates,
  calendarOf,
  calendarRevision,
  changesAnswer,
  emptyStates,
  participantAnswer,
  participantInTreatyAnswer,
  statusAnswer,
  type AnyRecorded,
  type LazyAnswer,
  type ViewStates,
} from './index.ts';

const notification = (serial: number, on: string, actions: string[]): NotificationEvent => ({
  type: 'depositaryNotificationIssued',
  notification: `C.N.${serial}.2026.TREATIES-XVIII.16`,
  year: 2026,
  serial,
  treaty,
  dateOfNotification: date(on),
  subject: { en: 'France: Ratification', fr: 'France : Ratification' },
  text: { en: 'With a reservation.', fr: 'Avec une réserve.' },
  actions,
  announcesEntryIntoForce: null,
  corrects: null,
  draft: `draft ${serial}`,
});

const events: AnyRecorded[] = [
  ...seedParticipants(),
  cybercrime(),
  done('FRA', 'ratification', '2026-03-02', { action: 'a' }),
  done('FRA', 'reservation', '2026-03-02', { action: 'r', text: 'Article 17.' }),
  notification(1, '2026-03-20', ['a', 'r']),
  // A corrigendum tells of the same act later: the first is what runs.
  { ...notification(2, '2026-05-04', ['r']), corrects: 'C.N.1.2026.TREATIES-XVIII.16' },
].map((event, index): AnyRecorded => ({
  event,
  id: `event-${index}`,
  stream:
    event.type === 'depositaryNotificationIssued'
      ? 'notifications-2026'
      : 'treaty' in event
        ? `treaty-${event.treaty}`
        : 'participants',
  revision: index,
  position: String(1000 + index),
  recordedAt: new Date(Date.UTC(2026, 5, 1) + index * 1000).toISOString(),
  actor: 'officer',
}));
const before = events.length - 2;
const statesOf = (count: number): ViewStates => {
  const states = emptyStates();
  for (const event of events.slice(0, count)) applyToStates(states, event);
  return states;
};

const asOf = date('2026-11-24');
const now = { asOf, asKnownAt: null };
const whole = statesOf(events.length);
const statementIn = (answer: LazyAnswer | null): unknown => {
  const { statements } = answer!.body() as {
    statements: { objectionsUntil: string; objectionsFrom: string }[];
  };
  return statements.map((one) => [one.objectionsUntil, one.objectionsFrom]);
};
const row = (states: ViewStates, times: { asOf: typeof asOf; asKnownAt: string | null }) =>
  participantInTreatyAnswer(states, { treaty, code: 'FRA', ...times });

describe('the time for objecting to a reservation', () => {
  it('runs from the first notification of it, as known then and as of the date asked', () => {
    expect(statementIn(row(whole, now))).toStrictEqual([['2027-03-20', 'notification']]);
    const then = { asOf, asKnownAt: events[before - 1]!.position };
    expect(statementIn(row(whole, then))).toStrictEqual([['2027-03-02', 'act']]);
    const thatDay = { asOf: date('2026-03-19'), asKnownAt: null };
    expect(statementIn(row(whole, thatDay))).toStrictEqual([['2027-03-02', 'act']]);
  });

  it('as known then every answer is the one given then', () => {
    for (let count = before; count <= events.length; count += 1) {
      const then = statesOf(count);
      const asKnownAt = events[count - 1]!.position;
      const at = (states: ViewStates, times: { asOf: typeof asOf; asKnownAt: string | null }) =>
        [
          row(states, times),
          statusAnswer(states, { treaty, ...times }),
          participantAnswer(states, { code: 'FRA', ...times }),
          actionAnswer(states, 'r', times),
        ].map((answer) => ({ ...answer?.body(), asKnownAt: null }));
      expect(at(whole, { asOf, asKnownAt })).toStrictEqual(at(then, now));
    }
  });

  it('gives every answer another revision when a notification is issued', () => {
    const revisions = (states: ViewStates): (string | undefined)[] => [
      row(states, now)?.revision,
      statusAnswer(states, { treaty, ...now })?.revision,
      participantAnswer(states, { code: 'FRA', ...now })?.revision,
      actionAnswer(states, 'r', now)?.revision,
      calendarRevision(states, treaty),
    ];
    const then = revisions(statesOf(before));
    for (const [place, revision] of revisions(statesOf(before + 1)).entries())
      expect(revision).not.toBe(then[place]);
  });

  it('moves in the calendar, continued or made anew', () => {
    const period = (states: ViewStates) =>
      calendarOf(states, treaty)
        .filter(({ kind }) => kind === 'objections-until')
        .map(({ date: on, sequence }) => [String(on), sequence]);
    const states = statesOf(before);
    expect(period(states)).toStrictEqual([['2027-03-02', 0]]);
    for (const event of events.slice(before)) applyToStates(states, event);
    expect(period(states)).toStrictEqual([['2027-03-20', 1]]);
    expect(period(whole)).toStrictEqual([['2027-03-20', 1]]);
  });

  it('is among what changed, with the notification that moved it', () => {
    const from = { asOf, asKnownAt: events[before - 1]!.position };
    const { changes, recorded } = changesAnswer(whole, { treaty, from, to: now })!.body() as {
      changes: { code: string }[];
      recorded: { notification: string }[];
    };
    expect(changes.map(({ code }) => code)).toStrictEqual(['FRA']);
    expect(recorded.map((one) => one.notification)).toStrictEqual([
      'C.N.1.2026.TREATIES-XVIII.16',
      'C.N.2.2026.TREATIES-XVIII.16',
    ]);
  });
});
