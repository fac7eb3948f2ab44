import { sql, type Kysely, type RawBuilder, type Transaction } from 'kysely';
import type { OpenDatabase } from '#database';
import { calendarDate } from '#treaty';
import { contactMarks, markContacts } from '../contacts/contact-work.ts';
import type { LaneName } from './lanes.ts';
import { inPieces, listRows, type ColumnType, type ListRows } from './listed-rows.ts';
import type { BegunDay } from '../occurrences/timeline.ts';
import type { Filter } from '../subscribers/filter.ts';
import type { Indexed } from '../subscribers/subscriber-index.ts';
import type {
  DeliveryRow,
  FanOutTable,
  NotifierTables,
  SubscriberRow,
} from '../subscribers/tables.ts';

/** A subscriber and the newest occurrence that it is to be told. */
export interface Mark {
  readonly number: number;
  readonly place: string;
  /** When, if it is not being served already. */
  readonly dueAt: number;
}

/** What is leased at a time. */
export interface Claim {
  readonly now: number;
  /** When the lease ends. */
  readonly until: number;
  readonly limit: number;
  readonly lane: LaneName;
}

/** What an attempt came to. */
export interface Outcome {
  /** Of the subscriber. */
  readonly number: number;
  readonly fence: number;
  /** The place reached: that of the occurrence that was answered, or the old one. */
  readonly place: string;
  readonly attempts: number;
  readonly failingSince: number | null;
  /** When to go on, if there is more: later than now where this holder goes on itself, and keeps the lease. */
  readonly goOnAt: number;
  readonly keep: boolean;
  /** In which lane it goes on. */
  readonly lane: LaneName;
  readonly state: SubscriberRow['state'];
  readonly reason: string | null;
  readonly delivery: DeliveryRow | null;
}

/** The fan-out, for who has it now. */
export interface FanOutLease {
  readonly place: string;
  readonly fence: number;
  /** The last change of a subscription. */
  readonly revision: number;
  /** The last change of a subscription that was known to who handed out up to the place. */
  readonly indexed: number;
  /** After everything that anybody was told, may have been, or begins after. */
  readonly ahead: string;
}

/** What is left to do after an outcome was written; absent for a holder that had lost its lease. */
export type Left = ReadonlyMap<number, { readonly wanted: string; readonly place: string }>;

/**
 * Who does what: leases on subscribers and on the fan-out, and the places that were reached. Marks, leases and
 * outcomes do not wait for the disk: one that a power cut takes with it is made again, and what was told is told
 * again under the same id. A place is never on disk before what it follows from.
 */
export class WorkStore {
  private readonly db: Kysely<NotifierTables>;
  private readonly relaxed: OpenDatabase<NotifierTables>['relaxed'];
  private readonly isPostgres: boolean;
  private readonly listed: ListRows;

  constructor({ kysely, kind, relaxed }: OpenDatabase<NotifierTables>) {
    this.db = kysely;
    this.relaxed = relaxed;
    this.isPostgres = kind === 'postgres';
    this.listed = listRows(kind);
  }

  /** Makes the row of the fan-out, where the ledger is now: nobody is told of what was before. */
  async begin(place: string, day: BegunDay): Promise<void> {
    await this.db
      .insertInto('fan_out')
      .values({
        id: 1,
        place,
        leased_by: null,
        leased_until: 0,
        fence: 0,
        revision: 0,
        indexed: 0,
        ahead: '',
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    const known = await this.db.selectFrom('begun_days').select('day').limit(1).execute();
    if (known.length === 0) await this.beginDays([day]);
  }

  /**
   * Takes or renews the lease on the fan-out, to hand out up to a place. Null: another process has it.
   * @param upTo written down first, because who hands out may die after others were told
   */
  async leaseFanOut(
    owner: string,
    { now, until, upTo }: { now: number; until: number; upTo: string },
  ): Promise<FanOutLease | null> {
    const taken = await this.db
      .updateTable('fan_out')
      .set((builder) => ({
        leased_by: owner,
        leased_until: until,
        ahead: later(upTo),
        fence: builder
          .case()
          .when('leased_by', '=', owner)
          .then(builder.ref('fence'))
          .else(builder('fence', '+', 1))
          .end(),
      }))
      .where('id', '=', 1)
      .where((eb) => eb('leased_by', '=', owner).or('leased_until', '<=', now))
      .returning(['place', 'fence', 'revision', 'indexed', 'ahead'])
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
  async advanceFanOut({
    place,
    indexed,
    fence,
  }: Pick<FanOutLease, 'place' | 'indexed' | 'fence'>): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('fan_out')
      .set({ place, indexed })
      .where('id', '=', 1)
      .where('fence', '=', fence)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** How far the fan-out has come, and the last change of a subscription. */
  fanOut(): Promise<Pick<FanOutTable, 'place' | 'revision' | 'ahead' | 'leased_by'> | undefined> {
    return this.db
      .selectFrom('fan_out')
      .select(['place', 'revision', 'ahead', 'leased_by'])
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
  async changedSince(
    since: number,
  ): Promise<{ subscriber: Indexed; active: boolean; revision: number }[]> {
    const rows = await this.db
      .selectFrom('subscribers')
      .select(['number', 'filter', 'rhythm', 'time_zone', 'state', 'revision'])
      .where('revision', '>', since)
      .execute();
    return rows.map(({ number, filter, rhythm, time_zone: timeZone, state, revision }) => ({
      subscriber: { number, filter: JSON.parse(filter) as Filter, rhythm, timeZone },
      active: state === 'active',
      revision,
    }));
  }

  /** Marks subscribers as having something to be told. Marking again changes nothing. */
  async mark(marks: readonly Mark[]): Promise<void> {
    // In the order of their rows, so that each piece touches few pages of the table.
    const inOrder = marks.toSorted((a, b) => a.number - b.number);
    for (const piece of inPieces(inOrder)) {
      const marked = this.listed(
        piece.map(({ number, place, dueAt }) => [number, place, dueAt]),
        { number: 'integer', place: 'text', due_at: 'double precision' },
      );
      await this.relaxed((db) =>
        sql`update progress set wanted = marked.place,
          due_at = coalesce(progress.due_at, marked.due_at)
          from ${marked} as marked
          where progress.number = marked.number and progress.state = 'active'
          and progress.place < marked.place and progress.wanted < marked.place`.execute(db),
      );
    }
  }

  /**
   * Leases subscribers of a lane that are due: nobody else serves them until the lease ends. One whose holder died
   * is due again when its lease ends.
   */
  async claim(owner: string, claim: Claim): Promise<SubscriberRow[]> {
    const { until, limit } = claim;
    const due = this.due(claim).orderBy('due_at');
    // Looking first, so that an idle notifier writes nothing.
    if ((await due.limit(1).executeTakeFirst()) === undefined) return [];
    const free = due.limit(limit).$if(this.isPostgres, (query) => query.forUpdate().skipLocked());
    return await this.relaxed(async (db) => {
      const leased = await db
        .updateTable('progress')
        .set(({ eb }) => ({ due_at: until, leased_by: owner, fence: eb('fence', '+', 1) }))
        .where('number', 'in', free)
        .returning('number')
        .execute();
      const numbers = this.listed(
        leased.map(({ number }) => [number]),
        { number: 'integer' },
      );
      const { rows } = await sql<SubscriberRow>`select * from subscribers
        where number in (select number from ${numbers} as leased)`.execute(db);
      return rows;
    });
  }

  /** Whether anybody else than those of a host is due in the lane of the quick. */
  async isOtherDue(now: number, host: string): Promise<boolean> {
    const other = this.due({ now, lane: 'quick' })
      .where('number', 'not in', (eb) =>
        eb.selectFrom('subscriptions').select('number').where('host_name', '=', host),
      )
      .limit(1);
    return (await other.executeTakeFirst()) !== undefined;
  }

  private due({ now, lane }: Pick<Claim, 'now' | 'lane'>) {
    return this.db
      .selectFrom('progress')
      .select('number')
      .where('lane', '=', lane)
      .where('due_at', '<=', now)
      .where('state', '=', 'active');
  }

  /** Writes what attempts came to, all or none. A holder that lost its lease writes nothing. */
  finish(outcomes: readonly Outcome[]): Promise<Left> {
    // In the order of their rows, like marks: two that write many rows at once must not wait for each other.
    const inOrder = outcomes.toSorted((a, b) => a.number - b.number);
    return this.relaxed(async (transaction) => {
      const left = new Map<number, { wanted: string; place: string }>();
      for (const piece of inPieces(inOrder))
        for (const { number, ...rest } of await this.writePlaces(transaction, piece))
          left.set(number, rest);
      const written = inOrder.filter(({ number }) => left.has(number));
      for (const piece of inPieces(written))
        await this.writeLog(
          transaction,
          piece.flatMap(({ delivery }) => delivery ?? []),
        );
      for (const { number, state } of written)
        if (state !== 'active') await touch(transaction, number);
      await markContacts(transaction, contactMarks(written));
      return left;
    });
  }

  private async writePlaces(
    db: Transaction<NotifierTables>,
    outcomes: readonly Outcome[],
  ): Promise<readonly { number: number; wanted: string; place: string }[]> {
    const done = this.listed(
      outcomes.map((one) => [
        one.number,
        one.fence,
        one.place,
        one.attempts,
        one.failingSince,
        one.goOnAt,
        one.keep ? 1 : 0,
        one.lane,
        one.state,
        one.reason,
      ]),
      {
        number: 'integer',
        fence: 'integer',
        place: 'text',
        attempts: 'integer',
        failing_since: 'double precision',
        go_on_at: 'double precision',
        keep: 'integer',
        lane: 'text',
        state: 'text',
        reason: 'text',
      },
    );
    const { rows } = await sql<{ number: number; wanted: string; place: string }>`update progress
      set place = done.place, attempts = done.attempts, failing_since = done.failing_since,
      due_at = case when done.state = 'active' and progress.wanted > done.place
        then done.go_on_at else null end,
      leased_by = case when done.keep = 1 and progress.wanted > done.place
        then progress.leased_by else null end,
      lane = done.lane, state = done.state, reason = done.reason
      from ${done} as done
      where progress.number = done.number and progress.fence = done.fence
      and progress.state = 'active'
      returning progress.number as number, progress.wanted as wanted, progress.place as place`.execute(
      db,
    );
    return rows;
  }

  private async writeLog(
    db: Transaction<NotifierTables>,
    deliveries: readonly DeliveryRow[],
  ): Promise<void> {
    if (deliveries.length === 0) return;
    const columns = {
      number: 'integer',
      at: 'double precision',
      occurrence: 'text',
      what: 'text',
      place: 'text',
      attempt: 'integer',
      outcome: 'text',
      code: 'integer',
      detail: 'text',
      milliseconds: 'double precision',
    } as const satisfies Record<keyof DeliveryRow, ColumnType>;
    const names = Object.keys(columns) as (keyof DeliveryRow)[];
    const rows = this.listed(
      deliveries.map((delivery) => names.map((name) => delivery[name])),
      columns,
    );
    await sql`insert into deliveries (${sql.join(names.map((name) => sql.ref(name)))})
      select * from ${rows} as attempts`.execute(db);
  }
}

/** Raises `ahead` to a place, and never lowers it. */
const later = (place: string): RawBuilder<string> =>
  sql`case when ahead < ${place} then ${place} else ahead end`;

/**
 * Gives a subscriber the next revision, so that the fan-out sees that it changed.
 * @param begins the place after which it is told from now on, where that changed
 */
export async function touch(
  db: Kysely<NotifierTables>,
  number: number,
  begins: string = '',
): Promise<void> {
  const { revision } = await db
    .updateTable('fan_out')
    .set(({ eb }) => ({ revision: eb('revision', '+', 1), ahead: later(begins) }))
    .where('id', '=', 1)
    .returning('revision')
    .executeTakeFirstOrThrow();
  await db.updateTable('subscriptions').set({ revision }).where('number', '=', number).execute();
}
