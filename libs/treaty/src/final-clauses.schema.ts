import { actionKinds } from './action-kinds.ts';

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: 'string', maxLength: 2000 };
const textOrNull = { type: ['string', 'null'], maxLength: 2000 };
const count = { type: 'integer', minimum: 0, maximum: 10_000 };
const flag = { type: 'boolean' };
const date = { type: 'string', format: 'calendar-date' };
const code = { type: 'string', pattern: '^[A-Z][A-Z0-9-]{2,19}$' };
const codes = { type: 'array', items: code, maxItems: 300 };
const treaty = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$' };
/** `fraction` as a format: not more than the whole, which a pattern cannot say. */
const fraction = {
  type: 'string',
  format: 'fraction',
  pattern: '^[1-9][0-9]{0,5}/[1-9][0-9]{0,5}$',
};
const monthAndDay = { type: 'string', pattern: '^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$' };

/** An object with exactly these fields; those of `optional` may be left out. */
const object = (required: JsonSchema, optional: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
const orNull = (schema: JsonSchema): JsonSchema => ({ ...schema, type: ['object', 'null'] });
/** One of several objects told apart by one field. */
const oneOf = (propertyName: string, shapes: readonly JsonSchema[]): JsonSchema => ({
  type: 'object',
  discriminator: { propertyName },
  required: [propertyName],
  oneOf: shapes,
});

const delayModes = [
  'days',
  'months',
  'years',
  'first-of-month-after-days',
  'first-of-month-after-months',
  'first-of-nth-month',
  'same-day',
];
const delay = object({ mode: { enum: delayModes }, n: { ...count, maximum: 4000 } });
const delayOrNull = orNull(delay);

const notice = {
  ...oneOf('mode', [
    delay,
    object({ mode: { const: 'end-of-period' }, first: delay, following: delay, before: delay }),
    object({ mode: { const: 'cut-off' }, receivedBy: monthAndDay, effectOn: monthAndDay }),
  ]),
};

const group = {
  anyOf: [
    object({ participants: codes }),
    object({ membersOf: code }),
    object({ attribute: text, atLeast: { type: 'number', minimum: 0 } }),
  ],
};

const condition = (type: string, fields: JsonSchema, optional: JsonSchema = {}): JsonSchema =>
  object({ type: { const: type }, ...fields }, optional);

const conditions = [
  condition('not-before-date', { date }, { note: text }),
  condition('not-before-offset', { from: { enum: ['opening-for-signature', 'adoption'] }, delay }),
  condition('entry-into-force-of', { treaty }),
  condition('party-to', { treaty }),
  condition('all-parties-of', { treaty }),
  condition('fraction-of-parties-of', { treaty, fraction }, { asOf: date, count }),
  condition('named-states', { group: text, participants: codes }),
  condition('subset-count', { group: text, count }, { of: group }),
  condition('other-count', { count }),
  condition('share', { attribute: text, fraction }, { relativeTo: text }),
  condition('minimum-protocols', { count }),
  condition('tacit-consent', { text }),
  condition('pairwise-acceptance', { text }),
  condition('objection-window', { delay }, { text }),
  condition('ceases-below', { count }, { article: text }),
];

const signature = object({
  article: textOrNull,
  windows: {
    type: 'array',
    maxItems: 20,
    items: object({
      place: textOrNull,
      from: date,
      until: { anyOf: [date, { const: 'entry-into-force' }, { type: 'null' }] },
    }),
  },
});

const consent = object({
  article: textOrNull,
  accessionArticle: textOrNull,
  reioAfterMember: flag,
  accessionOpens: {
    enum: ['any-time', 'after-signature-closes', 'after-entry-into-force', 'unknown'],
  },
});

const entryIntoForce = object({
  article: textOrNull,
  threshold: count,
  countedKinds: { type: 'array', maxItems: 60, items: { enum: Object.keys(actionKinds) } },
  delay,
  reioInstruments: { enum: ['not-counted', 'counted', 'unknown'] },
  conditions: { type: 'array', maxItems: 20, items: oneOf('type', conditions) },
});

const laterParties = object({
  article: textOrNull,
  delay,
  appliesTo: { enum: ['after-threshold', 'after-entry-into-force', 'unknown'] },
  notBeforeEntryIntoForce: flag,
  floorWrittenInText: { type: ['boolean', 'null'] },
});

const withdrawal = object(
  {
    article: textOrNull,
    word: { enum: ['denunciation', 'withdrawal', null] },
    notice: { anyOf: [{ type: 'null' }, notice] },
    earliest: delayOrNull,
    earliestFrom: { enum: ['entry-into-force', 'entry-into-force-for-the-party', null] },
    words: textOrNull,
  },
  { reioCeasesWithMembers: flag },
);

/**
 * The final clauses of a treaty as data, version 1, as JSON Schema (2020-12). `calendar-date` is a date that
 * exists, written YYYY-MM-DD. What each part means is said in `final-clauses.ts`.
 */
export const finalClausesSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: '/final-clauses/schema.json',
  title: 'Final clauses of a treaty, version 1',
  ...object({
    version: { const: 1 },
    signature: orNull(signature),
    consent: orNull(consent),
    entryIntoForce: orNull(entryIntoForce),
    laterParties: orNull(laterParties),
    withdrawal: orNull(withdrawal),
    source: textOrNull,
  }),
};

/**
 * The schema as others read it, in nothing but the standard's own words: dates in the standard's format, and
 * shapes told apart by their constants alone.
 */
export function publishedFinalClausesSchema(): JsonSchema {
  return standard(finalClausesSchema) as JsonSchema;
}

function standard(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(standard);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([word, value]) => {
      if (word === 'discriminator' || (word === 'format' && value === 'fraction')) return [];
      return [[word, word === 'format' && value === 'calendar-date' ? 'date' : standard(value)]];
    }),
  );
}
