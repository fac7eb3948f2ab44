import type { AllStreamSubscription, ResolvedEvent } from '@eventstore/db-client';
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

/** Between two attempts to connect, in milliseconds; doubled each time that one fails. */
const shortestPause = 100;
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
  const follower = new Follower(store, fromPosition, handlers);
  follower.connect();
  return follower;
}

class Follower implements Following {
  private readonly store: EventStore;
  private readonly handlers: FollowHandlers;
  private position: string | null;
  /** Id of the event at the position, once one was handed over. */
  private lastId: string | null = null;
  private subscription: AllStreamSubscription | null = null;
  private stopped = false;
  private pause = shortestPause;
  private timer: NodeJS.Timeout | null = null;

  constructor(store: EventStore, fromPosition: string | null, handlers: FollowHandlers) {
    this.store = store;
    this.position = fromPosition;
    this.handlers = handlers;
  }

  /** Made again, a connection may lead to another store, where the position means something else. */
  connect(): void {
    const { position, lastId } = this;
    if (position === null || lastId === null) {
      this.subscribe();
      return;
    }
    void this.store.holds(position, lastId).then(
      (there) => {
        if (there) this.subscribe();
        else if (!this.stopped) this.end(new StoreReplaced(position));
      },
      (error: unknown) => this.again(error instanceof Error ? error.message : String(error)),
    );
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.subscription?.unsubscribe().catch(() => undefined);
  }

  private subscribe(): void {
    if (this.stopped) return;
    const subscription = this.store.subscribe(this.position);
    this.subscription = subscription;
    const isCurrent = (): boolean => !this.stopped && this.subscription === subscription;
    subscription.on('data', (resolved) => {
      if (isCurrent()) this.handOver(resolved);
    });
    subscription.on('caughtUp', () => {
      if (!isCurrent()) return;
      this.store.lastError = null;
      this.pause = shortestPause;
      this.handlers.onCaughtUp();
    });
    subscription.on('error', (error) => {
      if (isCurrent()) this.again(error.message);
    });
    subscription.on('end', () => {
      if (isCurrent()) this.again('the store ended the subscription');
    });
  }

  private handOver(resolved: ResolvedEvent): void {
    if (resolved.event === undefined || !isOurStream(resolved.event.streamId)) return;
    try {
      const loaded = loadedOf(resolved);
      if (loaded === null) return;
      const { recorded } = loaded;
      if (this.position !== null && BigInt(recorded.position) <= BigInt(this.position)) return;
      this.handlers.onEvent(recorded);
      this.position = recorded.position;
      this.lastId = recorded.id;
      this.pause = shortestPause;
    } catch (error) {
      this.end(error instanceof Error ? error : new UnknownStoredEvent(String(error)));
    }
  }

  private end(error: Error): void {
    this.stopped = true;
    void this.subscription?.unsubscribe().catch(() => undefined);
    this.handlers.onError(error);
  }

  private again(reason: string): void {
    if (this.stopped || this.timer !== null) return;
    this.subscription = null;
    this.store.lastError = reason;
    this.handlers.onDisconnected?.(reason);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.connect();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, longestPause);
  }
}
