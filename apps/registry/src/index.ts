export { HealthParts, type PartHealth } from './health-parts.ts';
export * from './registry.module.ts';
export * from './register-views.ts';
export { answerSchemas } from './answers.schema.ts';
