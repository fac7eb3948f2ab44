import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';

/** Kysely and its users speak of true, false and dates; SQLite has none of them. */
function bound(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return (value ?? null) as SQLInputValue;
}

/** Statements that are kept read; the texts of long lists of values are many, so not without end. */
const keptStatements = 200;

/** A SQLite file on the SQLite that is built into Node: every commit is on disk before it is acknowledged. */
function sqliteDatabase(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: 0 });
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma secure_delete = on;',
  );
  const prepared = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare: (sql): SqliteStatement => {
      const held = prepared.get(sql);
      if (held !== undefined) return held;
      const statement = database.prepare(sql);
      const made = {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(bound)),
        run: (parameters) => statement.run(...parameters.map(bound)),
        // One of its own: what is being iterated can't be run at the same time.
        iterate: (parameters) => database.prepare(sql).iterate(...parameters.map(bound)),
      } satisfies SqliteStatement;
      if (prepared.size >= keptStatements) prepared.clear();
      prepared.set(sql, made);
      return made;
    },
  };
}

/** How long a statement waits for another process that is writing, in milliseconds. */
const patience = 10_000;
const isBusy = (error: unknown): boolean => (error as { errcode?: number }).errcode === 5;

/** Tries until no other process holds the file. Waits between the tries, so this one goes on answering. */
async function whenFree<Result>(work: () => Promise<Result>): Promise<Result> {
  const until = performance.now() + patience;
  for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  }
}

class WaitingDriver extends SqliteDriver {
  override async acquireConnection(): Promise<DatabaseConnection> {
    const connection = await super.acquireConnection();
    return {
      executeQuery: (query) => whenFree(async () => connection.executeQuery(query)),
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    };
  }

  /**
   * Takes the write lock at once: a transaction that reads first and writes later would fail when another
   * process wrote in between.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** SQLite's own way: migrations run in one transaction, so two processes that start together take turns. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely's SQLite dialect over Node's own SQLite, for a file that several processes may have open. */
export class SqliteFileDialect extends SqliteDialect {
  private readonly file: string;

  constructor(file: string) {
    super({ database: () => Promise.reject(new Error('The driver opens the file.')) });
    this.file = file;
  }

  override createDriver(): WaitingDriver {
    return new WaitingDriver({ database: () => whenFree(async () => sqliteDatabase(this.file)) });
  }

  override createAdapter(): TransactionalAdapter {
    return new TransactionalAdapter();
  }
}
