import { expect, it } from '@jest/globals';
import { openDatabase } from '#database';
import {
  databaseUnderTest,
  kindsUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import { notifierMigrations, type NotifierTables } from './tables.ts';

const subscriber = (id: string, created: number) => ({
  id,
  channel: id === 'later' ? 'mail' : 'webhook',
  state: 'active',
  reason: null,
  language: 'fr',
  rhythm: 'immediate',
  time_zone: 'UTC',
  filter: '{}',
  target: `sealed ${id}`,
  target_name: `target ${id}`,
  host_name: 'host',
  secrets: null,
  token_hash: `hash ${id}`,
  place: `place ${id}`,
  wanted: 'wanted',
  due_at: 1.5,
  leased_by: null,
  fence: 7,
  attempts: 2,
  failing_since: null,
  created_at: created,
  revision: 3,
});
const attempt = (id: string, of: string, at: number) => ({
  id,
  subscriber: of,
  at,
  occurrence: `occurrence ${id}`,
  what: 'action',
  place: 'place',
  attempt: 1,
  outcome: 'failed',
  code: null,
  detail: 'No.',
  milliseconds: 2.5,
});

it.each(kindsUnderTest)(
  'keeps every subscriber and attempt when its tables change, on %s',
  async (kind) => {
    const place = await databaseUnderTest(kind);
    const { url, file } = place;
    const first = { '0001-subscribers': notifierMigrations['0001-subscribers']! };
    try {
      const before = await openDatabase<Record<string, any>>({
        url,
        file,
        owner: 'notifier',
        migrations: first,
      });
      await before.kysely
        .insertInto('subscribers')
        .values([subscriber('later', 200), subscriber('sooner', 100)])
        .execute();
      await before.kysely
        .insertInto('deliveries')
        .values([attempt('b', 'later', 2), attempt('a', 'sooner', 1)])
        .execute();
      const fanOut = {
        id: 1,
        place: 'place',
        leased_by: null,
        leased_until: 0,
        fence: 4,
        revision: 9,
      };
      await before.kysely.insertInto('fan_out').values(fanOut).execute();
      await before.close();
      const after = await openDatabase<NotifierTables>({
        url,
        file,
        owner: 'notifier',
        migrations: notifierMigrations,
      });
      // SQLite's rows have no prototype.
      const plain = (rows: readonly object[]): object[] => rows.map((row) => ({ ...row }));
      const { kysely } = after;
      const subscribers = await kysely
        .selectFrom('subscribers')
        .selectAll()
        .orderBy('number')
        .execute();
      expect(plain(subscribers)).toStrictEqual([
        { number: 1, ...subscriber('sooner', 100) },
        { number: 2, ...subscriber('later', 200) },
      ]);
      const { id: _a, subscriber: _sooner, ...a } = attempt('a', 'sooner', 1);
      const { id: _b, subscriber: _later, ...b } = attempt('b', 'later', 2);
      const deliveries = await kysely.selectFrom('deliveries').selectAll().orderBy('at').execute();
      expect(plain(deliveries)).toStrictEqual([
        { number: 1, ...a },
        { number: 2, ...b },
      ]);
      expect(plain(await kysely.selectFrom('numbers').selectAll().execute())).toStrictEqual([
        { last: 2 },
      ]);
      const lanes = await kysely.selectFrom('progress').select('lane').orderBy('number').execute();
      expect(lanes.map(({ lane }) => lane)).toStrictEqual(['apart', 'mail']);
      expect(plain(await kysely.selectFrom('fan_out').selectAll().execute())).toStrictEqual([
        { ...fanOut, indexed: 0, ahead: '' },
      ]);
      await after.close();
    } finally {
      await place.remove();
    }
  },
);
