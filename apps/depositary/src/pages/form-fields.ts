import { Problem } from '#http';
import { datePartsIn, type DateParts } from '#pages';
import { findParticipant, type ParticipantRegister } from '#treaty';

/** What a form of a page sent: a name given twice is a list. */
export type FormFields = Readonly<Record<string, unknown>>;

/**
 * A field's text as typed, without the spaces around it; empty when it was not sent.
 * @throws Problem for one that is too long: cutting it would record other words than were typed
 */
export function textIn(form: FormFields, name: string, longest = 100_000): string {
  const value = form[name];
  const one: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof one === 'string' ? one.replaceAll(/\r\n?/g, '\n').trim() : '';
  if (text.length <= longest) return text;
  throw new Problem(
    'invalid-fields',
    `The field ${name.slice(0, 60)} takes ${longest} characters, and ${text.length} were sent; go back in the browser and shorten it. Nothing was saved.`,
    {
      field: name.slice(0, 60),
      detailFr: `Le champ ${name.slice(0, 60)} admet ${longest} caractères, et ${text.length} ont été envoyés ; revenez en arrière dans le navigateur et raccourcissez-le. Rien n’a été enregistré.`,
    },
  );
}

/** The same, or null when nothing was typed. */
export const givenIn = (form: FormFields, name: string, longest?: number): string | null => {
  const text = textIn(form, name, longest);
  return text === '' ? null : text;
};

/** A whole number in a field; NaN when it is none. */
export const numberIn = (form: FormFields, name: string): number => {
  const text = textIn(form, name, 10);
  return /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
};

const padded = (part: string): string =>
  /^\d$/.test(part) ? `0${part}` : part.replaceAll('-', '');

/**
 * A date as a draft keeps it: a calendar date, or its parts as they were typed, so that a form shows again what
 * is not yet right. Null when nothing was typed.
 */
export function dateIn(form: FormFields, name: string): string | null {
  return textOfDate(datePartsIn(form, name));
}

/** The parts of a date as a draft keeps them. */
export function textOfDate({ day, month, year }: DateParts): string | null {
  const text = `${year.replaceAll('-', '')}-${padded(month)}-${padded(day)}`;
  return text === '--' ? null : text;
}

/** A participant as a draft keeps it: the code where the register knows whom the words mean, else the words. */
export function participantIn(
  form: FormFields,
  name: string,
  participants: ParticipantRegister,
): string | null {
  const words = givenIn(form, name, 200);
  return words === null ? null : (findParticipant(participants, words)?.code ?? words);
}
