import { actionKinds } from '#treaty';
import type { Schema } from './answers.schema.ts';

/**
 * Schemas of lists, of the ledger and of what the interface says about itself. `null` always means that the
 * register does not know it or that there is none; where the two differ, the description says which.
 */
const text: Schema = { type: 'string' };
const date: Schema = { type: 'string', format: 'date', description: 'Calendar date, no zone' };
const instant: Schema = { type: 'string', format: 'date-time', description: 'In UTC' };
const count: Schema = { type: 'integer', minimum: 0 };
const flag: Schema = { type: 'boolean' };
const position: Schema = {
  type: 'string',
  pattern: '^[0-9]+$',
  description: 'Position in the ledger: a decimal string, because it may exceed 2^53',
};
const or = (schema: Schema, description: string): Schema => ({
  ...schema,
  type: [schema['type'], 'null'],
  description,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const object = (required: Readonly<Record<string, Schema>>, optional = {}): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
});
const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const code: Schema = {
  type: 'string',
  pattern: '^[A-Z0-9-]{3,20}$',
  description: 'ISO 3166-1 alpha-3; EUE for the European Union; ORG-... for other organizations',
};
const next = or(text, 'Cursor of the next page; null on the last page');
const times = {
  asOf: or(date, 'Legal date; null: acts of any date'),
  asKnownAt: or(text, 'Instant or position; null: all that is known'),
};

const actionFacts = {
  action: { type: 'string', description: 'Id, for ever the same: /actions/{id}' },
  treaty: text,
  kind: { type: 'string', enum: Object.keys(actionKinds) },
  participant: code,
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
  annulled: or(text, 'Why the record was annulled; null: it stands'),
  corrected: flag,
  recordedAt: instant,
  position,
};
const listedAction = object({ ...actionFacts, name: text });

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
  names: list(object({ name: text, from: or(date, 'Null: from the beginning') })),
  from: or(date, 'First day on which it could act; null: not recorded'),
  until: or(date, 'Last day of its existence; null: it lasts'),
  predecessors: list(code),
  successors: list(code),
  continues: or(code, 'Whose legal person it continues; null: none'),
  members: list(object({ code, from: date, until: or(date, 'Null: still a member') })),
  note: or(text, 'Null: none'),
  source: or(text, 'Null: not recorded'),
};

export const apiSchemas: Readonly<Record<string, Schema>> = {
  TreatiesPage: object({
    ...times,
    position,
    total: { ...count, description: 'Treaties on all pages' },
    treaties: list(
      object({
        treaty: text,
        title: text,
        titleFr: or(text, 'Null: not recorded'),
        depositary: or(text, 'Null: not recorded'),
        dateOfAdoption: or(date, 'Null: not recorded'),
        placeOfAdoption: or(text, 'Null: not recorded'),
        source: or(text, 'Null: not recorded'),
        totals: object({ signatories: count, contractingStates: count, parties: count }),
        entryIntoForce: { type: 'object', required: ['state', 'counted', 'required'] },
      }),
    ),
    next,
  }),
  Action: object(
    { ...actionFacts, name: or(text, 'Null: no such participant'), first: { type: 'object' } },
    { corrections: list(correction) },
  ),
  ActionsPage: object({ ...times, position, actions: list(listedAction), next }, { treaty: text }),
  ParticipantsPage: object({
    ...times,
    position: or(position, 'Null: no participant is recorded'),
    total: { ...count, description: 'Participants on all pages' },
    participants: list(object(participantFacts)),
    next,
  }),
  Participant: object({
    ...participantFacts,
    ...times,
    treaties: list(object({ treaty: text, title: text, code, status: text })),
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
    notComputed: list({}),
  }),
  FinalClausesSchema: { type: 'object', required: ['$schema'] },
  LinkedData: object({ '@context': {}, '@type': text, '@id': text }),
};

/** What routes answer that say nothing of it themselves: media type and schema, by address. */
export const answersByAddress: Readonly<Record<string, readonly [type: string, schema: Schema]>> = {
  '/': ['application/json', reference('Home')],
  '/changelog': ['application/json', reference('Changelog')],
  '/problems/{code}': ['application/json', reference('ProblemCode')],
  '/health': ['application/json', reference('Health')],
  '/attributes': ['application/json', reference('Attributes')],
  '/attributes/{attribute}': ['application/json', reference('Attribute')],
  '/final-clauses': ['application/json', reference('FinalClausesList')],
  '/final-clauses/schema.json': ['application/schema+json', reference('FinalClausesSchema')],
  '/final-clauses/{id}': ['application/json', reference('FinalClausesEntry')],
  '/events': ['application/x-ndjson', { ...text, description: 'One Event a line' }],
  '/stream': [
    'text/event-stream',
    { ...text, description: '`id` is the position, `data` an Event' },
  ],
  '/dataset.jsonld': ['application/ld+json', reference('LinkedData')],
  '/treaties/{treaty}.jsonld': ['application/ld+json', reference('LinkedData')],
  '/timemap/treaties/{treaty}': ['application/link-format', text],
  '/timemap/treaties/{treaty}/{resource}': ['application/link-format', text],
};

/** What the parts of an address are, with examples that the shipped data answers. */
export const partsOfAddresses: Readonly<Record<string, { description: string; example: string }>> =
  {
    treaty: {
      description: 'Number in Multilateral Treaties Deposited with the Secretary-General',
      example: 'XVIII-16',
    },
    code: { description: 'Code of a participant, or of a problem', example: 'FRA' },
    action: {
      description: 'Id of an action, as lists give it',
      example: '32f3a340-14bf-8959-8186-30179b432c44',
    },
    attribute: { description: 'Name of a figure', example: 'gross-tonnage' },
    id: { description: 'Id in the catalogue of final clauses', example: 'uncac' },
    resource: { description: 'Resource of the treaty', example: 'status' },
  };
