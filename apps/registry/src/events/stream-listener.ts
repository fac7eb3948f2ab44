import type { ServerResponse } from 'node:http';
import type { Ledger } from '#ledger';
import type { AnyEvent } from '#ledger';
import type { Recorded } from '#treaty';
import type { Wanted } from './event-filter.ts';
import type { LiveEvent, LiveEvents } from './live-events.ts';
import { eventFrame } from './public-event.ts';

/** Events read from the ledger at once for a listener that is behind. */
const pageEvents = 200;
/** How long a listener may take to read what was sent before it is dropped, in milliseconds. */
const longestStall = 30_000;
/** Pause before the ledger is asked again when its store does not answer. */
const pauseOfStore = 1000;

export interface ListenerSources {
  readonly ledger: Pick<Ledger, 'readPage'>;
  readonly live: LiveEvents;
  /** Position of the last event that the views hold. */
  readonly head: () => bigint;
}

/**
 * One listener of the stream. `cursor` is the position of the last event that it was sent or did not want;
 * everything after it is still due, wherever it comes from, so each event is sent once and none is left out.
 *
 * While the listener keeps up, it is handed events as they come. When its connection is full it leaves the
 * live events and nothing is kept for it; once it has read, it goes on from its cursor, out of the ledger.
 */
export class StreamListener {
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly sources: ListenerSources,
    private readonly wanted: Wanted | null,
    private cursor: bigint,
  ) {
    response.on('close', () => this.close());
    response.on('error', () => this.close());
    response.on('drain', () => this.wake());
  }

  /** Sends what is due until the connection ends. */
  async run(): Promise<void> {
    const { live, head } = this.sources;
    while (!this.closed) {
      // From here to listening there is no await: no event can come between what is at hand and what is live.
      const atHand = live.since(this.cursor, head());
      if (atHand === null) await this.readOn();
      else if (atHand.every((event) => this.deliver(event))) await this.hearUntilFull();
      await this.drained();
    }
  }

  /** Keeps the connection open through proxies, and the client's Last-Event-ID up to date. */
  beat(): void {
    if (!this.closed && !this.response.writableNeedDrain)
      this.response.write(`:\nid: ${this.cursor}\n\n`);
  }

  /** Ends the connection; a client comes back with Last-Event-ID. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.wake();
    this.response.end();
  }

  /** Sends an event unless it was sent; false when the connection is full. */
  private deliver(event: LiveEvent): boolean {
    if (event.position <= this.cursor) return true;
    this.cursor = event.position;
    if (this.wanted !== null && !this.wanted(event.recorded)) return true;
    return this.response.write(event.frame);
  }

  private hearUntilFull(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = this.sources.live.listen((event) => {
      if (this.deliver(event)) return;
      stop();
      resolve();
    });
    this.wake = () => {
      if (!this.closed) return;
      stop();
      resolve();
    };
    return promise;
  }

  /** Sends the next page of the ledger, up to what the views hold. */
  private async readOn(): Promise<void> {
    const { ledger, head } = this.sources;
    try {
      const { events, upTo } = await ledger.readPage(String(this.cursor), pageEvents);
      const end = head();
      for (const recorded of events) {
        if (this.closed) return;
        if (BigInt(recorded.position) > end) break;
        await this.send(recorded);
      }
      if (upTo === null) await this.pause(pauseOfStore);
      else {
        const read = BigInt(upTo) < end ? BigInt(upTo) : end;
        if (read > this.cursor) this.cursor = read;
      }
    } catch {
      // The store is away: what is due is still due when it comes back.
      await this.pause(pauseOfStore);
    }
  }

  private async send(recorded: Recorded<AnyEvent>): Promise<void> {
    this.cursor = BigInt(recorded.position);
    if (this.wanted !== null && !this.wanted(recorded)) return;
    this.response.write(eventFrame(recorded));
    await this.drained();
  }

  /** Waits until the connection takes more; drops a listener that does not read at all. */
  private async drained(): Promise<void> {
    if (this.closed || !this.response.writableNeedDrain) return;
    await this.pause(longestStall);
    if (!this.closed && this.response.writableNeedDrain) {
      this.close();
      this.response.destroy();
    }
  }

  /** Until the connection drains or closes, at most so long. */
  private pause(milliseconds: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    this.wake = () => {
      clearTimeout(timer);
      resolve();
    };
    return promise;
  }
}
