import { appendAnswer, deleteAnswer } from './append-answers.ts';
import type { EventLog } from './event-log.ts';
import type { Expected } from './expected-revision.ts';
import type { ProposedEvent } from './event-frame.ts';
import type { GrpcCall } from './grpc-call.ts';
import { GrpcError, invalidArgument, maximumAppendSizeExceeded } from './grpc-status.ts';
import { fieldOf, fieldsOf } from './protobuf.ts';
import { expectedOf, proposedEvent, sizeOf, streamNameOf } from './requests.ts';

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
      const { deadline } = call;
      log.submit({ kind: 'append', stream, expected, events, deadline, caller: call }, (outcome) =>
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
    log.submit(
      { kind, stream, expected, events, deadline: call.deadline, caller: call },
      (outcome) => answerOnce(call, () => deleteAnswer(outcome, stream, expected)),
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
