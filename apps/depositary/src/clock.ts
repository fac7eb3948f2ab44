import { calendarDate, type CalendarDate } from '#treaty';

/** The only clock of the staff side: the calendar date at the depositary's seat. */
export abstract class Clock {
  abstract today(): CalendarDate;
}

/** The machine's clock, read in the depositary's time zone (an IANA name). */
export class SystemClock extends Clock {
  private readonly format: Intl.DateTimeFormat;
  /** The date of the last minute asked about: no zone changes its date within a minute. */
  private last: { minute: number; date: CalendarDate } | null = null;

  constructor(timeZone: string) {
    super();
    this.format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  today(): CalendarDate {
    const now = Date.now();
    const minute = Math.floor(now / 60_000);
    if (this.last?.minute !== minute)
      this.last = { minute, date: calendarDate(this.format.format(now)) };
    return this.last.date;
  }
}
