import { sql, type Kysely, type Migration, type Selectable } from 'kysely';
import { contactTables, type ContactTables } from '../contacts/contact-tables.ts';
import type { LaneName } from '../engine/lanes.ts';
import { splitProgressOff } from './progress-migration.ts';

/**
 * What was asked for, by whom: wide rows that are read often and written seldom. Instants are milliseconds since
 * 1970; all numbers are such that both databases give them back as numbers.
 */
export interface SubscriptionsTable {
  /** For other tables: short, in the order in which subscriptions were made, and never given twice. */
  number: number;
  id: string;
  channel: 'webhook' | 'mail';
  language: 'en' | 'fr';
  rhythm: 'immediate' | 'daily' | 'weekly';
  time_zone: string;
  /** A `Filter` as JSON. */
  filter: string;
  /** Address, sealed. */
  target: string;
  /** Keyed names of the address and of its host, to count without reading. */
  target_name: string;
  host_name: string;
  /** The secrets of macs as JSON, sealed; null for mail. */
  secrets: string | null;
  /** What is stored of the management token. */
  token_hash: string;
  created_at: number;
  /** Raised with every change that the fan-out must know. */
  revision: number;
}

/** How far each subscriber was told: narrow rows, written three times for each thing that is told. */
export interface ProgressTable {
  number: number;
  /** With whom it is told, so that nobody waits for those of another lane. */
  lane: LaneName;
  /** `pending`: not confirmed yet. `stopped`: the receiver said that it is gone. */
  state: 'pending' | 'active' | 'paused' | 'stopped';
  /** Why it is paused or stopped, in a word. */
  reason: string | null;
  /** Place of the last occurrence that was answered. */
  place: string;
  /** Place of the newest occurrence that matches: nothing is to be done while it is not after `place`. */
  wanted: string;
  /** When it is to be served next; while it is leased, when the lease ends. Null: nothing to do. */
  due_at: number | null;
  leased_by: string | null;
  /** Raised with every lease, so that a holder that lost its lease can't write. */
  fence: number;
  attempts: number;
  failing_since: number | null;
}

/** One attempt, as the subscriber and staff see it. No address in it. */
export interface DeliveriesTable {
  number: number;
  at: number;
  occurrence: string;
  what: string;
  place: string;
  attempt: number;
  outcome: 'delivered' | 'failed' | 'gone';
  /** HTTP or SMTP code, where there was an answer. */
  code: number | null;
  /** One sentence on a failure. */
  detail: string | null;
  milliseconds: number;
}

/** One row: how far the fan-out has come, and who does it. */
export interface FanOutTable {
  id: number;
  place: string;
  leased_by: string | null;
  leased_until: number;
  fence: number;
  /** The last revision given to a subscriber. */
  revision: number;
  /** The last revision that was known to who handed out up to the place: later ones may have been left out. */
  indexed: number;
  /** After everything that anybody was told, may have been, or begins after: no day begins before it any more. */
  ahead: string;
}

export interface DaysTable {
  day: string;
  position: string;
}

export interface NotifierTables extends ContactTables {
  /** The last number that a subscription was given: one row. */
  numbers: { last: number };
  subscriptions: SubscriptionsTable;
  progress: ProgressTable;
  /** Both together, to read: a view. */
  subscribers: SubscriptionsTable & Omit<ProgressTable, 'lane'>;
  deliveries: DeliveriesTable;
  fan_out: FanOutTable;
  begun_days: DaysTable;
}

export type SubscriberRow = Selectable<NotifierTables['subscribers']>;
export type DeliveryRow = Selectable<DeliveriesTable>;

/** By name, in order. One that has run is never changed. */
export const notifierMigrations: Readonly<Record<string, Migration>> = {
  '0001-subscribers': {
    up: async (db: Kysely<unknown>) => {
      await subscribersTable(db);
      await db.schema
        .createTable('deliveries')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('subscriber', 'text', (column) =>
          column.notNull().references('subscribers.id').onDelete('cascade'),
        )
        .addColumn('at', 'double precision', (column) => column.notNull())
        .addColumn('occurrence', 'text', (column) => column.notNull())
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('place', 'text', (column) => column.notNull())
        .addColumn('attempt', 'integer', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('code', 'integer')
        .addColumn('detail', 'text')
        .addColumn('milliseconds', 'double precision', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('deliveries_by_subscriber')
        .on('deliveries')
        .columns(['subscriber', 'at'])
        .execute();
      await db.schema
        .createTable('fan_out')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('place', 'text', (column) => column.notNull())
        .addColumn('leased_by', 'text')
        .addColumn('leased_until', 'double precision', (column) => column.notNull())
        .addColumn('fence', 'integer', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('begun_days')
        .addColumn('day', 'text', (column) => column.primaryKey())
        .addColumn('position', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '0002-progress': { up: splitProgressOff },
  '0003-contacts': { up: contactTables },
  '0004-fan-out': {
    up: async (db: Kysely<unknown>) => {
      // From 0: whoever was left out before is looked after once.
      await db.schema
        .alterTable('fan_out')
        .addColumn('indexed', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await db.schema
        .alterTable('fan_out')
        .addColumn('ahead', 'text', (column) => column.notNull().defaultTo(''))
        .execute();
    },
  },
  '0005-lanes': { up: lanes },
};

/** What is due is looked for by lane: those of another leave no long list to look through. */
async function lanes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('progress')
    .addColumn('lane', 'text', (column) => column.notNull().defaultTo('quick'))
    .execute();
  await sql`update progress set lane = case
      when number in (select number from subscriptions where channel = 'mail') then 'mail'
      when attempts > 0 then 'apart' else 'quick' end`.execute(db);
  await db.schema.dropIndex('progress_due').execute();
  await db.schema
    .createIndex('progress_due')
    .on('progress')
    .columns(['lane', 'due_at'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
}

async function subscribersTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscribers')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('rhythm', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('target_name', 'text', (column) => column.notNull())
    .addColumn('host_name', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text')
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('wanted', 'text', (column) => column.notNull())
    .addColumn('due_at', 'double precision')
    .addColumn('leased_by', 'text')
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('failing_since', 'double precision')
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('subscribers_due')
    .on('subscribers')
    .column('due_at')
    .where('due_at', 'is not', null)
    .execute();
  for (const column of ['target_name', 'host_name', 'revision'])
    await db.schema
      .createIndex(`subscribers_by_${column}`)
      .on('subscribers')
      .column(column)
      .execute();
}
