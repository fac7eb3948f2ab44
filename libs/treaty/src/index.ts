export type { CalendarDate } from './calendar-date.ts';
export * from './action-kinds.ts';
export * from './final-clauses.ts';
export * from './events.ts';
export * from './participants.ts';
export * from './record.ts';
export * from './commands.ts';
export * from './answers.ts';
