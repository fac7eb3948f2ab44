import { actionKinds, calendarDate, isCalendarDate, type CorrectableFields } from '#treaty';

const textual = [
  'kind',
  'participant',
  'place',
  'text',
  'territory',
  'relatesTo',
  'predecessor',
  'note',
];
const dated = ['date', 'dateOfInstrument', 'dateOfReceipt', 'dateOfEffect'];

export type ReadFields =
  | { readonly changes: CorrectableFields }
  | { readonly fault: { readonly field: string; readonly detail: string } };

function faultOf(field: string, value: unknown): string | null {
  if (dated.includes(field))
    return (value === null && field !== 'date') || isCalendarDate(value)
      ? null
      : 'must be a calendar date that exists, written YYYY-MM-DD';
  if (!textual.includes(field))
    return `cannot be corrected; what can: ${[...textual, ...dated].join(', ')}`;
  if (field === 'kind')
    return typeof value === 'string' && Object.hasOwn(actionKinds, value)
      ? null
      : 'must be a kind of action, such as ratification';
  if (typeof value === 'string' && value.length <= 100_000) return null;
  return value === null && field !== 'participant' ? null : 'must be a text';
}

/** The changes of a correction, field by field: the law judges them, this only reads them. */
export function correctedFields(changes: Readonly<Record<string, unknown>>): ReadFields {
  const read: [string, unknown][] = [];
  for (const [field, value] of Object.entries(changes)) {
    const detail = faultOf(field, value);
    if (detail !== null) return { fault: { field: field.slice(0, 60), detail } };
    const isDate = dated.includes(field) && typeof value === 'string';
    read.push([field, isDate ? calendarDate(value) : value]);
  }
  return { changes: Object.fromEntries(read) as CorrectableFields };
}
