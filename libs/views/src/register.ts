import { actionsView } from './actions/actions-view.ts';
import { notificationsView } from './notifications/notifications-view.ts';
import { participantsView } from './participants/participants-view.ts';
import type { ViewStates } from './known-at.ts';
import { treatiesView } from './treaties/treaties-view.ts';
import type { AnyRecorded } from './view.ts';

/** The views of the register, all that its answers are made from. One list: a snapshot holds them all. */
export const registerViews = [
  treatiesView,
  actionsView,
  participantsView,
  notificationsView,
] as const;

/** The states of all views before the first event. */
export function emptyStates(): ViewStates {
  return {
    treaties: treatiesView.initial(),
    actions: actionsView.initial(),
    participants: participantsView.initial(),
    notifications: notificationsView.initial(),
  };
}

/** Applies an event to the states of all views, in place. */
export function applyToStates(states: ViewStates, event: AnyRecorded): void {
  treatiesView.apply(states.treaties, event);
  actionsView.apply(states.actions, event);
  participantsView.apply(states.participants, event);
  notificationsView.apply(states.notifications, event);
}
