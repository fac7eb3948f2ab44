import { sql } from 'kysely';
import type { OpenDatabase } from '#database';
import type { NotifierTables } from './tables.ts';

/**
 * Clears away what databases keep of deleted rows for a while: SQLite in its log of writes, PostgreSQL as dead rows.
 * One clearing serves all that were erased before it began.
 */
export class Clearing {
  private readonly database: Pick<OpenDatabase<NotifierTables>, 'kysely' | 'kind'>;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  constructor(database: Pick<OpenDatabase<NotifierTables>, 'kysely' | 'kind'>) {
    this.database = database;
  }

  /** Resolves when nothing is left of what was deleted before. */
  clear(): Promise<void> {
    this.next ??= this.running.then(() => {
      this.next = null;
      const now = this.database.kind === 'sqlite' ? this.cutLogOfWrites() : this.vacuum();
      this.running = now.catch(() => undefined);
      return now;
    });
    return this.next;
  }

  private async vacuum(): Promise<void> {
    for (const table of ['subscriptions', 'progress', 'deliveries', 'contacts'])
      await sql`vacuum ${sql.table(table)}`.execute(this.database.kysely);
  }

  /** Another process that is reading holds the log back for a moment; so it is tried for two seconds. */
  private async cutLogOfWrites(): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(
        this.database.kysely,
      );
      if (rows[0]?.busy === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
