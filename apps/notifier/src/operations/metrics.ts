import { sql, type Kysely } from 'kysely';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Answer } from '../engine/channel.ts';
import type { NotifierTables } from '../subscribers/tables.ts';

/** How the notifier is doing, from its tables. */
export interface Lag {
  /** Subscribers by channel and state. */
  readonly subscribers: readonly { channel: string; state: string; count: number }[];
  /** Active subscribers that have something to be told, and those of them that failed last time. */
  readonly waiting: number;
  readonly failing: number;
  /** Seconds for which the longest waiting one that did not fail has been due. */
  readonly oldestDueSeconds: number;
}

/** Reads how far behind deliveries are. */
export async function readLag(db: Kysely<NotifierTables>, now: number): Promise<Lag> {
  const counts = await db
    .selectFrom('subscribers')
    .select(({ fn }) => ['channel', 'state', fn.countAll().as('count')])
    .groupBy(['channel', 'state'])
    .execute();
  const due = await db
    .selectFrom('subscribers')
    .select(({ fn }) => [
      fn.countAll().as('waiting'),
      sql<number>`cast(coalesce(sum(case when attempts > 0 then 1 else 0 end), 0) as integer)`.as(
        'failing',
      ),
      sql<number | null>`min(case when attempts = 0 and leased_by is null then due_at end)`.as(
        'oldest',
      ),
    ])
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return {
    subscribers: counts.map(({ channel, state, count }) => ({
      channel,
      state,
      count: Number(count),
    })),
    waiting: Number(due.waiting),
    failing: due.failing,
    oldestDueSeconds: due.oldest === null ? 0 : Math.max(0, (now - due.oldest) / 1000),
  };
}

/** The notifier's numbers, as Prometheus reads them. */
export class NotifierMetrics {
  readonly registry = new Registry();
  private readonly attempts = new Counter({
    name: 'treaty_ledger_deliveries_total',
    help: 'Attempts to tell a subscriber',
    labelNames: ['channel', 'outcome'] as const,
    registers: [this.registry],
  });
  private readonly seconds = new Histogram({
    name: 'treaty_ledger_delivery_seconds',
    help: 'How long an attempt took',
    labelNames: ['channel'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 5, 15],
    registers: [this.registry],
  });
  private readonly ended = new Counter({
    name: 'treaty_ledger_subscribers_ended_total',
    help: 'Subscribers that were paused or stopped by the notifier',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  private readonly contacts = new Counter({
    name: 'treaty_ledger_contacts_told_total',
    help: 'Attempts to tell the contact of a webhook that it fails, is paused or stopped',
    labelNames: ['telling', 'outcome'] as const,
    registers: [this.registry],
  });
  private readonly inFlight = new Gauge({
    name: 'treaty_ledger_deliveries_in_flight',
    help: 'Subscribers that are being told something',
    registers: [this.registry],
  });
  private readonly subscribers = new Gauge({
    name: 'treaty_ledger_subscribers',
    help: 'Subscribers by channel and state',
    labelNames: ['channel', 'state'] as const,
    registers: [this.registry],
  });
  private readonly waiting = new Gauge({
    name: 'treaty_ledger_subscribers_waiting',
    help: 'Subscribers that have something to be told; failing ones among them',
    labelNames: ['failing'] as const,
    registers: [this.registry],
  });
  private readonly lag = new Gauge({
    name: 'treaty_ledger_delivery_lag_seconds',
    help: 'For how long the longest waiting subscriber that did not fail has been due',
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** All numbers in the text format of Prometheus, with those that are read from the tables. */
  async text(lag: Lag, inFlight: number): Promise<string> {
    this.inFlight.set(inFlight);
    this.lag.set(lag.oldestDueSeconds);
    this.waiting.set({ failing: 'yes' }, lag.failing);
    this.waiting.set({ failing: 'no' }, lag.waiting - lag.failing);
    this.subscribers.reset();
    for (const { count, ...labels } of lag.subscribers) this.subscribers.set(labels, count);
    return await this.registry.metrics();
  }

  attempted(channel: string, { outcome }: Answer, milliseconds: number): void {
    this.attempts.inc({ channel, outcome });
    this.seconds.observe({ channel }, milliseconds / 1000);
  }

  contactTold(telling: string, outcome: Answer['outcome']): void {
    this.contacts.inc({ telling, outcome });
  }

  endedFor(reason: string): void {
    this.ended.inc({ reason });
  }
}
