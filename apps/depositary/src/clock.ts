import { calendarDate, type CalendarDate } from '#treaty';

/** The only clock of the staff side: the calendar date at the depositary's seat. */
export abstract class Clock {
  abstract today(): CalendarDate;
}

/** The machine's clock, read in the depositary's time zone (an IANA name). */
export class SystemClock extends Clock {
  private readonly format: Intl.DateTimeFormat;

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
    return calendarDate(this.format.format(new Date()));
  }
}
