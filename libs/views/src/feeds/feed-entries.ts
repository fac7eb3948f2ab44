import {
  actionOfEvent,
  type ActionKind,
  type Recorded,
  type RecordedAction,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { ViewStates } from '../known-at.ts';
import { effectsOf, type EventEffect } from './effects.ts';

export interface FeedAsked {
  /** Only one treaty; null: the whole register. */
  readonly treaty: string | null;
  readonly participant: string | null;
  readonly kind: ActionKind | null;
  /** Only what was recorded before this ledger position: where the page before ended. */
  readonly before: string | null;
  readonly limit: number;
}

/** One event of the ledger as a feed tells it. */
export interface FeedEntry {
  readonly recorded: Recorded<TreatyEvent>;
  /** The treaty as it now stands. */
  readonly record: TreatyRecord;
  /** The action it is about, as it now stands, and the event that first recorded it. */
  readonly action: RecordedAction | null;
  readonly first: Recorded<TreatyEvent> | null;
  /** What corrected or annulled it later, in order; only for the first record of an action. */
  readonly later: readonly Recorded<TreatyEvent>[];
  readonly effect: EventEffect | undefined;
}

export interface FeedPage {
  readonly entries: readonly FeedEntry[];
  /** What the next page's `before` is; null on the last page. */
  readonly next: string | null;
}

/** Positions are decimal strings that may exceed 2^53: the longer is the later. */
export const isBefore = (a: string, b: string): boolean =>
  a.length === b.length ? a < b : a.length < b.length;

const latestFirst = (a: Recorded<unknown>, b: Recorded<unknown>): number =>
  isBefore(a.position, b.position) ? 1 : -1;

/** Changes whenever a page of the feed would; null where the register has no such treaty or participant. */
export function feedRevision(states: ViewStates, asked: FeedAsked): string | null {
  const { treaties, participants, actions } = states;
  const last = participants.history.at(-1)?.position ?? '';
  const head = (id: string): string => treaties.byId.get(id)?.history.at(-1)?.position ?? '';
  if (asked.participant !== null && !Object.hasOwn(participants.register.byCode, asked.participant))
    return null;
  if (asked.treaty !== null)
    return treaties.byId.has(asked.treaty) ? `${head(asked.treaty)} ${last}` : null;
  const ids =
    asked.participant === null
      ? treaties.byId.keys()
      : (actions.treatiesOf.get(asked.participant)?.values() ?? []);
  let latest = '';
  for (const id of ids) if (isBefore(latest, head(id))) latest = head(id);
  return `${latest} ${last}`;
}

/**
 * Works out what the events of a page changed, one at a time; whoever asks may let others have their turn
 * in between, and asks for the page itself afterwards.
 */
export function* workOutFeed(states: ViewStates, asked: FeedAsked): Generator<undefined> {
  for (const recorded of latestEvents(states, asked).slice(0, asked.limit)) {
    effectsOf(states, recorded.event.treaty, [recorded]);
    yield;
  }
}

/** A page of what was recorded, the latest first. A correction is an entry of its own, beside the first. */
export function feedPage(states: ViewStates, asked: FeedAsked): FeedPage {
  const rows = latestEvents(states, asked);
  const shown = rows.slice(0, asked.limit);
  const effects = new Map(
    [...Map.groupBy(shown, ({ event }) => event.treaty)].flatMap(([treaty, events]) => [
      ...effectsOf(states, treaty, events),
    ]),
  );
  return {
    entries: shown.flatMap((recorded) => entryOf(states, recorded, effects.get(recorded)) ?? []),
    next: rows.length > asked.limit ? (shown.at(-1)?.position ?? null) : null,
  };
}

/** One more than the limit, so that a next page is known of. Stops at treaties whose last event is too old. */
function latestEvents(states: ViewStates, asked: FeedAsked): Recorded<TreatyEvent>[] {
  const { treaties, actions } = states;
  const ids =
    asked.treaty !== null
      ? [asked.treaty]
      : asked.participant !== null
        ? [...(actions.treatiesOf.get(asked.participant) ?? [])]
        : [...treaties.byId.keys()];
  const entries = ids
    .flatMap((id) => treaties.byId.get(id) ?? [])
    .map((entry) => ({ entry, last: entry.history.at(-1)?.position ?? '' }))
    .toSorted((a, b) => (isBefore(a.last, b.last) ? 1 : -1));
  const wanted = asked.limit + 1;
  let found: Recorded<TreatyEvent>[] = [];
  for (const { entry, last } of entries) {
    const oldest = found.at(wanted - 1)?.position;
    if (oldest !== undefined && isBefore(last, oldest)) break;
    const more: Recorded<TreatyEvent>[] = [];
    for (let index = entry.history.length - 1; index >= 0 && more.length < wanted; index -= 1) {
      const recorded = entry.history[index];
      if (recorded === undefined) continue;
      if (oldest !== undefined && isBefore(recorded.position, oldest)) break;
      if (isWanted(recorded, entry.record, states, asked)) more.push(recorded);
    }
    if (more.length > 0) found = [...found, ...more].toSorted(latestFirst).slice(0, wanted);
  }
  return found;
}

function isWanted(
  recorded: Recorded<TreatyEvent>,
  record: TreatyRecord,
  states: ViewStates,
  { participant, kind, before }: FeedAsked,
): boolean {
  const { event, position } = recorded;
  if (before !== null && !isBefore(position, before)) return false;
  if (participant === null && kind === null) return true;
  if (event.type === 'officialDateRecorded')
    return kind === null && event.participant === participant;
  const id = actionOfEvent(event);
  const action = id === null ? null : actionOf(states, id, record);
  if (action === null) return false;
  // What was recorded of another participant by mistake, and was corrected, is told to both.
  return [action.first, ...action.corrections.map(({ changes }) => changes)].some(
    (one) =>
      (participant === null || (one.participant ?? action.first.participant) === participant) &&
      (kind === null || (one.kind ?? action.first.kind) === kind),
  );
}

function actionOf(states: ViewStates, id: string, record: TreatyRecord): RecordedAction | null {
  const place = states.actions.byId.get(id);
  return place === undefined ? null : (record.actions[place.ordinal] ?? null);
}

function entryOf(
  states: ViewStates,
  recorded: Recorded<TreatyEvent>,
  effect: EventEffect | undefined,
): FeedEntry | null {
  const { event } = recorded;
  const entry = states.treaties.byId.get(event.treaty);
  if (entry === undefined) return null;
  const id = actionOfEvent(event);
  if (id === null)
    return { recorded, record: entry.record, action: null, first: null, later: [], effect };
  const about = entry.history.filter((one) => actionOfEvent(one.event) === id);
  const first = about[0] ?? null;
  return {
    recorded,
    record: entry.record,
    action: actionOf(states, id, entry.record),
    first,
    later: first === recorded ? about.slice(1) : [],
    effect,
  };
}
