import type { Left, Outcome, WorkStore } from './work-store.ts';

interface Waiting {
  readonly outcome: Outcome;
  readonly resolve: (left: { wanted: string; place: string } | null) => void;
  readonly reject: (error: unknown) => void;
}

const atOnce = 1000;

/**
 * Writes outcomes together: those that come while one transaction is written wait for the next. A worker goes on
 * with a subscriber only when its outcome is on disk.
 */
export class OutcomeWriter {
  private readonly store: WorkStore;
  private waiting: Waiting[] = [];
  private writing = false;

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
      // Answers that arrive in the same turn are written with this one.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.waiting.splice(0, atOnce);
      try {
        const left: Left = await this.store.finish(batch.map(({ outcome }) => outcome));
        for (const { outcome, resolve } of batch) resolve(left.get(outcome.id) ?? null);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }
}
