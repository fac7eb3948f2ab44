export { actionAnswer } from './action-answers.ts';
export { attributeAnswer, attributesAnswer } from './attribute-answers.ts';
export { actionsView, type ActionsState } from './actions/actions-view.ts';
export type { EventEffect, ForceInBrief } from './feeds/effects.ts';
export {
  feedPage,
  feedRevision,
  workOutFeed,
  type FeedAsked,
  type FeedEntry,
  type FeedPage,
} from './feeds/feed-entries.ts';
export { calendarOf, calendarRevision, type CalendarEntry } from './calendars/calendar-entries.ts';
export type { LegalDateKind } from './calendars/legal-dates.ts';
export {
  participantsKnown,
  treatyKnown,
  type KnownTreaty,
  type TimesAsked,
  type ViewStates,
} from './known-at.ts';
export { inMtdsgOrder } from './mtdsg-order.ts';
export {
  notificationAnswer,
  notificationDocument,
  notificationItem,
  notificationsIssued,
  notificationsPage,
  type NotificationsAsked,
} from './notification-answers.ts';
export { notificationsView, type NotificationsState } from './notifications/notifications-view.ts';
export { participantAnswer } from './participant-answer.ts';
export { participantsView, type ParticipantsState } from './participants/participants-view.ts';
export { applyToStates, emptyStates, registerViews } from './register.ts';
export { excerptOf, wordsFound, type Excerpt } from './search/excerpt.ts';
export {
  changedDocuments,
  noProgress,
  searchDocument,
  searchKinds,
  type SearchDocument,
  type SearchKind,
  type SearchProgress,
} from './search/search-documents.ts';
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
export { foldedWords } from './words.ts';
export {
  actionList,
  actionSorts,
  type ActionListAsked,
  type ActionSort,
} from './lists/action-list.ts';
export type { ListPage } from './lists/list-page.ts';
export { searchable, type Cursor, type SortKey } from './lists/order.ts';
export {
  participantKinds,
  participantList,
  participantSorts,
  type ParticipantListAsked,
} from './lists/participant-list.ts';
export {
  participantStatuses,
  statusRowsAsked,
  statusSorts,
  statusTable,
  type StatusSort,
  type StatusTableAsked,
} from './lists/status-table.ts';
export { treatyList, treatySorts, type TreatyListAsked } from './lists/treaty-list.ts';
