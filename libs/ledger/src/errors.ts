/** The store can't be reached, or didn't answer in time. Nothing is half done: one append is atomic. */
export class LedgerUnavailable extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds = 2) {
    super(message);
    this.name = 'LedgerUnavailable';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Others changed the same treaty again and again while this command was decided. */
export class LedgerConflict extends Error {
  override readonly name = 'LedgerConflict';
}

/** The Idempotency-Key was used for another command on this treaty. */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
}

/** The ledger holds an event that this version of the program can't read. Readers stop there, loudly. */
export class UnknownStoredEvent extends Error {
  override readonly name = 'UnknownStoredEvent';
}

/** The store is not the one that was followed before: another, or an older copy of it. */
export class StoreReplaced extends Error {
  override readonly name = 'StoreReplaced';

  constructor(position: string) {
    super(
      `The store does not hold the event at position ${position} that was read from it before: it is another store or an older copy; start this program again to read it from its beginning.`,
    );
  }
}
