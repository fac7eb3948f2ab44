import type { AnyEvent } from '#ledger';
import type { CalendarDate, Recorded } from '#treaty';
import type { ViewStates } from '#views';
import {
  closingDates,
  consequencesOf,
  occurrenceOfEvent,
  occurrencesOfDay,
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

interface TreatyDatesThen {
  readonly treaty: string;
  readonly entryIntoForce: CalendarDate | null;
  readonly closing: readonly CalendarDate[];
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
  private readonly datesByTreaty = new Map<string, { key: string; dates: TreatyDatesThen }>();

  constructor(source: TimelineSource) {
    this.source = source;
    this.records = new RecordsThen(() => source.states());
  }

  /** Position of the last event that was read; 0 before the first. */
  get position(): string {
    return this.source.journal().at(-1)?.position ?? '0';
  }

  get lastDay(): BegunDay | null {
    return this.days.at(-1) ?? null;
  }

  /** Takes over the days that began, in order. */
  setDays(days: readonly BegunDay[]): void {
    this.days = days;
  }

  /** The day on which an event was recorded, or any other instant falls. */
  dateAt(instant: number): CalendarDate {
    return this.source.dateAt(instant);
  }

  /**
   * Occurrences after one place up to another, in order.
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
      return thresholds
        ? [first, ...consequencesOf(recorded, this.records, (instant) => this.dateAt(instant))]
        : [first];
    });
  }

  private ofDay({ day, position }: BegunDay): readonly Occurrence[] {
    return this.remember(`${day} ${position}`, () =>
      occurrencesOfDay(day, position, this.datesThen(day, position)),
    );
  }

  /** The dates of every treaty as known at a position; computed again only for those that changed. */
  private *datesThen(day: CalendarDate, position: string): Generator<TreatyDatesThen> {
    const participants = this.source.states().participants.history.length;
    for (const treaty of this.records.treaties()) {
      const then = this.records.at(treaty, position);
      const rule = then.record.finalClauses.entryIntoForce;
      const depends = (rule?.conditions ?? []).some((condition) => 'treaty' in condition);
      const key = [then.known, participants, depends ? position : ''].join(' ');
      const held = this.datesByTreaty.get(treaty);
      if (held?.key === key) {
        yield held.dates;
        continue;
      }
      const dates = {
        treaty,
        entryIntoForce: this.records.entryIntoForce(then, day).date ?? null,
        closing: closingDates(then.record),
      };
      this.datesByTreaty.set(treaty, { key, dates });
      yield dates;
    }
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
