import type { NotifierClock } from '../clock.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { isAfter, positionIn, type Place } from '../occurrences/place.ts';
import type { LedgerReader } from '../occurrences/ledger-reader.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import { matches, wantsThresholds, type Filter } from '../subscribers/filter.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { Answer, Channels } from './channel.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import { lastDigest, nextAttempt, nextDigest } from './schedule.ts';
import type { Outcome, WorkStore } from './work-store.ts';

/** What a worker tells of its work: to metrics, the log, traces. */
export interface WorkerWatch {
  attempted(row: SubscriberRow, occurrence: Occurrence, answer: Answer, milliseconds: number): void;
  /** A subscriber was paused or stopped. */
  ended(row: SubscriberRow, state: SubscriberRow['state'], reason: string): void;
  failed(error: unknown): void;
}

export interface WorkerOptions {
  readonly owner: string;
  /** Subscribers served at the same moment. */
  readonly concurrency: number;
  /** For how long a subscriber is leased at a time; far longer than an attempt may take. */
  readonly leaseFor: number;
}

/** When a worker that has not read far enough looks again. */
const notReadYet = 250;
const digestAtMost = 500;

type Next =
  | { readonly found: readonly [Occurrence, ...Occurrence[]] }
  /**
   * Nothing to tell now: nothing more matches up to what was wanted; or this process has not read so far yet; or
   * what matches belongs to the next digest.
   */
  | { readonly found: null; readonly because: 'nothing-matches' | 'not-read' | 'next-digest' };

/**
 * Serves subscribers that are due: leases some, tells each the next occurrence after its place, writes the
 * outcome, and goes on while there is more. A subscriber's occurrences are told one after the other.
 */
export class DeliveryWorker {
  private readonly store: WorkStore;
  private readonly reader: LedgerReader;
  private readonly channels: Channels;
  private readonly clock: NotifierClock;
  private readonly watch: WorkerWatch;
  private readonly options: WorkerOptions;
  private readonly writer: OutcomeWriter;
  private readonly serving = new Set<Promise<void>>();
  private readonly queue: { row: SubscriberRow; until: number }[] = [];
  private leasedFailing = 0;
  private telling = 0;
  private daysReadFor: Place = '';
  private daysRead: Promise<void> = Promise.resolve();
  private freed: () => void = () => undefined;

  constructor(
    store: WorkStore,
    reader: LedgerReader,
    channels: Channels,
    { clock, watch, ...options }: WorkerOptions & { clock: NotifierClock; watch: WorkerWatch },
  ) {
    this.store = store;
    this.reader = reader;
    this.channels = channels;
    this.clock = clock;
    this.watch = watch;
    this.options = options;
    this.writer = new OutcomeWriter(store);
  }

  get inFlight(): number {
    return this.serving.size;
  }

  /** Whether as many are leased as can be served soon. */
  get isFull(): boolean {
    return this.queue.length + this.serving.size >= this.mostLeased - this.options.concurrency;
  }

  /**
   * Some are leased ahead, so that one write leases many: a write for each would be the slowest part. Not more than
   * are done before the garbage collector comes twice, because it takes rows held for longer to be there for good.
   */
  private get mostLeased(): number {
    return this.options.concurrency * 4;
  }

  /** Leases what is due and there is room for, and begins to serve it. Answers how many were leased. */
  async claim(): Promise<number> {
    const { concurrency, owner, leaseFor } = this.options;
    const room = this.mostLeased - this.queue.length - this.serving.size;
    if (this.isFull) return 0;
    const now = this.clock.now();
    const until = now + leaseFor;
    const rows = await this.store.claim(owner, { now, until, limit: room, failing: false });
    // Receivers that failed may be slow: they get half the room, so that the others never wait for them.
    const limit = Math.ceil(concurrency / 2) - this.leasedFailing;
    if (limit > 0)
      rows.push(...(await this.store.claim(owner, { now, until, limit, failing: true })));
    for (const row of rows) {
      if (row.attempts > 0) this.leasedFailing += 1;
      this.queue.push({ row, until });
    }
    this.serveQueued();
    return rows.length;
  }

  /** Resolves when what is leased is done. */
  async settled(): Promise<void> {
    while (this.serving.size > 0) await Promise.all(this.serving);
  }

  /** Resolves when there is room again. */
  room(): Promise<void> {
    if (!this.isFull) return Promise.resolve();
    return new Promise((resolve) => (this.freed = resolve));
  }

  private serveQueued(): void {
    while (this.telling < this.options.concurrency) {
      const leased = this.queue.shift();
      if (leased === undefined) break;
      this.begin(leased.row, leased.until);
    }
    if (!this.isFull) this.freed();
  }

  private begin(row: SubscriberRow, until: number): void {
    this.telling += 1;
    let waits = true;
    // The next in the queue is told while this one's outcome is written.
    const answered = (): void => {
      if (!waits) return;
      waits = false;
      this.telling -= 1;
      this.serveQueued();
    };
    const served = this.serve(row, until, answered)
      .catch((error: unknown) => this.watch.failed(error))
      .finally(() => {
        if (row.attempts > 0) this.leasedFailing -= 1;
        this.serving.delete(served);
        answered();
        this.serveQueued();
      });
    this.serving.add(served);
  }

  private async serve(leased: SubscriberRow, until: number, answered: () => void): Promise<void> {
    let row = leased;
    for (;;) {
      const next = await this.next(row);
      // Past half of its lease a holder stops, so that it never tells anything while another serves as well.
      if (this.clock.now() > until - this.options.leaseFor / 2) {
        await this.writer.write(released(row, this.clock.now()));
        return;
      }
      if (next.found === null) {
        await this.writer.write(this.nothingNow(row, next.because));
        return;
      }
      const [first] = next.found;
      const begun = performance.now();
      const answer = await this.channels[row.channel].deliver(row, next.found);
      answered();
      const milliseconds = performance.now() - begun;
      const outcome = this.outcomeOf(row, next.found, answer, milliseconds);
      const left = await this.writer.write(outcome);
      this.watch.attempted(row, first, answer, milliseconds);
      if (left === null) return;
      if (outcome.state !== 'active') {
        this.watch.ended(row, outcome.state, outcome.reason ?? '');
        return;
      }
      if (!outcome.keep || left.wanted <= left.place) return;
      row = { ...row, ...left, attempts: 0, failing_since: null };
    }
  }

  /** The next occurrences for a subscriber: one, or all of a digest. */
  private async next(row: SubscriberRow): Promise<Next> {
    const timeline = await this.readUpTo(row.wanted);
    const filter = JSON.parse(row.filter) as Filter;
    const matching = timeline.between(row.place, row.wanted, wantsThresholds(filter));
    const until = row.rhythm === 'immediate' ? Infinity : this.digestEnd(row);
    const found: Occurrence[] = [];
    let more = false;
    for (const occurrence of matching) {
      if (!matches(filter, occurrence)) continue;
      more = Date.parse(occurrence.time) > until;
      if (more) break;
      found.push(occurrence);
      if (row.rhythm === 'immediate' || found.length === digestAtMost) break;
    }
    const [first, ...others] = found;
    if (first !== undefined) return { found: [first, ...others] };
    if (more) return { found: null, because: 'next-digest' };
    const read = !isAfter(positionIn(row.wanted), timeline.position);
    return { found: null, because: read ? 'nothing-matches' : 'not-read' };
  }

  /** How a subscriber is left when there is nothing to tell it now: what was not told stays due. */
  private nothingNow(
    row: SubscriberRow,
    because: 'nothing-matches' | 'not-read' | 'next-digest',
  ): Outcome {
    const now = this.clock.now();
    if (because === 'nothing-matches') return upTo(row, row.wanted, now);
    if (because === 'not-read') return released(row, now + notReadYet);
    return {
      ...released(row, nextDigest(row.rhythm, row.time_zone, now)),
      attempts: 0,
      failingSince: null,
    };
  }

  /** A digest that is tried again holds the same: what was recorded up to the moment when it was due. */
  private digestEnd({ rhythm, time_zone: zone, failing_since: failing }: SubscriberRow): number {
    return lastDigest(rhythm, zone, failing ?? this.clock.now());
  }

  /**
   * The timeline with every day that began before a place was marked. The fan-out, which may be another process,
   * writes a day down before it marks anything after it; so they are read again for every newer place.
   */
  private async readUpTo(place: Place): Promise<Timeline> {
    const { timeline } = this.reader;
    if (place > this.daysReadFor) {
      this.daysReadFor = place;
      this.daysRead = this.store.days().then((days) => timeline.setDays(days));
      this.daysRead.catch(() => (this.daysReadFor = ''));
    }
    await this.daysRead;
    return timeline;
  }

  private outcomeOf(
    row: SubscriberRow,
    found: readonly [Occurrence, ...Occurrence[]],
    answer: Answer,
    milliseconds: number,
  ): Outcome {
    const now = this.clock.now();
    const [first] = found;
    const last = found.at(-1) ?? first;
    const attempts = row.attempts + 1;
    const { number, fence } = row;
    const delivery = {
      number,
      at: now,
      occurrence: first.id,
      what: found.length > 1 ? 'digest' : first.what,
      place: last.place,
      attempt: attempts,
      outcome: answer.outcome,
      code: answer.code,
      detail: answer.outcome === 'delivered' ? null : answer.detail,
      milliseconds,
    };
    if (answer.outcome === 'delivered') {
      const keep = row.rhythm === 'immediate';
      const goOnAt = keep ? now + this.options.leaseFor : now;
      return { ...upTo(row, last.place, goOnAt), keep, delivery };
    }
    if (answer.outcome === 'gone') {
      const { state, reason } = answer;
      return { ...released(row, now), attempts, state, reason, delivery };
    }
    const failingSince = row.failing_since ?? now;
    const { retryAfter } = answer;
    const again = nextAttempt({ attempts, failingSince, retryAfter }, now, Math.random());
    const failed = {
      number,
      fence,
      place: row.place,
      attempts,
      failingSince,
      keep: false,
      delivery,
    };
    return again === null
      ? { ...failed, goOnAt: now, state: 'paused', reason: 'failing' }
      : { ...failed, goOnAt: again, state: 'active', reason: null };
  }
}

/** Gives a subscriber back as it is. */
const released = (row: SubscriberRow, goOnAt: number): Outcome => ({
  number: row.number,
  fence: row.fence,
  place: row.place,
  attempts: row.attempts,
  failingSince: row.failing_since,
  goOnAt,
  keep: false,
  state: 'active',
  reason: null,
  delivery: null,
});

/** A subscriber that has come to a place, with no failure behind it. */
const upTo = (row: SubscriberRow, place: string, goOnAt: number): Outcome => ({
  ...released(row, goOnAt),
  place,
  attempts: 0,
  failingSince: null,
});
