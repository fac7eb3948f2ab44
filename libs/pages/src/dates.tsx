import type { VNode } from 'preact';
import { isCalendarDate, type CalendarDate } from '#treaty';
import type { InEveryLanguage, Language } from './language.ts';

/** Names of months as a date is written out; January first. */
export const months: InEveryLanguage<readonly string[]> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
};

/**
 * A legal date written out, so that nobody takes the day for the month.
 * @example dateInWords('2026-11-20', 'en') === '20 November 2026'
 * @example dateInWords('2026-12-01', 'fr') === '1er décembre 2026'
 */
export function dateInWords(date: CalendarDate | string, language: Language): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const name = months[language][Number(month) - 1] ?? month;
  const first = language === 'fr' && day === '01' ? '1er' : String(Number(day));
  return `${first} ${name} ${year}`;
}

/** A sentence with its dates (YYYY-MM-DD) written out, so that every date of a page reads alike. */
export function datesWrittenOut(sentence: string, language: Language): string {
  return sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, (text) =>
    isCalendarDate(text) ? dateInWords(text, language) : text,
  );
}

/** Names of weekdays, Sunday first. */
export const weekdays: InEveryLanguage<readonly string[]> = {
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
};

/**
 * A legal date with its weekday: what an officer checks a typed date by.
 * @example dateWithWeekday('2026-11-20', 'en') === 'Friday, 20 November 2026'
 */
export function dateWithWeekday(date: CalendarDate | string, language: Language): string {
  const weekday = weekdays[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
  return language === 'en'
    ? `${weekday}, ${dateInWords(date, language)}`
    : `${weekday} ${dateInWords(date, language)}`;
}

/** An instant to the minute, in UTC: `20 November 2026, 14:05 UTC`. */
export function instantInWords(instant: string, language: Language): string {
  return `${dateInWords(instant.slice(0, 10), language)}, ${instant.slice(11, 16)} UTC`;
}

/** A number with the separators of the language. */
export function numberInWords(value: number, language: Language): string {
  return value.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: 2 });
}

/** A legal date on a page, readable by programs as well. Nothing for a date that there is not. */
export function DateText(props: {
  readonly date: CalendarDate | string | null | undefined;
  readonly language: Language;
}): VNode | null {
  const { date, language } = props;
  if (date === null || date === undefined) return null;
  return <time dateTime={date}>{dateInWords(date, language)}</time>;
}

/** An instant of recording on a page. */
export function InstantText(props: {
  readonly instant: string;
  readonly language: Language;
}): VNode {
  return <time dateTime={props.instant}>{instantInWords(props.instant, props.language)}</time>;
}
