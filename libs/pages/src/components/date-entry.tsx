import type { VNode } from 'preact';
import { calendarDate, isCalendarDate, type CalendarDate } from '#treaty';
import { dateWithWeekday, months } from '../dates.tsx';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';
import { HintAndError, type FieldProps } from './forms.tsx';

/** A date as it was typed, in the parts in which it is sent. */
export interface DateParts {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** The parts of a date, or empty ones. */
export function datePartsOf(date: CalendarDate | string | null | undefined): DateParts {
  const [year = '', month = '', day = ''] = (date ?? '').split('-');
  return { day: day.replace(/^0/, ''), month: month.replace(/^0/, ''), year };
}

/** What a form sent for a date field, or empty parts. */
export function datePartsIn(form: Readonly<Record<string, unknown>>, name: string): DateParts {
  const part = (which: keyof DateParts): string => {
    const value = form[`${name}-${which}`];
    return typeof value === 'string' ? value.trim().slice(0, 20) : '';
  };
  return { day: part('day'), month: part('month'), year: part('year') };
}

export type DateRead =
  | { readonly outcome: 'date'; readonly date: CalendarDate }
  | { readonly outcome: 'missing' | 'incomplete' | 'unknown'; readonly sentence: string };

/** Reads the parts of a date; the sentence says what is wrong with them, in the language of the page. */
export function readDate({ day, month, year }: DateParts, language: Language): DateRead {
  const said = componentWords[language];
  const given = [day, month, year].filter((part) => part !== '').length;
  if (given === 0) return { outcome: 'missing', sentence: said.dateMissing };
  if (given < 3) return { outcome: 'incomplete', sentence: said.dateIncomplete };
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(text)
    ? { outcome: 'date', date: calendarDate(text) }
    : { outcome: 'unknown', sentence: said.dateUnknown };
}

/**
 * A date in three parts, the month by name, so that it cannot be read the other way round. It is sent as
 * `NAME-day`, `NAME-month` and `NAME-year`; an error summary links to `NAME-day`. A date that exists is said
 * back with its weekday.
 */
export function DateField(
  props: FieldProps & { readonly language: Language; readonly parts: DateParts },
): VNode {
  const { name, label, parts, language, error } = props;
  const said = componentWords[language];
  const hint = props.hint ?? said.dateHint;
  const ids = [`${name}-hint`, ...(error === undefined ? [] : [`${name}-error`])].join(' ');
  const read = readDate(parts, language);
  const wrong = error === undefined ? {} : { 'aria-invalid': 'true' as const };
  const input = (part: 'day' | 'year', most: number): VNode => (
    <div class={part}>
      <label for={`${name}-${part}`}>{said[part]}</label>
      <input
        id={`${name}-${part}`}
        name={`${name}-${part}`}
        value={parts[part]}
        inputMode="numeric"
        maxLength={most}
        autoComplete="off"
        {...wrong}
      />
    </div>
  );
  return (
    <fieldset class={error === undefined ? 'field' : 'field wrong'} aria-describedby={ids}>
      <legend>{label}</legend>
      <HintAndError {...props} hint={hint} />
      <div class="date-parts">
        {input('day', 2)}
        <div>
          <label for={`${name}-month`}>{said.month}</label>
          <select id={`${name}-month`} name={`${name}-month`} {...wrong}>
            <option value="">{said.chooseMonth}</option>
            {months[language].map((month, index) => (
              <option
                key={month}
                value={String(index + 1)}
                selected={String(index + 1) === parts.month.replace(/^0/, '')}
              >
                {month}
              </option>
            ))}
          </select>
        </div>
        {input('year', 4)}
        <output class="weekday" for={`${name}-day`} data-date={name}>
          {read.outcome === 'date' ? dateWithWeekday(read.date, language) : ''}
        </output>
      </div>
    </fieldset>
  );
}
