import { batchAnswer, type BatchFailure } from './append-answers.ts';
import type { ProposedEvent } from './event-frame.ts';
import type { EventLog } from './event-log.ts';
import type { Expected } from './expected-revision.ts';
import type { GrpcCall } from './grpc-call.ts';
import { GrpcError, invalidArgument } from './grpc-status.ts';
import { fieldOf, fieldsOf, type Field } from './protobuf.ts';
import { expectedOf, proposedEvent, sizeOf, streamNameOf, uuidOf } from './requests.ts';

interface Batch {
  readonly stream: string;
  readonly expected: Expected;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly events: ProposedEvent[];
  size: number;
  /** Runs while the batch waits for its next chunk. */
  timer: NodeJS.Timeout | null;
}

/** Batches of one client that are not complete yet, at most; more is a hostile peer. */
const mostOpenBatches = 10_000;
/** A batch whose chunks stop coming is forgotten after this long, in milliseconds, or at its own deadline. */
const patienceWithBatch = 10_000;

/**
 * Streams/BatchAppend: one long call that all appends of a client share. Each is put together from chunks
 * with one correlation id and decided when its last arrives; answers of one commit leave in one write. What
 * is wrong with one append is answered for that one, and the call goes on.
 */
export class BatchAppending {
  private readonly call: GrpcCall;
  private readonly log: EventLog;
  private readonly maximum: number;
  private readonly open = new Map<string, Batch>();
  private answers: Buffer[] = [];
  private awaited = 0;
  private halfClosed = false;

  constructor(call: GrpcCall, log: EventLog, maximum: number) {
    this.call = call;
    this.log = log;
    this.maximum = maximum;
  }

  /** Serves the call until it is over. */
  serve(): void {
    const { call } = this;
    call.onEnd(this.log.onFlushed(() => this.flush()));
    call.onEnd(() => {
      for (const batch of this.open.values()) stopTimer(batch);
      this.open.clear();
    });
    call.onMessage(
      (message) => this.receive(fieldsOf(message)),
      () => {
        this.halfClosed = true;
        this.flush();
      },
    );
  }

  private flush(): void {
    const [first, ...more] = this.answers;
    if (first !== undefined) {
      this.call.write(more.length === 0 ? first : Buffer.concat(this.answers));
      this.answers = [];
    }
    if (this.halfClosed && this.awaited === 0) this.call.end();
  }

  private receive(fields: readonly Field[]): void {
    const correlation = fieldOf(fields, 1)?.bytes ?? Buffer.alloc(0);
    let batch: Batch | undefined;
    try {
      const key = uuidOf(correlation);
      batch = this.open.get(key) ?? begunBy(fieldOf(fields, 2));
      // What comes after a refusal belongs to an append that was answered already.
      if (batch === undefined) return;
      stopTimer(batch);
      this.open.delete(key);
      if (batch.deadline <= Date.now()) {
        this.refuse(correlation, batch, { outcome: 'timeout' });
        return;
      }
      addEvents(batch, fields);
      if (batch.size > this.maximum)
        this.refuse(correlation, batch, { outcome: 'too-large', maximum: this.maximum });
      else if (fieldOf(fields, 4)?.value === 1) this.submit(correlation, batch);
      else this.keep(key, correlation, batch);
    } catch (error) {
      if (!(error instanceof GrpcError)) throw error;
      this.refuse(correlation, batch, { outcome: 'bad-request', message: error.message });
    }
  }

  private submit(correlation: Buffer, batch: Batch): void {
    const { stream, expected, events, deadline } = batch;
    this.awaited += 1;
    const request = {
      kind: 'append',
      stream,
      expected,
      events,
      deadline,
      caller: this.call,
    } as const;
    this.log.submit(request, (outcome) => {
      this.awaited -= 1;
      this.answers.push(batchAnswer(correlation, stream, expected, outcome));
    });
  }

  private keep(key: string, correlation: Buffer, batch: Batch): void {
    if (this.open.size >= mostOpenBatches)
      throw invalidArgument('Too many appends are begun and not finished.');
    // The message that these bytes are a part of must not be held for them alone.
    const id = Buffer.from(correlation);
    this.open.set(key, batch);
    batch.timer = setTimeout(
      () => {
        this.open.delete(key);
        this.refuse(id, batch, { outcome: 'timeout' });
      },
      Math.min(patienceWithBatch, batch.deadline - Date.now()),
    );
  }

  private refuse(correlation: Buffer, batch: Batch | undefined, why: BatchFailure): void {
    const { stream, expected } = batch ?? { stream: '', expected: 'any' as const };
    this.answers.push(batchAnswer(correlation, stream, expected, why));
    this.flush();
  }
}

const stopTimer = (batch: Batch): void => {
  if (batch.timer !== null) clearTimeout(batch.timer);
  batch.timer = null;
};

/** BatchAppendReq.Options: stream 1, expected revision 2 to 5, deadline 6 or 7. */
function begunBy(options: Field | undefined): Batch | undefined {
  if (options === undefined) return undefined;
  const fields = fieldsOf(options.bytes);
  return {
    stream: streamNameOf(fieldOf(fields, 1)),
    // Any is 4 and an existing stream 5, as in Append.
    expected: expectedOf(fields.filter(({ number }) => number < 6)),
    deadline: deadlineOf(fieldOf(fields, 6), fieldOf(fields, 7)),
    events: [],
    size: 0,
    timer: null,
  };
}

/**
 * Milliseconds since 1970; Infinity when there is no deadline. A google.protobuf.Timestamp from clients up
 * to 21.10, a Duration from now on from newer ones.
 */
function deadlineOf(timestamp: Field | undefined, duration: Field | undefined): number {
  const field = duration ?? timestamp;
  if (field === undefined) return Infinity;
  const fields = fieldsOf(field.bytes);
  const whole = (number: number): number => {
    const found = fieldOf(fields, number);
    return found?.exact === undefined
      ? (found?.value ?? 0)
      : Number(BigInt.asIntN(64, found.exact));
  };
  // Rounded down as the clock is, so that a deadline at this very instant has passed.
  const milliseconds = whole(1) * 1000 + Math.floor(whole(2) / 1_000_000);
  return duration === undefined ? milliseconds : Date.now() + milliseconds;
}

function addEvents(batch: Batch, fields: readonly Field[]): void {
  for (const { number, bytes } of fields) {
    if (number !== 3) continue;
    const event = proposedEvent(bytes);
    batch.size += sizeOf(event);
    batch.events.push(event);
  }
}
