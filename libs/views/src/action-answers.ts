import type { ActionKind, CalendarDate, Recorded, RecordedAction, TreatyEvent } from '#treaty';
import type { ViewStates } from './known-at.ts';
import type { LazyAnswer } from './treaty-answers.ts';

/** An action with the event that recorded it. */
export interface ActionFound {
  readonly action: RecordedAction;
  readonly recorded: Recorded<TreatyEvent>;
}

/** All actions of a treaty in order of recording, annulled ones too. */
export function actionsOfTreaty({ treaties }: ViewStates, treaty: string): ActionFound[] {
  const entry = treaties.byId.get(treaty);
  if (entry === undefined) return [];
  const events = entry.history.filter(({ event }) => event.type === 'actionRecorded');
  return entry.record.actions.flatMap((action, index) => {
    const recorded = events[index];
    return recorded === undefined ? [] : [{ action, recorded }];
  });
}

/** An action as lists show it: as it now stands, with when it was recorded. */
export function actionItem({ action, recorded }: ActionFound): object {
  const { type: _type, ...current } = action.current;
  return {
    ...current,
    annulled: action.annulled,
    corrected: action.corrections.length > 0,
    // Their digests: whoever has a document can check that it is the one the depositary holds.
    documents: action.documents,
    recordedAt: recorded.recordedAt,
    position: recorded.position,
  };
}

/** One action with its history: as first recorded, every correction, and who recorded it. */
export function actionAnswer(states: ViewStates, id: string): LazyAnswer | null {
  const place = states.actions.byId.get(id);
  const entry = place === undefined ? undefined : states.treaties.byId.get(place.treaty);
  if (place === undefined || entry === undefined) return null;
  return {
    revision: entry.history.at(-1)?.position ?? '',
    body: () => {
      const found = actionsOfTreaty(states, place.treaty)[place.ordinal];
      if (found === undefined) return {};
      const { type: _type, ...first } = found.action.first;
      const corrections = entry.history.flatMap(({ event, recordedAt, position, actor }) =>
        event.type === 'actionCorrected' && event.action === id
          ? [{ changes: event.changes, reason: event.reason, recordedAt, position, actor }]
          : [],
      );
      const name =
        states.participants.register.byCode[found.action.current.participant]?.name ?? null;
      return { ...actionItem(found), name, actor: found.recorded.actor, first, corrections };
    },
  };
}

export interface ActionsAsked {
  readonly treaty: string;
  readonly participant: string | null;
  readonly kind: ActionKind | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  readonly sort: 'recorded' | 'date' | '-date';
  readonly limit: number;
  readonly cursor: string | null;
}

export interface LazyPage extends LazyAnswer {
  /** What the next page's `cursor` is; null on the last page. */
  readonly next: string | null;
}

/** Sort key of an action; unique, so that a page goes on exactly after the last row of the one before. */
function keyOf({ action }: ActionFound, sort: ActionsAsked['sort']): string {
  const ordinal = String(action.ordinal).padStart(8, '0');
  return sort === 'recorded' ? ordinal : `${action.current.date}.${ordinal}`;
}

/** A page of a treaty's actions. The cursor names the last row, so new records neither repeat nor skip one. */
export function actionsPage(states: ViewStates, asked: ActionsAsked): LazyPage | null {
  const entry = states.treaties.byId.get(asked.treaty);
  if (entry === undefined) return null;
  const { participant, kind, from, to, sort, limit, cursor } = asked;
  const descending = sort === '-date';
  const after = (key: string): boolean =>
    cursor === null || (descending ? key < cursor : key > cursor);
  const rows = actionsOfTreaty(states, asked.treaty)
    .filter(
      ({ action: { current } }) =>
        (participant === null || current.participant === participant) &&
        (kind === null || current.kind === kind) &&
        (from === null || current.date >= from) &&
        (to === null || current.date <= to),
    )
    .map((found) => ({ key: keyOf(found, sort), found }))
    .filter(({ key }) => after(key))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1) * (descending ? -1 : 1));
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? (shown.at(-1)?.key ?? null) : null;
  return {
    revision: entry.history.at(-1)?.position ?? '',
    next,
    body: () => ({
      treaty: asked.treaty,
      actions: shown.map(({ found }) => actionItem(found)),
      next,
    }),
  };
}
