export { actionAnswer, actionsPage, type ActionsAsked, type LazyPage } from './action-answers.ts';
export { attributeAnswer, attributesAnswer } from './attribute-answers.ts';
export { actionsView, type ActionsState } from './actions/actions-view.ts';
export { treatyKnown, type KnownTreaty, type TimesAsked, type ViewStates } from './known-at.ts';
export { inMtdsgOrder, participantAnswer, participantsPage, treatiesPage } from './list-answers.ts';
export { notificationsView, type NotificationsState } from './notifications/notifications-view.ts';
export { participantsView, type ParticipantsState } from './participants/participants-view.ts';
export { applyToStates, emptyStates, registerViews } from './register.ts';
export { treatiesView, type TreatiesState } from './treaties/treaties-view.ts';
export {
  changesAnswer,
  entryIntoForceAnswer,
  participantInTreatyAnswer,
  statusAnswer,
  treatyAnswer,
  type LazyAnswer,
} from './treaty-answers.ts';
export type { AnyRecorded, View } from './view.ts';
