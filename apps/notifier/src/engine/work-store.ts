import { sql, type Insertable, type Kysely } from 'kysely';
import type { OpenDatabase } from '#database';
import { calendarDate } from '#treaty';
import type { BegunDay } from '../occurrences/timeline.ts';
import type { Filter } from '../subscribers/filter.ts';
import type { Indexed } from '../subscribers/subscriber-index.ts';
import type { DeliveriesTable, NotifierTables, SubscriberRow } from '../subscribers/tables.ts';

/** A subscriber and the newest occurrence that it is to be told. */
export interface Mark {
  readonly id: string;
  readonly place: string;
  /** When, if it is not being served already. */
  readonly dueAt: number;
}

/** What an attempt came to. */
export interface Outcome {
  readonly id: string;
  readonly fence: number;
  /** The place reached: that of the occurrence that was answered, or the old one. */
  readonly place: string;
  readonly attempts: number;
  readonly failingSince: number | null;
  /** When to go on, if there is more: later than now where this holder goes on itself, and keeps the lease. */
  readonly goOnAt: number;
  readonly keep: boolean;
  readonly state: SubscriberRow['state'];
  readonly reason: string | null;
  readonly delivery: Insertable<DeliveriesTable> | null;
}

/** What is left to do after an outcome was written; absent for a holder that had lost its lease. */
export type Left = ReadonlyMap<string, { readonly wanted: string; readonly place: string }>;

const rowsAtOnce = 500;

/** Lists of any length, in pieces that a statement can carry. */
export function* inPieces<One>(all: readonly One[], size = rowsAtOnce): Generator<readonly One[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/**
 * Who does what: leases on subscribers and on the fan-out, and the places that were reached. Marks, leases and
 * outcomes do not wait for the disk: one that a power cut takes with it is made again, and what was told is told
 * again under the same id. A place is never on disk before what it follows from.
 */
export class WorkStore {
  private readonly db: Kysely<NotifierTables>;
  private readonly relaxed: OpenDatabase<NotifierTables>['relaxed'];
  private readonly isPostgres: boolean;

  constructor({ kysely, kind, relaxed }: OpenDatabase<NotifierTables>) {
    this.db = kysely;
    this.relaxed = relaxed;
    this.isPostgres = kind === 'postgres';
  }

  /** Makes the row of the fan-out, where the ledger is now: nobody is told of what was before. */
  async begin(place: string, day: BegunDay): Promise<void> {
    await this.db
      .insertInto('fan_out')
      .values({ id: 1, place, leased_by: null, leased_until: 0, fence: 0, revision: 0 })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const known = await this.db.selectFrom('begun_days').select('day').limit(1).execute();
    if (known.length === 0) await this.beginDays([day]);
  }

  /** Takes or renews the lease on the fan-out. Null: another process has it. */
  async leaseFanOut(
    owner: string,
    now: number,
    until: number,
  ): Promise<{ place: string; fence: number; revision: number } | null> {
    const taken = await this.db
      .updateTable('fan_out')
      .set((builder) => ({
        leased_by: owner,
        leased_until: until,
        fence: builder
          .case()
          .when('leased_by', '=', owner)
          .then(builder.ref('fence'))
          .else(builder('fence', '+', 1))
          .end(),
      }))
      .where('id', '=', 1)
      .where((eb) => eb('leased_by', '=', owner).or('leased_until', '<=', now))
      .returning(['place', 'fence', 'revision'])
      .executeTakeFirst();
    return taken ?? null;
  }

  async releaseFanOut(owner: string): Promise<void> {
    await this.db
      .updateTable('fan_out')
      .set({ leased_by: null, leased_until: 0 })
      .where('leased_by', '=', owner)
      .execute();
  }

  /** Writes how far the fan-out came. False: the lease was lost meanwhile, and nothing was written. */
  async advanceFanOut(place: string, fence: number): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('fan_out')
      .set({ place })
      .where('id', '=', 1)
      .where('fence', '=', fence)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** How far the fan-out has come, and the last change of a subscription. */
  fanOut(): Promise<{ place: string; revision: number; leased_by: string | null } | undefined> {
    return this.db
      .selectFrom('fan_out')
      .select(['place', 'revision', 'leased_by'])
      .where('id', '=', 1)
      .executeTakeFirst();
  }

  /** Writes down that days began. One that another process wrote before stays as it is. */
  async beginDays(days: readonly BegunDay[]): Promise<void> {
    for (const piece of inPieces(days))
      await this.db
        .insertInto('begun_days')
        .values([...piece])
        .onConflict((conflict) => conflict.column('day').doNothing())
        .execute();
  }

  async days(): Promise<BegunDay[]> {
    const rows = await this.db.selectFrom('begun_days').selectAll().orderBy('day').execute();
    return rows.map(({ day, position }) => ({ day: calendarDate(day), position }));
  }

  /** Subscribers changed after a revision, for the index of the fan-out. */
  async changedSince(revision: number): Promise<{ subscriber: Indexed; active: boolean }[]> {
    const rows = await this.db
      .selectFrom('subscribers')
      .select(['id', 'filter', 'rhythm', 'time_zone', 'state'])
      .where('revision', '>', revision)
      .execute();
    return rows.map(({ id, filter, rhythm, time_zone: timeZone, state }) => ({
      subscriber: { id, filter: JSON.parse(filter) as Filter, rhythm, timeZone },
      active: state === 'active',
    }));
  }

  /** Marks subscribers as having something to be told. Marking again changes nothing. */
  async mark(marks: readonly Mark[]): Promise<void> {
    for (const piece of inPieces(marks)) await this.relaxed((db) => markAll(db, piece));
  }

  /**
   * Leases subscribers that are due: nobody else serves them until the lease ends. One whose holder died is due
   * again when its lease ends.
   * @param failing whether those are wanted that failed last time, or the others
   */
  async claim(
    owner: string,
    { now, until, limit, failing }: { now: number; until: number; limit: number; failing: boolean },
  ): Promise<SubscriberRow[]> {
    const due = this.db
      .selectFrom('subscribers')
      .select('id')
      .where('due_at', '<=', now)
      .where('state', '=', 'active')
      .where('attempts', failing ? '>' : '=', 0)
      .orderBy('due_at');
    // Looking first, so that an idle notifier writes nothing.
    if ((await due.limit(1).executeTakeFirst()) === undefined) return [];
    const free = due.limit(limit).$if(this.isPostgres, (query) => query.forUpdate().skipLocked());
    return await this.relaxed((db) =>
      db
        .updateTable('subscribers')
        .set(({ eb }) => ({ due_at: until, leased_by: owner, fence: eb('fence', '+', 1) }))
        .where('id', 'in', free)
        .returningAll()
        .execute(),
    );
  }

  /** Writes what attempts came to, all or none. A holder that lost its lease writes nothing. */
  async finish(outcomes: readonly Outcome[]): Promise<Left> {
    const left = new Map<string, { wanted: string; place: string }>();
    await this.relaxed(async (transaction) => {
      for (const piece of inPieces(outcomes, 200)) {
        const values = sql.join(piece.map(valuesOf));
        const { rows } = await sql<{
          id: string;
          wanted: string;
          place: string;
        }>`update subscribers set
          place = done.column3, attempts = done.column4, failing_since = done.column5,
          due_at = case when done.column8 <> 'active' then null
            when subscribers.wanted > done.column3 then done.column6 else null end,
          leased_by = case when done.column7 = 1 and subscribers.wanted > done.column3
            then subscribers.leased_by else null end,
          state = done.column8, reason = done.column9
          from (values ${values}) as done
          where subscribers.id = done.column1 and subscribers.fence = done.column2
          and subscribers.state = 'active'
          returning subscribers.id as id, subscribers.wanted as wanted, subscribers.place as place`.execute(
          transaction,
        );
        for (const { id, wanted, place } of rows) left.set(id, { wanted, place });
        const logged = piece.flatMap(({ id, delivery }) =>
          delivery !== null && left.has(id) ? [delivery] : [],
        );
        if (logged.length > 0) await transaction.insertInto('deliveries').values(logged).execute();
        const changed = piece.filter(({ id, state }) => state !== 'active' && left.has(id));
        for (const { id } of changed) await touch(transaction, id);
      }
    });
    return left;
  }

  /** Leaves attempts on record for a while only: the ledger has the facts. */
  async forgetDeliveriesBefore(instant: number): Promise<void> {
    await this.db.deleteFrom('deliveries').where('at', '<', instant).execute();
  }

  /** Erases subscriptions that nobody confirmed. */
  async forgetPendingBefore(instant: number): Promise<void> {
    await this.db
      .deleteFrom('subscribers')
      .where('state', '=', 'pending')
      .where('created_at', '<', instant)
      .execute();
  }
}

async function markAll(db: Kysely<NotifierTables>, marks: readonly Mark[]): Promise<void> {
  const values = sql.join(
    marks.map(({ id, place, dueAt }) => sql`(${id}, ${place}, cast(${dueAt} as double precision))`),
  );
  await sql`update subscribers set wanted = marked.column2,
    due_at = coalesce(subscribers.due_at, marked.column3)
    from (values ${values}) as marked
    where subscribers.id = marked.column1 and subscribers.state = 'active'
    and subscribers.place < marked.column2 and subscribers.wanted < marked.column2`.execute(db);
}

const valuesOf = (outcome: Outcome) =>
  sql`(${outcome.id}, cast(${outcome.fence} as integer), ${outcome.place}, cast(${outcome.attempts} as integer),
    cast(${outcome.failingSince} as double precision), cast(${outcome.goOnAt} as double precision),
    cast(${outcome.keep ? 1 : 0} as integer), ${outcome.state}, cast(${outcome.reason} as text))`;

/** Gives a subscriber the next revision, so that the fan-out sees that it changed. */
export async function touch(db: Kysely<NotifierTables>, id: string): Promise<void> {
  const { revision } = await db
    .updateTable('fan_out')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', 1)
    .returning('revision')
    .executeTakeFirstOrThrow();
  await db.updateTable('subscribers').set({ revision }).where('id', '=', id).execute();
}
