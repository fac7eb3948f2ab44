import type { NotifierClock } from '../clock.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { isAfter, positionIn, type Place } from '../occurrences/place.ts';
import type { LedgerReader } from '../occurrences/ledger-reader.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import { matches, wantsThresholds, type Filter } from '../subscribers/filter.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { ownFault, type Answer, type Channels } from './channel.ts';
import { HostsApart, Lane, type Slot } from './lanes.ts';
import { OutcomeWriter } from './outcome-writer.ts';
import { lastDigest, nextAttempt, nextDigest, nextOwnAttempt } from './schedule.ts';
import { Turns } from './turns.ts';
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
/** How often it is looked whether anybody waits behind a host that holds most of a lane, in milliseconds. */
const besideEvery = 250;
/** So many turns are taken to look for what to tell before others come first. */
const turnsAtMost = 50;

/** What becomes of a subscriber, but for its lane. */
type Result = Omit<Outcome, 'lane'>;

type Nothing =
  /** Nothing more matches up to what was wanted. */
  | { readonly because: 'nothing-matches' }
  /** This process has not read so far yet. */
  | { readonly because: 'not-read' }
  /** What matches belongs to the next digest. */
  | { readonly because: 'next-digest' }
  /** Nothing matched so far, and others come first. */
  | { readonly because: 'looked-long'; readonly upTo: Place };

type Next =
  { readonly found: readonly [Occurrence, ...Occurrence[]] } | (Nothing & { readonly found: null });

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
  private readonly turns = new Turns();
  private readonly serving = new Set<Promise<void>>();
  private readonly lanes: readonly Lane[];
  private readonly apart = new HostsApart((host) => this.quick.turnAway(host));
  private readonly quick: Lane;
  private lookedBeside = -Infinity;
  private daysReadFor: Place = '';
  private daysRead: Promise<void> = Promise.resolve();
  private freed: PromiseWithResolvers<void> | null = null;

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
    const { concurrency } = options;
    const half = Math.ceil(concurrency / 2);
    const ofHost = Math.ceil(concurrency / 4);
    // Some are leased ahead, because a write for each would be the slowest part. Not more than are done before the
    // garbage collector comes twice, because it takes rows held for longer to be there for good.
    this.quick = new Lane('quick', { telling: concurrency, ofHost, leased: concurrency * 4 });
    const apart = new Lane('apart', { telling: half, ofHost, leased: concurrency * 2 });
    const byMail = channels.mail.atOnce ?? concurrency;
    const mail = new Lane('mail', { telling: byMail, ofHost: byMail, leased: byMail * 4 });
    this.lanes = [this.quick, apart, ...(byMail > 0 ? [mail] : [])];
  }

  /** How many are being told at this moment. */
  get inFlight(): number {
    return this.lanes.reduce((sum, { telling }) => sum + telling, 0);
  }

  /** Whether there is a lane in which as many are leased as can be served soon. */
  get isFull(): boolean {
    return this.lanes.some(({ room }) => room === 0);
  }

  /** Leases what is due and there is room for, and begins to serve it. Answers how many were leased. */
  async claim(): Promise<number> {
    const { owner, leaseFor } = this.options;
    let leased = 0;
    for (const lane of this.lanes) {
      if (lane.room === 0) continue;
      const now = this.clock.now();
      const until = now + leaseFor;
      const { name, room: limit } = lane;
      const rows = await this.store.claim(owner, { now, until, limit, lane: name });
      leased += rows.length;
      for (const row of rows) if (lane.lease(row) && name !== 'mail') this.apart.add(row.host_name);
      for (const row of rows) this.begin(lane, row, until);
    }
    return leased;
  }

  /** Tells a host apart that holds most of a lane, where others wait behind it. */
  private async makeRoomBeside(host: string): Promise<void> {
    const now = performance.now();
    if (now - this.lookedBeside < besideEvery) return;
    this.lookedBeside = now;
    if (await this.store.isOtherDue(this.clock.now(), host)) this.apart.add(host);
  }

  /** Resolves when what is leased is done. */
  async settled(): Promise<void> {
    while (this.serving.size > 0) await Promise.all(this.serving);
  }

  /** Resolves when there is room again in a lane that was full. */
  room(): Promise<void> {
    if (!this.isFull) return Promise.resolve();
    this.freed ??= Promise.withResolvers<void>();
    return this.freed.promise;
  }

  private begin(lane: Lane, row: SubscriberRow, until: number): void {
    const served = this.serve(lane, row, until)
      .catch((error: unknown) => this.watch.failed(error))
      .finally(() => {
        this.serving.delete(served);
        lane.giveBack(row);
        if (lane.room === 0) return;
        this.freed?.resolve();
        this.freed = null;
      });
    this.serving.add(served);
  }

  private async serve(lane: Lane, leased: SubscriberRow, until: number): Promise<void> {
    let row: SubscriberRow | null = leased;
    while (row !== null) {
      const isTurnedAway: boolean = lane === this.quick && this.apart.has(row.host_name);
      const slot: Slot | null = isTurnedAway ? null : await lane.slot(row.host_name);
      try {
        row = slot === null ? await this.giveBack(row) : await this.tellNext(row, until, slot);
      } finally {
        slot?.free();
      }
    }
  }

  private write(
    { channel, host_name: host }: SubscriberRow,
    outcome: Result,
  ): Promise<{ wanted: string; place: string } | null> {
    const isApart = outcome.attempts > 0 || this.apart.has(host);
    const lane = channel === 'mail' ? 'mail' : isApart ? 'apart' : 'quick';
    return this.writer.write({ ...outcome, lane });
  }

  private async giveBack(row: SubscriberRow): Promise<null> {
    await this.write(row, released(row, this.clock.now()));
    return null;
  }

  /** Tells a subscriber what is next. Answers it as it is then, where this holder goes on with it. */
  private async tellNext(
    row: SubscriberRow,
    until: number,
    slot: Slot,
  ): Promise<SubscriberRow | null> {
    const next = await this.next(row);
    if (next === 'failed') {
      await this.write(row, this.ownFault(row));
      return null;
    }
    // Past half of its lease a holder stops, so that it never tells anything while another serves as well.
    if (this.clock.now() > until - this.options.leaseFor / 2) return this.giveBack(row);
    if (next.found === null) {
      slot.free();
      await this.write(row, this.nothingNow(row, next));
      return null;
    }
    const { answer, milliseconds } = await this.attempt(row, next.found);
    // The next one is told while this one's outcome is written.
    slot.free();
    const outcome = this.outcomeOf(row, next.found, answer, milliseconds);
    const left = await this.write(row, outcome);
    this.watch.attempted(row, next.found[0], answer, milliseconds);
    if (left === null) return null;
    if (outcome.state !== 'active') {
      this.watch.ended(row, outcome.state, outcome.reason ?? '');
      return null;
    }
    if (!outcome.keep || left.wanted <= left.place) return null;
    return { ...row, ...left, attempts: 0, failing_since: null, reason: null };
  }

  private async attempt(
    row: SubscriberRow,
    found: readonly [Occurrence, ...Occurrence[]],
  ): Promise<{ answer: Answer; milliseconds: number }> {
    const begun = performance.now();
    const { channel, host_name: host } = row;
    const answered = channel === 'webhook' ? this.apart.watch(host) : () => undefined;
    try {
      const answer = await this.channels[channel].deliver(row, found);
      return { answer, milliseconds: performance.now() - begun };
    } finally {
      answered();
    }
  }

  /**
   * The next occurrences for a subscriber: one, or all of a digest. `failed`: it could not be worked out, which is
   * our own fault.
   */
  private async next(row: SubscriberRow): Promise<Next | 'failed'> {
    const timeline = await this.readUpTo(row.wanted);
    try {
      return await this.lookFor(row, timeline);
    } catch (error) {
      this.watch.failed(error);
      return 'failed';
    }
  }

  private async lookFor(row: SubscriberRow, timeline: Timeline): Promise<Next> {
    const filter = JSON.parse(row.filter) as Filter;
    const matching = timeline.between(row.place, row.wanted, wantsThresholds(filter));
    const until = row.rhythm === 'immediate' ? Infinity : this.digestEnd(row);
    const found: Occurrence[] = [];
    const turn = this.turns.begin();
    let [more, looked] = [false, row.place];
    for (const occurrence of matching) {
      if (turn.isOver) await turn.next();
      if (found.length === 0 && turn.taken > turnsAtMost)
        return { found: null, because: 'looked-long', upTo: looked };
      looked = occurrence.place;
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
  private nothingNow(row: SubscriberRow, nothing: Nothing): Result {
    const now = this.clock.now();
    switch (nothing.because) {
      case 'nothing-matches':
        return upTo(row, row.wanted, now);
      case 'not-read':
        return released(row, now + notReadYet);
      case 'looked-long':
        return { ...released(row, now), place: nothing.upTo };
      case 'next-digest':
        return upTo(row, row.place, nextDigest(row.rhythm, row.time_zone, now));
    }
  }

  /** What could not be told by our own fault is tried again for as long as that lasts: nobody is paused for it. */
  private ownFault(row: SubscriberRow): Result {
    const now = this.clock.now();
    const attempts = row.attempts + 1;
    return {
      ...released(row, nextOwnAttempt(attempts, now, Math.random())),
      attempts,
      failingSince: row.failing_since ?? now,
      reason: ownFault,
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
  ): Result {
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
    if (answer.isOwnFault === true) return { ...this.ownFault(row), delivery };
    // Its own three days begin when it fails itself.
    const failingSince = (row.reason === ownFault ? null : row.failing_since) ?? now;
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
const released = (row: SubscriberRow, goOnAt: number): Result => ({
  number: row.number,
  fence: row.fence,
  place: row.place,
  attempts: row.attempts,
  failingSince: row.failing_since,
  goOnAt,
  keep: false,
  state: 'active',
  reason: row.reason,
  delivery: null,
});

/** A subscriber that has come to a place, with no failure behind it. */
const upTo = (row: SubscriberRow, place: string, goOnAt: number): Result => ({
  ...released(row, goOnAt),
  place,
  attempts: 0,
  failingSince: null,
  reason: null,
});
