import { Injectable } from '@nestjs/common';
import type { AnyEvent } from '#ledger';
import type { Recorded } from '#treaty';
import { eventFrame } from './public-event.ts';

/** How many of the last events are at hand, so that who comes back soon need not read the ledger. */
const keptEvents = 1000;

/** An event that the views hold, written for listeners once, when the first of them wants it. */
export class LiveEvent {
  readonly position: bigint;
  private written: Buffer | null = null;

  constructor(readonly recorded: Recorded<AnyEvent>) {
    this.position = BigInt(recorded.position);
  }

  get frame(): Buffer {
    this.written ??= eventFrame(this.recorded);
    return this.written;
  }
}

/**
 * Hands on what the views apply, one subscription of the ledger for all listeners. A listener hears of an
 * event only after the views hold it: what it then asks of the API reflects it.
 */
@Injectable()
export class LiveEvents {
  private readonly recent: LiveEvent[] = [];
  /** Position before the oldest event at hand; null before the first event. */
  private floor: bigint | null = null;
  private readonly listeners = new Set<(event: LiveEvent) => void>();

  /** Called for each event in order, with the position of the one before it. */
  publish(recorded: Recorded<AnyEvent>, before: string | null): void {
    const event = new LiveEvent(recorded);
    this.floor ??= before === null ? 0n : BigInt(before);
    this.recent.push(event);
    if (this.recent.length > 2 * keptEvents)
      for (const dropped of this.recent.splice(0, keptEvents)) this.floor = dropped.position;
    for (const listener of this.listeners) listener(event);
  }

  /**
   * The events after a position as long as all of them are at hand; null: read the ledger first.
   * @param head position of the last event that the views hold
   */
  since(position: bigint, head: bigint): readonly LiveEvent[] | null {
    if (position >= head) return [];
    if (this.floor === null || position < this.floor) return null;
    let from = this.recent.length;
    while (from > 0 && (this.recent[from - 1]?.position ?? 0n) > position) from -= 1;
    return this.recent.slice(from);
  }

  /** Hears every event from now on, until the answered function is called. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
