import {
  participantNameOn,
  participantOf,
  type CalendarDate,
  type ParticipantRegister,
  type Recorded,
  type RecordedAction,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import {
  knownBy,
  participantsKnown,
  positionKnown,
  recordKnown,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';
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

/** The name that a participant bore on a date; its code where nobody of that code is known. */
function nameOf(participants: ParticipantRegister, code: string, date: CalendarDate): string {
  const known = participantOf(participants, code);
  return known === null ? code : participantNameOn(known, date);
}

/** An action as lists show it: as it stands, under the name that its author bore on a date, with when it was recorded. */
export function actionItem(
  { action, recorded }: ActionFound,
  participants: ParticipantRegister,
  namesOn: CalendarDate,
): object {
  const { type: _type, ...current } = action.current;
  return {
    ...current,
    name: nameOf(participants, current.participant, namesOn),
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
  { asOf, asKnownAt }: TimesAsked,
): LazyAnswer | null {
  const place = states.actions.byId.get(id);
  const entry = place === undefined ? null : recordKnown(states, place.treaty, asKnownAt);
  if (place === undefined || entry === null) return null;
  const found = actionsIn(entry.record, entry.history)[place.ordinal];
  if (found === undefined) return null;
  const notifications = notificationsOfAction(states.notifications, id).filter(knownBy(asKnownAt));
  return {
    revision: [
      entry.position,
      positionKnown(states.participants.history, asKnownAt) ?? '',
      notifications.length,
    ].join(' '),
    body: () => {
      const { type: _type, ...first } = found.action.first;
      const corrections = entry.history.flatMap(({ event, recordedAt, position }) =>
        event.type === 'actionCorrected' && event.action === id
          ? [{ changes: event.changes, reason: event.reason, recordedAt, position }]
          : [],
      );
      return {
        ...actionItem(found, participantsKnown(states, asKnownAt), asOf),
        first,
        corrections,
        notifications: notifications.map(({ event }) => event.notification),
      };
    },
  };
}
