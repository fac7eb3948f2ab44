import {
  emptyRecord,
  evolve,
  familyOf,
  type ParticipantRegister,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { treatyKnown, type ViewStates } from '../known-at.ts';
import type { TreatyEntry } from '../treaties/treaties-view.ts';
import { legalDatesOf, type LegalDate } from './legal-dates.ts';

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
  record: TreatyRecord;
  /** How many events of the treaty's history are in the entries. */
  count: number;
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
    known = { register, elsewhere, entries: new Map(), record: emptyRecord(treaty), count: 0 };
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
  return [last(treaty), ...othersOf(entry.record).map(last), history.at(-1)?.position].join(' ');
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
  const asOf = last.actions
    .map(({ current }) => current.date)
    .toSorted()
    .at(-1);
  const elsewhere =
    asOf === undefined || othersOf(last).length === 0
      ? () => null
      : (treatyKnown(states, last.treaty, { asOf, asKnownAt: null })?.elsewhere ?? (() => null));
  for (; known.count < history.length; known.count += 1) {
    const recorded = history[known.count];
    if (recorded === undefined) break;
    known.record = evolve(known.record, recorded.event);
    if (movesDates(recorded.event, known.record)) take(known, recorded, elsewhere, history[0]?.id);
  }
}

function take(
  { record, register, entries }: Kept,
  { recordedAt }: Recorded<TreatyEvent>,
  elsewhere: Parameters<typeof legalDatesOf>[1]['elsewhere'],
  treatyId: string | undefined,
): void {
  const dates = legalDatesOf(record, { participants: register, elsewhere });
  const withTreaty = dates.find(({ kind }) => kind === 'entry-into-force')?.date;
  const present = new Set<string>();
  for (const date of dates) {
    // What follows from an action is named by it; what is of the treaty, by the event that registered it.
    const uid = date.action === null ? `${treatyId ?? record.treaty}.${date.name}` : date.name;
    present.add(uid);
    const before = entries.get(uid);
    const apart = before?.apart === true || date.date !== withTreaty;
    if (before !== undefined && !before.cancelled && isSame(before, date)) {
      if (apart !== before.apart) entries.set(uid, { ...before, apart });
      continue;
    }
    entries.set(uid, {
      ...date,
      treaty: record.treaty,
      uid,
      sequence: before === undefined ? 0 : before.sequence + 1,
      createdAt: before?.createdAt ?? recordedAt,
      changedAt: recordedAt,
      cancelled: false,
      apart,
    });
  }
  for (const [uid, entry] of entries)
    if (!entry.cancelled && !present.has(uid))
      entries.set(uid, {
        ...entry,
        sequence: entry.sequence + 1,
        changedAt: recordedAt,
        cancelled: true,
      });
}

const isSame = (a: LegalDate, b: LegalDate): boolean =>
  a.date === b.date && a.participant === b.participant && a.place === b.place;

/** Whether an event can move a legal date: most of what an import records cannot, and costs nothing here. */
function movesDates(event: TreatyEvent, record: TreatyRecord): boolean {
  if (event.type === 'textRectified') return false;
  if (event.type !== 'actionRecorded') return true;
  const reserved = (): boolean =>
    record.actions.some(
      ({ current }) => current.kind === 'reservation' && current.participant === event.participant,
    );
  switch (familyOf(event.kind)) {
    case 'territory':
      return false;
    case 'signature':
      return reserved();
    case 'statement':
      return event.kind.endsWith('eservation');
    case 'consent':
    case 'signature-and-consent':
      return hasRules(record) || reserved();
    case 'withdrawal-from-treaty':
    case 'withdrawal-of-act':
    case 'provisional-application':
      return true;
  }
}

const hasRules = ({ finalClauses, officialDates }: TreatyRecord): boolean =>
  finalClauses.entryIntoForce !== null || officialDates.length > 0;
