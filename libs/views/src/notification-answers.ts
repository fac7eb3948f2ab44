import {
  participantNameOn,
  participantOf,
  type CalendarDate,
  type NotificationEvent,
  type Recorded,
  type RecordedAction,
} from '#treaty';
import {
  knownBy,
  lastPositionKnown,
  participantsKnown,
  positionKnown,
  recordKnown,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';
import { notificationsOfTreaty } from './notifications/notifications-view.ts';
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

export interface NotificationsPage extends LazyAnswer {
  /** What the next page's `cursor` is; null on the last page. */
  readonly next: string | null;
}

type Issued = Recorded<NotificationEvent>;

/** The notifications of one treaty, or all of them, in the order in which they were issued. */
export function notificationsIssued(
  { notifications }: ViewStates,
  treaty: string | null,
): readonly Issued[] {
  return treaty === null ? notifications.issued : notificationsOfTreaty(notifications, treaty);
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
    recordKnown(states, facts.treaty, asKnownAt)?.record.registered ?? {};
  return {
    ...facts,
    title,
    titleFr,
    correctedBy: corrigendaOf(states, issued)
      .filter(knownBy(asKnownAt))
      .map(({ event }) => event.notification),
    recordedAt: issued.recordedAt,
    position: issued.position,
  };
}

/** Participants whose actions a notification tells of. */
function participantsIn(
  states: ViewStates,
  { event }: Issued,
  asKnownAt: string | null,
): Set<string> {
  const codes = event.actions.flatMap(
    (action) => actionKnown(states, action, asKnownAt)?.current.participant ?? [],
  );
  return new Set(codes);
}

/** An action as known then; null: no such action, or not yet. */
function actionKnown(
  states: ViewStates,
  action: string,
  asKnownAt: string | null,
): RecordedAction | null {
  const place = states.actions.byId.get(action);
  if (place === undefined) return null;
  return recordKnown(states, place.treaty, asKnownAt)?.record.actions[place.ordinal] ?? null;
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
export function notificationsPage(
  states: ViewStates,
  asked: NotificationsAsked,
): NotificationsPage {
  const { year, treaty, participant, from, to, asOf, asKnownAt, limit, cursor } = asked;
  const wasKnown = knownBy(asKnownAt);
  const words = asked.words === null ? [] : foldedWords(asked.words);
  const before = cursor !== null && /^\d{1,9}$/.test(cursor) ? Number(cursor) : Infinity;
  const rows = notificationsIssued(states, treaty)
    .map((issued, place) => ({ issued, place }))
    .filter(({ issued, place }) => {
      const { event } = issued;
      return (
        place < before &&
        wasKnown(issued) &&
        event.dateOfNotification <= asOf &&
        (year === null || event.year === year) &&
        (from === null || event.dateOfNotification >= from) &&
        (to === null || event.dateOfNotification <= to) &&
        (participant === null || participantsIn(states, issued, asKnownAt).has(participant)) &&
        saysAll(issued, words)
      );
    })
    .toReversed();
  const shown = rows.slice(0, limit);
  const next = rows.length > limit ? String(shown.at(-1)?.place ?? '') : null;
  return {
    revision: [
      positionKnown(states.notifications.issued, asKnownAt) ?? '',
      lastPositionKnown(states, asKnownAt),
      asOf,
      asKnownAt ?? '',
    ].join(' '),
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
  if (issued === undefined || !knownBy(asKnownAt)(issued)) return null;
  return {
    revision: [
      positionKnown(states.notifications.issued, asKnownAt) ?? '',
      lastPositionKnown(states, asKnownAt),
    ].join(' '),
    body: () => ({
      ...notificationItem(states, issued, asKnownAt),
      text: issued.event.text,
      actions: issued.event.actions.map((action) => actionTold(states, action, asKnownAt)),
    }),
  };
}

/**
 * What the document of an issued notification holds, in a language in which it is circulated; null: no such number.
 * Whoever makes a document from it, to serve or to send it, has the same one.
 */
export function notificationDocument(states: ViewStates, number: string, language: 'en' | 'fr') {
  const { treaties, notifications } = states;
  const place = notifications.byNumber.get(number);
  const issued = place === undefined ? undefined : notifications.issued[place];
  if (issued === undefined) return null;
  const { event, recordedAt } = issued;
  const registered = treaties.byId.get(event.treaty)?.record.registered ?? null;
  const title = registered?.title ?? event.treaty;
  return {
    notification: event.notification,
    dateOfNotification: event.dateOfNotification,
    treaty: event.treaty,
    title: language === 'fr' ? (registered?.titleFr ?? title) : title,
    depositary: registered?.depositary ?? null,
    subject: event.subject[language],
    text: event.text[language],
    corrects: event.corrects,
    correctedBy: corrigendaOf(states, issued).map(({ event: { notification } }) => notification),
    madeFrom: recordedAt,
  };
}

function actionTold(states: ViewStates, action: string, asKnownAt: string | null): object {
  const found = actionKnown(states, action, asKnownAt);
  if (found === null) return { action };
  const { kind, participant, date } = found.current;
  const known = participantOf(participantsKnown(states, asKnownAt), participant);
  return {
    action,
    kind,
    participant,
    name: known === null ? participant : participantNameOn(known, date),
    date,
    annulled: found.annulled,
  };
}
