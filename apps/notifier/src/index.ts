export { MachineClock, NotifierClock } from './clock.ts';
export { NotifierModule, type NotifierOptions } from './notifier.module.ts';
export { NotifierRuntime } from './notifier-runtime.ts';
export type { NotifierSettings } from './notifier-settings.ts';
export { subscriptionAnswers, subscriptionParts } from './subscriptions/subscriptions.schema.ts';
