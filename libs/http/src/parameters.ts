import { calendarDate, isCalendarDate, type CalendarDate } from '#treaty';
import { Problem } from './problem.ts';

const fault = (field: string, detail: string, detailFr: string): Problem =>
  new Problem('invalid-parameter', `${field}: ${detail}`, {
    field,
    detailFr: `${field} : ${detailFr}`,
  });

/** One value of a query parameter; a repeated one is refused rather than half read. */
export function oneValue(field: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length <= 400) return value;
  throw Array.isArray(value)
    ? fault(field, 'give it once.', 'donnez-le une seule fois.')
    : fault(field, 'it is too long.', 'c’est trop long.');
}

/** A legal date in the address, or undefined when it is not given. */
export function dateParameter(field: string, value: unknown): CalendarDate | undefined {
  const text = oneValue(field, value);
  if (text === undefined) return undefined;
  if (isCalendarDate(text)) return calendarDate(text);
  throw fault(
    field,
    `"${text.slice(0, 40)}" is not a calendar date that exists; write YYYY-MM-DD.`,
    `« ${text.slice(0, 40)} » n’est pas une date qui existe ; écrivez AAAA-MM-JJ.`,
  );
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** `asKnownAt`: an instant with its zone, normalised to UTC, or a ledger position. */
export function knownAtParameter(field: string, value: unknown): string | undefined {
  const text = oneValue(field, value);
  if (text === undefined) return undefined;
  if (/^\d{1,19}$/.test(text)) return text;
  // A "+" that was not escaped arrives as a space.
  const candidate = text.replace(/ (\d{2}:\d{2})$/, '+$1');
  if (instant.test(candidate) && isCalendarDate(candidate.slice(0, 10))) {
    const at = new Date(candidate);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  throw fault(
    field,
    `"${text.slice(0, 40)}" is neither an instant (2026-01-31T12:00:00Z) nor a ledger position (digits).`,
    `« ${text.slice(0, 40)} » n’est ni un instant (2026-01-31T12:00:00Z) ni une position du registre (des chiffres).`,
  );
}

/** A ledger position in the address. */
export function positionParameter(field: string, value: unknown): string | undefined {
  const text = oneValue(field, value);
  if (text === undefined || /^\d{1,19}$/.test(text)) return text;
  throw fault(
    field,
    'a ledger position is a number, as answered in "position".',
    'une position du registre est un nombre.',
  );
}

/** A whole number between two bounds. */
export function numberParameter(
  field: string,
  value: unknown,
  bounds: { readonly from: number; readonly to: number },
): number | undefined {
  const text = oneValue(field, value);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d{1,6}$/.test(text) && number >= bounds.from && number <= bounds.to) return number;
  throw fault(
    field,
    `write a whole number from ${bounds.from} to ${bounds.to}.`,
    `écrivez un nombre entier de ${bounds.from} à ${bounds.to}.`,
  );
}

/** One word out of a known list. */
export function wordParameter<Word extends string>(
  field: string,
  value: unknown,
  words: readonly Word[],
): Word | undefined {
  const text = oneValue(field, value);
  if (text === undefined) return undefined;
  const word = words.find((candidate) => candidate === text);
  if (word !== undefined) return word;
  throw fault(
    field,
    `"${text.slice(0, 40)}" is not one of ${words.join(', ')}.`,
    `« ${text.slice(0, 40)} » n’est pas l’une de ces valeurs : ${words.join(', ')}.`,
  );
}

/**
 * Refuses parameters that nobody reads: a misspelt filter must not answer with everything. `lang`, the
 * language of a page, is taken everywhere.
 */
export function onlyKnown(query: object, known: readonly string[]): void {
  const stranger = Object.keys(query).find((name) => name !== 'lang' && !known.includes(name));
  if (stranger !== undefined)
    throw known.length === 0
      ? fault(
          stranger.slice(0, 60),
          'this address takes no parameters.',
          'cette adresse n’admet aucun paramètre.',
        )
      : fault(
          stranger.slice(0, 60),
          `this address does not take it; it takes ${known.join(', ')}.`,
          `cette adresse ne l’admet pas ; elle admet ${known.join(', ')}.`,
        );
}
