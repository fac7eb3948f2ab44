import { sql, type Kysely } from 'kysely';

const wide =
  'id, channel, language, rhythm, time_zone, filter, target, target_name, host_name, secrets, token_hash, created_at, revision';
const narrow = 'state, reason, place, wanted, due_at, leased_by, fence, attempts, failing_since';
const attempt = 'at, occurrence, what, place, attempt, outcome, code, detail, milliseconds';

/**
 * Takes what every delivery writes off the wide rows with the sealed texts, and names rows by numbers instead of
 * ids of 36 characters: neighbours in the work are then neighbours on the disk. `subscribers` becomes a view.
 */
export async function splitProgressOff(db: Kysely<unknown>): Promise<void> {
  await sql`alter table deliveries rename to deliveries_before`.execute(db);
  await db.schema
    .createTable('numbers')
    .addColumn('last', 'integer', (column) => column.notNull())
    .execute();
  await subscriptionsTable(db);
  await progressTable(db);
  await deliveriesTable(db);
  await moveRows(db);
  for (const index of ['target_name', 'host_name', 'revision'])
    await db.schema
      .createIndex(`subscriptions_by_${index}`)
      .on('subscriptions')
      .column(index)
      .execute();
  await db.schema
    .createIndex('progress_due')
    .on('progress')
    .column('due_at')
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  await db.schema.createIndex('deliveries_of').on('deliveries').columns(['number', 'at']).execute();
  await db.schema.createIndex('deliveries_at').on('deliveries').column('at').execute();
}

async function moveRows(db: Kysely<unknown>): Promise<void> {
  const [asked, told, tried] = [sql.raw(wide), sql.raw(narrow), sql.raw(attempt)];
  await sql`insert into subscriptions (number, ${asked})
    select row_number() over (order by created_at, id), ${asked} from subscribers`.execute(db);
  await sql`insert into progress (number, ${told})
    select (select number from subscriptions where id = subscribers.id), ${told}
    from subscribers`.execute(db);
  await sql`insert into deliveries (number, ${tried})
    select (select number from subscriptions where id = subscriber), ${tried}
    from deliveries_before order by at, deliveries_before.id`.execute(db);
  await sql`insert into numbers (last) select coalesce(max(number), 0) from subscriptions`.execute(
    db,
  );
  await sql`drop table deliveries_before`.execute(db);
  await sql`drop table subscribers`.execute(db);
  await sql`create view subscribers as
    select subscriptions.number as number, ${asked}, ${told}
    from subscriptions join progress on progress.number = subscriptions.number`.execute(db);
}

async function subscriptionsTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('subscriptions')
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('id', 'text', (column) => column.notNull().unique())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('rhythm', 'text', (column) => column.notNull())
    .addColumn('time_zone', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('target_name', 'text', (column) => column.notNull())
    .addColumn('host_name', 'text', (column) => column.notNull())
    .addColumn('secrets', 'text')
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('created_at', 'double precision', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .execute();
}

async function progressTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('progress')
    .addColumn('number', 'integer', (column) =>
      column.primaryKey().references('subscriptions.number').onDelete('cascade'),
    )
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('wanted', 'text', (column) => column.notNull())
    .addColumn('due_at', 'double precision')
    .addColumn('leased_by', 'text')
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('failing_since', 'double precision')
    .execute();
}

async function deliveriesTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('number', 'integer', (column) =>
      column.notNull().references('subscriptions.number').onDelete('cascade'),
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
}
