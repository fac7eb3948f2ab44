import type { AnyEvent } from '#ledger';
import { addDays, type CalendarDate, type Recorded, type TreatyRecord } from '#treaty';
import type { ViewStates } from '#views';
import { beginningOf } from '../clock.ts';
import { DependentTreaties } from './dependent-treaties.ts';
import {
  closingDates,
  consequencesOf,
  isNear,
  occurrenceOfEvent,
  occurrencesOfDay,
  type TreatyDatesThen,
} from './occurrences-of-event.ts';
import type { EventOccurrence, Occurrence } from './occurrence.ts';
import { isAfter, placeOfDay, placeOfEvent, type Place } from './place.ts';
import { RecordsThen } from './records-then.ts';

/** A day began when the ledger was at a position. Written down once, so that it is so for every process. */
export interface BegunDay {
  readonly day: CalendarDate;
  readonly position: string;
}

export interface TimelineSource {
  /** What was read of the ledger so far, folded. */
  states(): ViewStates;
  /** The same, in order. */
  journal(): readonly Recorded<AnyEvent>[];
  dateAt(instant: number): CalendarDate;
}

/** Dates of a treaty that are the same on later days, as long as nothing is recorded. */
interface HeldDates {
  readonly key: string;
  readonly dates: TreatyDatesThen;
}

const remembered = 5000;

/**
 * Everything that a subscriber may be told, in one order for all: the ledger's events, what follows from each,
 * and what each day brings. It is computed from the ledger and the days that began, and kept nowhere.
 */
export class Timeline {
  readonly records: RecordsThen;
  private readonly source: TimelineSource;
  private days: readonly BegunDay[] = [];
  /** What events and days brought, so that ten thousand subscribers do not ask for it again. */
  private readonly brought = new Map<string, readonly Occurrence[]>();
  private readonly datesByTreaty = new Map<string, HeldDates>();
  private readonly dependent: DependentTreaties;

  constructor(source: TimelineSource) {
    this.source = source;
    this.records = new RecordsThen(() => source.states());
    this.dependent = new DependentTreaties({
      journal: () => source.journal(),
      treatiesOf: (participant) => source.states().actions.treatiesOf.get(participant) ?? [],
    });
  }

  /** Position of the last event that was read; 0 before the first. */
  get position(): string {
    return this.source.journal().at(-1)?.position ?? '0';
  }

  get lastDay(): BegunDay | null {
    return this.days.at(-1) ?? null;
  }

  /** Takes over the days that began, in order. They only ever grow: of two answers the shorter is the older one. */
  setDays(days: readonly BegunDay[]): void {
    if (days.length >= this.days.length) this.days = days;
  }

  /** The day on which an event was recorded, or any other instant falls. */
  dateAt(instant: number): CalendarDate {
    return this.source.dateAt(instant);
  }

  /**
   * Occurrences after one place up to another, in order, as far as the ledger was read: a day that began after
   * events which were not is left, because what it brings follows from them, and comes after them.
   * @param thresholds whether what follows from events and days is wanted; it costs, and most do not want it
   */
  *between(after: Place, upTo: Place, thresholds: boolean): Generator<Occurrence> {
    const events = this.source.journal();
    let next = firstFrom(
      events.length,
      (index) => placeOfEvent(events[index]?.position ?? '', 9999) > after,
    );
    let nextDay = thresholds
      ? firstFrom(this.days.length, (index) => dayEnds(this.days[index]) > after)
      : this.days.length;
    for (;;) {
      const event = events[next];
      const day = this.days[nextDay];
      const dayFirst =
        day !== undefined && (event === undefined || isAfter(event.position, day.position));
      if (dayFirst) nextDay += 1;
      else next += 1;
      if (event === undefined && !dayFirst) return;
      if (dayFirst && isAfter(day.position, this.position)) return;
      const start = dayFirst
        ? placeOfDay(day.position, day.day, 0)
        : placeOfEvent(event?.position ?? '');
      if (start > upTo) return;
      const brought = dayFirst
        ? this.ofDay(day)
        : event === undefined
          ? []
          : this.ofEvent(event, thresholds);
      for (const one of brought) if (one.place > after && one.place <= upTo) yield one;
    }
  }

  /** The event with an id, as an occurrence. */
  ofEventAt(position: string): EventOccurrence | null {
    const events = this.source.journal();
    const index = firstFrom(events.length, (at) => !isAfter(position, events[at]?.position ?? ''));
    const event = events[index];
    return event === undefined || event.position !== position
      ? null
      : occurrenceOfEvent(event, this.records, this.source.states());
  }

  /** Instant at which the last event up to a position was recorded; null: none was. */
  recordedAt(position: string): string | null {
    const events = this.source.journal();
    const after = firstFrom(events.length, (at) => isAfter(events[at]?.position ?? '', position));
    return events[after - 1]?.recordedAt ?? null;
  }

  /** Position of the last event recorded before a date; 0 when there is none. */
  positionBefore(date: CalendarDate): string {
    const events = this.source.journal();
    const index = firstFrom(
      events.length,
      (at) => this.dateAt(Date.parse(events[at]?.recordedAt ?? '')) >= date,
    );
    return events[index - 1]?.position ?? '0';
  }

  private ofEvent(recorded: Recorded<AnyEvent>, thresholds: boolean): readonly Occurrence[] {
    const key = `${recorded.id} ${thresholds}`;
    return this.remember(key, () => {
      const first = occurrenceOfEvent(recorded, this.records, this.source.states());
      if (!thresholds) return [first];
      const dateAt = (instant: number): CalendarDate => this.dateAt(instant);
      const dependent = this.dependent.of(recorded);
      return [first, ...consequencesOf(recorded, dependent, this.records, dateAt)];
    });
  }

  private ofDay({ day, position }: BegunDay): readonly Occurrence[] {
    return this.remember(`${day} ${position}`, () => {
      const begins = beginningOf(day, (instant) => this.dateAt(instant));
      const time = new Date(begins).toISOString();
      return occurrencesOfDay({ day, position, time }, this.datesThen(day, position));
    });
  }

  /** The dates of every treaty as known at a position; computed again only where they may have changed. */
  private *datesThen(day: CalendarDate, position: string): Generator<TreatyDatesThen> {
    const participants = this.records.participantsAt(position).known;
    for (const treaty of this.records.treaties()) {
      const { record, known } = this.records.at(treaty, position);
      const key = movesWithDays(record) ? `${position} ${day}` : `${known} ${participants}`;
      const held = this.datesByTreaty.get(treaty);
      if (held?.key === key) {
        yield held.dates;
        continue;
      }
      const dates = this.datesOf(treaty, record, position, day);
      this.datesByTreaty.set(treaty, { key, dates });
      yield dates;
    }
  }

  private datesOf(
    treaty: string,
    record: TreatyRecord,
    position: string,
    day: CalendarDate,
  ): TreatyDatesThen {
    const on = (asOf: CalendarDate): CalendarDate | null =>
      this.records.entryIntoForce(treaty, position, asOf).date ?? null;
    const entryIntoForce = on(day);
    const isNew =
      entryIntoForce !== null &&
      isNear(entryIntoForce, day) &&
      movesWithDays(record) &&
      on(addDays(day, -1)) !== entryIntoForce;
    return { treaty, entryIntoForce, isNew, closing: closingDates(record) };
  }

  private remember(key: string, make: () => readonly Occurrence[]): readonly Occurrence[] {
    const known = this.brought.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.brought.set(key, made);
    if (this.brought.size > remembered) {
      const oldest = this.brought.keys().next();
      if (!oldest.done) this.brought.delete(oldest.value);
    }
    return made;
  }
}

/**
 * Whether a day may change the date of entry into force although nothing is recorded: that of another treaty comes,
 * or one of its parties leaves; a membership begins; new figures apply; an official date arrives.
 */
const movesWithDays = ({ finalClauses, officialDates }: TreatyRecord): boolean =>
  officialDates.some(({ participant }) => participant === null) ||
  (finalClauses.entryIntoForce?.conditions ?? []).some(
    (condition) =>
      condition.type === 'share' ||
      (condition.type === 'subset-count' &&
        condition.of !== undefined &&
        !('participants' in condition.of)) ||
      (condition.type !== 'party-to' && 'treaty' in condition),
  );

const dayEnds = (day: BegunDay | undefined): Place =>
  day === undefined ? '' : placeOfDay(day.position, day.day, 9999);

/** First index for which a test holds, where it holds for all after the first; `length` when for none. */
function firstFrom(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  for (let high = length; low < high;) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
