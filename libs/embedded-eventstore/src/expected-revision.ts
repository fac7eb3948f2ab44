/** What the appender believes about the stream. */
export type Expected = number | bigint | 'any' | 'no-stream' | 'stream-exists';

/** What the log knows of a stream when an append is decided. */
export interface StreamFacts {
  /** Last revision; -1 when the stream has no event. */
  readonly last: number;
  /** The stream has events, or metadata written before any. */
  readonly described: boolean;
  readonly tombstoned: boolean;
  readonly softlyDeleted: boolean;
  /** Revision that an event id has in this stream, the first one; null when it isn't there. */
  revisionOfId(id: string): number | null;
  /** Id of the event at a revision; null when there is none. */
  idAt(revision: number): string | null;
}

export type AppendDecision =
  | { readonly outcome: 'append'; readonly undelete: boolean }
  /** All of it is there already: the first answer is given again. */
  | { readonly outcome: 'already-there'; readonly lastRevision: number }
  | { readonly outcome: 'wrong-expected-version' }
  | { readonly outcome: 'stream-deleted' };

const wrong: AppendDecision = { outcome: 'wrong-expected-version' };

/**
 * EventStoreDB's rule for an append, with its idempotency: the same ids again are a retry. With `any` and
 * `stream-exists` ids are looked up in the stream; with a revision they must stand right after it.
 * A retry that matches only in part is refused as a wrong expected version.
 */
export function decideAppend(
  expected: Expected,
  ids: readonly string[],
  facts: StreamFacts,
): AppendDecision {
  if (facts.tombstoned) return { outcome: 'stream-deleted' };
  if (expected === 'stream-exists') {
    if (!facts.described) return wrong;
    if (facts.softlyDeleted) return { outcome: 'stream-deleted' };
  }
  if (expected === 'any' || expected === 'stream-exists') return decideByIds(ids, facts);
  const revision = expected === 'no-stream' ? -1 : expected;
  // Only a revision that no stream can reach is too large for a double.
  if (typeof revision === 'bigint' || revision > facts.last) return wrong;
  if (revision === facts.last) return { outcome: 'append', undelete: facts.softlyDeleted };
  for (const [index, id] of ids.entries()) {
    if (facts.idAt(revision + 1 + index) === id) continue;
    const startsAnew = index === 0 && expected === 'no-stream' && facts.softlyDeleted;
    return startsAnew ? { outcome: 'append', undelete: true } : wrong;
  }
  return ids.length === 0
    ? wrong
    : { outcome: 'already-there', lastRevision: revision + ids.length };
}

function decideByIds(ids: readonly string[], facts: StreamFacts): AppendDecision {
  let last = -1;
  for (const [index, id] of ids.entries()) {
    const revision = facts.last < 0 ? null : facts.revisionOfId(id);
    if (revision === null)
      return index === 0 ? { outcome: 'append', undelete: facts.softlyDeleted } : wrong;
    last = revision;
  }
  return last < 0
    ? { outcome: 'append', undelete: facts.softlyDeleted }
    : { outcome: 'already-there', lastRevision: last };
}
