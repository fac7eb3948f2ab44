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

const signature = object({ kind, date, action: text });
const consent = object({ kind, dateOfDeposit: date, action: text });
const clause: Schema = {
  type: 'string',
  enum: ['entry-into-force', 'later-parties', 'succession', 'official-date'],
};
const flag: Schema = { type: 'boolean' };

const statement = object(
  {
    kind,
    action: text,
    date,
    state: {
      type: 'string',
      enum: [
        'standing',
        'awaiting-confirmation',
        'not-confirmed',
        'awaiting-acceptance',
        'not-accepted',
        'withdrawn',
        'ended',
      ],
    },
  },
  {
    late: { ...flag, description: 'Made neither when signing nor when consenting' },
    confirmedOn: date,
    modifiedOn: date,
    withdrawnOn: date,
    objectionsUntil: {
      ...date,
      description: 'Last day for objections; who consents later has until then (VCLT 20(5))',
    },
    objections: list(
      object({ participant: code, date, action: text, inTime: flag }, { withdrawnOn: date }),
    ),
  },
);

const statusRow = object(
  {
    code,
    name: { ...text, description: 'The name borne on the date asked' },
    status: {
      type: 'string',
      enum: ['signatory', 'contracting-state', 'party', 'former-party', 'none'],
    },
  },
  {
    signature,
    consent,
    partyFrom: date,
    partyFromRule: object(
      { clause, article: nullable(text) },
      { reason: text, computedDate: { ...date, description: 'What the clauses give' } },
    ),
    partyUntil: { ...date, description: 'First day on which it is no longer a party' },
    earlier: list(object({ consent, partyFrom: nullable(date), partyUntil: nullable(date) })),
    withdrawal: object({ kind, dateOfReceipt: date, effectFrom: nullable(date), action: text }),
    provisionalApplicationFrom: date,
    provisionalApplicationUntil: date,
    predecessors: list(code),
    successors: list(code),
    territories: list(object({ territory: text, applies: flag, since: date, action: text })),
    statements: list(statement),
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
const countedInstrument = object({ number: count, ...instrument });
const figure: Schema = { type: 'number' };

const totals = object({ signatories: count, contractingStates: count, parties: count });
const summary = {
  treaty: text,
  title: text,
  titleFr: nullable(text),
  depositary: nullable(text),
  dateOfAdoption: nullable(date),
  placeOfAdoption: nullable(text),
  source: nullable(text),
  totals,
  entryIntoForce: briefForce,
};
const point = object({ asOf: date, asKnownAt: nullable(text) });
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const recordedEvent: Schema = {
  ...object({ type: text, recordedAt: text, position }),
  description: 'An event as recorded, with the fields of its type; its treaty where it is another',
  additionalProperties: true,
};

const action = object({
  action: text,
  treaty: text,
  kind,
  participant: code,
  date,
});

const bothLanguages = object({ en: text, fr: text });
const notification = {
  notification: { ...text, example: 'C.N.12.2026.TREATIES-XVIII.16' },
  treaty: text,
  title: nullable(text),
  titleFr: nullable(text),
  year: count,
  serial: count,
  dateOfNotification: date,
  subject: bothLanguages,
  announcesEntryIntoForce: nullable(date),
  corrects: nullable(text),
  correctedBy: list(text),
  recordedAt: text,
  position,
};

const excerpt = object({
  text,
  highlights: list({ type: 'array', items: count, minItems: 2, maxItems: 2 }),
  continues: object({ before: { type: 'boolean' }, after: { type: 'boolean' } }),
});
const found = {
  kind: { type: 'string', enum: ['treaty', 'participant', 'notification', 'action'] },
  key: text,
  title: text,
  address: text,
  excerpt,
};

/** The answers by name; OpenAPI publishes them under `#/components/schemas`. */
export const answerSchemas: Readonly<Record<string, Schema>> = {
  Status: object({
    treaty: text,
    ...times,
    totals,
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
      conditions: list(
        object(
          { type: text, sentence: text, met: { type: ['boolean', 'null'] } },
          { reached: figure, needed: figure },
        ),
      ),
      countedInstruments: list(countedInstrument),
      notCounted: list(object({ ...instrument, reason: text }, { withdrawnOn: date })),
      steps: list(text),
      missing: nullable(text),
      ifMetToday: nullable(date),
    },
    { date, computedDate: date, officialDate: object({ date, reason: text }), ceasedOn: date },
  ),
  Treaty: object({
    ...summary,
    ...times,
    finalClauses: {
      type: 'object',
      description: 'As /final-clauses/schema.json describes them',
      additionalProperties: true,
    },
    inWords: object({ en: list(text), fr: list(text) }),
    notComputed: list(text),
    officialDates: list(object({ participant: nullable(code), date, reason: text })),
    rectifications: list(object({ date, text })),
  }),
  TreatiesPage: object({ treaties: list(object(summary)), next: nullable(text) }),
  ParticipantInTreaty: {
    ...object(
      { treaty: text, ...times, actions: list({ $ref: '#/components/schemas/Action' }) },
      statusRow['properties'] as Readonly<Record<string, Schema>>,
    ),
  },
  Changes: object({
    treaty: text,
    from: point,
    to: point,
    position,
    changes: list(
      object({ code, name: text, before: orNull(statusRow), after: orNull(statusRow) }),
    ),
    entryIntoForce: object({
      before: briefForce,
      after: briefForce,
      countedInstruments: list(
        object({
          action: text,
          before: orNull(countedInstrument),
          after: orNull(countedInstrument),
        }),
      ),
    }),
    recorded: list(recordedEvent),
  }),
  Action: action,
  ActionsPage: object({ actions: list(action), next: nullable(text) }),
  Participant: object({ code, name: text }),
  ParticipantsPage: object({
    participants: list(object({ code, name: text })),
    next: nullable(text),
  }),
  Notification: object({
    ...notification,
    text: bothLanguages,
    actions: list(object({ action: text }, { kind, participant: code, name: text, date })),
  }),
  NotificationsPage: object({
    notifications: list(object({ ...notification, actions: list(text) })),
    next: nullable(text),
  }),
  SearchResults: object({
    q: text,
    kind: nullable(text),
    total: count,
    results: list(object(found, { treaty: text, participant: code })),
  }),
  SearchSuggestions: object({ q: text, suggestions: list(object(found)) }),
  Problem: object(
    { type: text, title: text, status: count, detail: text, code: text },
    { field: text, article: text, errors: list({ type: 'object' }), instance: text },
  ),
};

/** A reference to an answer's schema, for a controller's decorator. */
export const answerSchema = (name: string): { $ref: string } => ({
  $ref: `#/components/schemas/${name}`,
});
