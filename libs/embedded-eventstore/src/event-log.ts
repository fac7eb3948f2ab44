import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { frameOf, jsonContent, tombstoneRevision, type ProposedEvent } from './event-frame.ts';
import { decideAppend, type Expected, type StreamFacts } from './expected-revision.ts';
import {
  deletedMetadata,
  metadataFrom,
  noMetadata,
  withTruncateBefore,
} from './stream-metadata.ts';
import { RecentIds } from './recent-ids.ts';
import { StreamHeads, tombstoneRow, type StreamHead } from './streams.ts';

export interface AppendRequest {
  readonly kind: 'append' | 'delete' | 'tombstone';
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly ProposedEvent[];
  /** Milliseconds since 1970 after which it must not be carried out any more. */
  readonly deadline: number;
  /** Who asks; a write that its caller gave up before its turn came is not carried out. */
  readonly caller?: { readonly over: boolean };
}

export type AppendOutcome =
  | { readonly outcome: 'done'; readonly revision: number; readonly position: number }
  /** `current` -1: the stream has no event. */
  | { readonly outcome: 'wrong-expected-version'; readonly current: number }
  | { readonly outcome: 'stream-deleted' }
  | { readonly outcome: 'timeout' }
  /** The database refused; nothing of the group it was in is stored. */
  | { readonly outcome: 'failed'; readonly reason: string };

/** A stored event as live subscribers get it. */
export interface CommittedEvent {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly frame: Buffer;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly answer: (outcome: AppendOutcome) => void;
}

/** Events of one transaction at most: a larger group waits for the next, so that answers keep coming. */
const largestGroup = 2000;
const idDigits = (id: string): string => id.replaceAll('-', '');
const idText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/**
 * The one writer. Appends that arrive while the last commit ran are committed together: decided one after
 * the other, inserted, one fsync, then all answered and shown to subscribers. A crash before the commit
 * returns leaves none of the group, and none of it was answered; after it, all of it is on disk.
 */
export class EventLog {
  readonly heads: StreamHeads;
  private readonly database: DatabaseSync;
  private readonly now: () => number;
  private readonly insert: StatementSync;
  private readonly recentIds: RecentIds;
  private readonly idAtRevision: StatementSync;
  private readonly positionAt: StatementSync;
  private waiting: Waiting[] = [];
  private flushing = false;
  private committed: CommittedEvent[] = [];
  private next: number;
  private readonly listeners = new Set<(events: readonly CommittedEvent[]) => void>();
  private readonly flushListeners = new Set<() => void>();

  constructor(database: DatabaseSync, now: () => number = Date.now) {
    this.database = database;
    this.now = now;
    this.heads = new StreamHeads(database);
    this.insert = database.prepare(
      'INSERT INTO events (position, stream, revision, type, created, id, frame) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.recentIds = new RecentIds(database);
    this.idAtRevision = database.prepare('SELECT id FROM events WHERE stream = ? AND revision = ?');
    this.positionAt = database.prepare(
      'SELECT position FROM events WHERE stream = ? AND revision = ?',
    );
    this.next = this.readNext();
  }

  /** Position of the last committed event. */
  get lastPosition(): number {
    return this.next - 1;
  }

  /** Queues a write; `answer` is called after its commit, or with why there was none. */
  submit(request: AppendRequest, answer: (outcome: AppendOutcome) => void): void {
    this.waiting.push({ request, answer });
    if (this.flushing) return;
    this.flushing = true;
    // Everything that arrived in this turn of the event loop is in the queue by then.
    setImmediate(() => this.flush());
  }

  /** Tells of every commit, after its answers were given to the writers' callbacks. */
  onCommitted(listener: (events: readonly CommittedEvent[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Called after each group was answered: where answers are collected and written at once. */
  onFlushed(listener: () => void): () => void {
    this.flushListeners.add(listener);
    return () => this.flushListeners.delete(listener);
  }

  /** Commits what waits, for closing. */
  drain(): void {
    while (this.waiting.length > 0) this.flush();
  }

  private flush(): void {
    const group = this.takeGroup();
    const outcomes = this.commit(group);
    const events = this.committed;
    this.committed = [];
    group.forEach(({ answer }, index) => {
      answer(outcomes[index] ?? { outcome: 'failed', reason: 'it was not decided' });
    });
    for (const listener of this.flushListeners) listener();
    if (events.length > 0) for (const listener of this.listeners) listener(events);
    this.flushing = this.waiting.length > 0;
    if (this.flushing) setImmediate(() => this.flush());
  }

  private takeGroup(): Waiting[] {
    let events = 0;
    let taken = 0;
    while (taken < this.waiting.length && events < largestGroup) {
      events += this.waiting[taken]?.request.events.length ?? 0;
      taken += 1;
    }
    return this.waiting.splice(0, taken);
  }

  private commit(group: readonly Waiting[]): AppendOutcome[] {
    const before = this.next;
    try {
      this.database.exec('BEGIN IMMEDIATE');
      const outcomes = group.map(({ request }) => this.carryOut(request));
      this.database.exec('COMMIT');
      this.recentIds.keep();
      return outcomes;
    } catch (error) {
      // Disk full, an I/O error: nothing of the group is stored, and nothing was answered.
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      this.heads.forget();
      this.recentIds.undo();
      this.next = before;
      this.committed = [];
      const reason = error instanceof Error ? error.message : String(error);
      return group.map(() => ({ outcome: 'failed', reason }));
    }
  }

  private carryOut(request: AppendRequest): AppendOutcome {
    const { stream, expected, events, kind } = request;
    if (request.caller?.over === true || this.now() > request.deadline)
      return { outcome: 'timeout' };
    if (this.heads.isTombstoned(stream)) return { outcome: 'stream-deleted' };
    const head = this.heads.find(stream);
    const facts = this.factsOf(head, stream);
    // A delete is decided like the append of one event that nobody appended before.
    const ids = kind === 'append' ? events.map(({ id }) => id) : [crypto.randomUUID()];
    const decision = decideAppend(expected, ids, facts);
    switch (decision.outcome) {
      case 'stream-deleted':
        return { outcome: 'stream-deleted' };
      case 'wrong-expected-version':
        return { outcome: 'wrong-expected-version', current: facts.last };
      case 'already-there': {
        const row = head === null ? undefined : this.positionAt.get(head.id, decision.lastRevision);
        return {
          outcome: 'done',
          revision: decision.lastRevision,
          position: Number(row?.['position']),
        };
      }
      case 'append':
        if (kind === 'delete')
          return facts.described
            ? this.deleteSoftly(stream)
            : { outcome: 'wrong-expected-version', current: -1 };
        if (kind === 'tombstone') return this.tombstone(stream, events);
        return this.appendNew(stream, events, decision.undelete ? facts.last + 1 : null);
    }
  }

  private factsOf(head: StreamHead | null, stream: string): StreamFacts {
    const metadata = head?.metadata ?? this.heads.metadataOf(stream);
    return {
      last: head?.last ?? -1,
      described: head !== null && head.last >= 0 ? true : this.hasMetadata(stream),
      tombstoned: head?.tombstoned ?? false,
      softlyDeleted: metadata.truncateBefore === Infinity,
      revisionOfId: (id) =>
        head === null ? null : this.recentIds.revisionOf(head.id, idDigits(id)),
      idAt: (revision) => {
        const row = head === null ? undefined : this.idAtRevision.get(head.id, revision);
        return row === undefined ? null : idText(row['id'] as Uint8Array);
      },
    };
  }

  private hasMetadata(stream: string): boolean {
    return (this.heads.find(`$$${stream}`)?.last ?? -1) >= 0;
  }

  /**
   * Appends; a softly deleted stream is opened again from its first new event on, as EventStoreDB does, after
   * it. New metadata opens a deleted stream too, and must not bring back what was deleted.
   */
  private appendNew(
    stream: string,
    events: readonly ProposedEvent[],
    readableFrom: number | null,
  ): AppendOutcome {
    const described = stream.startsWith('$$') ? stream.slice(2) : null;
    const opens = described !== null && this.isSoftlyDeleted(described) ? described : null;
    const outcome = this.append(stream, events);
    if (readableFrom !== null) this.reopen(stream, readableFrom);
    if (opens !== null) this.reopen(opens, (this.heads.find(opens)?.last ?? -1) + 1);
    return outcome;
  }

  private isSoftlyDeleted(stream: string): boolean {
    const metadata = this.heads.find(stream)?.metadata ?? this.heads.metadataOf(stream);
    return metadata.truncateBefore === Infinity;
  }

  private reopen(stream: string, readableFrom: number): void {
    const metadata = withTruncateBefore(this.heads.rawMetadataOf(stream), readableFrom);
    if (metadata !== null) this.writeMetadata(stream, metadata);
  }

  private append(stream: string, events: readonly ProposedEvent[]): AppendOutcome {
    if (events.length === 0)
      return {
        outcome: 'done',
        revision: this.heads.find(stream)?.last ?? -1,
        position: this.lastPosition,
      };
    const head = this.heads.open(stream);
    for (const event of events) {
      head.last += 1;
      this.store(head, event, head.last, head.last);
    }
    const newest = events.at(-1);
    if (stream.startsWith('$$') && newest !== undefined) {
      const described = this.heads.find(stream.slice(2));
      if (described !== null)
        described.metadata =
          newest.contentType === jsonContent ? metadataFrom(newest.data) : noMetadata;
    }
    return { outcome: 'done', revision: head.last, position: this.lastPosition };
  }

  private store(
    head: StreamHead,
    event: ProposedEvent,
    row: number,
    revision: number | bigint,
  ): void {
    const position = this.next;
    const created = this.now();
    const frame = frameOf(event, { stream: head.name, revision, position, created });
    const id = idDigits(event.id);
    this.insert.run(position, head.id, row, event.type, created, Buffer.from(id, 'hex'), frame);
    this.recentIds.remember(head.id, id, row);
    this.next = position + 1;
    this.committed.push({ position, stream: head.name, revision: row, type: event.type, frame });
  }

  /** Replaces the stream's metadata by the mark alone: what else it said is gone, as in EventStoreDB. */
  private deleteSoftly(stream: string): AppendOutcome {
    this.writeMetadata(stream, deletedMetadata());
    const revision = this.heads.find(stream)?.last ?? -1;
    return { outcome: 'done', revision, position: this.lastPosition };
  }

  private writeMetadata(stream: string, data: Buffer): void {
    this.append(`$$${stream}`, [
      {
        id: crypto.randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data,
        customMetadata: Buffer.alloc(0),
      },
    ]);
  }

  private tombstone(stream: string, [marker]: readonly ProposedEvent[]): AppendOutcome {
    const head = this.heads.open(stream);
    if (marker !== undefined) this.store(head, marker, tombstoneRow, tombstoneRevision);
    head.tombstoned = true;
    return { outcome: 'done', revision: head.last, position: this.lastPosition };
  }

  private readNext(): number {
    const row = this.database.prepare('SELECT max(position) AS last FROM events').get();
    if (row?.['last'] !== null && row?.['last'] !== undefined) return Number(row['last']) + 1;
    // A fresh EventStoreDB's $all is not empty either: its first event says how long scavenges are kept.
    this.next = 548;
    this.database.exec('BEGIN IMMEDIATE');
    this.append('$$$scavenges', [
      {
        id: crypto.randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from('{"$maxAge":2592000}'),
        customMetadata: Buffer.alloc(0),
      },
    ]);
    this.database.exec('COMMIT');
    this.committed = [];
    return this.next;
  }
}
