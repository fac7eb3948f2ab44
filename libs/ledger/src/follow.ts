import type { AllStreamSubscription } from '@eventstore/db-client';
import type { Recorded } from '#treaty';
import { StoreReplaced, UnknownStoredEvent } from './errors.ts';
import { isOurStream, loadedOf, type EventStore } from './event-store.ts';
import type { AnyEvent } from './stored-events.ts';

export interface FollowHandlers {
  onEvent(event: Recorded<AnyEvent>): void;
  /** Everything that was in the ledger has been handed over; new events come as they are recorded. */
  onCaughtUp(): void;
  /** The connection was lost; it is being made again from where it was. */
  onDisconnected?(reason: string): void;
  /** Following ended for good: an event that can't be read or applied. */
  onError(error: Error): void;
}

export interface Following {
  stop(): Promise<void>;
}

const longestPause = 5000;

/**
 * Hands over the ledger's events in order, each once, from after a position. A lost connection is made
 * again from the last event handed over; an event that nobody can read ends it, because skipping one would
 * make every later answer wrong without anyone knowing.
 */
export function follow(
  store: EventStore,
  fromPosition: string | null,
  handlers: FollowHandlers,
): Following {
  let position = fromPosition;
  let lastId: string | null = null;
  let subscription: AllStreamSubscription | null = null;
  let stopped = false;
  let pause = 100;
  let timer: NodeJS.Timeout | null = null;

  const end = (error: Error): void => {
    stopped = true;
    void subscription?.unsubscribe().catch(() => undefined);
    handlers.onError(error);
  };
  const again = (reason: string): void => {
    if (stopped || timer !== null) return;
    subscription = null;
    store.lastError = reason;
    handlers.onDisconnected?.(reason);
    timer = setTimeout(() => {
      timer = null;
      start();
    }, pause);
    pause = Math.min(pause * 2, longestPause);
  };
  /** Made again, the connection may lead to another store, where the position means something else. */
  const start = (): void => {
    if (position === null || lastId === null) {
      subscribe();
      return;
    }
    const at = position;
    void store.holds(at, lastId).then(
      (there) => {
        if (there) subscribe();
        else if (!stopped) end(new StoreReplaced(at));
      },
      (error: unknown) => again(error instanceof Error ? error.message : String(error)),
    );
  };
  const subscribe = (): void => {
    if (stopped) return;
    const current = store.subscribe(position);
    subscription = current;
    current.on('data', (resolved) => {
      if (stopped || subscription !== current) return;
      if (resolved.event === undefined || !isOurStream(resolved.event.streamId)) return;
      try {
        const loaded = loadedOf(resolved);
        if (
          loaded === null ||
          (position !== null && BigInt(loaded.recorded.position) <= BigInt(position))
        )
          return;
        handlers.onEvent(loaded.recorded);
        ({ position, id: lastId } = loaded.recorded);
        pause = 100;
      } catch (error) {
        end(error instanceof Error ? error : new UnknownStoredEvent(String(error)));
      }
    });
    current.on('caughtUp', () => {
      if (stopped || subscription !== current) return;
      store.lastError = null;
      pause = 100;
      handlers.onCaughtUp();
    });
    current.on('error', (error) => {
      if (subscription === current) again(error.message);
    });
    current.on('end', () => {
      if (subscription === current) again('the store ended the subscription');
    });
  };
  start();
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await subscription?.unsubscribe().catch(() => undefined);
    },
  };
}
