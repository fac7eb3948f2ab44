import { sql, type Kysely, type Migration } from 'kysely';
import { openDatabase, type OpenDatabase } from '#database';

/** What the staff side keeps in SQL: who is signed in, and what the audit trail says. All of it is forgettable. */
export interface StaffTables {
  staff_sessions: {
    /** SHA-256 of the id that the browser holds: who reads the table cannot use it. */
    id_hash: string;
    subject: string;
    name: string;
    /** JSON list. */
    roles: string;
    /** The provider's own session, which it names when it ends it. */
    provider_session: string | null;
    /** Tells the provider whose session to end. */
    id_token: string;
    created_at: string;
    seen_at: string;
    expires_at: string;
  };
  staff_sign_ins: {
    /** SHA-256 of `state`. A row is taken out when it is used, so that nothing works twice. */
    state_hash: string;
    /** SHA-256 of the cookie of the browser that began. */
    browser_hash: string;
    nonce: string;
    code_verifier: string;
    return_to: string;
    expires_at: string;
  };
  staff_officers: { subject: string; name: string; roles: string };
  staff_used_ids: { id_hash: string; expires_at: string };
  staff_audit_trail: {
    entry: number;
    at: string;
    kind: string;
    subject: string | null;
    name: string | null;
    /** JSON object. */
    detail: string;
    previous_hash: string;
    hash: string;
  };
  /** One row: the last entry. Locked while another is added, so that entries stand in one line. */
  staff_audit_head: { id: number; entry: number; hash: string };
}

export type StaffDatabase = OpenDatabase<StaffTables>;

/** What the first entry of the audit trail names as the one before it. */
export const firstPreviousHash = '0'.repeat(64);

const tables: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('staff_sessions')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('provider_session', 'text')
      .addColumn('id_token', 'text', (column) => column.notNull())
      .addColumn('created_at', 'text', (column) => column.notNull())
      .addColumn('seen_at', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('staff_sign_ins')
      .addColumn('state_hash', 'text', (column) => column.primaryKey())
      .addColumn('browser_hash', 'text', (column) => column.notNull())
      .addColumn('nonce', 'text', (column) => column.notNull())
      .addColumn('code_verifier', 'text', (column) => column.notNull())
      .addColumn('return_to', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('staff_officers')
      .addColumn('subject', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('roles', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('staff_used_ids')
      .addColumn('id_hash', 'text', (column) => column.primaryKey())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .execute();
  },
};

const auditTrail = (postgres: boolean): Migration => ({
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('staff_audit_trail')
      .addColumn('entry', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('subject', 'text')
      .addColumn('name', 'text')
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('previous_hash', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('staff_audit_head')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('entry', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .execute();
    await sql`insert into staff_audit_head (id, entry, hash) values (1, 0, ${firstPreviousHash})`.execute(
      db,
    );
    for (const statement of postgres ? refuseChangesInPostgres : refuseChangesInSqlite)
      await sql.raw(statement).execute(db);
  },
});

// The database itself refuses to change an entry; who may drop the trigger is caught by the hashes.
const refuseChangesInSqlite = ['update', 'delete'].map(
  (change) =>
    `create trigger staff_audit_trail_no_${change} before ${change} on staff_audit_trail begin select raise(abort, 'The audit trail is only added to.'); end`,
);
const refuseChangesInPostgres = [
  "create function staff_audit_trail_unchanged() returns trigger language plpgsql as $$ begin raise exception 'The audit trail is only added to.'; end $$",
  'create trigger staff_audit_trail_unchanged before update or delete on staff_audit_trail for each row execute function staff_audit_trail_unchanged()',
  'create trigger staff_audit_trail_untruncated before truncate on staff_audit_trail for each statement execute function staff_audit_trail_unchanged()',
];

/** Opens the tables of the staff side. */
export function openStaffDatabase(place: {
  readonly url?: string | undefined;
  readonly file: string;
}): Promise<StaffDatabase> {
  return openDatabase<StaffTables>({
    ...place,
    owner: 'staff',
    migrations: {
      '0001-sign-in': tables,
      '0002-audit-trail': auditTrail(place.url !== undefined),
    },
  });
}
