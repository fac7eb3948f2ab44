import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import type { ServiceError } from '@grpc/grpc-js';

/** The error that an attempt ends with, which must be of the class; anything else fails the test. */
export async function rejection<E extends Error>(
  attempt: Promise<unknown>,
  kind: new (...given: never[]) => E,
): Promise<E> {
  const reason = await outcomeOf(attempt);
  if (reason instanceof kind) return reason;
  throw new Error(`expected ${kind.name}, had: ${describeOutcome(reason)}`);
}

/** The gRPC status that an attempt ends with, which must not be OK. */
export async function serviceError(attempt: Promise<unknown>): Promise<ServiceError> {
  const reason = await outcomeOf(attempt);
  if (isServiceError(reason)) return reason;
  throw new Error(`expected a gRPC error, had: ${describeOutcome(reason)}`);
}

export const outcomeOf = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'success',
    (reason: unknown) => reason,
  );

/** The name of the error's class, or `success`. */
export async function outcomeName(attempt: Promise<unknown>): Promise<string> {
  const reason = await outcomeOf(attempt);
  return reason instanceof Error ? reason.constructor.name : String(reason);
}

const describeOutcome = (reason: unknown): string =>
  reason instanceof Error ? `${reason.constructor.name}: ${reason.message}` : String(reason);

export const isServiceError = (reason: unknown): reason is ServiceError =>
  reason instanceof Error && 'code' in reason && 'metadata' in reason;

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** The number of one of the tests' numbered events; NaN for any other. */
export function numberOf({ event }: Resolved): number {
  const data: unknown = event?.data;
  const isNumbered = typeof data === 'object' && data !== null && 'n' in data;
  return isNumbered ? Number(data.n) : Number.NaN;
}

/** Binary data or metadata, to be compared as a whole. */
export function bytesOf(value: unknown): Buffer {
  if (!ArrayBuffer.isView(value)) throw new Error(`expected bytes, had: ${String(value)}`);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}
