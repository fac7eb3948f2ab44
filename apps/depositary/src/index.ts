export * from './clock.ts';
export * from './depositary.module.ts';
export * from './read-your-writes.ts';
export { caseKinds, type CaseContent, type CaseKind } from './cases/case-content.ts';
export { type CaseFile, type CaseState, type Hand } from './cases/case-file.ts';
export { deskOf, type Desk } from './cases/desk.ts';
export { DeskClock, Steps } from './cases/desk-clock.ts';
export { DeskRefused, deskProblems } from './cases/desk-refused.ts';
export { openDeskDatabase, type DeskDatabase } from './cases/desk-tables.ts';
