import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql, type Kysely, type Migration } from 'kysely';
import { openDatabase, type OpenDatabase } from '#database';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from './databases-under-test.ts';

interface Tables {
  drafts: { id: string; words: string; held: boolean | number };
}

const migrations: Readonly<Record<string, Migration>> = {
  '0001-drafts': {
    up: async (db: Kysely<unknown>) => {
      await db.schema
        .createTable('drafts')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('words', 'text', (column) => column.notNull())
        .addColumn('held', 'boolean', (column) => column.notNull())
        .execute();
    },
  },
};

if (!kindsUnderTest.includes('postgres'))
  process.stdout.write('PostgreSQL is not installed here; only SQLite is tested.\n');

describe.each(kindsUnderTest)('a database on %s', (kind) => {
  let place: DatabaseUnderTest;
  let open: OpenDatabase<Tables>[] = [];
  const opened = async (more: Readonly<Record<string, Migration>> = {}) => {
    const { url, file } = place;
    const database = await openDatabase<Tables>({
      url,
      file,
      owner: 'desk',
      migrations: { ...migrations, ...more },
    });
    open.push(database);
    return database;
  };

  beforeEach(async () => {
    place = await databaseUnderTest(kind);
  }, 600_000);
  afterEach(async () => {
    await Promise.all(open.map((database) => database.close()));
    open = [];
    await place.remove();
  });

  it('keeps what was written over closing and opening', async () => {
    const first = await opened();
    expect(first.kind).toBe(kind);
    await first.kysely.insertInto('drafts').values({ id: 'a', words: 'x', held: true }).execute();
    await first.close();
    open = [];
    const again = await opened();
    const rows = await again.kysely.selectFrom('drafts').selectAll().execute();
    expect(rows.map((row) => ({ ...row }))).toStrictEqual([
      { id: 'a', words: 'x', held: kind === 'sqlite' ? 1 : true },
    ]);
  });

  it('writes all or nothing where it does not wait for the disk, and waits again afterwards', async () => {
    const { kysely, relaxed } = await opened();
    const setting = kind === 'sqlite' ? sql`pragma synchronous` : sql`show synchronous_commit`;
    const before = (await setting.execute(kysely)).rows;
    await relaxed(async (db) => {
      await db.insertInto('drafts').values({ id: 'a', words: 'kept', held: false }).execute();
      expect((await setting.execute(db)).rows).not.toStrictEqual(before);
    });
    const failing = relaxed(async (db) => {
      await db.insertInto('drafts').values({ id: 'b', words: 'undone', held: false }).execute();
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    const rows = await kysely.selectFrom('drafts').select('id').execute();
    expect(rows.map(({ id }) => id)).toStrictEqual(['a']);
    expect((await setting.execute(kysely)).rows).toStrictEqual(before);
  });

  it('lets two processes read, then write, one after the other and lose nothing', async () => {
    const both = await Promise.all([opened(), opened()]);
    await both[0].kysely
      .insertInto('drafts')
      .values({ id: 'n', words: '0', held: false })
      .execute();
    const addOne = ({ kysely }: OpenDatabase<Tables>) =>
      kysely.transaction().execute(async (transaction) => {
        const query = transaction.selectFrom('drafts').select('words').where('id', '=', 'n');
        const { words } = await (
          kind === 'postgres' ? query.forUpdate() : query
        ).executeTakeFirstOrThrow();
        await transaction
          .updateTable('drafts')
          .set({ words: String(Number(words) + 1) })
          .where('id', '=', 'n')
          .execute();
      });
    for (let round = 0; round < 20; round += 1) await Promise.all(both.map(addOne));
    const { words } = await both[0].kysely
      .selectFrom('drafts')
      .select('words')
      .executeTakeFirstOrThrow();
    expect(words).toBe('40');
  });

  it('outlives its server: what was under way fails, and what comes later is served', async () => {
    const { kysely } = await opened();
    const read = () => kysely.selectFrom('drafts').select('id').execute();
    // Some connections are idle when the server ends, and one is in the middle of a transaction.
    await Promise.all([read(), read(), read()]);
    const interrupted = kysely.transaction().execute(async (transaction) => {
      await transaction.selectFrom('drafts').select('id').execute();
      await place.restart();
      return transaction.selectFrom('drafts').select('id').execute();
    });
    const outcome = await interrupted.then(
      () => 'done',
      () => 'failed',
    );
    expect(outcome).toBe(kind === 'postgres' ? 'failed' : 'done');
    expect(await read()).toStrictEqual([]);
  });

  it('says in one sentence which migration failed, and changes nothing', async () => {
    const failing = { '0002-broken': { up: () => Promise.reject(new Error('no such column')) } };
    await expect(opened(failing)).rejects.toThrow(
      /could not be opened or brought up to date: no such column\. Nothing of it was changed\.$/,
    );
  });
});

it('refuses a file that is no database, and leaves it as it is', async () => {
  const place = await databaseUnderTest('sqlite');
  writeFileSync(place.file, 'a letter to the depositary, not a database at all'.repeat(50));
  await expect(
    openDatabase<Tables>({ file: place.file, owner: 'desk', migrations }),
  ).rejects.toThrow(/file is not a database/);
  await place.remove();
});
