import type { Left, Outcome, WorkStore } from './work-store.ts';

interface Waiting {
  readonly outcome: Outcome;
  readonly resolve: (left: { wanted: string; place: string } | null) => void;
  readonly reject: (error: unknown) => void;
}

const atOnce = 1000;
/** When so many came together the last time, more are on their way: they are waited for, in milliseconds. */
const worthwhile = 32;
const gathering = 15;

/**
 * Writes outcomes together: those that come while one transaction is written wait for the next. A worker goes on
 * with a subscriber only when its outcome is on disk.
 */
export class OutcomeWriter {
  private readonly store: WorkStore;
  private waiting: Waiting[] = [];
  private writing = false;
  private lastBatch = 0;

  constructor(store: WorkStore) {
    this.store = store;
  }

  /** What is left to do, or null for a holder that had lost its lease. */
  write(outcome: Outcome): Promise<{ wanted: string; place: string } | null> {
    const { promise, resolve, reject } = Promise.withResolvers<{
      wanted: string;
      place: string;
    } | null>();
    this.waiting.push({ outcome, resolve, reject });
    if (!this.writing) void this.writeAll();
    return promise;
  }

  private async writeAll(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      // Answers that arrive meanwhile are written with this one: a commit costs the same for one as for many.
      const pause = this.lastBatch < worthwhile ? 0 : gathering;
      await new Promise((resolve) =>
        pause === 0 ? setImmediate(resolve) : setTimeout(resolve, pause),
      );
      const batch = this.waiting.splice(0, atOnce);
      this.lastBatch = batch.length;
      try {
        const left: Left = await this.store.finish(batch.map(({ outcome }) => outcome));
        for (const { outcome, resolve } of batch) resolve(left.get(outcome.number) ?? null);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }
}
