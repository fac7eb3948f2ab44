import type { NotificationEvent, Recorded } from '#treaty';
import { notificationsIssued, type ViewStates } from '#views';
import { entryId, type EntryContext } from './entries.ts';
import type { FeedItem } from './feed.ts';

export interface NotificationFeedAsked {
  readonly treaty: string | null;
  readonly before: string | null;
  readonly limit: number;
}

/** A page of the feed of notifications, the latest first; `next` is the position before which the next begins. */
export function notificationItems(
  states: ViewStates,
  { treaty, before, limit }: NotificationFeedAsked,
  context: EntryContext,
): { items: FeedItem[]; next: string | null } {
  const issued = notificationsIssued(states, treaty).filter(
    ({ position }) => before === null || BigInt(position) < BigInt(before),
  );
  const shown = issued.slice(-limit).toReversed();
  const next = issued.length > limit ? (shown.at(-1)?.position ?? null) : null;
  return { items: shown.map((one) => itemOf(states, one, context)), next };
}

const addressOf = (origin: string, number: string): string =>
  `${origin}/notifications/${encodeURIComponent(number)}`;

function itemOf(
  states: ViewStates,
  issued: Recorded<NotificationEvent>,
  { language, origin }: EntryContext,
): FeedItem {
  const { notification, treaty, subject, text, corrects, dateOfNotification, actions } =
    issued.event;
  const byNumber = (number: string): Recorded<NotificationEvent> | undefined =>
    states.notifications.issued[states.notifications.byNumber.get(number) ?? -1];
  const first = corrects === null ? undefined : byNumber(corrects);
  const corrigenda = notificationsIssued(states, treaty).filter(
    ({ event }) => event.corrects === notification,
  );
  const correctedBy = corrigenda.map(({ event }) => event.notification);
  const notes = { en: 'Corrected by', fr: 'Corrigée par' }[language];
  return {
    id: entryId(issued),
    title: `${notification} – ${subject[language]}`,
    text: [
      text[language],
      ...(correctedBy.length > 0 ? [`${notes} ${correctedBy.join(', ')}`] : []),
    ].join('\n\n'),
    address: addressOf(origin, notification),
    related: [
      { address: `${origin}/treaties/${encodeURIComponent(treaty)}`, title: treaty },
      ...actions.map((action) => ({ address: `${origin}/actions/${action}`, title: action })),
    ],
    refersTo:
      first === undefined || corrects === null
        ? null
        : { id: entryId(first), address: addressOf(origin, corrects) },
    publishedAt: issued.recordedAt,
    updatedAt: corrigenda.at(-1)?.recordedAt ?? issued.recordedAt,
    tags: [],
    data: {
      notification,
      treaty,
      date_of_notification: dateOfNotification,
      corrects,
      corrected_by: correctedBy,
      actions,
      position: issued.position,
    },
  };
}
