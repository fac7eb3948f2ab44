import { calendarDate, type CalendarDate } from '#treaty';

/** The notifier's only clock: instants for leases and retries, and the date at the depositary's seat. */
export abstract class NotifierClock {
  /** Milliseconds since 1970 in UTC. */
  abstract now(): number;
  /** The calendar date at an instant, at the depositary's seat. */
  abstract dateAt(instant: number): CalendarDate;
}

/** The date in a time zone (an IANA name) at an instant. */
export function dateIn(timeZone: string): (instant: number) => CalendarDate {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => calendarDate(format.format(new Date(instant)));
}

/** The machine's clock, read in the depositary's time zone. */
export class MachineClock extends NotifierClock {
  readonly dateAt: (instant: number) => CalendarDate;

  constructor(timeZone: string) {
    super();
    this.dateAt = dateIn(timeZone);
  }

  now(): number {
    return Date.now();
  }
}
