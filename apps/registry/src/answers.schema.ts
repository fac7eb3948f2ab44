import { actionKinds } from '#treaty';

/** JSON Schema (2020-12, as OpenAPI 3.1 uses it) of every public answer. A test holds the answers to them. */
export type Schema = Readonly<Record<string, unknown>>;

const date: Schema = { type: 'string', format: 'date', example: '2026-11-20' };
const nullable = (schema: Schema): Schema => ({ ...schema, type: [schema['type'], 'null'] });
const text: Schema = { type: 'string' };
const kind: Schema = { type: 'string', enum: Object.keys(actionKinds) };
const code: Schema = {
  type: 'string',
  description: 'ISO 3166-1 alpha-3; EUE for the European Union',
};
const position: Schema = {
  type: ['string', 'null'],
  pattern: '^[0-9]+$',
  description: 'Position in the ledger, a decimal string',
};

const object = (
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const count: Schema = { type: 'integer', minimum: 0 };

const statusRow = object(
  {
    code,
    name: text,
    status: {
      type: 'string',
      enum: ['signatory', 'contracting-state', 'party', 'former-party', 'none'],
    },
  },
  {
    signature: object({ kind, date, action: text }),
    consent: object({ kind, dateOfDeposit: date, action: text }),
    partyFrom: date,
    partyUntil: date,
    withdrawal: object({ kind, dateOfReceipt: date, effectFrom: nullable(date), action: text }),
    provisionalApplicationFrom: date,
  },
);

const state: Schema = {
  type: 'string',
  enum: ['pending', 'fixed', 'in-force', 'ceased', 'unknown'],
};
const required: Schema = { type: ['integer', 'null'], minimum: 0 };
const briefForce = object({ state, counted: count, required }, { date });
const times = { asOf: date, asKnownAt: nullable(text), position };

const instrument = { participant: code, kind, dateOfDeposit: date, action: text };

const action = object({
  action: text,
  treaty: text,
  kind,
  participant: code,
  date,
});

/** The answers by name; OpenAPI publishes them under `#/components/schemas`. */
export const answerSchemas: Readonly<Record<string, Schema>> = {
  Status: object({
    treaty: text,
    ...times,
    totals: object({ signatories: count, contractingStates: count, parties: count }),
    entryIntoForce: briefForce,
    participants: list(statusRow),
  }),
  EntryIntoForce: object(
    {
      treaty: text,
      ...times,
      state,
      counted: count,
      required,
      article: nullable(text),
      conditions: list(object({ type: text, sentence: text, met: { type: ['boolean', 'null'] } })),
      countedInstruments: list(object({ number: count, ...instrument })),
      notCounted: list(object({ ...instrument, reason: text })),
      steps: list(text),
      missing: nullable(text),
      ifMetToday: nullable(date),
    },
    { date, computedDate: date, officialDate: object({ date, reason: text }) },
  ),
  Treaty: object({ treaty: text, title: text, position }, { entryIntoForce: briefForce }),
  TreatiesPage: object({
    treaties: list(object({ treaty: text, title: text })),
    next: nullable(text),
  }),
  ParticipantInTreaty: object({ treaty: text, ...times }),
  Changes: object({ treaty: text, from: { type: 'object' }, to: { type: 'object' } }),
  Action: action,
  ActionsPage: object({ actions: list(action), next: nullable(text) }),
  Participant: object({ code, name: text }),
  ParticipantsPage: object({
    participants: list(object({ code, name: text })),
    next: nullable(text),
  }),
  Problem: object(
    { type: text, title: text, status: count, detail: text, code: text },
    { field: text, article: text, errors: list({ type: 'object' }), instance: text },
  ),
};

/** A reference to an answer's schema, for a controller's decorator. */
export const answerSchema = (name: string): { $ref: string } => ({
  $ref: `#/components/schemas/${name}`,
});
