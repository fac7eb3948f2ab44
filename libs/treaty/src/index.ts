export * from './action-kinds.ts';
export * from './action-words.ts';
export * from './answers.ts';
export {
  addDays,
  addDelay,
  calendarDate,
  compareDates,
  isCalendarDate,
  type CalendarDate,
} from './calendar-date.ts';
export * from './commands.ts';
export * from './depositary-notifications.ts';
export {
  documentRoles,
  type AttachedDocument,
  type DocumentRole,
  type DocumentsAttached,
} from './documents.ts';
export {
  daysForObjections,
  rectificationStateOn,
  type RectificationEvent,
  type RectificationProcedure,
  type RectificationState,
} from './rectifications.ts';
export { decide } from './decide.ts';
export type { CirculatedOn } from './statements.ts';
export { actionsOn, isConsent } from './standing.ts';
export { entryIntoForceOf, treatyDates, type AnswerOptions } from './entry-into-force.ts';
export { otherTreatiesIn, treatiesAskedAbout } from './other-treaties.ts';
export { partyPeriodsOn, type OtherTreaty, type PartyPeriod } from './party-periods.ts';
export { fractionOf, isFraction } from './fraction.ts';
export * from './events.ts';
export { emptyRecord, evolve } from './evolve.ts';
export { evolveAll } from './fold.ts';
export * from './final-clauses.ts';
export {
  finalClausesSchema,
  publishedFinalClausesSchema,
  type JsonSchema,
} from './final-clauses.schema.ts';
export * from './participants.ts';
export {
  emptyParticipants,
  evolveParticipants,
  findParticipant,
  isMemberOn,
  participantNameOn,
  participantOf,
  tableOn,
} from './participant-register.ts';
export * from './record.ts';
export { refusalCatalogue, refuse } from './refusals.ts';
export type { RefusalCode } from './refusal-facts.ts';
export { statusOf, statusRowOf } from './status.ts';
export * from './treaty-id.ts';
export { treatyNamed, type TitledTreaty } from './treaty-named.ts';
export { actionKindsInFrench } from './in-words/action-kinds.fr.ts';
export { clausesInEnglish } from './in-words/english.ts';
export { clausesInFrench } from './in-words/french.ts';
export { articleInFrench } from './in-words/articles-in-french.ts';
export { refusalMeaningsInFrench } from './in-words/refusal-meanings-in-french.ts';
export { notComputed } from './in-words/not-computed.ts';
