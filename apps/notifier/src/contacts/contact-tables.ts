import type { Kysely, Selectable } from 'kysely';

/** What a contact is told of a webhook: it has failed for a day, it is paused, it is stopped. */
export type Telling = 'failing' | 'paused' | 'stopped';

/**
 * Who is told by mail when a webhook fails: one for each subscriber at the most. The row is also the contact's place
 * in the queue of what is to be told. Instants are milliseconds since 1970.
 */
export interface ContactsTable {
  /** Made anew each time a contact is named: links and ids of messages are made from it. */
  id: string;
  /** Of the subscription. */
  number: number;
  /** `bounced`: the mail server refused the address for good; it is written to no more. */
  state: 'pending' | 'confirmed' | 'bounced';
  /** Mail address, sealed. */
  address: string;
  /** Keyed names of the address and of its domain, to count without reading: those of subscribers. */
  address_name: string;
  host_name: string;
  named_at: number;
  /** What is to be told; null: nothing. A later state of the webhook takes the place of one not told yet. */
  telling: Telling | null;
  /** Since when that is so. With the id and the word it makes the message's id. */
  telling_since: number | null;
  /** When to tell it; while somebody does, when that lease ends. */
  due_at: number | null;
  /** Raised with every lease and every change, so that a holder that lost it can't write. */
  fence: number;
  attempts: number;
  /** Since when the mail server does not take it. */
  failing_since: number | null;
  /** The failure of the webhook, by its first instant, that was warned of: each is warned of once. */
  warned_since: number | null;
}

/**
 * Addresses that were asked in the last three days and did not confirm, by keyed names alone. They outlive the
 * contact: else who names a stranger could erase the contact and have the stranger asked again and again.
 */
export interface ContactAskingsTable {
  /** Of the contact. */
  id: string;
  address_name: string;
  host_name: string;
  asked_at: number;
}

export interface ContactTables {
  contacts: ContactsTable;
  contact_askings: ContactAskingsTable;
}

export type ContactRow = Selectable<ContactsTable>;

/** Makes the tables of contacts. */
export async function contactTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('contacts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('number', 'integer', (column) =>
      column.notNull().unique().references('subscriptions.number').onDelete('cascade'),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('address_name', 'text', (column) => column.notNull())
    .addColumn('host_name', 'text', (column) => column.notNull())
    .addColumn('named_at', 'double precision', (column) => column.notNull())
    .addColumn('telling', 'text')
    .addColumn('telling_since', 'double precision')
    .addColumn('due_at', 'double precision')
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('failing_since', 'double precision')
    .addColumn('warned_since', 'double precision')
    .execute();
  await db.schema
    .createIndex('contacts_due')
    .on('contacts')
    .column('due_at')
    .where('due_at', 'is not', null)
    .execute();
  await db.schema
    .createIndex('contacts_by_address_name')
    .on('contacts')
    .column('address_name')
    .execute();
  await db.schema
    .createTable('contact_askings')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('address_name', 'text', (column) => column.notNull())
    .addColumn('host_name', 'text', (column) => column.notNull())
    .addColumn('asked_at', 'double precision', (column) => column.notNull())
    .execute();
  for (const column of ['address_name', 'host_name'])
    await db.schema
      .createIndex(`contact_askings_by_${column}`)
      .on('contact_askings')
      .column(column)
      .execute();
}
