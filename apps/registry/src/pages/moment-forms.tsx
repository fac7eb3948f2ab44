import type { VNode } from 'preact';
import {
  DateField,
  TextField,
  dateInWords,
  datePartsOf,
  type DateParts,
  type Language,
} from '#pages';
import type { CalendarDate } from '#treaty';
import { knownInWords } from './known-in-words.ts';
import { pageWords } from './words.ts';

/** What is wrong with what was typed, by field. */
type Errors = Readonly<Record<string, string>>;

/** The first year on the slider: before it nothing was deposited with the United Nations. */
const firstOnSlider = '1945-10-24';
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** The date box, and a slider where scripts run; `/as-of` turns what was typed into an address. */
export function MomentForm(props: {
  readonly language: Language;
  readonly page: string;
  readonly asOf: CalendarDate | null;
  readonly asKnownAt: string | null;
  readonly parts?: DateParts;
  readonly errors?: Errors;
}): VNode {
  const { language, page, asOf, asKnownAt, errors = {} } = props;
  const said = pageWords[language].time;
  const days = daysBetween(firstOnSlider, asOf ?? firstOnSlider);
  return (
    <form method="get" action="/as-of" aria-label={said.formTitle}>
      <input type="hidden" name="page" value={page} />
      <input type="hidden" name="lang" value={language} />
      <DateField
        name="asOf"
        label={said.asOf}
        language={language}
        parts={props.parts ?? datePartsOf(asOf)}
        error={errors['asOf']}
      />
      {asOf !== null && (
        <div class="field only-with-script">
          <label for="slide">{said.slide}</label>
          <input
            type="range"
            id="slide"
            min="0"
            max={String(days + 3653)}
            value={String(days)}
            data-from={firstOnSlider}
            aria-valuetext={dateInWords(asOf, language)}
          />
          <output for="slide">{dateInWords(asOf, language)}</output>
        </div>
      )}
      <TextField
        name="asKnownAt"
        label={said.knownAt}
        hint={said.knownHint}
        value={asKnownAt ?? ''}
        size={30}
        error={errors['asKnownAt']}
      />
      <p class="buttons">
        <button type="submit">{said.show}</button>
      </p>
    </form>
  );
}

export interface Point {
  readonly parts: DateParts;
  readonly asKnownAt: string | null;
}

/** Two dates to compare; `/as-of` turns what was typed into an address. */
export function CompareForm(props: {
  readonly language: Language;
  readonly page: string;
  readonly from: Point;
  readonly to: Point;
  readonly errors?: Errors;
}): VNode {
  const { language, page, errors = {} } = props;
  const said = pageWords[language].changes;
  return (
    <form method="get" action="/as-of" aria-label={said.title}>
      <input type="hidden" name="page" value={page} />
      <input type="hidden" name="lang" value={language} />
      <div class="columns">
        {(['from', 'to'] as const).map((name) => {
          const { parts, asKnownAt } = props[name];
          return (
            <DateField
              key={name}
              name={name}
              label={said[name]}
              language={language}
              parts={parts}
              hint={asKnownAt === null ? undefined : knownInWords(asKnownAt, language)}
              error={errors[name]}
            />
          );
        })}
      </div>
      <p class="buttons">
        <button type="submit">{said.compare}</button>
      </p>
    </form>
  );
}
