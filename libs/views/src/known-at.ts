import {
  emptyParticipants,
  emptyRecord,
  evolve,
  evolveParticipants,
  partyPeriodsOn,
  treatyDates,
  type CalendarDate,
  type OtherTreaty,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { ActionsState } from './actions/actions-view.ts';
import type { NotificationsState } from './notifications/notifications-view.ts';
import type { ParticipantsState } from './participants/participants-view.ts';
import type { TreatiesState } from './treaties/treaties-view.ts';

export interface ViewStates {
  readonly treaties: TreatiesState;
  readonly actions: ActionsState;
  readonly participants: ParticipantsState;
  readonly notifications: NotificationsState;
}

export interface TimesAsked {
  /** Legal date. */
  readonly asOf: CalendarDate;
  /** Instant (ISO 8601, UTC) or ledger position; null: all that is known. */
  readonly asKnownAt: string | null;
}

/** A treaty as known at an instant or position. */
export interface KnownTreaty {
  readonly record: TreatyRecord;
  /** Position of the treaty's last event among those known. */
  readonly position: string;
  readonly participants: ParticipantRegister;
  /** Changes with whatever an answer about the treaty is made from. */
  readonly revision: string;
  readonly elsewhere: (treaty: string) => OtherTreaty | null;
}

/** Whether an event was known then. */
function knownBy(asKnownAt: string | null): (event: Recorded<unknown>) => boolean {
  if (asKnownAt === null) return () => true;
  if (/^\d+$/.test(asKnownAt)) {
    const position = BigInt(asKnownAt);
    return (event) => BigInt(event.position) <= position;
  }
  return ({ recordedAt }) => recordedAt <= asKnownAt;
}

/** How many events were known then: history is in order, so they are its first. */
function knownCount(history: readonly Recorded<unknown>[], asKnownAt: string | null): number {
  if (asKnownAt === null) return history.length;
  const known = knownBy(asKnownAt);
  let low = 0;
  for (let high = history.length; low < high;) {
    const middle = (low + high) >> 1;
    const event = history[middle];
    if (event !== undefined && known(event)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Participants as known at an instant or position. */
export function participantsKnown(
  { participants }: ViewStates,
  asKnownAt: string | null,
): ParticipantRegister {
  const { history, register } = participants;
  const count = knownCount(history, asKnownAt);
  if (count === history.length) return register;
  return history
    .slice(0, count)
    .reduce((fold, { event }) => evolveParticipants(fold, event), emptyParticipants);
}

/** The record of a treaty as known then, and the position of its last event among those known. */
export function recordKnown(
  states: ViewStates,
  treaty: string,
  asKnownAt: string | null,
): { record: TreatyRecord; position: string } | null {
  const entry = states.treaties.byId.get(treaty);
  if (entry === undefined) return null;
  const count = knownCount(entry.history, asKnownAt);
  const last = entry.history[count - 1];
  if (last === undefined) return null;
  const record =
    count === entry.history.length
      ? entry.record
      : entry.history
          .slice(0, count)
          .reduce((fold, { event }) => evolve(fold, event), emptyRecord(treaty));
  return record.registered === null ? null : { record, position: last.position };
}

/** A treaty and what its answers depend on, as known then; null when it was not registered then. */
export function treatyKnown(
  states: ViewStates,
  treaty: string,
  { asOf, asKnownAt }: TimesAsked,
): KnownTreaty | null {
  const found = recordKnown(states, treaty, asKnownAt);
  if (found === null) return null;
  const participants = participantsKnown(states, asKnownAt);
  const others = dependencies(found.record);
  const positions = others.map((other) => recordKnown(states, other, asKnownAt)?.position ?? '');
  const lastParticipant = states.participants.history.at(-1)?.position ?? '';
  return {
    ...found,
    participants,
    revision: [found.position, lastParticipant, ...positions].join(' '),
    elsewhere: otherTreaties(states, participants, { asOf, asKnownAt }, [treaty]),
  };
}

/** What was recorded of a treaty after one position up to another. */
export function eventsBetween(
  { treaties }: ViewStates,
  treaty: string,
  after: string,
  upTo: string,
): readonly Recorded<TreatyEvent>[] {
  const history = treaties.byId.get(treaty)?.history ?? [];
  return history.slice(knownCount(history, after), knownCount(history, upTo));
}

const dependencies = ({ finalClauses }: TreatyRecord): string[] =>
  (finalClauses.entryIntoForce?.conditions ?? []).flatMap((condition) =>
    condition.type !== 'party-to' && 'treaty' in condition ? [condition.treaty] : [],
  );

/** Other treaties as known then; treaties that wait for each other have no date. */
function otherTreaties(
  states: ViewStates,
  participants: ParticipantRegister,
  times: TimesAsked,
  asked: readonly string[],
): (treaty: string) => OtherTreaty | null {
  return (treaty) => {
    const found = recordKnown(states, treaty, times.asKnownAt);
    if (found === null) return null;
    if (asked.includes(treaty)) return { entryIntoForce: null, parties: [] };
    const { record } = found;
    const { asOf } = times;
    const elsewhere = otherTreaties(states, participants, times, [...asked, treaty]);
    const dates = treatyDates(record, participants, { asOf, elsewhere });
    const parties = partyPeriodsOn(record, participants, asOf, dates);
    return { entryIntoForce: dates.entryIntoForce, parties };
  };
}
