import { addDays, type CalendarDate } from '#treaty';
import type { NotifierClock } from '../clock.ts';
import { afterEvent, isAfter, positionIn, placeNow, type Place } from '../occurrences/place.ts';
import type { LedgerReader } from '../occurrences/ledger-reader.ts';
import type { BegunDay, Timeline } from '../occurrences/timeline.ts';
import { SubscriberIndex } from '../subscribers/subscriber-index.ts';
import { inPieces } from './listed-rows.ts';
import { nextDigest } from './schedule.ts';
import { Turns } from './turns.ts';
import type { FanOutLease, Mark, WorkStore } from './work-store.ts';

const leaseFor = 15_000;
const occurrencesAtOnce = 1000;
/** At most this many turns go into a stretch. */
const turnsAtMost = 100;
const marksAtOnce = 10_000;
/** After midnight a day is begun a little late, for events of the day before that are still on their way. */
const afterMidnight = 5000;

/**
 * Hands occurrences to the subscribers that they match: marks their rows as due. One process does it at a time,
 * under a lease; when it dies another goes on from the place written down, and marking again changes nothing.
 */
export class FanOut {
  private readonly store: WorkStore;
  private readonly reader: LedgerReader;
  private readonly clock: NotifierClock;
  private readonly owner: string;
  private readonly index = new SubscriberIndex();
  private readonly turns = new Turns();
  private revision = -1;
  private indexedAt = 0;
  /** How far this process knows that the fan-out has come. */
  place: Place | null = null;

  constructor(store: WorkStore, reader: LedgerReader, clock: NotifierClock, owner: string) {
    this.store = store;
    this.reader = reader;
    this.clock = clock;
    this.owner = owner;
  }

  private get timeline(): Timeline {
    return this.reader.timeline;
  }

  /** Does what there is to do. Answers how many marks were made, or null when another process has the lease. */
  async run(): Promise<number | null> {
    const now = this.clock.now();
    // The events are taken first and the subscriptions then: one that was made before an event is seen with it.
    const position = this.timeline.position;
    if (!(await this.hasWork(position, now))) return 0;
    const lease = await this.lease(now, position);
    if (lease === null) return null;
    this.place = lease.place;
    if (isBehind(position, lease)) {
      await this.store.releaseFanOut(this.owner);
      return null;
    }
    await this.beginDays(lease.place, position, now);
    const marksForChanged = await this.refresh(lease, now);
    if (!(await this.mark(marksForChanged, position))) return null;
    if (marksForChanged.length > 0 && !(await this.advance(lease.place, lease.fence))) return null;
    const end = placeNow(position, this.timeline.lastDay?.day ?? this.clock.dateAt(now));
    let marked = 0;
    while (this.place < end) {
      const { marks, reached } = await this.collect(this.place, end);
      if (!(await this.mark(marks, position))) return null;
      if (!(await this.advance(reached, lease.fence))) return null;
      this.place = reached;
      marked += marks.length;
      if ((await this.lease(this.clock.now(), position)) === null) return null;
    }
    return marked;
  }

  /** Makes marks, and renews the lease between them: there may be very many. False: the lease was lost. */
  private async mark(marks: readonly Mark[], position: string): Promise<boolean> {
    for (const piece of inPieces(marks, marksAtOnce)) {
      await this.store.mark(piece);
      if (piece.length < marksAtOnce) break;
      if ((await this.lease(this.clock.now(), position)) === null) return false;
    }
    return true;
  }

  /** Looks before taking the lease: an idle notifier writes nothing. */
  private async hasWork(position: string, now: number): Promise<boolean> {
    const known = await this.store.fanOut();
    if (known === undefined) return false;
    this.place = known.place;
    if (isBehind(position, known)) return false;
    const day = this.clock.dateAt(now - afterMidnight);
    const last = this.timeline.lastDay ?? (await this.takeDays());
    const changed = known.revision !== this.revision;
    return changed || last === null || last.day < day || known.place < placeNow(position, last.day);
  }

  private lease(now: number, position: string): Promise<FanOutLease | null> {
    const upTo = afterEvent(position);
    return this.store.leaseFanOut(this.owner, { now, until: now + leaseFor, upTo });
  }

  private advance(place: Place, fence: number): Promise<boolean> {
    return this.store.advanceFanOut({ place, indexed: this.revision, fence });
  }

  private async takeDays(): Promise<BegunDay | null> {
    this.timeline.setDays(await this.store.days());
    return this.timeline.lastDay;
  }

  /** The newest matching place of each subscriber, over a stretch of the timeline. */
  private async collect(
    after: Place,
    end: Place,
  ): Promise<{ readonly marks: readonly Mark[]; readonly reached: Place }> {
    if (this.index.size === 0) return { marks: [], reached: end };
    const marks = new Map<number, Mark>();
    const now = this.clock.now();
    const turn = this.turns.begin();
    let reached = end;
    let seen = 0;
    for (const occurrence of this.timeline.between(after, end, this.index.wantsThresholds)) {
      for (const { number, rhythm, timeZone } of this.index.matching(occurrence)) {
        const dueAt = rhythm === 'immediate' ? now : nextDigest(rhythm, timeZone, now);
        marks.set(number, { number, place: occurrence.place, dueAt });
      }
      if (turn.isOver) await turn.next();
      // What follows from an event may take long to work out, and the lease must not end over it.
      if ((seen += 1) === occurrencesAtOnce || turn.taken > turnsAtMost) {
        reached = occurrence.place;
        break;
      }
    }
    return { marks: [...marks.values()], reached };
  }

  /**
   * Writes down the days that began: those between events where the ledger was when they did, those since then
   * where it is now. Days on which no notifier ran are begun like the others, so nothing of them is lost.
   */
  private async beginDays(place: Place, position: string, now: number): Promise<void> {
    const last = await this.takeDays();
    if (last === null) return;
    const begun: BegunDay[] = [];
    let day = last.day;
    const beginUpTo = (until: CalendarDate, at: string): void => {
      while (day < until) {
        day = addDays(day, 1);
        begun.push({ day, position: at });
      }
    };
    let before = positionIn(place);
    for (const occurrence of this.timeline.between(place, placeNow(position, day), false)) {
      beginUpTo(this.clock.dateAt(Date.parse(occurrence.time)), before);
      before = occurrence.position;
    }
    beginUpTo(this.clock.dateAt(now - afterMidnight), position);
    if (begun.length === 0) return;
    await this.store.beginDays(begun);
    await this.takeDays();
  }

  /**
   * Takes over what changed of subscriptions. Those that changed after the last stretch was handed out, by whichever
   * process, may have been left out of it: they are marked up to its end, and look themselves for what matches.
   */
  private async refresh(lease: FanOutLease, now: number): Promise<Mark[]> {
    // Erased subscribers leave no row that says so; marking them changes nothing until the index is made anew.
    const anew = now - this.indexedAt > 600_000;
    if (!anew && lease.revision === this.revision) return [];
    const known = anew ? -1 : Math.min(this.revision, lease.indexed);
    const changed = await this.store.changedSince(known);
    if (anew) this.index.clear();
    for (const { subscriber, active } of changed)
      if (active) this.index.put(subscriber);
      else this.index.remove(subscriber.number);
    this.revision = lease.revision;
    if (anew) this.indexedAt = now;
    const { place, indexed } = lease;
    return changed
      .filter(({ active, revision }) => active && revision > indexed)
      .map(({ subscriber: { number, rhythm, timeZone } }) => ({
        number,
        place,
        dueAt: nextDigest(rhythm, timeZone, now),
      }));
  }
}

/**
 * Whether a process has read less than somebody was told already, or begins after. Then it leaves the fan-out to
 * others: a day that it began would stand before that, and nobody would be told what that day brings.
 */
const isBehind = (position: string, { place, ahead }: Pick<FanOutLease, 'place' | 'ahead'>) =>
  isAfter(positionIn(place), position) || (ahead !== '' && isAfter(positionIn(ahead), position));
