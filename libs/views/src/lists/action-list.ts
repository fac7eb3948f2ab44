import type { ActionKind, CalendarDate, Recorded, TreatyEvent } from '#treaty';
import type { ActionPlace, ActionsState } from '../actions/actions-view.ts';
import { actionItem, type ActionFound } from '../action-answers.ts';
import { lastPositionKnown, participantsKnown, recordKnown, type ViewStates } from '../known-at.ts';
import type { TreatyEntry } from '../treaties/treaties-view.ts';
import { isDescending, pageOfRows, type SortKey } from './order.ts';
import type { ListPage } from './list-page.ts';
import { isRecordedFrom, isRecordedTo } from './recording.ts';

/** In which order actions may be listed: of recording, of legal date. */
export const actionSorts = ['recorded', '-recorded', 'date', '-date'] as const;
export type ActionSort = (typeof actionSorts)[number];

export interface ActionListAsked {
  readonly treaty: string | null;
  readonly participant: string | null;
  readonly kind: ActionKind | null;
  /** First and last legal date. */
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  /** Instants or positions between which they were recorded, both included. */
  readonly recordedFrom: string | null;
  readonly recordedTo: string | null;
  /** Only what had been done on that date. */
  readonly asOf: CalendarDate | null;
  readonly asKnownAt: string | null;
  /** The date whose names participants have in the answer. */
  readonly namesOn: CalendarDate;
  readonly sort: ActionSort;
  readonly limit: number;
  readonly after: SortKey | null;
}

interface ActionRow extends ActionFound {
  readonly key: SortKey;
}

/** The events that recorded a treaty's actions, by ordinal; looked for once, then only among what is new. */
const eventsOf = new WeakMap<TreatyEntry, { events: Recorded<TreatyEvent>[]; seen: number }>();

function recordingEvents(entry: TreatyEntry): readonly Recorded<TreatyEvent>[] {
  const known = eventsOf.get(entry) ?? { events: [], seen: 0 };
  eventsOf.set(entry, known);
  for (; known.seen < entry.history.length; known.seen += 1) {
    const recorded = entry.history[known.seen];
    if (recorded?.event.type === 'actionRecorded') known.events.push(recorded);
  }
  return known.events;
}

interface InOrder {
  readonly places: ActionPlace[];
  /** Number of each treaty's action in the whole ledger, by ordinal. */
  readonly numbers: Map<string, number[]>;
  readonly rest: Iterator<ActionPlace>;
}

/** All actions in order of recording. The iterator of a map goes on with what is added to the map. */
const ordersOf = new WeakMap<ActionsState, InOrder>();

function inOrder(actions: ActionsState): InOrder {
  const known = ordersOf.get(actions) ?? {
    places: [],
    numbers: new Map<string, number[]>(),
    rest: actions.byId.values(),
  };
  ordersOf.set(actions, known);
  while (known.places.length < actions.byId.size) {
    const next = known.rest.next();
    if (next.done === true) break;
    const { treaty } = next.value;
    const numbers = known.numbers.get(treaty) ?? [];
    numbers.push(known.places.length);
    known.numbers.set(treaty, numbers);
    known.places.push(next.value);
  }
  return known;
}

/** The places to look at, in order of recording: as few as the filters allow. */
function* placesFor(states: ViewStates, asked: ActionListAsked): Generator<ActionPlace> {
  const { places } = inOrder(states.actions);
  const { treaty, participant, sort, after } = asked;
  const within =
    treaty !== null
      ? [treaty]
      : participant !== null
        ? [...(states.actions.treatiesOf.get(participant) ?? [])]
        : null;
  if (within !== null) {
    for (const one of within) {
      const count = states.actions.counts.get(one) ?? 0;
      for (let ordinal = 0; ordinal < count; ordinal += 1) yield { treaty: one, ordinal };
    }
    return;
  }
  // In order of recording, the page begins right after its cursor.
  const start = Number(after?.[0] ?? Number.NaN);
  if (sort === '-recorded') {
    const first = Number.isNaN(start) ? places.length : start;
    for (let n = first - 1; n >= 0; n -= 1) if (places[n]) yield places[n] as ActionPlace;
  } else {
    const first = sort === 'recorded' && !Number.isNaN(start) ? start + 1 : 0;
    for (let n = first; n < places.length; n += 1) yield places[n] as ActionPlace;
  }
}

/** The actions asked for as they were known then, in no order. */
function* rowsOf(states: ViewStates, asked: ActionListAsked): Generator<ActionRow> {
  const { numbers } = inOrder(states.actions);
  const { asKnownAt, recordedFrom, recordedTo, sort } = asked;
  const records = new Map<string, ReturnType<typeof recordKnown>>();
  const known = (treaty: string): ReturnType<typeof recordKnown> => {
    if (!records.has(treaty)) records.set(treaty, recordKnown(states, treaty, asKnownAt));
    return records.get(treaty) ?? null;
  };
  for (const { treaty, ordinal } of placesFor(states, asked)) {
    const action = known(treaty)?.record.actions[ordinal];
    const entry = states.treaties.byId.get(treaty);
    if (action === undefined || entry === undefined || !fits(action.current, asked)) continue;
    const recorded = recordingEvents(entry)[ordinal];
    if (recorded === undefined) continue;
    if (recordedFrom !== null && !isRecordedFrom(recorded, recordedFrom)) continue;
    if (recordedTo !== null && !isRecordedTo(recorded, recordedTo)) continue;
    const number = numbers.get(treaty)?.[ordinal] ?? 0;
    const key = sort.endsWith('date') ? [action.current.date, number] : [number];
    yield { key, action, recorded };
  }
}

function fits(
  { participant, kind, date }: ActionFound['action']['current'],
  asked: ActionListAsked,
): boolean {
  return (
    (asked.participant === null || participant === asked.participant) &&
    (asked.kind === null || kind === asked.kind) &&
    (asked.from === null || date >= asked.from) &&
    (asked.to === null || date <= asked.to) &&
    (asked.asOf === null || date <= asked.asOf)
  );
}

/** Stops a search in order of recording once its page is full: what follows cannot be on it. */
function* enough(rows: Iterable<ActionRow>, count: number): Generator<ActionRow> {
  let left = count;
  for (const row of rows) {
    yield row;
    left -= 1;
    if (left === 0) return;
  }
}

/**
 * Actions as known then, of one treaty or of all. Corrected and annulled ones appear as they were known then.
 * @returns null when the treaty asked for was not registered then
 */
export function actionList(states: ViewStates, asked: ActionListAsked): ListPage | null {
  const { treaty, participant, asOf, asKnownAt, namesOn, sort, limit, after } = asked;
  if (treaty !== null && recordKnown(states, treaty, asKnownAt) === null) return null;
  const rows = rowsOf(states, asked);
  // Over all treaties, rows in order of recording come in the order wanted.
  const sorted = treaty === null && participant === null && sort.endsWith('recorded');
  const { shown, more } = pageOfRows(sorted ? enough(rows, limit + 1) : rows, {
    after,
    limit,
    descending: isDescending(sort),
  });
  const position = lastPositionKnown(states, asKnownAt);
  const participants = participantsKnown(states, asKnownAt);
  const last = shown.at(-1);
  return {
    revision: `${position} ${namesOn}`,
    next:
      more && last !== undefined ? { key: last.key, asOf, asKnownAt: asKnownAt ?? position } : null,
    count: shown.length,
    position,
    rows: () => shown.values().map((row) => actionItem(row, participants, namesOn)),
    body: (actions, next) => ({
      ...(treaty !== null && { treaty }),
      asOf,
      asKnownAt,
      position,
      actions,
      next,
    }),
  };
}
