import {
  calendarDate,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  evolveAll,
  statusRowOf,
  treatiesAskedAbout,
  type CalendarDate,
  type EntryIntoForce,
  type ParticipantStatus,
  type Recorded,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { participantsKnown, treatyKnown, type ViewStates } from '../known-at.ts';

/** Entry into force, as short as an entry of a feed tells it. */
export type ForceInBrief = Pick<EntryIntoForce, 'state' | 'counted' | 'required' | 'date'>;

/** What one event changed, as was known just before it and just after. */
export interface EventEffect {
  /** Legal date of both: the day of recording, or of the act where that is later. */
  readonly asOf: CalendarDate;
  /** The participant's status; null where the event is about none. */
  readonly status: { readonly before: ParticipantStatus; readonly after: ParticipantStatus } | null;
  readonly entryIntoForce: { readonly before: ForceInBrief; readonly after: ForceInBrief };
  /** The fields that a correction changed. */
  readonly changes: readonly {
    readonly field: string;
    readonly before: unknown;
    readonly after: unknown;
  }[];
}

/**
 * What an event changed follows from the events up to it, which never change, so it is worked out once and kept
 * for as long as the event itself.
 */
const known = new WeakMap<Recorded<TreatyEvent>, EventEffect>();

/** What each of some events of one treaty changed; its history is folded at most once. */
export function effectsOf(
  states: ViewStates,
  treaty: string,
  events: readonly Recorded<TreatyEvent>[],
): ReadonlyMap<Recorded<TreatyEvent>, EventEffect> {
  const wanted = new Set(events.filter((event) => !known.has(event)));
  let record = emptyRecord(treaty);
  let passed: TreatyEvent[] = [];
  for (const recorded of states.treaties.byId.get(treaty)?.history ?? []) {
    if (wanted.size === 0) break;
    if (!wanted.delete(recorded)) {
      passed.push(recorded.event);
      continue;
    }
    const before = evolveAll(record, passed);
    record = evolve(before, recorded.event);
    passed = [];
    known.set(recorded, effectOf(states, recorded, before, record));
  }
  return new Map(
    events.flatMap((event) => {
      const effect = known.get(event);
      return effect === undefined ? [] : [[event, effect] as const];
    }),
  );
}

function effectOf(
  states: ViewStates,
  recorded: Recorded<TreatyEvent>,
  before: TreatyRecord,
  after: TreatyRecord,
): EventEffect {
  const { event, position } = recorded;
  const asOf = dateOfEvent(recorded, after);
  const participants = participantsKnown(states, position);
  // Only a treaty that waits for another asks about it, and then as it was known at the time.
  const elsewhere =
    treatiesAskedAbout(after.finalClauses).length > 0
      ? treatyKnown(states, event.treaty, { asOf, asKnownAt: position })?.elsewhere
      : undefined;
  const options = { asOf, ...(elsewhere !== undefined && { elsewhere }) };
  const force = (record: TreatyRecord): ForceInBrief => {
    const { state, counted, required, date } = entryIntoForceOf(record, participants, options);
    return { state, counted, required, ...(date !== undefined && { date }) };
  };
  const code = participantOfEvent(recorded, after);
  const status = (record: TreatyRecord): ParticipantStatus =>
    (code === null ? null : statusRowOf(record, participants, options, code)?.status) ?? 'none';
  return {
    asOf,
    status: code === null ? null : { before: status(before), after: status(after) },
    entryIntoForce: { before: force(before), after: force(after) },
    changes: changesOf(event, before),
  };
}

function dateOfEvent({ event, recordedAt }: Recorded<TreatyEvent>, after: TreatyRecord) {
  const day = calendarDate(recordedAt.slice(0, 10));
  if (!('action' in event)) return day;
  const date = after.actions.find(({ first }) => first.action === event.action)?.current.date;
  return date !== undefined && date > day ? date : day;
}

/** The participant that an event is about, or null: of an action, of its correction, of an official date. */
export function participantOfEvent(
  { event }: Recorded<TreatyEvent>,
  record: TreatyRecord,
): string | null {
  if (event.type === 'officialDateRecorded') return event.participant;
  if (!('action' in event)) return null;
  const action = record.actions.find(({ first }) => first.action === event.action);
  return action?.current.participant ?? null;
}

function changesOf(event: TreatyEvent, before: TreatyRecord): EventEffect['changes'] {
  if (event.type !== 'actionCorrected') return [];
  const action = before.actions.find(({ first }) => first.action === event.action);
  const current: Readonly<Record<string, unknown>> = { ...action?.current };
  return Object.entries(event.changes).map(([field, after]) => ({
    field,
    before: current[field] ?? null,
    after,
  }));
}
