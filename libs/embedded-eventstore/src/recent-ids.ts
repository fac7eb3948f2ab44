import type { DatabaseSync } from 'node:sqlite';

/** Events whose ids are remembered, at most: what EventStoreDB's own memory of them comes to. */
const mostRemembered = 100_000;

/**
 * Where the last events stand, by id: how a retry is recognised that expects no particular revision. An index
 * on disk would know all of them for ever, and dirty one page an event at random: half the speed of appending.
 */
export class RecentIds {
  private readonly revisions = new Map<string, number>();
  private readonly most: number;
  /** What is remembered since the last commit. */
  private uncommitted: string[] = [];

  constructor(database: DatabaseSync, most: number = mostRemembered) {
    this.most = most;
    const last = database.prepare(
      `SELECT stream, revision, lower(hex(id)) FROM
         (SELECT position, stream, revision, id FROM events ORDER BY position DESC LIMIT ?)
       ORDER BY position`,
    );
    last.setReturnArrays(true);
    for (const row of last.iterate(most)) {
      const [stream, revision, id] = row as unknown as [number, number, string];
      this.remember(stream, id, revision);
    }
    this.keep();
  }

  /** Where an id stands first is what counts, as in EventStoreDB. `id`: 32 hexadecimal digits. */
  remember(stream: number, id: string, revision: number): void {
    const key = `${id}${stream}`;
    if (this.revisions.has(key)) return;
    this.uncommitted.push(key);
    this.revisions.set(key, revision);
    if (this.revisions.size <= this.most) return;
    const [oldest] = this.revisions.keys();
    if (oldest !== undefined) this.revisions.delete(oldest);
  }

  /** The events are committed. */
  keep(): void {
    this.uncommitted = [];
  }

  /** The events were not committed. Needs no database: it may be what failed. */
  undo(): void {
    for (const key of this.uncommitted) this.revisions.delete(key);
    this.uncommitted = [];
  }

  /** Revision that the id has in the stream, the first one; null when it is not remembered there. */
  revisionOf(stream: number, id: string): number | null {
    return this.revisions.get(`${id}${stream}`) ?? null;
  }
}
