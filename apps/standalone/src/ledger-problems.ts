import { Problem, type ProblemMapper } from '#http';
import { IdempotencyKeyReused, LedgerConflict, LedgerUnavailable } from '#ledger';

/** What the ledger's own errors mean to a caller. */
export const ledgerProblems: ProblemMapper = (error) => {
  if (error instanceof LedgerUnavailable)
    return new Problem('ledger-unavailable', error.message, {
      headers: { 'Retry-After': String(Math.ceil(error.retryAfterSeconds)) },
    });
  if (error instanceof LedgerConflict)
    return new Problem('conflict', error.message, { headers: { 'Retry-After': '1' } });
  if (error instanceof IdempotencyKeyReused)
    return new Problem('idempotency-key-reused', error.message, { field: 'Idempotency-Key' });
  return null;
};
