import type { NotificationEvent, Recorded } from '#treaty';
import { isNotification, type View } from '../view.ts';

/** Depositary notifications in the order in which they were issued, and where each is found. */
export interface NotificationsState {
  readonly issued: Recorded<NotificationEvent>[];
  /** Place in `issued`, by number. */
  readonly byNumber: Map<string, number>;
  /** Places in `issued`, by treaty and by action. */
  readonly ofTreaty: Map<string, number[]>;
  readonly ofAction: Map<string, number[]>;
}

/** Every depositary notification. */
export const notificationsView: View<NotificationsState> = {
  name: 'notifications',
  version: 1,
  initial: () => ({
    issued: [],
    byNumber: new Map(),
    ofTreaty: new Map(),
    ofAction: new Map(),
  }),
  apply(state, event) {
    if (!isNotification(event)) return state;
    const place = state.issued.push(event) - 1;
    const { notification, treaty, actions } = event.event;
    state.byNumber.set(notification, place);
    add(state.ofTreaty, treaty, place);
    for (const action of actions) add(state.ofAction, action, place);
    return state;
  },
  snapshot: ({ issued }) => issued,
  restore(json) {
    let state = this.initial();
    for (const event of json as Recorded<NotificationEvent>[]) state = this.apply(state, event);
    return state;
  },
};

function add(places: Map<string, number[]>, key: string, place: number): void {
  const known = places.get(key);
  if (known === undefined) places.set(key, [place]);
  else known.push(place);
}

/** The notifications about a treaty, in the order in which they were issued. */
export function notificationsOfTreaty(
  { issued, ofTreaty }: NotificationsState,
  treaty: string,
): Recorded<NotificationEvent>[] {
  return (ofTreaty.get(treaty) ?? []).flatMap((place) => issued[place] ?? []);
}

/** The notifications that tell of an action, in the order in which they were issued. */
export function notificationsOfAction(
  { issued, ofAction }: NotificationsState,
  action: string,
): Recorded<NotificationEvent>[] {
  return (ofAction.get(action) ?? []).flatMap((place) => issued[place] ?? []);
}
