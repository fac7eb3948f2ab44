import type { Kysely, Migration } from 'kysely';
import { openDatabase, type OpenDatabase } from '#database';

/** What the desk keeps in SQL: cases, who changed them, what is still to be recorded, drafts of notifications. */
export interface DeskTables {
  desk_cases: {
    id: string;
    version: number;
    state: string;
    kind: string;
    treaty: string;
    opened_at: string;
    changed_at: string;
    /** JSON of the `CaseFile`. */
    file: string;
  };
  /** One row a change: who, when, what. Never changed. */
  desk_case_history: {
    case_id: string;
    /** The version that the change made. */
    version: number;
    at: string;
    subject: string;
    name: string;
    what: string;
    /** JSON: the words or fields of the change. */
    detail: string;
  };
  /** Approved cases until the ledger has them: written with the approval, taken up again at every start. */
  desk_outbox: {
    /** The idempotency key under which the ledger records it. */
    key: string;
    case_id: string;
    /** Not before this instant. */
    due_at: string;
    /** JSON `RecordingPlan`. */
    plan: string;
    done_at: string | null;
    fault: string | null;
  };
  desk_notifications: {
    /** The draft's id: issuing it again gives the same notification. */
    id: string;
    version: number;
    state: string;
    treaty: string;
    case_id: string | null;
    /** JSON `NotificationWords`. */
    words: string;
    notification: string | null;
    changed_at: string;
    changed_by: string;
  };
}

export type DeskDatabase = OpenDatabase<DeskTables>;

const tables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('desk_cases')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('treaty', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'text', (column) => column.notNull())
      .addColumn('changed_at', 'text', (column) => column.notNull())
      .addColumn('file', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('desk_cases_by_state')
      .on('desk_cases')
      .columns(['state', 'opened_at'])
      .execute();
    await db.schema
      .createTable('desk_case_history')
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('desk_case_history_of_case', ['case_id', 'version'])
      .execute();
    await db.schema
      .createTable('desk_outbox')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('case_id', 'text', (column) => column.notNull())
      .addColumn('due_at', 'text', (column) => column.notNull())
      .addColumn('plan', 'text', (column) => column.notNull())
      .addColumn('done_at', 'text')
      .addColumn('fault', 'text')
      .execute();
    await db.schema
      .createIndex('desk_outbox_by_due')
      .on('desk_outbox')
      .columns(['done_at', 'due_at'])
      .execute();
    await db.schema
      .createTable('desk_notifications')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('treaty', 'text', (column) => column.notNull())
      .addColumn('case_id', 'text')
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('notification', 'text')
      .addColumn('changed_at', 'text', (column) => column.notNull())
      .addColumn('changed_by', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('desk_notifications_by_state')
      .on('desk_notifications')
      .columns(['state', 'case_id'])
      .execute();
  },
};

/** Opens the desk's database: the file `desk.sqlite` of a folder, or PostgreSQL. */
export function openDeskDatabase(options: {
  readonly url?: string | undefined;
  readonly file: string;
}): Promise<DeskDatabase> {
  return openDatabase<DeskTables>({
    url: options.url,
    file: options.file,
    owner: 'desk',
    migrations: { '0001-cases': tables },
  });
}
