import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Language } from '#pages';
import type { CalendarDate } from '#treaty';

/** One day of a calendar, in words. All text is plain: nothing in it is markup. */
export interface CalendarDay {
  readonly uid: string;
  readonly date: CalendarDate;
  readonly summary: string;
  readonly description: string;
  readonly category: string;
  readonly address: string;
  readonly sequence: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly cancelled: boolean;
}

export interface CalendarInWords {
  readonly name: string;
  readonly language: Language;
  readonly address: string;
  readonly days: readonly CalendarDay[];
}

export const calendarType = 'text/calendar; charset=utf-8';

/** How often a program that follows a calendar is asked to look again, in seconds. */
const refreshEvery = 12 * 3600;

/** Characters that a content line cannot hold (RFC 5545, 3.1) become U+FFFD; a tab and line ends stay. */
const plain = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are the characters that must not pass
  text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g, '\uFFFD');

/** The library escapes every property but the calendar's own name (RFC 5545, 3.3.11). */
const nameOf = (text: string): string =>
  plain(text)
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll(/[\\;,]/g, (found) => `\\${found}`);

/**
 * A calendar as iCalendar (RFC 5545): whole days without a zone, because a legal date has none. A program
 * replaces what it has by the higher SEQUENCE of the same UID; what no longer stands is CANCELLED.
 */
export function asICalendar({ name, language, address, days }: CalendarInWords): string {
  const calendar = new ICalCalendar({
    name: nameOf(name),
    prodId: { company: 'The Treaty Ledger', product: 'Register', language: language.toUpperCase() },
    ttl: refreshEvery,
    url: address,
  });
  for (const day of days)
    calendar.createEvent({
      id: day.uid,
      start: new Date(`${day.date}T00:00:00Z`),
      allDay: true,
      summary: plain(day.summary),
      description: plain(day.description),
      categories: [{ name: day.category }],
      url: day.address,
      sequence: day.sequence,
      stamp: new Date(day.changedAt),
      created: new Date(day.createdAt),
      lastModified: new Date(day.changedAt),
      status: day.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  return `${calendar.toString()}\r\n`;
}
