import {
  participantNameOn,
  participantOf,
  type ActionKind,
  type CalendarDate,
  type Recorded,
  type RecordedAction,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { participantsKnown, recordKnown, type TimesAsked, type ViewStates } from './known-at.ts';
import { notificationsOfAction } from './notifications/notifications-view.ts';
import type { LazyAnswer } from './treaty-answers.ts';

/** An action with the event that recorded it. */
export interface ActionFound {
  readonly action: RecordedAction;
  readonly recorded: Recorded<TreatyEvent>;
}

/** The actions of a record with the events that recorded them, in order of recording, annulled ones too. */
export function actionsIn(
  record: TreatyRecord,
  history: readonly Recorded<TreatyEvent>[],
): ActionFound[] {
  const events = history.filter(({ event }) => event.type === 'actionRecorded');
  return record.actions.flatMap((action, index) => {
    const recorded = events[index];
    return recorded === undefined ? [] : [{ action, recorded }];
  });
}

/** All actions of a treaty as now known. */
export function actionsOfTreaty({ treaties }: ViewStates, treaty: string): ActionFound[] {
  const entry = treaties.byId.get(treaty);
  return entry === undefined ? [] : actionsIn(entry.record, entry.history);
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

/** One action with its history: as first recorded, every correction. Not who recorded it: see docs/decisions/0010-events-and-stream.md. */
export function actionAnswer(
  states: ViewStates,
  id: string,
  { asOf, asKnownAt = null }: Partial<TimesAsked> = {},
): LazyAnswer | null {
  const place = states.actions.byId.get(id);
  const entry = place === undefined ? null : recordKnown(states, place.treaty, asKnownAt);
  if (place === undefined || entry === null) return null;
  const found = actionsIn(entry.record, entry.history)[place.ordinal];
  if (found === undefined) return null;
  return {
    revision: `${entry.position} ${states.participants.history.at(-1)?.position ?? ''} ${notificationsOfAction(states.notifications, id).length}`,
    body: () => {
      const { type: _type, ...first } = found.action.first;
      const corrections = entry.history.flatMap(({ event, recordedAt, position }) =>
        event.type === 'actionCorrected' && event.action === id
          ? [{ changes: event.changes, reason: event.reason, recordedAt, position }]
          : [],
      );
      const register = participantsKnown(states, asKnownAt);
      const who = participantOf(register, found.action.current.participant);
      const name = asOf === undefined || who === null ? who?.name : participantNameOn(who, asOf);
      return {
        ...actionItem(found),
        name: name ?? null,
        first,
        corrections,
        notifications: notificationsOfAction(states.notifications, id),
      };
    },
  };
}

export interface ActionsAsked {
  readonly treaty: string;
  /** What was known then; null: all that is known. */
  readonly asKnownAt?: string | null;
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
  const entry = recordKnown(states, asked.treaty, asked.asKnownAt ?? null);
  if (entry === null) return null;
  const { participant, kind, from, to, sort, limit, cursor } = asked;
  const descending = sort === '-date';
  const after = (key: string): boolean =>
    cursor === null || (descending ? key < cursor : key > cursor);
  const rows = actionsIn(entry.record, entry.history)
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
