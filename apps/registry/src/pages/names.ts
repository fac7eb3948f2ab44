import { nameOfCode, type Language } from '#pages';
import type { CalendarDate, ParticipantRegister } from '#treaty';
import type { TreatySummary } from './bodies.ts';

/** Gives the name behind a code, in the language of a page and as borne on its date. */
export type NameOf = (code: string) => string;

/** Names as of a date; each is looked up once. */
export function namesOn(
  register: ParticipantRegister,
  date: CalendarDate,
  language: Language,
): NameOf {
  const known = new Map<string, string>();
  return (code) => {
    let name = known.get(code);
    if (name === undefined) known.set(code, (name = nameOfCode(register, code, date, language)));
    return name;
  };
}

/** The title of a treaty in the language; the English one where no other is recorded. */
export const titleIn = (
  { title, titleFr }: Pick<TreatySummary, 'title' | 'titleFr'>,
  language: Language,
): string => (language === 'fr' ? (titleFr ?? title) : title);
