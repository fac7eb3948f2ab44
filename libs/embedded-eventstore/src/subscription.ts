import { randomUUID } from 'node:crypto';
import { CheckpointCounter } from './event-filter.ts';
import type { CommittedEvent } from './event-log.ts';
import type { GrpcCall } from './grpc-call.ts';
import { streamDeleted } from './grpc-status.ts';
import { bytesField, framed, numberField, textField } from './protobuf.ts';
import type { Reading } from './reading.ts';
import type { ReadRequest } from './requests.ts';
import type { StoredEvent } from './stored-pages.ts';
import { tombstoneRow } from './streams.ts';

const confirmation = (): Buffer => framed(bytesField(2, textField(1, randomUUID())));
const caughtUp = framed(bytesField(8));
const checkpoint = (position: number): Buffer =>
  framed(bytesField(3, numberField(1, position), numberField(2, position)));

/**
 * A subscription: confirmation, what is stored after the start, caught up, then what is committed. It lives
 * on commits handed over in memory only while its reader keeps up; else it goes back to the stored pages,
 * so a slow reader costs no memory and misses nothing.
 */
export class Subscription {
  private readonly reading: Reading;
  private readonly request: ReadRequest;
  private readonly call: GrpcCall;
  private readonly counter: CheckpointCounter | null;
  /** Last position considered, for $all; last revision considered, for a stream. */
  private at: number;
  private live = false;
  private wake: (() => void) | null = null;

  constructor(reading: Reading, request: ReadRequest, call: GrpcCall) {
    this.reading = reading;
    this.request = request;
    this.call = call;
    this.counter =
      request.filter === null ? null : new CheckpointCounter(request.checkpointInterval);
    this.at = this.start();
  }

  /** Runs until the call is over or the stream is tombstoned. */
  async run(): Promise<void> {
    const { call } = this;
    call.onEnd(this.reading.log.onCommitted((events) => this.onCommitted(events)));
    call.onEnd(() => this.wake?.());
    call.write(confirmation());
    // One that begins at the end has nothing to catch up with, and no checkpoint says so.
    let catchesUp = this.at < this.reading.log.lastPosition;
    while (!call.over) {
      await this.catchUp();
      if (call.over) return;
      if (catchesUp && this.counter?.isNew(this.at) === true) call.write(checkpoint(this.at));
      catchesUp = true;
      call.write(caughtUp);
      this.live = true;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (call.over || !this.live) resolve();
      });
      await call.drained();
    }
  }

  private start(): number {
    const { from, stream } = this.request;
    if (stream === null) return from === Infinity ? this.reading.log.lastPosition : from;
    return from === Infinity ? (this.reading.log.heads.find(stream)?.last ?? -1) : from;
  }

  private async catchUp(): Promise<void> {
    const { call, reading } = this;
    while (!call.over) {
      const page = this.nextPage();
      if (page.length === 0) return;
      const frames: Buffer[] = [];
      for (const event of page) this.consider(event, frames, this.readable(event));
      await reading.send(call, frames);
      this.endIfTombstoned(page.at(-1));
    }
  }

  private nextPage(): StoredEvent[] {
    const { reading, request } = this;
    if (request.stream === null) return reading.pages.ofAll(this.at + 1, false, Infinity);
    const head = reading.log.heads.find(request.stream);
    if (head === null) return [];
    // Truncated events are passed over without being read, a tombstone is not.
    const first = Math.min(reading.firstReadable(head.last, head.metadata), head.last + 1);
    return reading.pages.ofStream(head, Math.max(this.at + 1, first), false, Infinity);
  }

  private readable(event: StoredEvent): boolean {
    const { stream } = this.request;
    if (stream === null) return true;
    const head = this.reading.log.heads.find(stream);
    return head === null || this.reading.youngEnough(event, head.metadata);
  }

  /** Adds what to send for an event, in order: the event if wanted, a checkpoint if due. */
  private consider(event: CommittedEvent, frames: Buffer[], readable: boolean): void {
    const { filter, stream } = this.request;
    this.at = stream === null ? event.position : event.revision;
    if (readable && (filter?.matches(event.stream, event.type) ?? true))
      frames.push(this.reading.frameFor(event, this.request));
    if (this.counter?.consider(event.position) === true) frames.push(checkpoint(event.position));
  }

  private onCommitted(events: readonly CommittedEvent[]): void {
    if (!this.live || this.call.over) return;
    if (this.call.stream.writableNeedDrain) {
      this.fallBehind();
      return;
    }
    const { stream } = this.request;
    const frames: Buffer[] = [];
    let newest: CommittedEvent | undefined;
    for (const event of events) {
      if (stream !== null && event.stream !== stream) continue;
      if ((stream === null ? event.position : event.revision) <= this.at) continue;
      this.consider(event, frames, true);
      newest = event;
    }
    if (frames.length > 0)
      this.call.write(
        frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames),
      );
    this.endIfTombstoned(newest);
  }

  private fallBehind(): void {
    this.live = false;
    this.wake?.();
  }

  private endIfTombstoned(event: CommittedEvent | undefined): void {
    const { stream } = this.request;
    if (stream !== null && event?.revision === tombstoneRow) this.call.fail(streamDeleted(stream));
  }
}
