import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, type OpenDatabase } from '#database';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import {
  notifierMigrations,
  type NotifierTables,
  type ProgressTable,
} from '../subscribers/tables.ts';
import {
  attemptsCursor,
  attemptsOf,
  attentionCursor,
  attentionPage,
  countAttention,
  lastFailures,
  writeCursor,
  type AttentionState,
} from './attention.ts';

/** A subscriber by its number; what is not said is that of an active one that does not fail. */
type Given = Partial<Pick<ProgressTable, 'state' | 'reason' | 'attempts' | 'failing_since'>>;
const given: Readonly<Record<number, Given>> = {
  1: {},
  2: { attempts: 2, failing_since: 2000 },
  3: { state: 'stopped', reason: 'gone', attempts: 1 },
  4: { state: 'paused', reason: 'asked' },
  5: { attempts: 9, failing_since: 1000 },
  6: { state: 'paused', reason: 'failing', attempts: 20, failing_since: 500 },
  7: { state: 'pending' },
  8: { state: 'paused', reason: 'bounced', attempts: 1 },
  9: { attempts: 1, failing_since: 2000 },
  10: { state: 'paused', reason: null },
};

describe.each(kindsUnderTest)('attention on %s', (kind) => {
  let place: DatabaseUnderTest;
  let database: OpenDatabase<NotifierTables>;
  beforeAll(async () => {
    place = await databaseUnderTest(kind);
    const { url, file } = place;
    database = await openDatabase({ url, file, owner: 'notifier', migrations: notifierMigrations });
    for (const [number, progress] of Object.entries(given)) await add(Number(number), progress);
  }, 600_000);
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  const add = async (number: number, progress: Given): Promise<void> => {
    const sealed = { target: '', target_name: '', host_name: '', secrets: null, token_hash: '' };
    await database.kysely
      .insertInto('subscriptions')
      .values({
        ...sealed,
        number,
        id: `subscriber-${number}`,
        channel: 'webhook',
        language: 'en',
        rhythm: 'immediate',
        time_zone: 'UTC',
        filter: '{}',
        created_at: 0,
        revision: 0,
      })
      .execute();
    await database.kysely
      .insertInto('progress')
      .values({
        number,
        lane: 'quick',
        state: 'active',
        reason: null,
        place: '',
        wanted: '',
        due_at: null,
        leased_by: null,
        fence: 0,
        attempts: 0,
        failing_since: null,
        ...progress,
      })
      .execute();
  };
  const attempt = (number: number, at: number, attempt: number, outcome: 'delivered' | 'failed') =>
    database.kysely
      .insertInto('deliveries')
      .values({
        number,
        at,
        occurrence: 'o',
        what: 'action',
        place: '00000000000000000001.00000000.0000',
        attempt,
        outcome,
        code: null,
        detail: `${at}`,
        milliseconds: 1,
      })
      .execute();
  /** Numbers of a whole list, walked by its cursors as they are written in addresses. */
  const walk = async (limit: number, state?: AttentionState): Promise<number[][]> => {
    const pages: number[][] = [];
    let cursor: string | undefined;
    do {
      const after = attentionCursor(cursor);
      const { rows, next } = await attentionPage(database.kysely, { state, after, limit });
      pages.push(rows.map(({ number }) => number));
      cursor = next === null ? undefined : writeCursor(next.rank, next.since, next.number);
    } while (cursor !== undefined);
    return pages;
  };

  it('is needed by who fails, then who was paused, then who was stopped; the longest failing first', async () => {
    expect(await walk(100)).toStrictEqual([[5, 2, 9, 6, 8, 10, 3]]);
    expect(await countAttention(database.kysely)).toStrictEqual({
      active: 3,
      paused: 3,
      stopped: 1,
    });
  });

  it('is listed page by page, with nobody twice and nobody left out', async () => {
    expect(await walk(1)).toStrictEqual([[5], [2], [9], [6], [8], [10], [3]]);
    expect(await walk(3)).toStrictEqual([[5, 2, 9], [6, 8, 10], [3]]);
    expect(await walk(2, 'paused')).toStrictEqual([[6, 8], [10]]);
    expect(await walk(2, 'active')).toStrictEqual([[5, 2], [9]]);
  });

  it('comes with the last failure of each, and the attempts of one newest first', async () => {
    await attempt(2, 100, 1, 'failed');
    await attempt(2, 200, 2, 'failed');
    await attempt(2, 300, 1, 'delivered');
    await attempt(5, 50, 1, 'failed');
    await attempt(1, 60, 1, 'delivered');
    const failures = await lastFailures(database.kysely, [1, 2, 5, 6]);
    expect([2, 5, 1, 6].map((number) => failures.get(number)?.detail)).toStrictEqual([
      '200',
      '50',
      undefined,
      undefined,
    ]);
    const seen: number[][] = [];
    let cursor: string | undefined;
    do {
      const before = attemptsCursor(cursor);
      const { rows, next } = await attemptsOf(database.kysely, 2, { before, limit: 2 });
      seen.push(rows.map(({ at }) => at));
      cursor = next === null ? undefined : writeCursor(next.at, next.place, next.attempt);
    } while (cursor !== undefined);
    expect(seen).toStrictEqual([[300, 200], [100]]);
  });
});
