import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openDatabase } from './database.ts';
import { RecentIds } from './recent-ids.ts';

let folder: string;
let database: DatabaseSync;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recent-ids-'));
  database = openDatabase(folder);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const digits = (n: number): string => n.toString(16).padStart(32, '0');

it('knows an id by its stream, and the first revision that it has there', () => {
  const ids = new RecentIds(database);
  ids.remember(1, digits(7), 0);
  ids.remember(2, digits(7), 5);
  ids.remember(1, digits(7), 3);
  expect([ids.revisionOf(1, digits(7)), ids.revisionOf(2, digits(7))]).toEqual([0, 5]);
  expect([ids.revisionOf(3, digits(7)), ids.revisionOf(1, digits(8))]).toEqual([null, null]);
});

it('forgets the one that came longest ago, whether or not it came again', () => {
  const ids = new RecentIds(database, 3);
  for (const n of [1, 2, 3]) ids.remember(1, digits(n), n);
  ids.remember(1, digits(1), 9);
  ids.remember(1, digits(4), 4);
  expect([1, 2, 3, 4].map((n) => ids.revisionOf(1, digits(n)))).toEqual([null, 2, 3, 4]);
});

it('forgets what was not committed, and knows again what was before', () => {
  const ids = new RecentIds(database);
  ids.remember(1, digits(1), 0);
  ids.keep();
  ids.remember(1, digits(1), 5);
  ids.remember(1, digits(1), 6);
  ids.remember(1, digits(2), 7);
  ids.undo();
  expect([1, 2].map((n) => ids.revisionOf(1, digits(n)))).toEqual([0, null]);
  ids.undo();
  expect(ids.revisionOf(1, digits(1))).toBe(0);
});

it('begins with the last events of the log', () => {
  const stream = Number(
    database.prepare("INSERT INTO streams (name) VALUES ('s') RETURNING id").get()!['id'],
  );
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, 0, ?, ?)');
  for (let n = 0; n < 5; n += 1)
    insert.run(548 + n, stream, n, 'T', Buffer.from(digits(n + 0xabc), 'hex'), Buffer.alloc(1));
  const ids = new RecentIds(database, 3);
  expect([0, 1, 2, 3, 4].map((n) => ids.revisionOf(stream, digits(n + 0xabc)))).toEqual([
    null,
    null,
    2,
    3,
    4,
  ]);
});

it('needs no index: a file that has the one of version 1 is opened and rid of it', () => {
  database.exec('CREATE INDEX events_by_id ON events (id); PRAGMA user_version = 1');
  database.close();
  database = openDatabase(folder);
  const indexes = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'").all();
  expect(indexes.map((row) => row['name'])).not.toContain('events_by_id');
  expect({ ...database.prepare('PRAGMA user_version').get() }).toEqual({ user_version: 2 });
});
