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
export { decide } from './decide.ts';
export { entryIntoForceOf } from './entry-into-force.ts';
export * from './events.ts';
export { emptyRecord, evolve } from './evolve.ts';
export * from './final-clauses.ts';
export * from './final-clauses-problems.ts';
export * from './participants.ts';
export {
  emptyParticipants,
  evolveParticipants,
  findParticipant,
  isMemberOn,
  participantNameOn,
  participantOf,
} from './participant-register.ts';
export * from './record.ts';
export { refusalCatalogue, type RefusalCode } from './refusals.ts';
export { statusOf } from './status.ts';
export * from './treaty-id.ts';
