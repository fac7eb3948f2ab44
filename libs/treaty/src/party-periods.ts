import type { PartyFromRule } from './answers.ts';
import { addDays, addDelay, later, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import { isMemberOn, isSamePerson, participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { standingsOn, type Standing } from './standing.ts';

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
  /** The day from which the treaty is no longer in force, and nobody a party. */
  readonly ceasedOn?: CalendarDate | undefined;
  /** Known not to be in force or fixed, as opposed to: not known. */
  readonly pending?: boolean;
}

export interface PartyFrom {
  readonly date: CalendarDate;
  readonly rule: PartyFromRule;
}

/** One participation: the consent that began it, from when it bound, and until when. */
export interface Participation {
  readonly consent: ActionRecorded;
  /** null: not known, or it ended before it could bind. */
  readonly from: PartyFrom | null;
  /** First day on which it no longer binds; null while that is not known. */
  readonly until: CalendarDate | null;
  /** It was given up before the treaty bound the participant. */
  readonly neverBound: boolean;
}

/** The participations of one participant in order of time; the last is the current one, where it consented. */
export function participationsOf(
  standing: Standing,
  record: TreatyRecord,
  participants: ParticipantRegister,
  dates: TreatyDates,
): Participation[] {
  const { consent, notice, earlier, dissolvedOn } = standing;
  const given = [
    ...earlier,
    ...(consent === null ? [] : [{ consent, until: notice?.effectFrom ?? null }]),
  ];
  return given.map((one, index): Participation => {
    const before = given[index - 1];
    const next = given[index + 1]?.consent.date ?? null;
    const until = first(one.until, dissolvedOn, dates.ceasedOn ?? null, one.until ?? next);
    const from = partyFromOf(one.consent, record, participants, dates, {
      after: before === undefined ? null : (before.until ?? one.consent.date),
      before: until,
    });
    const tooLate = from !== null && until !== null && from.date >= until;
    const neverBound = tooLate || (from === null && until !== null && dates.pending === true);
    return { consent: one.consent, from: tooLate ? null : from, until, neverBound };
  });
}

const first = (...days: readonly (CalendarDate | null)[]): CalendarDate | null =>
  days.filter((day) => day !== null).toSorted()[0] ?? null;

/** From when the treaty is in force for a participant, and by which clause; null while that is not known. */
function partyFromOf(
  consent: ActionRecorded,
  record: TreatyRecord,
  participants: ParticipantRegister,
  dates: TreatyDates,
  { after, before }: { readonly after: CalendarDate | null; readonly before: CalendarDate | null },
): PartyFrom | null {
  const official = record.officialDates.findLast(
    ({ participant, date }) =>
      participant !== null &&
      isSamePerson(participants, participant, consent.participant) &&
      (date >= consent.date || consent.kind === 'succession') &&
      (before === null || date < before),
  );
  const byClauses = computedPartyFrom(consent, record, participants, dates);
  // A new participation begins when the one before has ended, however early its instrument came.
  const computed =
    byClauses === null || after === null
      ? byClauses
      : { ...byClauses, date: later(byClauses.date, after) };
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

/** What the participations of one depend on where those of others end it. */
export interface AmongOthers {
  readonly standings: ReadonlyMap<string, Standing>;
  readonly record: TreatyRecord;
  readonly participants: ParticipantRegister;
  readonly dates: TreatyDates;
  readonly asOf: CalendarDate;
}

/**
 * The participations of one participant as `participationsOf` has them, seen beside those of all others: a
 * regional organization ceases to be a party when all its members have denounced (UNCAC art. 70(2)).
 */
export function participationsAmong(standing: Standing, others: AmongOthers): Participation[] {
  const { record, participants, dates } = others;
  const own = participationsOf(standing, record, participants, dates);
  const ends =
    record.finalClauses.withdrawal?.reioCeasesWithMembers === true &&
    participantOf(participants, standing.participant)?.kind === 'reio';
  if (!ends) return own;
  return own.map((one) => {
    // What it joined after the last of them had left, it cannot leave with them.
    const left = one.from === null ? null : membersLeftOn(standing, one.from.date, others);
    return left === null || (one.until !== null && one.until <= left)
      ? one
      : { ...one, until: left };
  });
}

/**
 * The first day after another, up to the date asked about, on which an organization has no member that is bound
 * or about to be, and has one that denounced. Members that never consented are not waited for, and a State
 * that was dissolved or left the organization is no member.
 */
function membersLeftOn(
  { participant: organization }: Standing,
  after: CalendarDate,
  { standings, record, participants, dates, asOf }: AmongOthers,
): CalendarDate | null {
  const memberships = participantOf(participants, organization)?.members ?? [];
  const members = new Set(memberships.map(({ code }) => code));
  const all = [...standings.values()]
    .filter(({ participant }) => members.has(participant))
    .map((standing) => ({
      standing,
      participations: participationsOf(standing, record, participants, dates),
    }));
  const hasLeft = ({ standing, participations }: (typeof all)[number], on: CalendarDate): boolean =>
    participations.some(
      ({ until, neverBound }) =>
        !neverBound && until !== null && until <= on && until !== standing.dissolvedOn,
    );
  const isBound = ({ participations }: (typeof all)[number], on: CalendarDate): boolean =>
    participations.some(
      ({ consent, until }) => consent.date <= on && (until === null || until > on),
    );
  const days = [
    ...all.flatMap(({ participations }) => participations.flatMap(({ until }) => until ?? [])),
    // The last day of a membership counts.
    ...memberships.flatMap(({ until }) => (until === null ? [] : [addDays(until, 1)])),
  ];
  const isSo = (on: CalendarDate): boolean => {
    const then = all.filter(({ standing: { participant: code } }) =>
      isMemberOn(participants, organization, code, on),
    );
    return then.some((one) => hasLeft(one, on)) && !then.some((one) => isBound(one, on));
  };
  return (
    days
      .filter((day) => day > after && day <= asOf)
      .toSorted()
      .find(isSo) ?? null
  );
}

/** Every participation as of a date, in no particular order. */
export function partyPeriodsOn(
  record: TreatyRecord,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  dates: TreatyDates,
): PartyPeriod[] {
  const standings = standingsOn(record, participants, asOf, dates.entryIntoForce);
  const others = { standings, record, participants, dates, asOf };
  return [...standings.values()].flatMap((standing) =>
    participationsAmong(standing, others).flatMap(({ from, until }) => {
      if (from === null) return [];
      const since = standing.continues?.since;
      const begun = since === undefined ? from.date : later(from.date, since);
      return until === null || begun < until
        ? [{ code: standing.participant, from: begun, until }]
        : [];
    }),
  );
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
