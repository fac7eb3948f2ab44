import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** "TrLg": marks the file as ours, so that another program's database is never written to. */
const applicationId = 0x54724c67;
const schemaVersion = 2;
const fileName = 'events.sqlite';

/** The store cannot be opened; the message is one sentence for a person. Nothing was changed. */
export class StoreNotOpened extends Error {}

const schema = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL REFERENCES streams (id),
    revision INTEGER NOT NULL,
    type TEXT NOT NULL,
    created INTEGER NOT NULL,
    id BLOB NOT NULL,
    frame BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** A new file is made whole beside its place and renamed into it: a crash leaves all of it or nothing. */
function createFile(dataDir: string, file: string): void {
  const draft = `${file}.new`;
  for (const left of [draft, `${draft}-journal`]) rmSync(left, { force: true });
  const database = new DatabaseSync(draft);
  database.exec(`PRAGMA page_size = 8192; PRAGMA synchronous = FULL; ${schema}`);
  database.close();
  const descriptor = openSync(draft, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
  syncFolder(dataDir);
}

/** Reads the file's own header before SQLite may touch it. */
function checkHeader(file: string): void {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  const read = readSync(descriptor, header, 0, 100, 0);
  closeSync(descriptor);
  if (read < 100 || header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    throw new StoreNotOpened(
      `${file} is not an event store: it is damaged or another program's file. Nothing was changed; restore it from a copy or choose another folder.`,
    );
  if (header.readUInt32BE(68) !== applicationId)
    throw new StoreNotOpened(
      `${file} is a database of another program. Nothing was changed; choose another folder.`,
    );
  if (header.readUInt32BE(60) > schemaVersion)
    throw new StoreNotOpened(
      `${file} was written by a newer version of this program. Nothing was changed; use that version.`,
    );
  // A checkpoint that a crash cut short leaves a file smaller than its header says; its log mends it.
  if (existsSync(`${file}-wal`)) return;
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  if (header.readUInt32BE(28) * pageSize > statSync(file).size)
    throw new StoreNotOpened(
      `${file} is cut short: ${statSync(file).size} bytes where its header counts more. Nothing was changed; restore it from a copy.`,
    );
}

/** Larger files are not looked through when they are opened: it would take seconds. */
const largestChecked = 128 * 1024 * 1024;

/** Finds a damaged page now and not in the middle of a read. @throws Error that names the damage */
function checkPages(database: DatabaseSync, file: string): void {
  if (statSync(file).size > largestChecked) return;
  const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new Error(String(found).replaceAll('\n', ' '));
}

/** Version 1 had an index of all event ids, which nothing reads any more. */
function bringUpToDate(database: DatabaseSync): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version === schemaVersion) return;
  database.exec(
    `BEGIN IMMEDIATE; DROP INDEX IF EXISTS events_by_id; PRAGMA user_version = ${schemaVersion}; COMMIT;`,
  );
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && /database is locked|SQLITE_BUSY/i.test(error.message);

/**
 * Opens the store's file, making it first where there is none, and holds it alone until closed; a killed
 * process lets go of it by itself.
 * @throws StoreNotOpened with one sentence, and then nothing was written.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = join(dataDir, fileName);
  try {
    mkdirSync(dataDir, { recursive: true });
    if (existsSync(file)) checkHeader(file);
    else createFile(dataDir, file);
  } catch (error) {
    if (error instanceof StoreNotOpened) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreNotOpened(`The folder ${dataDir} cannot be used for the event store: ${why}.`);
  }
  const database = new DatabaseSync(file);
  try {
    // WAL with FULL: a commit returns after its log is on disk. EXCLUSIVE: nobody else, and no shared memory.
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;',
    );
    database.exec('PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000;');
    database.exec('BEGIN IMMEDIATE; COMMIT;');
    checkPages(database, file);
    bringUpToDate(database);
    database.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
    database
      .prepare('SELECT position, length(frame) AS size FROM events ORDER BY position DESC LIMIT 1')
      .get();
    syncFolder(dataDir);
  } catch (error) {
    database.close();
    if (isBusy(error))
      throw new StoreNotOpened(
        `The event store in ${dataDir} is in use by another process; stop that one or choose another folder.`,
      );
    throw damaged(dataDir, error);
  }
  return database;
}

/** What to say of a file whose content SQLite can't make sense of. */
export function damaged(dataDir: string, error: unknown): StoreNotOpened {
  const why = error instanceof Error ? error.message : String(error);
  return new StoreNotOpened(
    `The event store ${join(dataDir, fileName)} is damaged: ${why}. Nothing was overwritten; restore it from a copy.`,
  );
}
