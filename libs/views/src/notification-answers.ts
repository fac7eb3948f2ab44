import {
  participantNameOn,
  participantOf,
  type CalendarDate,
  type NotificationEvent,
  type Recorded,
} from '#treaty';
import type { LazyPage } from './action-answers.ts';
import type { TimesAsked, ViewStates } from './known-at.ts';
import type { LazyAnswer } from './treaty-answers.ts';
import { foldedWords } from './words.ts';

export interface NotificationsAsked extends TimesAsked {
  readonly year: number | null;
  readonly treaty: string | null;
  /** Code of a participant of whose actions the notification tells. */
  readonly participant: string | null;
  readonly from: CalendarDate | null;
  readonly to: CalendarDate | null;
  /** Words, each of which begins a word of the number, the subject or the text, in either language. */
  readonly words: string | null;
  readonly limit: number;
  readonly cursor: string | null;
}

type Issued = Recorded<NotificationEvent>;

/** Whether an event was known then; positions and instants are told apart by their digits. */
function wasKnown({ position, recordedAt }: Issued, asKnownAt: string | null): boolean {
  if (asKnownAt === null) return true;
  return /^\d+$/.test(asKnownAt) ? BigInt(position) <= BigInt(asKnownAt) : recordedAt <= asKnownAt;
}

/** What every answer about notifications is made from; names and actions of treaties are in it. */
const revisionOf = ({ notifications, participants, treaties }: ViewStates, issued?: Issued) =>
  [
    notifications.issued.at(-1)?.position ?? '',
    participants.history.at(-1)?.position ?? '',
    issued === undefined
      ? ''
      : (treaties.byId.get(issued.event.treaty)?.history.at(-1)?.position ?? ''),
  ].join(' ');

/** The notifications of one treaty, or all of them, in the order in which they were issued. */
export function notificationsIssued(
  { notifications: { issued, ofTreaty } }: ViewStates,
  treaty: string | null,
): readonly Issued[] {
  if (treaty === null) return issued;
  return (ofTreaty.get(treaty) ?? []).flatMap((place) => issued[place] ?? []);
}

/** Corrigenda to a notification, by number, in the order in which they were issued. */
export function corrigendaOf(states: ViewStates, { event }: Issued): readonly Issued[] {
  return notificationsIssued(states, event.treaty).filter(
    ({ event: { corrects } }) => corrects === event.notification,
  );
}

/** A notification as lists show it. */
export function notificationItem(
  states: ViewStates,
  issued: Issued,
  asKnownAt: string | null,
): object {
  const { type: _type, draft: _draft, text: _text, ...facts } = issued.event;
  const { title = null, titleFr = null } =
    states.treaties.byId.get(facts.treaty)?.record.registered ?? {};
  return {
    ...facts,
    title,
    titleFr,
    correctedBy: corrigendaOf(states, issued)
      .filter((one) => wasKnown(one, asKnownAt))
      .map(({ event }) => event.notification),
    recordedAt: issued.recordedAt,
    position: issued.position,
  };
}

/** Participants whose actions a notification tells of. */
function participantsIn(states: ViewStates, { event }: Issued): Set<string> {
  const codes = event.actions.flatMap((action) => {
    const place = states.actions.byId.get(action);
    const record = place && states.treaties.byId.get(place.treaty)?.record;
    return record?.actions[place?.ordinal ?? -1]?.current.participant ?? [];
  });
  return new Set(codes);
}

function saysAll({ event }: Issued, words: readonly string[]): boolean {
  const { notification, subject, text } = event;
  const said = foldedWords([notification, subject.en, subject.fr, text.en, text.fr].join(' '));
  return words.every((word) => said.some((one) => one.startsWith(word)));
}

/**
 * A page of notifications, the latest first. The cursor is the place of the last row in the order of issue, so
 * a notification issued meanwhile neither repeats nor skips one.
 */
export function notificationsPage(states: ViewStates, asked: NotificationsAsked): LazyPage {
  const { year, treaty, participant, from, to, asOf, asKnownAt, limit, cursor } = asked;
  const words = asked.words === null ? [] : foldedWords(asked.words);
  const before = cursor !== null && /^\d{1,9}$/.test(cursor) ? Number(cursor) : Infinity;
  const rows = notificationsIssued(states, treaty)
    .map((issued, place) => ({ issued, place }))
    .filter(({ issued, place }) => {
      const { event } = issued;
      return (
        place < before &&
        wasKnown(issued, asKnownAt) &&
        event.dateOfNotification <= asOf &&
        (year === null || event.year === year) &&
        (from === null || event.dateOfNotification >= from) &&
        (to === null || event.dateOfNotification <= to) &&
        (participant === null || participantsIn(states, issued).has(participant)) &&
        saysAll(issued, words)
      );
    })
    .toReversed();
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? String(shown.at(-1)?.place ?? '') : null;
  // A correction of an action may move it to another participant, so the filter depends on all treaties.
  const acts = participant === null ? '' : String(states.actions.byId.size);
  return {
    revision: `${revisionOf(states)} ${acts} ${asOf} ${asKnownAt ?? ''}`,
    next,
    body: () => ({
      notifications: shown.map(({ issued }) => notificationItem(states, issued, asKnownAt)),
      next,
    }),
  };
}

/** One notification as it was issued, with the actions it tells of and what corrects it; null: no such number. */
export function notificationAnswer(
  states: ViewStates,
  number: string,
  { asKnownAt }: Pick<TimesAsked, 'asKnownAt'>,
): LazyAnswer | null {
  const place = states.notifications.byNumber.get(number);
  const issued = place === undefined ? undefined : states.notifications.issued[place];
  if (issued === undefined || !wasKnown(issued, asKnownAt)) return null;
  return {
    revision: revisionOf(states, issued),
    body: () => ({
      ...notificationItem(states, issued, asKnownAt),
      text: issued.event.text,
      actions: issued.event.actions.map((action) => actionTold(states, action)),
      actor: issued.actor,
    }),
  };
}

function actionTold(states: ViewStates, action: string): object {
  const place = states.actions.byId.get(action);
  const record = place === undefined ? undefined : states.treaties.byId.get(place.treaty)?.record;
  const found = record?.actions[place?.ordinal ?? -1];
  if (found === undefined) return { action };
  const { kind, participant, date } = found.current;
  const known = participantOf(states.participants.register, participant);
  return {
    action,
    kind,
    participant,
    name: known === null ? participant : participantNameOn(known, date),
    date,
    annulled: found.annulled,
  };
}
