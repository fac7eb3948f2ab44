import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { dataIn, isJsonIn } from './event-frame.ts';
import {
  metadataFrom,
  metadataOfMetadata,
  noMetadata,
  type StreamMetadata,
} from './stream-metadata.ts';

/** The revision column of a tombstone: the largest that a double holds; the wire says 2^63-1. */
export const tombstoneRow = Number.MAX_SAFE_INTEGER;

export interface StreamHead {
  readonly id: number;
  readonly name: string;
  /** Last revision before any tombstone; -1 without events. */
  last: number;
  tombstoned: boolean;
  /** What the stream's own `$$` stream says of it. */
  metadata: StreamMetadata;
}

/** Streams kept in memory; the rest is read again when asked for. */
const keptHeads = 100_000;

/** Where each stream stands, read from the database once and kept current by the log. */
export class StreamHeads {
  private readonly heads = new Map<string, StreamHead>();
  private readonly byName: StatementSync;
  private readonly insert: StatementSync;
  private readonly lastOf: StatementSync;
  private readonly tombstoneOf: StatementSync;

  constructor(database: DatabaseSync) {
    this.byName = database.prepare('SELECT id FROM streams WHERE name = ?');
    this.insert = database.prepare('INSERT INTO streams (name) VALUES (?) RETURNING id');
    this.lastOf = database.prepare(
      `SELECT revision, frame FROM events WHERE stream = ? AND revision < ${tombstoneRow} ORDER BY revision DESC LIMIT 1`,
    );
    this.tombstoneOf = database.prepare(
      `SELECT 1 AS found FROM events WHERE stream = ? AND revision = ${tombstoneRow}`,
    );
  }

  /** The stream, or null when nothing was ever appended to it. */
  find(name: string): StreamHead | null {
    const known = this.heads.get(name);
    if (known !== undefined) return known;
    const row = this.byName.get(name);
    return row === undefined ? null : this.keep(this.read(Number(row['id']), name));
  }

  /** The stream, entered in the database if need be. Only inside a transaction. */
  open(name: string): StreamHead {
    const known = this.find(name);
    if (known !== null) return known;
    const id = Number(this.insert.get(name)?.['id']);
    return this.keep(this.read(id, name));
  }

  /** Metadata of a stream whether or not it has events: metadata may be written first. */
  metadataOf(name: string): StreamMetadata {
    if (name.startsWith('$$')) return metadataOfMetadata;
    const frame = this.lastMetadata(name);
    return frame !== null && isJsonIn(frame) ? metadataFrom(dataIn(frame)) : noMetadata;
  }

  /** What was last written to a stream's `$$` stream; null when nothing was. */
  rawMetadataOf(name: string): Buffer | null {
    const frame = this.lastMetadata(name);
    return frame === null ? null : dataIn(frame);
  }

  /** The stream is tombstoned, or describes one that is: its metadata ends with it. */
  isTombstoned(name: string): boolean {
    if (this.find(name)?.tombstoned === true) return true;
    return name.startsWith('$$') && this.find(name.slice(2))?.tombstoned === true;
  }

  private lastMetadata(name: string): Buffer | null {
    const row = this.byName.get(`$$${name}`);
    const last = row === undefined ? undefined : this.lastOf.get(Number(row['id']));
    return last === undefined ? null : Buffer.from(last['frame'] as Uint8Array);
  }

  /** After a rollback nothing in memory can be trusted. */
  forget(): void {
    this.heads.clear();
  }

  private read(id: number, name: string): StreamHead {
    const last = this.lastOf.get(id);
    return {
      id,
      name,
      last: last === undefined ? -1 : Number(last['revision']),
      tombstoned: this.tombstoneOf.get(id) !== undefined,
      metadata: this.metadataOf(name),
    };
  }

  private keep(head: StreamHead): StreamHead {
    if (this.heads.size >= keptHeads) this.heads.clear();
    this.heads.set(head.name, head);
    return head;
  }
}
