export * from './errors.ts';
export type { LedgerPage } from './event-store.ts';
export type { FollowHandlers, Following } from './follow.ts';
export { metadataOf } from './event-store.ts';
export type { CommandMeta, CommandResult, PreviewResult } from './command-result.ts';
export { Ledger } from './ledger.ts';
export { uuidFrom } from './event-identity.ts';
export type { TogetherMeta, TogetherPreview, TogetherResult, TogetherRow } from './together.ts';
export { NotificationIssuer, type IssueResult } from './notification-series.ts';
export { LedgerModule } from './ledger.module.ts';
export { fromStored, storedNames, toStored, type AnyEvent } from './stored-events.ts';
export {
  ViewRunner,
  type RunnableView,
  type ViewHealth,
  type ViewRunnerOptions,
} from './view-runner.ts';
