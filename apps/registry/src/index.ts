export { HealthParts, type PartHealth } from './health-parts.ts';
export * from './registry.module.ts';
export * from './register-views.ts';
export { answerSchema, answerSchemas } from './answers.schema.ts';
export { deprecatedRoutes } from './changelog.ts';
export { openTimeGates } from './memento.ts';
export { answersByAddress, partsOfAddresses } from './api.schema.ts';
export { ReadyAnswers, sendWhatIsReady } from './ready-answers.ts';
