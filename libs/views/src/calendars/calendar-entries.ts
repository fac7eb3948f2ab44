import {
  emptyRecord,
  evolve,
  evolveAll,
  type ActionRecorded,
  type AnswerOptions,
  type CalendarDate,
  type NotificationEvent,
  type OtherTreaty,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { treatyKnown, type ViewStates } from '../known-at.ts';
import { notificationsOfTreaty } from '../notifications/notifications-view.ts';
import type { TreatyEntry } from '../treaties/treaties-view.ts';
import {
  afterAllActs,
  datesOfTreaty,
  legalDatesOfParticipants,
  legalDatesOfTreaty,
  type LegalDate,
  type TreatyDates,
} from './legal-dates.ts';
import { reachOf, type Reach } from './reach.ts';

/** A legal date with its history: how often it moved, and whether it still stands. */
export interface CalendarEntry extends LegalDate {
  readonly treaty: string;
  /** Unique in the world, and the same for as long as the ledger lasts. */
  readonly uid: string;
  /** How many times it changed since it was first known; the same ledger always gives the same number. */
  readonly sequence: number;
  readonly createdAt: string;
  readonly changedAt: string;
  /** It was withdrawn or annulled, or no longer follows from what is recorded. */
  readonly cancelled: boolean;
  /** It fell, at some time, on another day than the treaty's own entry into force. */
  readonly apart: boolean;
}

interface Kept {
  readonly register: ParticipantRegister;
  readonly elsewhere: string;
  readonly entries: Map<string, CalendarEntry>;
  /** Of the treaty, as of the last event gone through; null before the first. */
  dates: TreatyDates | null;
  /** How many events of the treaty's history are in the entries, and how many notifications about it. */
  count: number;
  notified: number;
  /** When each action was first told of, by the notifications gone through. */
  readonly circulated: Map<string, CalendarDate>;
}

/** Worked out once per treaty and continued from where it was; it only saves time. */
const kept = new WeakMap<TreatyEntry, Kept>();

/**
 * The calendar of one treaty. Its events are gone through in the order of recording, and an entry counts up
 * whenever one of them moved its date, took it away or brought it back: what a calendar program needs to
 * replace what it has, without anything being stored.
 */
export function calendarOf(states: ViewStates, treaty: string): readonly CalendarEntry[] {
  const entry = states.treaties.byId.get(treaty);
  if (entry === undefined) return [];
  const { register, history } = states.participants;
  const others = othersOf(entry.record);
  const positions = others.map((id) => states.treaties.byId.get(id)?.history.length ?? 0);
  const elsewhere = positions.join(' ');
  let known = kept.get(entry);
  if (known === undefined || known.register !== register || known.elsewhere !== elsewhere) {
    known = {
      register,
      elsewhere,
      entries: new Map(),
      dates: null,
      count: 0,
      notified: 0,
      circulated: new Map(),
    };
    kept.set(entry, known);
  }
  goOn(states, entry, known);
  const entries = [...known.entries.values()];
  if (!hasConditions(entry.record)) return entries;
  // What a condition reads is not in this treaty's history; whenever it grew, the dates may have moved.
  const outside = history.length + positions.reduce((sum, count) => sum + count, 0);
  return entries.map((one) =>
    isComputed(one) ? { ...one, sequence: one.sequence + outside } : one,
  );
}

/** Changes whenever the calendar of a treaty may. */
export function calendarRevision(states: ViewStates, treaty: string): string {
  const entry = states.treaties.byId.get(treaty);
  if (entry === undefined) return '';
  const last = (id: string): string => states.treaties.byId.get(id)?.history.at(-1)?.position ?? '';
  const { history } = states.participants;
  const told = notificationsOfTreaty(states.notifications, treaty).at(-1)?.position;
  const others = othersOf(entry.record).map(last);
  return [last(treaty), ...others, history.at(-1)?.position, told].join(' ');
}

const isComputed = ({ kind }: LegalDate): boolean =>
  kind === 'entry-into-force' || kind === 'party-from' || kind === 'party-until';

const conditionsOf = ({ finalClauses }: TreatyRecord) =>
  finalClauses.entryIntoForce?.conditions ?? [];

const hasConditions = (record: TreatyRecord): boolean => conditionsOf(record).length > 0;

/** Other treaties whose entry into force or parties its conditions ask about. */
const othersOf = (record: TreatyRecord): string[] =>
  conditionsOf(record).flatMap((condition) => ('treaty' in condition ? [condition.treaty] : []));

function goOn(states: ViewStates, { history, record: last }: TreatyEntry, known: Kept): void {
  const notifications = notificationsOfTreaty(states.notifications, last.treaty);
  if (known.count === history.length && known.notified === notifications.length) return;
  const asOf = last.actions
    .map(({ current }) => current.date)
    .toSorted()
    .at(-1);
  const ask =
    asOf === undefined || othersOf(last).length === 0
      ? () => null
      : (treatyKnown(states, last.treaty, { asOf, asKnownAt: null })?.elsewhere ?? (() => null));
  const asked = new Map<string, OtherTreaty | null>();
  const elsewhere = (treaty: string): OtherTreaty | null => {
    const found = asked.has(treaty) ? (asked.get(treaty) ?? null) : ask(treaty);
    asked.set(treaty, found);
    return found;
  };
  let record = evolveAll(
    emptyRecord(last.treaty),
    history.slice(0, known.count).map(({ event }) => event),
  );
  const coming = inOrder(history.slice(known.count), notifications.slice(known.notified));
  for (const recorded of coming) {
    const { event } = recorded;
    let reach: Reach;
    if (event.type === 'depositaryNotificationIssued') {
      reach = circulate(known, event) ? 'treaty' : 'nothing';
      known.notified += 1;
    } else {
      record = evolve(record, event);
      reach = reachOf(event, record, known.register, known.dates);
      known.count += 1;
    }
    if (reach === 'nothing') continue;
    const owner = reach === 'treaty' ? null : (event as ActionRecorded).participant;
    if (owner === null || known.dates === null)
      known.dates = datesOfTreaty(record, known.register, elsewhere);
    take(known, recorded, datesReached(record, known, known.dates, owner), {
      owner,
      treaty: { id: record.treaty, uid: history[0]?.id ?? record.treaty },
    });
  }
}

/** What was recorded about a treaty and what was circulated about it, in one order. */
function inOrder(
  events: readonly Recorded<TreatyEvent>[],
  notifications: readonly Recorded<NotificationEvent>[],
): readonly Recorded<TreatyEvent | NotificationEvent>[] {
  if (notifications.length === 0) return events;
  return [...events, ...notifications].toSorted((a, b) =>
    BigInt(a.position) < BigInt(b.position) ? -1 : 1,
  );
}

/** Notes when the actions that a notification tells of were circulated; false: all were before. */
function circulate(
  { circulated }: Kept,
  { actions, dateOfNotification }: NotificationEvent,
): boolean {
  const news = actions.filter(
    (action) => (circulated.get(action) ?? dateOfNotification) >= dateOfNotification,
  );
  for (const action of news) circulated.set(action, dateOfNotification);
  return news.length > 0;
}

/** All legal dates, or those of one participant, worked out from its acts alone. */
function datesReached(
  record: TreatyRecord,
  { register, circulated }: Kept,
  dates: TreatyDates,
  owner: string | null,
): LegalDate[] {
  const options: AnswerOptions = {
    asOf: afterAllActs(record, register),
    circulatedOn: (action) => circulated.get(action) ?? null,
  };
  if (owner === null)
    return [
      ...legalDatesOfTreaty(record, dates),
      ...legalDatesOfParticipants(record, register, dates, options),
    ];
  const actions = record.actions.filter(({ current }) => current.participant === owner);
  return legalDatesOfParticipants({ ...record, actions }, register, dates, options);
}

interface Taken {
  /** The participant whose dates these are; null: they are all there are. */
  readonly owner: string | null;
  readonly treaty: { readonly id: string; readonly uid: string };
}

function take(
  { entries, dates: known }: Kept,
  { recordedAt }: Recorded<TreatyEvent | NotificationEvent>,
  dates: readonly LegalDate[],
  { owner, treaty }: Taken,
): void {
  const present = new Set<string>();
  for (const date of dates) {
    // What follows from an action is named by it; what is of the treaty, by the event that registered it.
    const uid = date.action === null ? `${treaty.uid}.${date.name}` : date.name;
    present.add(uid);
    const before = entries.get(uid);
    const apart = before?.apart === true || date.date !== known?.entryIntoForce;
    if (before !== undefined && !before.cancelled && isSame(before, date)) {
      if (apart !== before.apart) entries.set(uid, { ...before, apart });
      continue;
    }
    entries.set(uid, {
      ...date,
      treaty: treaty.id,
      uid,
      sequence: before === undefined ? 0 : before.sequence + 1,
      createdAt: before?.createdAt ?? recordedAt,
      changedAt: recordedAt,
      cancelled: false,
      apart,
    });
  }
  for (const [uid, entry] of entries) {
    const reached = owner === null || entry.participant === owner;
    if (!reached || entry.cancelled || present.has(uid)) continue;
    const sequence = entry.sequence + 1;
    entries.set(uid, { ...entry, sequence, changedAt: recordedAt, cancelled: true });
  }
}

const isSame = (a: LegalDate, b: LegalDate): boolean =>
  a.date === b.date && a.participant === b.participant && a.place === b.place;
