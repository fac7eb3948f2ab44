import { sql, type ExpressionBuilder, type Kysely, type SqlBool } from 'kysely';
import { oneValue, Problem } from '#http';
import type { DeliveryRow, NotifierTables, SubscriberRow } from '../subscribers/tables.ts';

/** What a row of the list says of a subscriber. No address in it. */
export type AttentionRow = Pick<
  SubscriberRow,
  | 'number'
  | 'id'
  | 'channel'
  | 'state'
  | 'reason'
  | 'place'
  | 'attempts'
  | 'failing_since'
  | 'due_at'
  | 'leased_by'
>;

/** States in which a subscriber needs attention: `active` ones are those that failed last time. */
export const attentionStates = ['active', 'paused', 'stopped'] as const;
export type AttentionState = (typeof attentionStates)[number];

/** Where a row stands in the list: failing ones first, then paused, then stopped; who fails longest first. */
export interface AttentionKey {
  readonly rank: number;
  /** Milliseconds since 1970; far away where it is not known. */
  readonly since: number;
  /** The subscriber's own, in the order in which they subscribed. */
  readonly number: number;
}

export interface AttentionPage {
  readonly rows: readonly AttentionRow[];
  /** The last row, where more follow. */
  readonly next: AttentionKey | null;
}

const unknownSince = 1e15;
const ranks = { active: 0, paused: 1, stopped: 2 } as const;
const rank = sql<number>`case state when 'active' then 0 when 'paused' then 1 else 2 end`;
const since = sql<number>`coalesce(failing_since, cast(${unknownSince} as double precision))`;

/** Who paused its own deliveries wants none, so nothing is wrong with it. */
const needsAttention = (eb: ExpressionBuilder<NotifierTables, 'subscribers'>) =>
  eb.or([
    eb.and([eb('state', '=', 'active'), eb('attempts', '>', 0)]),
    eb.and([eb('state', '=', 'paused'), sql<SqlBool>`coalesce(reason, '') <> 'asked'`]),
    eb('state', '=', 'stopped'),
  ]);

/** How many subscribers need attention, by state. */
export async function countAttention(
  db: Kysely<NotifierTables>,
): Promise<Readonly<Record<AttentionState, number>>> {
  const rows = await db
    .selectFrom('subscribers')
    .select(({ fn }) => ['state', fn.countAll().as('count')])
    .where(needsAttention)
    .groupBy('state')
    .execute();
  const counts = { active: 0, paused: 0, stopped: 0 };
  for (const { state, count } of rows) if (state !== 'pending') counts[state] = Number(count);
  return counts;
}

/** One page of the subscribers that need attention, after a key. */
export async function attentionPage(
  db: Kysely<NotifierTables>,
  asked: {
    readonly state: AttentionState | undefined;
    readonly after: AttentionKey | null;
    readonly limit: number;
  },
): Promise<AttentionPage> {
  const { state, after, limit } = asked;
  const found = await db
    .selectFrom('subscribers')
    .select(['number', 'id', 'channel', 'state', 'reason', 'place', 'attempts'])
    .select(['failing_since', 'due_at', 'leased_by'])
    .where(needsAttention)
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'active'))
    .$if(after !== null, (query) =>
      query.where(
        sql<SqlBool>`(${rank}, ${since}, number) > (cast(${after?.rank} as integer),
          cast(${after?.since} as double precision), cast(${after?.number} as integer))`,
      ),
    )
    .orderBy(rank)
    .orderBy(since)
    .orderBy('number')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? keyOf(last) : null };
}

const keyOf = ({ number, state, failing_since: at }: AttentionRow): AttentionKey => ({
  rank: state === 'pending' ? ranks.active : ranks[state],
  since: at ?? unknownSince,
  number,
});

/** The last attempt of each subscriber that was no success, by its number; none is older than a month. */
export async function lastFailures(
  db: Kysely<NotifierTables>,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, DeliveryRow>> {
  if (numbers.length === 0) return new Map();
  const last = db
    .selectFrom('deliveries')
    .select(({ fn }) => ['number', fn.max('at').as('at')])
    .where('number', 'in', numbers)
    .where('outcome', '<>', 'delivered')
    .groupBy('number');
  const rows = await db
    .selectFrom('deliveries')
    .innerJoin(last.as('last'), (join) =>
      join.onRef('last.number', '=', 'deliveries.number').onRef('last.at', '=', 'deliveries.at'),
    )
    .selectAll('deliveries')
    .where('outcome', '<>', 'delivered')
    .orderBy('attempt')
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

/** Where an attempt stands in the log of its subscriber, newest first. */
export type AttemptKey = Pick<DeliveryRow, 'at' | 'place' | 'attempt'>;

/** Attempts to tell the subscriber of a number, newest first, older than a key. */
export async function attemptsOf(
  db: Kysely<NotifierTables>,
  number: number,
  asked: { readonly before: AttemptKey | null; readonly limit: number },
): Promise<{ readonly rows: readonly DeliveryRow[]; readonly next: AttemptKey | null }> {
  const { before, limit } = asked;
  const found = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('number', '=', number)
    .$if(before !== null, (query) =>
      query.where(
        sql<SqlBool>`(at, place, attempt) < (cast(${before?.at} as double precision),
          ${before?.place}, cast(${before?.attempt} as integer))`,
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('place', 'desc')
    .orderBy('attempt', 'desc')
    .limit(limit + 1)
    .execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1) ?? null) : null };
}

/** A place in a list as it is written in an address: opaque. */
export const writeCursor = (...parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** `?cursor=` of the list of subscribers that need attention. @throws Problem `invalid-parameter` */
export function attentionCursor(value: unknown): AttentionKey | null {
  const parts = partsOf(value);
  if (parts === null) return null;
  const [at, from, number, ...more] = parts;
  if (more.length === 0 && isSmall(at) && at <= ranks.stopped && isInstant(from) && isSmall(number))
    return { rank: at, since: from, number };
  throw badCursor();
}

/** `?cursor=` of the attempts of a subscriber. @throws Problem `invalid-parameter` */
export function attemptsCursor(value: unknown): AttemptKey | null {
  const parts = partsOf(value);
  if (parts === null) return null;
  const [at, place, attempt, ...more] = parts;
  if (more.length === 0 && isInstant(at) && isPlace(place) && isSmall(attempt))
    return { at, place, attempt };
  throw badCursor();
}

// A database has bounds that JSON does not: what a column cannot hold is not asked for.
const isInstant = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= unknownSince;
const isSmall = (value: unknown): value is number =>
  Number.isInteger(value) && isInstant(value) && value < 2 ** 31;
const isPlace = (value: unknown): value is string =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value);

/** Null: no cursor was given. */
function partsOf(value: unknown): unknown[] | null {
  const text = oneValue('cursor', value);
  if (text === undefined) return null;
  try {
    const parts = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
    if (Array.isArray(parts)) return parts;
  } catch {
    // Said below.
  }
  throw badCursor();
}

const badCursor = (): Problem =>
  new Problem(
    'invalid-parameter',
    'cursor: give the "next" of the page before as it is; or leave it out to begin again.',
    { field: 'cursor' },
  );
