import type { ParticipantEvent, Recorded, TreatyEvent } from '#treaty';

export type AnyRecorded = Recorded<TreatyEvent | ParticipantEvent>;

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
