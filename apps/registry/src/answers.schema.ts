import {
  answerSchema,
  code,
  count,
  date,
  documents,
  figure,
  flag,
  instant,
  kind,
  list,
  nullable,
  object,
  or,
  orNull,
  position,
  text,
  type Schema,
} from './schema-words.ts';

export { answerSchema, type Schema };

const signature = object({ kind, date, action: text });
const consent = object({ kind, dateOfDeposit: date, action: text });
const clause: Schema = {
  type: 'string',
  enum: ['entry-into-force', 'later-parties', 'succession', 'official-date'],
};

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
    objectionsFrom: {
      type: 'string',
      enum: ['notification', 'act'],
      description:
        'Whether the twelve months run from the depositary notification of it or, while none was circulated, from the act',
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

const rowFields = statusRow['properties'] as Readonly<Record<string, Schema>>;

const state: Schema = {
  type: 'string',
  enum: ['pending', 'fixed', 'in-force', 'ceased', 'unknown'],
};
const required: Schema = { type: ['integer', 'null'], minimum: 0 };
const briefForce = object({ state, counted: count, required }, { date });
const asked = {
  asOf: { ...date, description: 'Legal date' },
  asKnownAt: or(text, 'Instant or position; null: all that is known'),
};
const times = { ...asked, position };

const instrument = { participant: code, kind, dateOfDeposit: date, action: text };
const countedInstrument = object({ number: count, ...instrument });

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
const point = object(asked);
const recordedEvent: Schema = {
  ...object({ type: text, recordedAt: text, position }),
  description: 'An event as recorded, with the fields of its type; its treaty where it is another',
  additionalProperties: true,
};

const actionFacts = {
  action: { type: 'string', description: 'Id, for ever the same: /actions/{id}' },
  treaty: text,
  kind,
  participant: code,
  name: { ...text, description: 'Of the participant, on the date asked' },
  date: { ...date, description: 'Legal date of the act: of signature, deposit, or receipt' },
  dateOfInstrument: or(date, 'Date on the instrument; null: not recorded'),
  dateOfReceipt: or(date, 'Null: not recorded, or the same as the deposit'),
  dateOfEffect: or(date, 'Only where the act itself names it; null otherwise'),
  place: or(text, 'Null: not recorded'),
  text: or(text, 'Text of a statement; null for an act without one'),
  territory: or(text, 'Null: not about a territory'),
  relatesTo: or(text, 'Action that it confirms, changes or objects to; null: none'),
  predecessor: or(code, 'For a succession; null otherwise'),
  note: or(text, 'Null: none'),
  source: or(text, 'Where the fact is from; null: the depositary itself'),
  override: or(
    { type: 'object', required: ['reason', 'refusals'] },
    'Why it was recorded against the rules; null: the rules had nothing against it',
  ),
  documents,
  annulled: or(text, 'Why the record was annulled; null: it stands'),
  corrected: flag,
  recordedAt: instant,
  position,
};
const listedAction = object(actionFacts);

const correction = object({
  changes: { type: 'object' },
  reason: text,
  recordedAt: instant,
  position,
});

const participantFacts = {
  code,
  kind: text,
  iso2: or(text, 'ISO 3166-1 alpha-2; null: it has none'),
  m49: or({ type: 'string', pattern: '^[0-9]{3}$' }, 'UN M49; null: it has none'),
  name: { ...text, description: 'As of the date asked' },
  nameFr: or(text, 'Null: not recorded'),
  formalName: or(text, 'Null: not recorded'),
  formalNameFr: or(text, 'Null: not recorded'),
  alsoKnownAs: list(text),
  names: list(
    object({ name: text, nameFr: nullable(text), from: or(date, 'Null: from the beginning') }),
  ),
  from: or(date, 'First day on which it could act; null: not recorded'),
  until: or(date, 'Last day of its existence; null: it lasts'),
  predecessors: list(code),
  successors: list(code),
  continues: or(code, 'Whose legal person it continues; null: none'),
  members: list(object({ code, from: date, until: or(date, 'Null: still a member') })),
  note: or(text, 'Null: none'),
  source: or(text, 'Null: not recorded'),
};

const next = or(text, 'Cursor of the next page; null on the last page');

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
  ParticipantInTreaty: {
    ...object({ treaty: text, ...times, actions: list(listedAction) }, rowFields),
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
  Notification: object({
    ...notification,
    text: bothLanguages,
    actions: list(object({ action: text }, { kind, participant: code, name: text, date })),
  }),
  NotificationsPage: object({
    notifications: list(object({ ...notification, actions: list(text) })),
    next,
  }),
  SearchResults: object({
    q: text,
    kind: nullable(text),
    total: count,
    results: list(object(found, { treaty: text, participant: code })),
  }),
  SearchSuggestions: object({ q: text, suggestions: list(object(found)) }),
  TreatiesPage: object({
    ...times,
    total: { ...count, description: 'Treaties on all pages' },
    treaties: list(object(summary)),
    next,
  }),
  Action: object({
    ...actionFacts,
    first: { type: 'object', description: 'As it was recorded first' },
    corrections: list(correction),
    notifications: list({ ...text, description: 'Number of one that tells of it' }),
  }),
  ActionsPage: object(
    {
      ...times,
      asOf: or(date, 'Legal date; null: acts of any date'),
      actions: list(listedAction),
      next,
    },
    { treaty: text },
  ),
  ParticipantsPage: object({
    ...asked,
    position: or(position, 'Null: no participant is recorded'),
    total: { ...count, description: 'Participants on all pages' },
    participants: list(object(participantFacts)),
    next,
  }),
  Participant: object({
    ...participantFacts,
    ...asked,
    treaties: list({
      ...statusRow,
      required: ['treaty', 'title', 'code', 'name', 'status'],
      properties: { treaty: text, title: text, ...rowFields },
    }),
  }),
  Event: object({
    position,
    id: { type: 'string', format: 'uuid' },
    stream: text,
    revision: { ...count, description: 'Number in its stream, from 0' },
    recordedAt: instant,
    name: { ...text, description: 'Stored name with its version', examples: ['ratification.v1'] },
    data: { type: 'object' },
  }),
  Home: object({ name: text, description: text, resources: { type: 'object' } }),
  Changelog: object({
    changes: list(object({ date, change: text, what: text })),
    deprecated: list(object({ route: text, deprecatedFrom: date, explanation: text })),
  }),
  ProblemCode: object({ code: text }, { status: count, title: text }),
  Health: object({ status: text, ledger: { type: 'object' }, views: { type: 'object' } }),
  Attributes: object({
    attributes: list(object({ attribute: text, tables: list({ type: 'object' }) })),
  }),
  Attribute: object({
    attribute: text,
    tables: list(object({ date, values: { type: 'object' } })),
  }),
  FinalClausesList: object({ finalClauses: list(object({ id: text, title: text })) }),
  FinalClausesEntry: object({
    id: text,
    title: text,
    finalClauses: { type: 'object', description: 'As /final-clauses/schema.json has it' },
    inWords: object({ en: list(text), fr: list(text) }),
    notComputed: list(text),
  }),
  FinalClausesSchema: { type: 'object', required: ['$schema'] },
  JsonFeed: object({
    version: { ...text, const: 'https://jsonfeed.org/version/1.1' },
    title: text,
    feed_url: text,
    items: list(object({ id: text, url: text, title: text })),
  }),
  LinkedData: object({ '@context': {}, '@type': text, '@id': text }),
  Problem: object(
    { type: text, title: text, status: count, detail: text, code: text },
    { field: text, article: text, errors: list({ type: 'object' }), instance: text },
  ),
};
