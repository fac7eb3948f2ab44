import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { rateOf } from './figures.ts';

/** What the same disk and the same SQLite do with nothing around them. */
export interface Row {
  id: string;
  stream: string;
  revision: number;
  type: string;
  data: Buffer;
}

export function fdatasyncRate(folder: string, bytes: number): number {
  const file = openSync(join(folder, 'fdatasync'), 'a');
  const block = Buffer.alloc(bytes, 'x');
  const rate = rateOf(2, () => {
    writeSync(file, block);
    fdatasyncSync(file);
    return 1;
  });
  closeSync(file);
  return rate;
}

function openTable(folder: string, name: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, `${name}.sqlite`));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(
    `CREATE TABLE events (position INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL,
       revision INTEGER NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL)`,
  );
  return database;
}

/** Events per second when each `group` of them is one durable commit. */
export function commitRate(folder: string, group: number, row: (n: number) => Row): number {
  const database = openTable(folder, `commit-${group}`);
  const insert = database.prepare(
    'INSERT INTO events (id, stream, revision, type, data) VALUES (?, ?, ?, ?, ?)',
  );
  let n = 0;
  const rate = rateOf(2, () => {
    database.exec('BEGIN IMMEDIATE');
    for (let i = 0; i < group; i += 1) {
      const { id, stream, revision, type, data } = row(n);
      insert.run(id, stream, revision, type, data);
      n += 1;
    }
    database.exec('COMMIT');
    return group;
  });
  database.close();
  return rate;
}

/** Rows per second of reading them all in order, each row whole. */
export function iterateRate(folder: string, count: number, row: (n: number) => Row): number {
  const database = openTable(folder, 'iterate');
  const insert = database.prepare(
    'INSERT INTO events (id, stream, revision, type, data) VALUES (?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  for (let n = 0; n < count; n += 1) {
    const { id, stream, revision, type, data } = row(n);
    insert.run(id, stream, revision, type, data);
  }
  database.exec('COMMIT');
  const select = database.prepare('SELECT * FROM events ORDER BY position');
  const rate = rateOf(2, () => {
    let bytes = 0;
    for (const { data } of select.iterate()) bytes += data instanceof Uint8Array ? data.length : 0;
    return bytes > 0 ? count : 0;
  });
  database.close();
  return rate;
}
