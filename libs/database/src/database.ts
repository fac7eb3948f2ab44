import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator, PostgresDialect, sql, type Migration, type Transaction } from 'kysely';
import { Pool } from 'pg';
import { SqliteFileDialect } from './sqlite.ts';

/** What a database is opened with. */
export interface DatabaseOptions {
  /** `postgres://...`; left out: a SQLite file. */
  readonly url?: string | undefined;
  /** The SQLite file, made with its folder when missing. */
  readonly file: string;
  /** Whose tables these are: a word, so that several owners keep their migrations apart in one PostgreSQL. */
  readonly owner: string;
  /** By name, in the order of their names. A migration that has run is never changed. */
  readonly migrations: Readonly<Record<string, Migration>>;
}

/** An open database with its tables up to date. */
export interface OpenDatabase<Tables> {
  readonly kysely: Kysely<Tables>;
  readonly kind: 'sqlite' | 'postgres';
  /**
   * A transaction that is not waited for until it is on disk: for what is only done again when the power fails just
   * then. What was written before it is never lost alone, and the next ordinary commit puts both on disk. Its work
   * may be done more than once, as long as it does not commit.
   */
  readonly relaxed: <Result>(work: (db: Transaction<Tables>) => Promise<Result>) => Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the SQL database for what must be forgettable: SQLite by default, PostgreSQL by address. Runs the
 * migrations that have not run; two processes that start together wait for each other.
 * @throws Error with one sentence when it can't be reached or a migration fails
 */
export async function openDatabase<Tables>(
  options: DatabaseOptions,
): Promise<OpenDatabase<Tables>> {
  const { url, file, owner, migrations } = options;
  if (url === undefined) mkdirSync(dirname(file), { recursive: true });
  const kysely = new Kysely<Tables>({
    dialect:
      url === undefined
        ? new SqliteFileDialect(file)
        : new PostgresDialect({ pool: postgresPool(url) }),
  });
  const migrator = new Migrator({
    db: kysely,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    migrationTableName: `${owner}_migrations`,
    migrationLockTableName: `${owner}_migrations_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    await kysely.destroy().catch(() => undefined);
    const where = url === undefined ? `The database file ${file}` : 'The database of DATABASE_URL';
    throw new Error(
      `${where} could not be opened or brought up to date: ${(error as { message?: string }).message ?? JSON.stringify(error)}. Nothing of it was changed.`,
    );
  }
  return {
    kysely,
    kind: url === undefined ? 'sqlite' : 'postgres',
    relaxed: (work) => (url === undefined ? relaxedInSqlite : relaxedInPostgres)(kysely, work),
    close: () => kysely.destroy(),
  };
}

/**
 * Connections to PostgreSQL. One that is lost fails the query that is under way on it, and the next query gets
 * another. Besides, it says so as an event, which would end the process if nobody heard it: so it is heard.
 */
function postgresPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  const heard = (): void => undefined;
  pool.on('error', heard);
  pool.on('connect', (client) => void client.on('error', heard));
  return pool;
}

type Work<Tables, Result> = (db: Transaction<Tables>) => Promise<Result>;

/** SQLite has no such setting for a transaction; so it is set around one, on the connection that nobody else has then. */
function relaxedInSqlite<Tables, Result>(
  kysely: Kysely<Tables>,
  work: Work<Tables, Result>,
): Promise<Result> {
  return kysely.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await connection.transaction().execute(work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}

/** Two that wait for each other are told apart by PostgreSQL, which ends one of them: that one is done again. */
const endedForAnother = (error: unknown): boolean =>
  ['40001', '40P01'].includes((error as { code?: string }).code ?? '');
const triesAtMost = 5;

async function relaxedInPostgres<Tables, Result>(
  kysely: Kysely<Tables>,
  work: Work<Tables, Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1)
    try {
      return await kysely.transaction().execute(async (transaction) => {
        await sql`set local synchronous_commit = off`.execute(transaction);
        return work(transaction);
      });
    } catch (error) {
      if (!endedForAnother(error) || tries === triesAtMost) throw error;
    }
}
