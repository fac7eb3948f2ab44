import type { Recorded } from '#treaty';
import type { Following } from './follow.ts';
import type { Ledger } from './ledger.ts';
import { readSnapshot, writeSnapshot } from './snapshot-file.ts';
import type { AnyEvent } from './stored-events.ts';

/** A pure fold. `apply` may change its own state in place and answer it. */
export interface RunnableView<State> {
  readonly name: string;
  /** Raised whenever the fold changes, so that older snapshots are not used. */
  readonly version: number;
  initial(): State;
  apply(state: State, event: Recorded<AnyEvent>): State;
  snapshot(state: State): unknown;
  restore(json: unknown): State;
}

export interface ViewHealth {
  readonly state: 'starting' | 'catching-up' | 'live' | 'disconnected' | 'stopped';
  readonly position: string | null;
  readonly eventsApplied: number;
  readonly error: string | null;
  readonly startedFrom: 'beginning' | 'snapshot';
}

export interface ViewRunnerOptions {
  readonly snapshotFile?: string;
  /** Events between two snapshots; one more is written when stopping. */
  readonly snapshotEvery?: number;
  /** Told of each event once all views hold it, with the position before it. It must not throw. */
  readonly onApplied?: (event: Recorded<AnyEvent>, before: string | null) => void;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- states of different views side by side
type AnyView = RunnableView<any>;

/**
 * Runs views over the ledger: the only one that knows positions, catching up and snapshots. It stops on the
 * first event that a view can't apply and says so; it never skips one.
 */
export class ViewRunner {
  readonly ready: Promise<void>;
  private readonly ledger: Ledger;
  private readonly views: readonly AnyView[];
  private readonly options: ViewRunnerOptions;
  private states: unknown[];
  private following: Following | null = null;
  private current: ViewHealth;
  private lastId = '';
  private snapshotAt = 0;
  private waiting: { position: bigint; resolve: (reached: boolean) => void }[] = [];
  private settleReady: { resolve: () => void; reject: (error: Error) => void };

  constructor(ledger: Ledger, views: readonly AnyView[], options: ViewRunnerOptions = {}) {
    this.ledger = ledger;
    this.views = views;
    this.options = options;
    this.states = views.map((view) => view.initial());
    this.current = {
      state: 'starting',
      position: null,
      eventsApplied: 0,
      error: null,
      startedFrom: 'beginning',
    };
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.ready.catch(() => undefined);
    this.settleReady = { resolve, reject };
  }

  /** Begins: from the snapshot where it fits this ledger, else from the first event. */
  start(): void {
    void this.restore().then(
      (from) => this.run(from),
      () => this.run(null),
    );
  }

  async stop(): Promise<void> {
    if (this.current.state === 'stopped' && this.following === null) return;
    const failed = this.current.error;
    await this.following?.stop();
    this.following = null;
    this.change({ state: 'stopped' });
    this.settleReady.reject(new Error('The views were stopped.'));
    for (const { resolve } of this.waiting.splice(0)) resolve(false);
    if (failed === null) this.writeSnapshot();
  }

  get position(): string | null {
    return this.current.position;
  }

  stateOf<State>(view: RunnableView<State>): State {
    const index = this.views.indexOf(view);
    if (index < 0) throw new Error(`The view ${view.name} is not run here.`);
    return this.states[index] as State;
  }

  /** The states of all views as JSON, in the order of the views: what a snapshot holds. */
  snapshots(): unknown[] {
    return this.views.map((view, index): unknown => view.snapshot(this.states[index]));
  }

  /** Resolves true once everything up to a position is applied, false after the time given in milliseconds. */
  waitFor(position: string, milliseconds: number): Promise<boolean> {
    const wanted = BigInt(position);
    if (this.current.position !== null && BigInt(this.current.position) >= wanted)
      return Promise.resolve(true);
    if (this.current.state === 'stopped') return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter = {
        position: wanted,
        resolve: (reached: boolean) => {
          clearTimeout(timer);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => {
        this.waiting = this.waiting.filter((other) => other !== waiter);
        resolve(false);
      }, milliseconds);
      this.waiting.push(waiter);
    });
  }

  health(): ViewHealth {
    return this.current;
  }

  private get signature(): string {
    return this.views.map(({ name, version }) => `${name}@${version}`).join(' ');
  }

  /** Restores the snapshot if the ledger holds the event it ends with; answers the position to go on from. */
  private async restore(): Promise<string | null> {
    const file = this.options.snapshotFile;
    const snapshot = file === undefined ? null : readSnapshot(file, this.signature);
    if (snapshot === null) return null;
    const end = await this.ledger.end();
    if (end === null || end < BigInt(snapshot.position)) return null;
    if (!(await this.ledger.holds(snapshot.position, snapshot.eventId))) return null;
    this.states = this.views.map((view, index) => view.restore(snapshot.states[index]));
    this.lastId = snapshot.eventId;
    this.change({ position: snapshot.position, startedFrom: 'snapshot' });
    return snapshot.position;
  }

  private run(from: string | null): void {
    if (this.current.state === 'stopped') return;
    if (from === null) this.states = this.views.map((view) => view.initial());
    this.change({ state: 'catching-up' });
    this.following = this.ledger.follow(from, {
      onEvent: (event) => this.apply(event),
      onCaughtUp: () => {
        this.change({ state: 'live' });
        this.settleReady.resolve();
      },
      onDisconnected: () =>
        this.change({ state: this.current.state === 'live' ? 'disconnected' : this.current.state }),
      onError: (error) => {
        this.change({ state: 'stopped', error: error.message });
        this.settleReady.reject(error);
        for (const { resolve } of this.waiting.splice(0)) resolve(false);
      },
    });
  }

  private apply(event: Recorded<AnyEvent>): void {
    this.views.forEach((view, index) => {
      this.states[index] = view.apply(this.states[index], event);
    });
    this.lastId = event.id;
    const eventsApplied = this.current.eventsApplied + 1;
    const before = this.current.position;
    this.change({ position: event.position, eventsApplied });
    this.options.onApplied?.(event, before);
    const at = BigInt(event.position);
    if (this.waiting.length > 0) {
      const reached = this.waiting.filter(({ position }) => position <= at);
      this.waiting = this.waiting.filter(({ position }) => position > at);
      for (const { resolve } of reached) resolve(true);
    }
    const every = this.options.snapshotEvery ?? 50_000;
    // Each holds all that came before: while much is read at once, one is due when there is twice as much.
    const due = this.current.state === 'live' ? every : Math.max(every, this.snapshotAt);
    if (eventsApplied - this.snapshotAt >= due) this.writeSnapshot();
  }

  private writeSnapshot(): void {
    const { position, eventsApplied } = this.current;
    const file = this.options.snapshotFile;
    if (file === undefined || position === null || eventsApplied === this.snapshotAt) return;
    this.snapshotAt = eventsApplied;
    const states = this.snapshots();
    try {
      writeSnapshot(file, { views: this.signature, position, eventId: this.lastId, states });
    } catch (error) {
      // A snapshot only saves time: the ledger has everything.
      process.emitWarning(`The snapshot of the views was not written: ${String(error)}`);
    }
  }

  private change(changed: Partial<ViewHealth>): void {
    this.current = { ...this.current, ...changed };
  }
}
