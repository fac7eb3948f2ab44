import { UTCDate } from '@date-fns/utc';
import { addDays as plusDays } from 'date-fns/addDays';
import { addMonths as plusMonths } from 'date-fns/addMonths';
import { startOfMonth } from 'date-fns/startOfMonth';
import type { Delay } from './final-clauses.ts';

/** A legal date: `YYYY-MM-DD`, proleptic Gregorian, with no time and no zone. Made by `calendarDate`. */
export type CalendarDate = string & { readonly __calendarDate: unique symbol };

const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a value is a legal date that exists; the year has four digits, from 1000 on. */
export function isCalendarDate(value: unknown): value is CalendarDate {
  if (typeof value !== 'string') return false;
  const match = /^([1-9]\d{3})-(\d{2})-(\d{2})$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && leap ? 29 : (daysOfMonth[month - 1] ?? 0);
  return day >= 1 && day <= last;
}

/** @throws RangeError for anything but a date that exists, written YYYY-MM-DD */
export function calendarDate(text: string): CalendarDate {
  if (isCalendarDate(text)) return text;
  throw new RangeError(`"${text}" is not a calendar date that exists, written YYYY-MM-DD.`);
}

/** Negative, 0 or positive as `a` is before, on or after `b`. */
export function compareDates(a: CalendarDate, b: CalendarDate): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The later of two dates. */
export function later(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a > b ? a : b;
}

// The zone is UTC throughout: a local zone may lack a whole day (Samoa, 30 December 2011).
const toDate = (date: CalendarDate): UTCDate =>
  new UTCDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10)));
// The calendar has years of four digits: a period that goes on ends with it.
const fromDate = (date: UTCDate): CalendarDate =>
  calendarDate(date.getUTCFullYear() > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10));

/** The date `n` days later. */
export function addDays(date: CalendarDate, n: number): CalendarDate {
  return fromDate(plusDays(toDate(date), n));
}

/** The first day of the month that follows the date's month by `months`. */
const firstOfMonth = (date: UTCDate, months: number): UTCDate =>
  plusMonths(startOfMonth(date), months);

/** Ends of periods, by the rule that gives the period and the day it runs from. It only saves time. */
const endsOf = new WeakMap<Delay, Map<CalendarDate, CalendarDate>>();
const mostEnds = 5000;

/**
 * The day on which a period counted from an act ends; the day of the act is day 0.
 * @example addDelay('2027-01-15', { mode: 'days', n: 90 }) === '2027-04-15'
 * @example addDelay('2003-01-31', { mode: 'first-of-month-after-days', n: 60 }) === '2003-05-01'
 */
export function addDelay(date: CalendarDate, delay: Delay): CalendarDate {
  let ends = endsOf.get(delay);
  // Every status answer asks for the same ends again; days that nobody acted on must not pile up.
  if (ends === undefined || ends.size >= mostEnds) endsOf.set(delay, (ends = new Map()));
  let end = ends.get(date);
  if (end === undefined) ends.set(date, (end = endOf(date, delay)));
  return end;
}

function endOf(date: CalendarDate, delay: Delay): CalendarDate {
  const day = toDate(date);
  switch (delay.mode) {
    case 'days':
      return fromDate(plusDays(day, delay.n));
    case 'months':
      return fromDate(plusMonths(day, delay.n));
    case 'years':
      return fromDate(plusMonths(day, delay.n * 12));
    case 'first-of-month-after-days':
      return fromDate(firstOfMonth(plusDays(day, delay.n), 1));
    case 'first-of-month-after-months':
      return fromDate(firstOfMonth(plusMonths(day, delay.n), 1));
    case 'first-of-nth-month':
      return fromDate(firstOfMonth(day, delay.n));
    case 'same-day':
      return date;
  }
}

const ordinals = new Map([
  ['one', 'st'],
  ['two', 'nd'],
  ['few', 'rd'],
  ['other', 'th'],
]);
const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const endings = Array.from({ length: 100 }, (_, n) => ordinals.get(ordinalRules.select(n)));

/** `40th`, `1st`. The endings repeat every hundred numbers. */
export function ordinal(n: number): string {
  return `${n}${endings[n % 100] ?? 'th'}`;
}

/** The period in words, as an explanation says it. */
export function delayInWords(delay: Delay): string {
  const plural = (unit: string): string => `${delay.n} ${unit}${delay.n === 1 ? '' : 's'}`;
  switch (delay.mode) {
    case 'days':
      return `the ${ordinal(delay.n)} day after`;
    case 'months':
      return `${plural('month')} after`;
    case 'years':
      return `${plural('year')} after`;
    case 'first-of-month-after-days':
      return `the first day of the month after the ${ordinal(delay.n)} day following`;
    case 'first-of-month-after-months':
      return `the first day of the month following the expiry of ${plural('month')} after`;
    case 'first-of-nth-month':
      return `the first day of the ${ordinal(delay.n)} month after the month of`;
    case 'same-day':
      return 'the day of';
  }
}
