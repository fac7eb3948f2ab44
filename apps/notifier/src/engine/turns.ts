import { setImmediate } from 'node:timers/promises';

/** For how long one looks for something before others get their turn, in milliseconds. */
const turn = 20;

/**
 * Takes turns with everything else in the process: requests are answered between any two turns, and of those who
 * look for something for long only one has a turn at a time.
 */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Begins to look for something. */
  begin(): Turn {
    return new Turn(() => (this.last = this.last.then(() => setImmediate())));
  }
}

/** One that looks for something, and how many turns it had. */
export class Turn {
  taken = 0;
  private readonly wait: () => Promise<void>;
  private begun = performance.now();

  constructor(wait: () => Promise<void>) {
    this.wait = wait;
  }

  get isOver(): boolean {
    return performance.now() - this.begun > turn;
  }

  /** Waits for the next turn. */
  async next(): Promise<void> {
    await this.wait();
    this.taken += 1;
    this.begun = performance.now();
  }
}
