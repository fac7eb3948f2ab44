import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  ResolvedEvent,
  StreamSubscription,
} from '@eventstore/db-client';

import { numberOf } from './outcomes.ts';

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** A subscription whose events are kept in order and can be waited for. */
export class Watch {
  readonly events: Resolved[] = [];
  confirmed = false;
  caughtUp = 0;
  error: Error | undefined;
  closed = false;
  #wake: (() => void)[] = [];

  constructor(readonly subscription: StreamSubscription | AllStreamSubscription) {
    const note = (change: () => void) => (): void => {
      change();
      for (const wake of this.#wake.splice(0)) wake();
    };
    subscription.on('data', (event: Resolved) => note(() => this.events.push(event))());
    subscription.on(
      'confirmation',
      note(() => (this.confirmed = true)),
    );
    subscription.on(
      'caughtUp',
      note(() => (this.caughtUp += 1)),
    );
    subscription.on('error', (error: Error) => note(() => (this.error = error))());
    subscription.on(
      'close',
      note(() => (this.closed = true)),
    );
  }

  /** Resolves once `enough` holds; fails at once if the subscription does; the test limits the time. */
  async until(enough: (watch: this) => boolean): Promise<void> {
    while (!enough(this)) {
      if (this.error !== undefined) throw this.error;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  async live(): Promise<this> {
    await this.until(({ caughtUp }) => caughtUp > 0);
    return this;
  }

  async failed(): Promise<Error> {
    while (this.error === undefined) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    return this.error;
  }

  get ids(): (string | undefined)[] {
    return this.events.map(({ event }) => event?.id);
  }

  /** The numbers of the tests' numbered events. */
  get numbers(): number[] {
    return this.events.map(numberOf);
  }

  stop(): Promise<void> {
    return this.subscription.unsubscribe();
  }
}
