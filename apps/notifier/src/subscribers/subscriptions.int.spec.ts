import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, type OpenDatabase } from '#database';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import { everything, TestClock } from '../../test/notifier-under-test.ts';
import { Forgetting } from '../engine/forgetting.ts';
import { WorkStore, type Outcome } from '../engine/work-store.ts';
import { placeOfEvent } from '../occurrences/place.ts';
import { Sealing } from '../secrets/sealing.ts';
import { Subscriptions, type Wanted } from './subscriptions.ts';
import { notifierMigrations, type NotifierTables, type SubscriberRow } from './tables.ts';

const [first, second] = [placeOfEvent('10'), placeOfEvent('20')];
const wanted = (name: string, more: Partial<Wanted> = {}): Wanted => ({
  channel: 'webhook',
  target: `https://${name}.example/`,
  host: `${name}.example`,
  filter: everything,
  language: 'en',
  rhythm: 'immediate',
  timeZone: 'UTC',
  macScheme: 'v1',
  ...more,
});
const errorsIn = (settled: readonly PromiseSettledResult<unknown>[]) =>
  settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));

describe.each(kindsUnderTest)('subscriptions that are changed at the same time, on %s', (kind) => {
  let place: DatabaseUnderTest;
  let database: OpenDatabase<NotifierTables>;
  let subscriptions: Subscriptions;
  let work: WorkStore;
  const key = randomBytes(32);
  const clock = new TestClock();

  beforeEach(async () => {
    place = await databaseUnderTest(kind);
    const { url, file } = place;
    const options = { url, file, owner: 'notifier', migrations: notifierMigrations };
    database = await openDatabase<NotifierTables>(options);
    subscriptions = new Subscriptions(database, new Sealing([key]), clock);
    work = new WorkStore(database);
    await work.begin(first, { day: clock.dateAt(clock.now()), position: '10' });
  }, 600_000);
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const made = async (name: string): Promise<SubscriberRow> => {
    const { row } = await subscriptions.make(wanted(name), first);
    await subscriptions.activate(row.id, first, second);
    return row;
  };

  it('keeps to its limits when many ask at once', async () => {
    const asked = Array.from({ length: 12 }, () => subscriptions.make(wanted('a'), first));
    const refused = errorsIn(await Promise.allSettled(asked));
    expect(refused.length).toBe(9);
  });

  it('begins one that is confirmed twice once, where it was confirmed first', async () => {
    const rows = await Promise.all(
      Array.from({ length: 8 }, (_, n) => subscriptions.make(wanted(`a${n}`), first)),
    );
    await Promise.all(
      rows.flatMap(({ row: { id } }) => [
        subscriptions.activate(id, first, first),
        subscriptions.activate(id, second, second),
      ]),
    );
    const fences = await database.kysely.selectFrom('progress').select('fence').execute();
    expect(fences.map(({ fence }) => fence)).toStrictEqual(rows.map(() => 1));
  });

  it('changes a secret twice one after the other: both that were given out are in use', async () => {
    const row = await made('a');
    const given = await Promise.all([
      subscriptions.rotateSecrets(row),
      subscriptions.rotateSecrets(row),
    ]);
    const stored = subscriptions.secretsOf((await subscriptions.find(row.id)) ?? row);
    expect(new Set([stored?.current, stored?.previous])).toStrictEqual(
      new Set(given.map((one) => one?.current)),
    );
  });

  it('keeps a secret that was changed while others were sealed again', async () => {
    const rows = await Promise.all(Array.from({ length: 5 }, (_, n) => made(`a${n}`)));
    const both = new Subscriptions(database, new Sealing([randomBytes(32), key]), clock);
    const sealing = both.resealAll();
    const last = rows.at(-1)!;
    const given = await both.rotateSecrets(last);
    await sealing;
    const stored = both.secretsOf((await both.find(last.id)) ?? last);
    expect(stored?.current).toBe(given?.current);
  });

  it('keeps one that is confirmed at the moment when those are erased that nobody confirmed', async () => {
    const { row } = await subscriptions.make(wanted('a'), first);
    const { promise: confirmed, resolve: confirm } = Promise.withResolvers<void>();
    const { number } = row;
    const confirming = database.kysely.transaction().execute(async (db) => {
      const state = 'active';
      await db.updateTable('progress').set({ state }).where('number', '=', number).execute();
      await db.updateTable('subscriptions').set({ revision: 9 }).execute();
      await confirmed;
    });
    const forgetting = new Forgetting(database).pendingBefore(clock.now() + 1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    confirm();
    await Promise.all([confirming, forgetting]);
    expect((await subscriptions.find(row.id))?.state).toBe('active');
  });

  it('erases while places are written, and neither fails', async () => {
    const rows = await Promise.all(Array.from({ length: 40 }, (_, n) => made(`a${n}`)));
    const now = clock.now();
    const claim = { now, until: now + 60_000, limit: 100, lane: 'quick' } as const;
    const leased = await work.claim('here', claim);
    expect(leased.length).toBe(rows.length);
    const outcomes = leased.map((row): Outcome => {
      const { number, fence } = row;
      const delivery = {
        number,
        at: now,
        occurrence: 'event',
        what: 'action',
        place: second,
        attempt: 1,
        outcome: 'delivered',
        code: 204,
        detail: null,
        milliseconds: 1,
      } as const;
      const reached = { place: second, attempts: 0, failingSince: null, goOnAt: now };
      const rest = { keep: false, lane: 'quick', state: 'active', reason: null } as const;
      return { number, fence, ...reached, ...rest, delivery };
    });
    const settled = await Promise.allSettled([
      ...outcomes.map((outcome) => work.finish([outcome])),
      ...rows.map(({ id }) => subscriptions.erase(id)),
      work.mark(leased.map(({ number }) => ({ number, place: placeOfEvent('30'), dueAt: now }))),
    ]);
    expect(errorsIn(settled)).toStrictEqual([]);
    for (const table of ['subscriptions', 'progress', 'deliveries'] as const)
      expect(await database.kysely.selectFrom(table).select('number').execute()).toStrictEqual([]);
  });
});
