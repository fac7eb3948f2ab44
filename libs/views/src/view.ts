import type { NotificationEvent, ParticipantEvent, Recorded, TreatyEvent } from '#treaty';

export type AnyRecorded = Recorded<TreatyEvent | ParticipantEvent | NotificationEvent>;

/** A pure fold of the ledger. `apply` may change its own state in place; the runner alone owns positions. */
export interface View<State> {
  readonly name: string;
  /** Raised whenever the fold changes, so that older snapshots are not used. */
  readonly version: number;
  initial(): State;
  apply(state: State, event: AnyRecorded): State;
  /** The state as JSON, and back. */
  snapshot(state: State): unknown;
  restore(json: unknown): State;
}

/** Whether an event is about a treaty, by its stream. */
export function isOfTreaty(recorded: AnyRecorded): recorded is Recorded<TreatyEvent> {
  return recorded.stream.startsWith('treaty-');
}

/** Whether an event is about participants themselves, by its stream. */
export function isOfParticipants(recorded: AnyRecorded): recorded is Recorded<ParticipantEvent> {
  return recorded.stream === 'participants';
}

/** Whether an event is a depositary notification, by its stream. */
export function isNotification(recorded: AnyRecorded): recorded is Recorded<NotificationEvent> {
  return recorded.stream.startsWith('notifications-');
}
