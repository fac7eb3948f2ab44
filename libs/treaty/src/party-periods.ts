import type { PartyFromRule } from './answers.ts';
import { addDelay, later, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import { participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { standingsOn } from './standing.ts';

/** One participation of one participant; a party that left and came back has two. */
export interface PartyPeriod {
  readonly code: string;
  readonly from: CalendarDate;
  /** First day on which it is no longer a party; null while that is not known. */
  readonly until: CalendarDate | null;
}

/** What a condition may ask about another treaty of the register. */
export interface OtherTreaty {
  readonly entryIntoForce: CalendarDate | null;
  readonly parties: readonly PartyPeriod[];
}

/** What the dates of single participants depend on. */
export interface TreatyDates {
  readonly entryIntoForce: CalendarDate | null;
  /** Date of the act that met the last condition: deposits up to it enter into force with the treaty. */
  readonly metOn: CalendarDate | null;
}

export interface PartyFrom {
  readonly date: CalendarDate;
  readonly rule: PartyFromRule;
}

/** From when the treaty is in force for a participant, and by which clause; null while that is not known. */
export function partyFromOf(
  consent: ActionRecorded,
  record: TreatyRecord,
  participants: ParticipantRegister,
  { entryIntoForce, metOn }: TreatyDates,
): PartyFrom | null {
  const official = record.officialDates.findLast(
    ({ participant, date }) =>
      participant === consent.participant &&
      (date >= consent.date || consent.kind === 'succession'),
  );
  const computed = computedPartyFrom(consent, record, participants, { entryIntoForce, metOn });
  if (official === undefined) return computed;
  const rule: PartyFromRule = {
    clause: 'official-date',
    article: null,
    reason: official.reason,
    ...(computed !== null && { computedDate: computed.date }),
  };
  return { date: official.date, rule };
}

function computedPartyFrom(
  consent: ActionRecorded,
  { finalClauses }: TreatyRecord,
  participants: ParticipantRegister,
  { entryIntoForce, metOn }: TreatyDates,
): PartyFrom | null {
  if (entryIntoForce === null) return null;
  const withTreaty: PartyFrom = {
    date: entryIntoForce,
    rule: { clause: 'entry-into-force', article: finalClauses.entryIntoForce?.article ?? null },
  };
  if (consent.kind === 'succession') {
    // A succession takes effect before its deposit: on the date of succession, never before the treaty's own.
    const begun =
      consent.dateOfEffect ??
      participantOf(participants, consent.participant)?.from ??
      consent.date;
    return {
      date: later(begun, entryIntoForce),
      rule: { clause: 'succession', article: null },
    };
  }
  const rule = finalClauses.laterParties;
  const laterParty = (date: CalendarDate): PartyFrom => ({
    date,
    rule: { clause: 'later-parties', article: rule?.article ?? null },
  });
  if (rule?.appliesTo === 'after-entry-into-force')
    // A deposit on the very day is not one after it (Cuba, CWC, 29 April 1997).
    return consent.date <= entryIntoForce
      ? withTreaty
      : laterParty(addDelay(consent.date, rule.delay));
  if (metOn !== null && consent.date <= metOn) return withTreaty;
  // Where the day of the last instrument is not known, a deposit before the treaty's date waits its own period
  // all the same: had it been among those that counted, that period ended before.
  if (rule === null) return metOn === null && consent.date < entryIntoForce ? withTreaty : null;
  // No text of a treaty can bind a participant before the treaty itself is in force, written or not.
  const own = addDelay(consent.date, rule.delay);
  return own < entryIntoForce ? withTreaty : laterParty(own);
}

/** Every participation as of a date, in no particular order. */
export function partyPeriodsOn(
  record: TreatyRecord,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  dates: TreatyDates,
): PartyPeriod[] {
  const periods: PartyPeriod[] = [];
  for (const { participant, consent, notice, earlier } of standingsOn(
    record,
    asOf,
    dates.entryIntoForce,
  ).values()) {
    const current = consent === null ? [] : [{ consent, until: notice?.effectFrom ?? null }];
    for (const { consent: given, until } of [...earlier, ...current]) {
      const from = partyFromOf(given, record, participants, dates)?.date;
      if (from !== undefined && (until === null || from < until))
        periods.push({ code: participant, from, until });
    }
  }
  return periods;
}

/** The first day after entry into force on which fewer than `count` are parties; null: none up to the date. */
export function firstDayBelow(
  count: number,
  periods: readonly PartyPeriod[],
  asOf: CalendarDate,
): CalendarDate | null {
  const ends = periods.flatMap(({ until }) => (until !== null && until <= asOf ? [until] : []));
  const partiesOn = (date: CalendarDate): number =>
    periods.filter(({ from, until }) => from <= date && (until === null || until > date)).length;
  return ends.toSorted().find((date) => partiesOn(date) < count) ?? null;
}
