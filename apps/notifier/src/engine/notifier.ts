import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '#database';
import type { NotifierClock } from '../clock.ts';
import type { LedgerReader } from '../occurrences/ledger-reader.ts';
import { placeNow } from '../occurrences/place.ts';
import type { NotifierTables } from '../subscribers/tables.ts';
import type { Channels } from './channel.ts';
import { FanOut } from './fan-out.ts';
import { Forgetting } from './forgetting.ts';
import { DeliveryWorker, type WorkerWatch } from './worker.ts';
import { WorkStore } from './work-store.ts';

export interface NotifierOptions {
  readonly concurrency?: number;
  readonly leaseFor?: number;
  /** Milliseconds between two looks at the table when nothing happens. */
  readonly idle?: number;
}

/** Telling the contacts of webhooks what was written down for them. */
export interface ContactsToTell {
  /** Tells some that are due. Answers how many. */
  run(): Promise<number>;
  /** Erases those that nobody confirmed since an instant. */
  forgetPendingBefore(instant: number): Promise<void>;
}

/** Attempts stay on record for a month, subscriptions that nobody confirmed for three days. */
const deliveriesKept = 30 * 24 * 3_600_000;
const pendingKept = 3 * 24 * 3_600_000;
const tidyEvery = 3_600_000;

/**
 * One notifier process: the reader of the ledger, the fan-out when it has the lease, and the worker. Several
 * share the work over the same database; each may die at any moment.
 */
export class Notifier {
  readonly fanOut: FanOut;
  readonly worker: DeliveryWorker;
  readonly store: WorkStore;
  private readonly reader: LedgerReader;
  private readonly clock: NotifierClock;
  private readonly watch: WorkerWatch;
  private readonly contacts: ContactsToTell;
  private readonly forgetting: Forgetting;
  private readonly owner = `${process.pid}-${randomUUID().slice(0, 8)}`;
  private readonly idle: number;
  private stopping = false;
  private loops: Promise<void>[] = [];
  /** Loops that sleep, each by what wakes it. */
  private readonly sleeping = new Set<() => void>();
  private tidiedAt = 0;
  lastError: string | null = null;

  constructor(
    database: OpenDatabase<NotifierTables>,
    reader: LedgerReader,
    channels: Channels,
    rim: { clock: NotifierClock; watch: WorkerWatch; contacts: ContactsToTell },
    options: NotifierOptions = {},
  ) {
    const { concurrency = 128, leaseFor = 60_000, idle = 500 } = options;
    this.store = new WorkStore(database);
    this.forgetting = new Forgetting(database);
    this.reader = reader;
    this.clock = rim.clock;
    this.watch = rim.watch;
    this.contacts = rim.contacts;
    this.idle = idle;
    const { owner } = this;
    this.fanOut = new FanOut(this.store, reader, rim.clock, owner);
    this.worker = new DeliveryWorker(this.store, reader, channels, {
      clock: rim.clock,
      watch: rim.watch,
      owner,
      concurrency,
      leaseFor,
    });
  }

  /** Writes down where the ledger is, the first time ever. The reader must have caught up. */
  async begin(): Promise<void> {
    const day = this.clock.dateAt(this.clock.now());
    const { position } = this.reader.timeline;
    await this.store.begin(placeNow(position, day), { day, position });
  }

  /** Begins to work until stopped. */
  start(): void {
    this.loops = [this.fanOutLoop(), this.workLoop(), this.contactLoop()];
  }

  /** Lets what is being told come to its end, and gives the leases back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await Promise.all(this.loops);
    await this.worker.settled();
    await this.store.releaseFanOut(this.owner).catch(() => undefined);
  }

  /** Does everything that is due by the clock, and answers when it is done: for tests with a clock of their own. */
  async runOnce(): Promise<void> {
    await this.fanOut.run();
    for (;;) {
      const claimed = await this.worker.claim();
      await this.worker.settled();
      if (claimed === 0) break;
    }
    while ((await this.contacts.run()) > 0);
  }

  /** Looks at the table now: something was changed there. */
  nudge(): void {
    this.wake();
  }

  private async fanOutLoop(): Promise<void> {
    while (!this.stopping) {
      const { position } = this.reader.timeline;
      const marked = await this.guarded(() => this.fanOut.run());
      if (marked !== null && marked > 0) this.wake();
      await this.tidy();
      // Another process may hold the lease and die, so nobody waits long for a new event.
      if (!this.stopping) await this.reader.somethingAfter(position, this.idle);
    }
  }

  private async workLoop(): Promise<void> {
    while (!this.stopping) {
      const claimed = await this.guarded(() => this.worker.claim());
      if (claimed !== null && claimed > 0) continue;
      if (this.worker.isFull) await Promise.race([this.worker.room(), this.paused()]);
      else await this.paused();
    }
  }

  /** In a loop of its own: a mail server that is slow or away holds no delivery up. */
  private async contactLoop(): Promise<void> {
    while (!this.stopping) {
      const told = await this.guarded(() => this.contacts.run());
      if (told === null || told === 0) await this.paused();
    }
  }

  private paused(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(() => wake(), this.idle);
    const wake = (): void => {
      clearTimeout(timer);
      this.sleeping.delete(wake);
      resolve();
    };
    this.sleeping.add(wake);
    return promise;
  }

  private wake(): void {
    for (const wake of this.sleeping) wake();
  }

  /** The database may be away for a while: that is said, and tried again. */
  private async guarded<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      const result = await work();
      this.lastError = null;
      return result;
    } catch (error) {
      this.lastError = error instanceof Error ? error.message : String(error);
      this.watch.failed(error);
      await new Promise((resolve) => setTimeout(resolve, this.idle));
      return null;
    }
  }

  private async tidy(): Promise<void> {
    const now = this.clock.now();
    if (now - this.tidiedAt < tidyEvery) return;
    this.tidiedAt = now;
    await this.guarded(() => this.forgetting.deliveriesBefore(now - deliveriesKept));
    await this.guarded(() => this.forgetting.pendingBefore(now - pendingKept));
    await this.guarded(() => this.contacts.forgetPendingBefore(now - pendingKept));
  }
}
