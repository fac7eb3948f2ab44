import { appendAnswer, batchAnswer, deleteAnswer } from './append-answers.ts';
import type { AppendOutcome, EventLog } from './event-log.ts';
import type { Expected } from './expected-revision.ts';
import type { ProposedEvent } from './event-frame.ts';
import type { GrpcCall } from './grpc-call.ts';
import { GrpcError, invalidArgument, maximumAppendSizeExceeded } from './grpc-status.ts';
import { fieldOf, fieldsOf, type Field } from './protobuf.ts';
import { expectedOf, proposedEvent, sizeOf, streamNameOf, uuidOf } from './requests.ts';

/** Streams/Append: options first, then a message an event, answered once after the client's last. */
export function serveAppend(call: GrpcCall, log: EventLog, maximum: number): void {
  let target: { stream: string; expected: Expected } | null = null;
  const events: ProposedEvent[] = [];
  let size = 0;
  call.onMessage(
    (message) => {
      const fields = fieldsOf(message);
      const options = fieldOf(fields, 1);
      if (options !== undefined) {
        const inOptions = fieldsOf(options.bytes);
        target = { stream: streamNameOf(fieldOf(inOptions, 1)), expected: expectedOf(inOptions) };
        return;
      }
      const proposed = fieldOf(fields, 2);
      if (proposed === undefined)
        throw invalidArgument('The message holds neither options nor an event.');
      const event = proposedEvent(proposed.bytes);
      size += sizeOf(event);
      if (size > maximum) throw maximumAppendSizeExceeded(maximum);
      events.push(event);
    },
    () => {
      if (target === null) throw new GrpcError(13, 'Incomplete message.');
      const { stream, expected } = target;
      log.submit({ kind: 'append', stream, expected, events, deadline: call.deadline }, (outcome) =>
        answerOnce(call, () => appendAnswer(outcome, stream, expected)),
      );
    },
  );
}

/** Streams/Delete and Streams/Tombstone. */
export function serveDelete(call: GrpcCall, log: EventLog, kind: 'delete' | 'tombstone'): void {
  serveUnary(call, (message) => {
    const options = fieldsOf(fieldOf(fieldsOf(message), 1)?.bytes ?? Buffer.alloc(0));
    const stream = streamNameOf(fieldOf(options, 1));
    const expected = expectedOf(options);
    const events = kind === 'tombstone' ? [tombstoneMarker()] : [];
    log.submit({ kind, stream, expected, events, deadline: call.deadline }, (outcome) =>
      answerOnce(call, () => deleteAnswer(outcome, stream, expected)),
    );
  });
}

/** A call of one message and one answer; an empty call is "Incomplete message.", as the real server says. */
export function serveUnary(call: GrpcCall, onRequest: (message: Buffer) => void): void {
  let request: Buffer | null = null;
  call.onMessage(
    (message) => {
      request = message;
    },
    () => {
      if (request === null) throw new GrpcError(13, 'Incomplete message.');
      onRequest(request);
    },
  );
}

function answerOnce(call: GrpcCall, answer: () => Buffer): void {
  try {
    call.write(answer());
    call.end();
  } catch (error) {
    call.fail(error);
  }
}

const tombstoneMarker = (): ProposedEvent => ({
  id: crypto.randomUUID(),
  type: '$streamDeleted',
  contentType: 'application/octet-stream',
  data: Buffer.alloc(0),
  customMetadata: Buffer.alloc(0),
});

interface Batch {
  stream: string;
  expected: Expected;
  deadline: number;
  size: number;
  readonly events: ProposedEvent[];
  fault: string | null;
}

/** Batches of one client that are not complete yet, at most; more is a hostile peer. */
const mostOpenBatches = 10_000;

/**
 * Streams/BatchAppend: one long call that all appends of a client share. Each is put together from chunks
 * with one correlation id and decided when its last arrives; answers of one commit leave in one write.
 */
export function serveBatchAppend(call: GrpcCall, log: EventLog, maximum: number): void {
  const open = new Map<string, Batch>();
  let answers: Buffer[] = [];
  let awaited = 0;
  let halfClosed = false;
  const flush = (): void => {
    if (answers.length > 0) {
      call.write(
        answers.length === 1 && answers[0] !== undefined ? answers[0] : Buffer.concat(answers),
      );
      answers = [];
    }
    if (halfClosed && awaited === 0) call.end();
  };
  call.onEnd(log.onFlushed(flush));
  call.onMessage(
    (message) => {
      const fields = fieldsOf(message);
      const correlation = uuidOf(fieldOf(fields, 1)?.bytes ?? Buffer.alloc(0));
      const batch = open.get(correlation) ?? startBatch(fields);
      if (open.size >= mostOpenBatches)
        throw invalidArgument('Too many appends are begun and not finished.');
      open.set(correlation, batch);
      addEvents(batch, fields, maximum);
      if (fieldOf(fields, 4)?.value !== 1) return;
      open.delete(correlation);
      const { stream, expected, events, deadline } = batch;
      const answer = (outcome: Parameters<typeof batchAnswer>[3]): void => {
        answers.push(batchAnswer(correlation, stream, expected, outcome));
      };
      if (batch.size > maximum) answer({ outcome: 'too-large', maximum });
      else if (batch.fault !== null) answer({ outcome: 'bad-request', message: batch.fault });
      else {
        awaited += 1;
        log.submit(
          { kind: 'append', stream, expected, events, deadline },
          (outcome: AppendOutcome) => {
            awaited -= 1;
            answer(outcome);
          },
        );
        return;
      }
      flush();
    },
    () => {
      halfClosed = true;
      flush();
    },
  );
}

function startBatch(fields: readonly Field[]): Batch {
  const options = fieldOf(fields, 2);
  if (options === undefined)
    throw invalidArgument('The first message of an append has no options.');
  const inOptions = fieldsOf(options.bytes);
  return {
    stream: streamNameOf(fieldOf(inOptions, 1)),
    expected: expectedOf(inOptions.filter(({ number }) => number !== 6)),
    deadline: deadlineOf(fieldOf(inOptions, 6)),
    size: 0,
    events: [],
    fault: null,
  };
}

/** google.protobuf.Timestamp as milliseconds; Infinity when none is given. */
function deadlineOf(field: Field | undefined): number {
  if (field === undefined) return Infinity;
  const fields = fieldsOf(field.bytes);
  return (fieldOf(fields, 1)?.value ?? 0) * 1000 + (fieldOf(fields, 2)?.value ?? 0) / 1_000_000;
}

function addEvents(batch: Batch, fields: readonly Field[], maximum: number): void {
  for (const { number, bytes } of fields) {
    if (number !== 3) continue;
    try {
      const event = proposedEvent(bytes);
      batch.size += sizeOf(event);
      // Past the maximum the events are not kept: the answer is known, and memory is not the client's.
      if (batch.size <= maximum) batch.events.push(event);
      else batch.events.length = 0;
    } catch (error) {
      if (!(error instanceof GrpcError)) throw error;
      batch.fault ??= error.message;
    }
  }
}
