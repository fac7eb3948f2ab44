import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addDays,
  addDelay,
  calendarDate,
  compareDates,
  delayInWords,
  isCalendarDate,
  ordinal,
} from './calendar-date.ts';
import type { Delay } from './final-clauses.ts';

const anyDate = fc
  .date({ min: new Date('1815-06-09'), max: new Date('2200-12-31'), noInvalidDate: true })
  .map((instant) => calendarDate(instant.toISOString().slice(0, 10)));

describe('a calendar date', () => {
  test.each([
    '2026-02-30',
    '2023-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-04-01',
    '2026-4-1',
    '0999-01-01',
    '2026-04-01T00:00:00Z',
    ' 2026-04-01',
    '2026-04-01\n',
    '',
  ])('is not %j', (text) => {
    expect(isCalendarDate(text)).toBe(false);
    expect(() => calendarDate(text)).toThrow(RangeError);
  });

  test.each(['2024-02-29', '2000-02-29', '1815-06-09', '9999-12-31'])('may be %s', (text) => {
    expect(calendarDate(text)).toBe(text);
  });

  it('is not a number, an object or null', () => {
    for (const value of [20260401, null, undefined, {}, ['2026-04-01']])
      expect(isCalendarDate(value)).toBe(false);
  });

  it('exists for every day a calendar of the same rules has', () => {
    fc.assert(fc.property(anyDate, (date) => isCalendarDate(date)));
  });
});

describe('periods of final clauses', () => {
  // Act and entry into force as the treaty's own depositary announced them.
  test.each<[string, string, Delay, string]>([
    ['UNCAC: the 30th instrument', '2005-09-15', { mode: 'days', n: 90 }, '2005-12-14'],
    ['UNTOC: the 40th instrument', '2003-07-01', { mode: 'days', n: 90 }, '2003-09-29'],
    ['Paris Agreement: 5 October 2016', '2016-10-05', { mode: 'days', n: 30 }, '2016-11-04'],
    [
      'Rome Statute: 60 instruments on 11 April 2002',
      '2002-04-11',
      { mode: 'first-of-month-after-days', n: 60 },
      '2002-07-01',
    ],
    [
      'Rome Statute: Albania, 31 January 2003',
      '2003-01-31',
      { mode: 'first-of-month-after-days', n: 60 },
      '2003-05-01',
    ],
    ['CRC-OPAC: the 10th instrument', '2001-11-12', { mode: 'months', n: 3 }, '2002-02-12'],
    ['NPT: the day itself', '1970-03-05', { mode: 'same-day', n: 0 }, '1970-03-05'],
  ])('%s', (_what, act, delay, inForce) => {
    expect(addDelay(calendarDate(act), delay)).toBe(inForce);
  });

  it('clamps to the end of the month', () => {
    expect(addDelay(calendarDate('2024-11-30'), { mode: 'months', n: 3 })).toBe('2025-02-28');
    expect(addDelay(calendarDate('2024-02-29'), { mode: 'years', n: 1 })).toBe('2025-02-28');
  });

  it('counts the first of a month always in a later month', () => {
    const delay: Delay = { mode: 'first-of-month-after-months', n: 3 };
    expect(addDelay(calendarDate('2004-03-18'), delay)).toBe('2004-07-01');
    expect(addDelay(calendarDate('2004-03-01'), delay)).toBe('2004-07-01');
    expect(addDelay(calendarDate('2004-01-31'), { mode: 'first-of-nth-month', n: 1 })).toBe(
      '2004-02-01',
    );
  });

  it('counts every day once, weekends, leap days and changes of the clock included', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 2000 }), (date, n) => {
        const days = (Date.parse(addDays(date, n)) - Date.parse(date)) / 86_400_000;
        expect(days).toBe(n);
        expect(addDelay(date, { mode: 'days', n })).toBe(addDays(date, n));
      }),
    );
  });

  it('never ends before it begins, and a later act never ends it earlier', () => {
    const delays = fc.record({
      mode: fc.constantFrom<Delay['mode']>(
        'days',
        'months',
        'years',
        'first-of-month-after-days',
        'first-of-month-after-months',
        'first-of-nth-month',
      ),
      n: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(anyDate, anyDate, delays, (a, b, delay) => {
        const [earlier, later] = compareDates(a, b) <= 0 ? [a, b] : [b, a];
        expect(compareDates(addDelay(earlier, delay), earlier)).toBeGreaterThan(0);
        expect(compareDates(addDelay(earlier, delay), addDelay(later, delay))).toBeLessThanOrEqual(
          0,
        );
      }),
    );
  });
});

describe('in words', () => {
  it('names ordinals as English does', () => {
    expect([1, 2, 3, 4, 11, 12, 13, 21, 40, 101, 111].map(ordinal)).toStrictEqual(
      '1st 2nd 3rd 4th 11th 12th 13th 21st 40th 101st 111th'.split(' '),
    );
  });

  it('says the period', () => {
    expect(delayInWords({ mode: 'days', n: 90 })).toBe('the 90th day after');
    expect(delayInWords({ mode: 'months', n: 1 })).toBe('1 month after');
    expect(delayInWords({ mode: 'first-of-month-after-months', n: 3 })).toBe(
      'the first day of the month following the expiry of 3 months after',
    );
  });
});

it('a period that goes beyond the last year of four digits ends with it', () => {
  const last = calendarDate('9999-12-31');
  expect(addDelay(last, { mode: 'days', n: 90 })).toBe('9999-12-31');
  expect(addDelay(last, { mode: 'first-of-nth-month', n: 6 })).toBe('9999-12-31');
});
