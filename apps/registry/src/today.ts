import type { CalendarDate } from '#treaty';

/** The calendar date at the depositary's seat: what an answer is as of when nothing else is asked. */
export abstract class Today {
  abstract today(): CalendarDate;
}
