import { WrongExpectedVersionError } from '@eventstore/db-client';
import { LedgerUnavailable } from './errors.ts';
import { recordedOf, type StoredRecord } from './recorded.ts';
import type { EventToAppend, StoreConnection } from './store-connection.ts';
import { isTransient } from './store-errors.ts';

/** Seconds after which a caller may try again. */
export const retryAfterSeconds = 2;

const outcomeUnknown =
  'The ledger does not answer, so it is not known whether this was recorded. ' +
  'Repeat the same request with the same Idempotency-Key: nothing is recorded twice.';

/**
 * Appends after a revision, or tells that others were first. Sent again with the same ids while the outcome is
 * not known: the store recognises them, and what it answers then is what it did at first.
 * @throws LedgerUnavailable when the outcome can't be found out by `until` (an instant in ms)
 */
export async function appendAfter(
  store: StoreConnection,
  stream: string,
  expected: number,
  events: readonly EventToAppend[],
  until: number,
): Promise<readonly StoredRecord[] | 'conflict'> {
  try {
    return await store.patiently(until, async () => {
      try {
        await store.append(stream, events, expected);
      } catch (error) {
        if (!(error instanceof WrongExpectedVersionError)) throw error;
      }
      // Either way what now stands after the revision tells whose append it was: ids are never shared.
      return ownRecords(store, stream, expected, events);
    });
  } catch (error) {
    if (!isTransient(error)) throw error;
    throw new LedgerUnavailable(outcomeUnknown, retryAfterSeconds, { cause: error });
  }
}

async function ownRecords(
  store: StoreConnection,
  stream: string,
  expected: number,
  events: readonly EventToAppend[],
): Promise<readonly StoredRecord[] | 'conflict'> {
  const read = await store.stream(stream, expected, events.length);
  const ours =
    read.length === events.length && events.every(({ id }, index) => read[index]?.event?.id === id);
  return ours ? read.map(recordedOf) : 'conflict';
}
