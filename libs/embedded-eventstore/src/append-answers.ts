import type { AppendOutcome } from './event-log.ts';
import type { Expected } from './expected-revision.ts';
import { GrpcError, grpcStatus, streamDeleted } from './grpc-status.ts';
import { bytesField, framed, numberField, textField } from './protobuf.ts';

const empty = (number: number): Buffer => bytesField(number);
const positionMessage = (position: number): Buffer[] => [
  numberField(1, position),
  numberField(2, position),
];
const anyOf = (name: string, ...parts: readonly Buffer[]): Buffer =>
  bytesField(
    3,
    textField(1, `type.googleapis.com/event_store.client.${name}`),
    bytesField(2, ...parts),
  );
/** Details that no client takes for one of its own errors: what it then shows is the message. */
const noDetails = bytesField(
  3,
  textField(1, 'type.googleapis.com/google.protobuf.Empty'),
  bytesField(2),
);

/** AppendResp for an append that was, or already had been, carried out. */
function appendSuccess(revision: number, position: number): Buffer {
  const at = revision < 0 ? empty(2) : numberField(1, revision);
  return framed(bytesField(1, at, bytesField(3, ...positionMessage(position))));
}

/** AppendResp.WrongExpectedVersion: a normal answer of Append, with the old fields beside the new. */
function appendWrongVersion(current: number, expected: Expected): Buffer {
  const now =
    current < 0 ? [empty(2), empty(7)] : [numberField(1, current), numberField(6, current)];
  const believed =
    typeof expected !== 'string'
      ? [numberField(8, expected), numberField(3, expected)]
      : {
          any: [empty(9), empty(4)],
          'stream-exists': [empty(10), empty(5)],
          'no-stream': [empty(11), numberField(3, 2n ** 64n - 1n)],
        }[expected];
  return framed(bytesField(2, ...now, ...believed));
}

const expectedText = (expected: Expected): string =>
  typeof expected !== 'string'
    ? String(expected)
    : { any: '-2', 'no-stream': '-1', 'stream-exists': '-4' }[expected];

function errorOf(outcome: AppendOutcome, stream: string): GrpcError {
  if (outcome.outcome === 'stream-deleted') return streamDeleted(stream);
  if (outcome.outcome === 'timeout') return new GrpcError(grpcStatus.deadlineExceeded, 'Timeout');
  const reason = outcome.outcome === 'failed' ? outcome.reason : outcome.outcome;
  return new GrpcError(grpcStatus.unknown, `The append was not stored: ${reason}.`);
}

/** What Append answers. @throws GrpcError */
export function appendAnswer(outcome: AppendOutcome, stream: string, expected: Expected): Buffer {
  if (outcome.outcome === 'done') return appendSuccess(outcome.revision, outcome.position);
  if (outcome.outcome === 'wrong-expected-version')
    return appendWrongVersion(outcome.current, expected);
  throw errorOf(outcome, stream);
}

/**
 * What Delete and Tombstone answer; a wrong expected version is an error there, and a missing stream is at
 * version -1. @throws GrpcError
 */
export function deleteAnswer(outcome: AppendOutcome, stream: string, expected: Expected): Buffer {
  if (outcome.outcome === 'done')
    return framed(bytesField(1, ...positionMessage(outcome.position)));
  if (outcome.outcome !== 'wrong-expected-version') throw errorOf(outcome, stream);
  const actual = String(outcome.current);
  throw new GrpcError(
    grpcStatus.failedPrecondition,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expectedText(expected)}, Actual version: ${actual}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': expectedText(expected),
      'actual-version': actual,
    },
  );
}

export type BatchFailure =
  | AppendOutcome
  | { readonly outcome: 'too-large'; readonly maximum: number }
  | { readonly outcome: 'bad-request'; readonly message: string };

/**
 * BatchAppendResp: errors are messages there, and the RPC goes on. The correlation id is given back as it
 * came, whichever of its two forms the client wrote.
 */
export function batchAnswer(
  correlation: Buffer,
  stream: string,
  expected: Expected,
  outcome: BatchFailure,
): Buffer {
  const head = [bytesField(1, correlation)];
  const tail = stream === '' ? [] : [bytesField(4, textField(3, stream))];
  if (outcome.outcome === 'done') {
    const at = outcome.revision < 0 ? empty(2) : numberField(1, outcome.revision);
    const success = bytesField(3, at, bytesField(3, ...positionMessage(outcome.position)));
    return framed(...head, success, ...tail);
  }
  return framed(...head, bytesField(2, ...statusOf(stream, expected, outcome)), ...tail);
}

type BatchError = Exclude<BatchFailure, { outcome: 'done' }>;

/** google.rpc.Status: code, message, details. */
function statusOf(stream: string, expected: Expected, error: BatchError): Buffer[] {
  const status = (code: number, name: string, details: Buffer): Buffer[] => [
    numberField(1, code),
    textField(2, name),
    details,
  ];
  switch (error.outcome) {
    case 'wrong-expected-version': {
      const current = error.current < 0 ? empty(2) : numberField(1, error.current);
      const believed =
        typeof expected !== 'string'
          ? numberField(3, expected)
          : { any: empty(4), 'stream-exists': empty(5), 'no-stream': empty(6) }[expected];
      const details = anyOf('WrongExpectedVersion', current, believed);
      return status(grpcStatus.alreadyExists, 'WrongExpectedVersion', details);
    }
    case 'stream-deleted':
      return status(
        grpcStatus.notFound,
        'StreamDeleted',
        anyOf('StreamDeleted', bytesField(1, textField(3, stream))),
      );
    case 'too-large':
      return status(
        grpcStatus.invalidArgument,
        'MaximumAppendSizeExceeded',
        anyOf('MaximumAppendSizeExceeded', numberField(1, error.maximum)),
      );
    case 'timeout':
      return status(grpcStatus.deadlineExceeded, 'Timeout', anyOf('Timeout'));
    case 'bad-request':
      return status(
        grpcStatus.invalidArgument,
        error.message,
        anyOf('BadRequest', textField(1, error.message)),
      );
    case 'failed':
      return status(grpcStatus.unknown, `The append was not stored: ${error.reason}.`, noDetails);
  }
}
