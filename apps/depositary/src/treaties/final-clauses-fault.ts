import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { finalClausesSchema, isCalendarDate, isFraction } from '#treaty';

const ajv = new Ajv2020({ discriminator: true, allowUnionTypes: true });
ajv.addFormat('calendar-date', isCalendarDate);
ajv.addFormat('fraction', isFraction);
const validate = ajv.compile(finalClausesSchema);

/** What keeps a value from outside from being final clauses, as `field: what it must be`; null: nothing. */
export function finalClausesFault(value: unknown): string | null {
  if (validate(value)) return null;
  const errors = validate.errors ?? [];
  // An error inside one of several shapes says more than the one that none of them fits.
  const error =
    errors.find(({ keyword }) => keyword !== 'anyOf' && keyword !== 'type') ?? errors[0];
  return error === undefined ? 'is not final clauses' : sentenceOf(error);
}

function sentenceOf({ instancePath, keyword, params, message }: ErrorObject): string {
  const path = instancePath
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.');
  const within = (field: unknown): string =>
    [path, String(field).slice(0, 60)].filter((part) => part !== '').join('.');
  const words = params as Record<string, unknown>;
  switch (keyword) {
    case 'additionalProperties':
      return `${within(words['additionalProperty'])}: is not a field of final clauses`;
    case 'required':
      return `${within(words['missingProperty'])}: is missing`;
    case 'enum':
      return `${path}: must be one of ${(words['allowedValues'] as unknown[]).map(String).join(', ')}`;
    case 'const':
      return `${path}: must be ${String(words['allowedValue'])}`;
    case 'format':
      return words['format'] === 'fraction'
        ? `${path}: must be a fraction of a whole, such as 3/4`
        : `${path}: must be a calendar date that exists, written YYYY-MM-DD`;
    case 'discriminator':
      return `${within(words['tag'])}: must be one that the schema names; /final-clauses/schema.json lists them`;
    default:
      return `${path === '' ? 'finalClauses' : path}: ${message ?? 'is not valid'}`;
  }
}
