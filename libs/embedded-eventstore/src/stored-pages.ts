import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { CommittedEvent } from './event-log.ts';
import type { StreamHead } from './streams.ts';
import { tombstoneRow } from './streams.ts';

/** A stored event with what truncation needs. */
export interface StoredEvent extends CommittedEvent {
  readonly created: number;
}

/** One page holds this many events, or about this many bytes, whichever comes first. */
const pageEvents = 512;
const pageBytes = 192 * 1024;

/** Reads the log in pages by key, so that a long read never holds a statement or much memory. */
export class StoredPages {
  private readonly allForwards: StatementSync;
  private readonly allBackwards: StatementSync;
  private readonly streamForwards: StatementSync;
  private readonly streamBackwards: StatementSync;
  private readonly one: StatementSync;

  constructor(database: DatabaseSync) {
    const all = `SELECT e.position, s.name, e.revision, e.type, e.created, e.frame
      FROM events e JOIN streams s ON s.id = e.stream`;
    const stream = 'SELECT e.position, NULL, e.revision, e.type, e.created, e.frame FROM events e';
    const prepare = (sql: string): StatementSync => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.allForwards = prepare(`${all} WHERE e.position >= ? ORDER BY e.position LIMIT ?`);
    this.allBackwards = prepare(`${all} WHERE e.position <= ? ORDER BY e.position DESC LIMIT ?`);
    const inStream = `e.stream = ? AND e.revision`;
    this.streamForwards = prepare(`${stream} WHERE ${inStream} >= ? ORDER BY e.revision LIMIT ?`);
    this.streamBackwards = prepare(
      `${stream} WHERE ${inStream} <= ? AND e.revision < ${tombstoneRow} ORDER BY e.revision DESC LIMIT ?`,
    );
    this.one = prepare(`${stream} WHERE ${inStream} = ?`);
  }

  /** Events of $all from a position on, that one included. */
  ofAll(from: number, backwards: boolean, most: number): StoredEvent[] {
    const statement = backwards ? this.allBackwards : this.allForwards;
    return page(
      statement.iterate(Math.min(from, Number.MAX_SAFE_INTEGER), Math.min(most, pageEvents)),
      null,
    );
  }

  /** Events of a stream from a revision on, that one included. */
  ofStream(head: StreamHead, from: number, backwards: boolean, most: number): StoredEvent[] {
    const statement = backwards ? this.streamBackwards : this.streamForwards;
    const start = Math.min(from, tombstoneRow);
    return page(statement.iterate(head.id, start, Math.min(most, pageEvents)), head.name);
  }

  /** One event, or null. */
  at(head: StreamHead, revision: number): StoredEvent | null {
    return page(this.one.iterate(head.id, revision), head.name)[0] ?? null;
  }
}

function page(rows: Iterable<unknown>, name: string | null): StoredEvent[] {
  const events: StoredEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const [position, stream, revision, type, created, frame] = row as [
      number,
      string,
      number,
      string,
      number,
      Uint8Array,
    ];
    events.push({
      position,
      stream: name ?? stream,
      revision,
      type,
      created,
      frame: Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength),
    });
    bytes += frame.byteLength;
    if (bytes >= pageBytes) break;
  }
  return events;
}
