import { Ledger, ViewRunner, type AnyEvent, type RunnableView, type ViewHealth } from '#ledger';
import type { Recorded } from '#treaty';
import {
  actionsView,
  notificationsView,
  participantsView,
  treatiesView,
  type ViewStates,
} from '#views';
import type { NotifierClock } from '../clock.ts';
import { Timeline } from './timeline.ts';

/** The ledger in order, as it was read. */
const journalView: RunnableView<Recorded<AnyEvent>[]> = {
  name: 'journal',
  version: 1,
  initial: () => [],
  apply(state, event) {
    state.push(event);
    return state;
  },
  snapshot: (state) => state,
  restore: (json) => json as Recorded<AnyEvent>[],
};

/** The one reader of the ledger in a process: all deliveries are made from what it has folded. */
export class LedgerReader {
  readonly timeline: Timeline;
  private readonly runner: ViewRunner;

  constructor(ledger: Ledger, clock: NotifierClock) {
    this.runner = new ViewRunner(ledger, [
      treatiesView,
      actionsView,
      participantsView,
      notificationsView,
      journalView,
    ]);
    this.timeline = new Timeline({
      states: () => this.states(),
      journal: () => this.runner.stateOf(journalView),
      dateAt: (instant) => clock.dateAt(instant),
    });
  }

  start(): Promise<void> {
    this.runner.start();
    return this.runner.ready;
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }

  health(): ViewHealth {
    return this.runner.health();
  }

  states(): ViewStates {
    return {
      treaties: this.runner.stateOf(treatiesView),
      actions: this.runner.stateOf(actionsView),
      participants: this.runner.stateOf(participantsView),
      notifications: this.runner.stateOf(notificationsView),
    };
  }

  /** Resolves when something after a position was read, or after the time given in milliseconds. */
  async somethingAfter(position: string, milliseconds: number): Promise<boolean> {
    const { state } = this.runner.health();
    if (state !== 'stopped')
      return this.runner.waitFor(String(BigInt(position) + 1n), milliseconds);
    // A reader that stopped on an event that it can't read answers at once, and its caller must not spin.
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return false;
  }
}
