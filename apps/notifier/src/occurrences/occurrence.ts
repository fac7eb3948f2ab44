import type { AnyEvent } from '#ledger';
import type { ActionKind, CalendarDate, Recorded } from '#treaty';
import type { Place } from './place.ts';

interface Told {
  /** The same for every subscriber and every attempt: what a receiver leaves out duplicates by. */
  readonly id: string;
  readonly place: Place;
  /** Ledger position at which it is known. */
  readonly position: string;
  /** Instant of recording; for what a day brings, the day's first instant at the depositary's seat. */
  readonly time: string;
  readonly treaty: string | null;
}

/** An event of the ledger, as it is. */
export interface EventOccurrence extends Told {
  readonly what: 'action' | 'notification' | 'register';
  readonly recorded: Recorded<AnyEvent>;
  /** Whom it is about: before and after, where a correction changes it. */
  readonly participants: readonly string[];
  readonly kinds: readonly ActionKind[];
  /** Id of the first occurrence about the same thing, for a correction, an annulment or a corrigendum. */
  readonly refersTo: string | null;
}

/**
 * An event changed how many instruments count: one of the treaty, or of another that its conditions ask about, or
 * of participants.
 */
export interface CountOccurrence extends Told {
  readonly what: 'count';
  readonly recorded: Recorded<AnyEvent>;
  readonly before: number;
  readonly after: number;
  readonly required: number;
}

/** A date of a treaty is a number of days away: of entry into force, or the last day for signature. */
export interface ApproachOccurrence extends Told {
  readonly what: 'entry-into-force' | 'signature-closes';
  /** The event that made the date known, where it comes with an event; null where a day brought it. */
  readonly recorded: Recorded<AnyEvent> | null;
  readonly date: CalendarDate;
  readonly days: number;
  /** Whether the date was not known before: then every longer notice is due as well. */
  readonly isNew: boolean;
}

/** Something that a subscriber may be told. */
export type Occurrence = EventOccurrence | CountOccurrence | ApproachOccurrence;

/** Whether something follows for a treaty from an event that is not its own: of another treaty, of participants. */
export function followsFromElsewhere({ treaty, recorded, what }: Occurrence): boolean {
  if (recorded === null || what === 'action' || what === 'notification' || what === 'register')
    return false;
  return !('treaty' in recorded.event) || recorded.event.treaty !== treaty;
}
