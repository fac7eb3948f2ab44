import { BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { Problem } from '#http';
import { Ledger } from '#ledger';
import { RegisterViews } from '../register-views.ts';
import type { Wanted } from './event-filter.ts';
import { LiveEvents } from './live-events.ts';
import { StreamListener, type ListenerSources } from './stream-listener.ts';

export interface StreamOptions {
  /** How many may listen at once in this process. */
  readonly mostListeners: number;
  /** Milliseconds between two signs of life. */
  readonly heartbeat: number;
}

export const STREAM_OPTIONS = Symbol('STREAM_OPTIONS');

/** Everyone who listens to the stream, with one timer for all. */
@Injectable()
export class StreamListeners implements BeforeApplicationShutdown {
  private readonly listeners = new Set<StreamListener>();
  private readonly sources: ListenerSources;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    ledger: Ledger,
    live: LiveEvents,
    private readonly views: RegisterViews,
    @Inject(STREAM_OPTIONS) private readonly options: StreamOptions,
  ) {
    this.sources = { ledger, live, head: () => BigInt(views.position ?? 0) };
  }

  get size(): number {
    return this.listeners.size;
  }

  /** @throws Problem `too-many-listeners` when no more are taken */
  admit(): void {
    if (this.listeners.size >= this.options.mostListeners)
      throw new Problem(
        'too-many-listeners',
        'As many listen as this register takes; ask again in a minute, or follow /events.',
        { headers: { 'Retry-After': '60' } },
      );
  }

  /** Sends everything after a position to a response whose head was written, until it closes. */
  add(response: ServerResponse, wanted: Wanted | null, after: bigint): void {
    const listener = new StreamListener(response, this.sources, wanted, after);
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.beat(), this.options.heartbeat).unref();
    void listener.run().finally(() => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0 || this.timer === null) return;
      clearInterval(this.timer);
      this.timer = null;
    });
  }

  beforeApplicationShutdown(): void {
    for (const listener of this.listeners) listener.close();
  }

  private beat(): void {
    // Views that stopped hear of nothing more: a listener that stays would take silence for no news.
    const stopped = this.views.health().state === 'stopped';
    for (const listener of this.listeners)
      if (stopped) listener.close();
      else listener.beat();
  }
}
