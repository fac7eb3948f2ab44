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

/** No calendar on earth is further from UTC's, in milliseconds. */
const furthest = 15 * 3_600_000;

/**
 * The first instant of a day by a calendar, in milliseconds. Clocks may change at midnight, so it is looked for.
 * @param dateAt the calendar: the date at an instant
 */
export function beginningOf(day: CalendarDate, dateAt: (instant: number) => CalendarDate): number {
  let [before, from] = [Date.parse(day) - furthest, Date.parse(day) + furthest];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (dateAt(middle) < day) before = middle;
    else from = middle;
  }
  return from;
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
