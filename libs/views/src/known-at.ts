import {
  emptyParticipants,
  emptyRecord,
  evolveAll,
  evolveParticipants,
  otherTreatiesIn,
  treatiesAskedAbout,
  type AnswerOptions,
  type CalendarDate,
  type CirculatedOn,
  type NotificationEvent,
  type OtherTreaty,
  type ParticipantEvent,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { ActionsState } from './actions/actions-view.ts';
import {
  notificationsOfAction,
  notificationsOfTreaty,
  type NotificationsState,
} from './notifications/notifications-view.ts';
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
  /** The treaty's events among those known, in order. */
  readonly history: readonly Recorded<TreatyEvent>[];
  /** Position of the treaty's last event among those known. */
  readonly position: string;
  readonly participants: ParticipantRegister;
  /** Changes with whatever an answer about the treaty is made from. */
  readonly revision: string;
  readonly elsewhere: (treaty: string) => OtherTreaty | null;
  /** When a notification of an action was first circulated, up to the date asked. */
  readonly circulatedOn: CirculatedOn;
}

/** What the rules ask for besides a record and the participants. */
export const optionsOf = (
  { elsewhere, circulatedOn }: KnownTreaty,
  asOf: CalendarDate,
): AnswerOptions => ({ asOf, elsewhere, circulatedOn });

/** Whether an event was known then. */
export function knownBy(asKnownAt: string | null): (event: Recorded<unknown>) => boolean {
  if (asKnownAt === null) return () => true;
  if (/^\d+$/.test(asKnownAt)) {
    const position = BigInt(asKnownAt);
    return (event) => BigInt(event.position) <= position;
  }
  return ({ recordedAt }) => recordedAt <= asKnownAt;
}

/** How many events were known then: history is in order, so they are its first. */
function knownCount(history: readonly Recorded<unknown>[], asKnownAt: string | null): number {
  const last = history.at(-1);
  if (asKnownAt === null || last === undefined) return history.length;
  const known = knownBy(asKnownAt);
  // Most of what is asked about has long been known.
  if (known(last)) return history.length;
  let low = 0;
  for (let high = history.length; low < high;) {
    const middle = (low + high) >> 1;
    const event = history[middle];
    if (event !== undefined && known(event)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position of the last of these events that was known then; null: none was. */
export function positionKnown(
  history: readonly Recorded<unknown>[],
  asKnownAt: string | null,
): string | null {
  return history[knownCount(history, asKnownAt) - 1]?.position ?? null;
}

/** Position of the last event of any treaty or participant that was known then: changes with every list. */
export function lastPositionKnown(
  { treaties, participants }: ViewStates,
  asKnownAt: string | null,
): string {
  const ofParticipants = BigInt(positionKnown(participants.history, asKnownAt) ?? '0');
  const last = (a: bigint, b: bigint): bigint => (a > b ? a : b);
  if (asKnownAt === null) return String(last(ofParticipants, BigInt(treaties.lastPosition)));
  return String(
    treaties.byId
      .values()
      .map(({ history }) => BigInt(positionKnown(history, asKnownAt) ?? '0'))
      .reduce(last, ofParticipants),
  );
}

/** How many earlier states of knowledge are kept folded, for whoever asks about them again. */
const keptFolds = 16;

/** A fold of the first so many events, made once while it is among those asked for last. */
function foldedOnce<Fold>(kept: Map<number, Fold>, count: number, fold: () => Fold): Fold {
  const found = kept.get(count) ?? fold();
  kept.delete(count);
  kept.set(count, found);
  const oldest = kept.size > keptFolds ? kept.keys().next() : null;
  if (oldest?.done === false) kept.delete(oldest.value);
  return found;
}

const participantFolds = new WeakMap<object, Map<number, ParticipantRegister>>();
const treatyFolds = new WeakMap<object, Map<number, TreatyRecord>>();

function keptOf<Fold>(folds: WeakMap<object, Map<number, Fold>>, of: object): Map<number, Fold> {
  const kept = folds.get(of) ?? new Map<number, Fold>();
  folds.set(of, kept);
  return kept;
}

/** Participants as known at an instant or position. */
export function participantsKnown(
  { participants }: ViewStates,
  asKnownAt: string | null,
): ParticipantRegister {
  const { history, register } = participants;
  const count = knownCount(history, asKnownAt);
  if (count === history.length) return register;
  return foldedOnce(keptOf(participantFolds, history), count, () =>
    history
      .slice(0, count)
      .reduce((fold, { event }) => evolveParticipants(fold, event), emptyParticipants),
  );
}

/** A treaty's record and events as known then; null when it was not registered then. */
export function recordKnown(
  states: ViewStates,
  treaty: string,
  asKnownAt: string | null,
): { record: TreatyRecord; history: readonly Recorded<TreatyEvent>[]; position: string } | null {
  const entry = states.treaties.byId.get(treaty);
  if (entry === undefined) return null;
  const count = knownCount(entry.history, asKnownAt);
  const last = entry.history[count - 1];
  if (last === undefined) return null;
  const isWhole = count === entry.history.length;
  const history = isWhole ? entry.history : entry.history.slice(0, count);
  const record = isWhole
    ? entry.record
    : foldedOnce(keptOf(treatyFolds, entry), count, () =>
        evolveAll(
          emptyRecord(treaty),
          history.map(({ event }) => event),
        ),
      );
  return record.registered === null ? null : { record, history, position: last.position };
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
  const positions = [...dependencies(states, found.record, asKnownAt).values()];
  const lastParticipant = positionKnown(states.participants.history, asKnownAt) ?? '';
  const issued = notificationsOfTreaty(states.notifications, treaty);
  const lastIssued = positionKnown(issued, asKnownAt) ?? '';
  return {
    ...found,
    participants,
    revision: [found.position, lastParticipant, lastIssued, ...positions].join(' '),
    elsewhere: otherTreatiesIn(
      (other) => recordKnown(states, other, asKnownAt)?.record ?? null,
      participants,
      asOf,
      [treaty],
    ),
    circulatedOn: circulationKnown(states, { asOf, asKnownAt }),
  };
}

/** When actions were first told of in a depositary notification, as known then and up to a date. */
function circulationKnown(
  { notifications }: ViewStates,
  { asOf, asKnownAt }: TimesAsked,
): CirculatedOn {
  if (notifications.issued.length === 0) return () => null;
  return (action) =>
    notificationsOfAction(notifications, action)
      .filter(knownBy(asKnownAt))
      .map(({ event }) => event.dateOfNotification)
      .filter((date) => date <= asOf)
      .toSorted()[0] ?? null;
}

/**
 * What was recorded between two states of knowledge that the answers about a treaty depend on, in order: of the
 * treaty itself and of notifications about it, of the treaties that its clauses refer to, and of participants.
 */
export function eventsBetween(
  states: ViewStates,
  treaty: string,
  asKnownAt: readonly [string | null, string | null],
): readonly Recorded<TreatyEvent | ParticipantEvent | NotificationEvent>[] {
  const between = <E>(history: readonly Recorded<E>[]): readonly Recorded<E>[] => {
    const [one, other] = [knownCount(history, asKnownAt[0]), knownCount(history, asKnownAt[1])];
    return history.slice(Math.min(one, other), Math.max(one, other));
  };
  const others = asKnownAt.flatMap((known) => {
    const record = recordKnown(states, treaty, known)?.record;
    return record === undefined ? [] : [...dependencies(states, record, known).keys()];
  });
  const found: Recorded<TreatyEvent | ParticipantEvent | NotificationEvent>[] = [
    treaty,
    ...new Set(others),
  ].flatMap((id) => between(states.treaties.byId.get(id)?.history ?? []));
  const issued = between(notificationsOfTreaty(states.notifications, treaty));
  return [...found, ...issued, ...between(states.participants.history)].toSorted((a, b) =>
    BigInt(a.position) < BigInt(b.position) ? -1 : 1,
  );
}

/** The treaties that a record's clauses refer to, and those that theirs do, with their positions then. */
function dependencies(
  states: ViewStates,
  record: TreatyRecord,
  asKnownAt: string | null,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = treatiesAskedAbout(record.finalClauses);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    const other = recordKnown(states, id, asKnownAt);
    found.set(id, other?.position ?? '');
    if (other !== null) waiting.push(...treatiesAskedAbout(other.record.finalClauses));
  }
  return found;
}
