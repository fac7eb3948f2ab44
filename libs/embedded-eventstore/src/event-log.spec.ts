import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { batchAnswer } from './append-answers.ts';
import { openDatabase } from './database.ts';
import { EventLog, type AppendOutcome } from './event-log.ts';
import { fieldOf, fieldsOf } from './protobuf.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const event = (bytes: number) => ({
  id: crypto.randomUUID(),
  type: 'Sized',
  contentType: 'application/octet-stream',
  data: Buffer.alloc(bytes, 1),
  customMetadata: Buffer.alloc(0),
});

const appendEvents = (
  log: EventLog,
  stream: string,
  events: ReturnType<typeof event>[],
): Promise<AppendOutcome> =>
  new Promise((resolve) => {
    log.submit({ kind: 'append', stream, expected: 'any', events, deadline: Infinity }, resolve);
  });
const append = (log: EventLog, stream: string, ...sizes: number[]): Promise<AppendOutcome> =>
  appendEvents(log, stream, sizes.map(event));

describe('a disk that is full', () => {
  it('fails the append with the reason, keeps what was stored, and goes on once there is room', async () => {
    const database = openDatabase(folder);
    const log = new EventLog(database);
    // SQLite then fails as it does when the disk has no page left.
    database.exec('PRAGMA max_page_count = 40');
    const stored: AppendOutcome[] = [];
    let refused: AppendOutcome | null = null;
    while (refused === null) {
      const outcome = await append(log, 'full', 5000, 5000);
      if (outcome.outcome === 'done') stored.push(outcome);
      else refused = outcome;
    }
    expect(refused).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(/database or disk is full$/),
    });
    expect(stored.length).toBeGreaterThan(5);
    const last = log.lastPosition;
    expect(await append(log, 'another', 5000, 5000)).toEqual(refused);
    expect(log.heads.find('another')).toBeNull();
    const again = event(5000);
    expect(await appendEvents(log, 'full', [again, event(5000)])).toEqual(refused);
    expect(log.lastPosition).toBe(last);

    database.exec('PRAGMA max_page_count = 100000');
    const next = await appendEvents(log, 'full', [again, event(5000)]);
    expect(next).toEqual({
      outcome: 'done',
      revision: stored.length * 2 + 1,
      position: last + 2,
    });
    const row = database.prepare('SELECT count(*) AS n, max(position) AS last FROM events').get();
    expect({ ...row }).toEqual({ n: stored.length * 2 + 3, last: last + 2 });
    database.close();
  });

  it('is told in words that the client shows', () => {
    const reason = 'database or disk is full';
    const answer = batchAnswer(Buffer.alloc(0), 's', 'any', { outcome: 'failed', reason });
    const status = fieldsOf(fieldOf(fieldsOf(answer.subarray(5)), 2)!.bytes);
    expect([fieldOf(status, 1)!.value, fieldOf(status, 2)!.bytes.toString()]).toEqual([
      2,
      'The append was not stored: database or disk is full.',
    ]);
    // The client passes over the message where the details are one of EventStoreDB's own.
    const details = fieldsOf(fieldOf(status, 3)!.bytes);
    expect(fieldOf(details, 1)!.bytes.toString()).toBe('type.googleapis.com/google.protobuf.Empty');
  });
});

describe('a write whose caller gave it up while it waited', () => {
  it('is not carried out; what others asked for at the same moment is', async () => {
    const database = openDatabase(folder);
    const log = new EventLog(database);
    const caller = { over: false };
    const given = { kind: 'append', stream: 'given-up', expected: 'any' } as const;
    const outcome = new Promise<AppendOutcome>((resolve) => {
      log.submit({ ...given, events: [event(1)], deadline: Infinity, caller }, resolve);
    });
    const other = append(log, 'other', 1);
    caller.over = true;
    expect(await outcome).toStrictEqual({ outcome: 'timeout' });
    expect(await other).toMatchObject({ outcome: 'done', revision: 0 });
    expect(log.heads.find('given-up')).toBeNull();
    database.close();
  });
});
