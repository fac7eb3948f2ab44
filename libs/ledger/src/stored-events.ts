import {
  actionKinds,
  isCalendarDate,
  type ActionKind,
  type NotificationEvent,
  type ParticipantEvent,
  type TreatyEvent,
} from '#treaty';
import { UnknownStoredEvent } from './errors.ts';

export type AnyEvent = TreatyEvent | ParticipantEvent | NotificationEvent;

/** What a field of a stored event holds. `?` may be null. */
type FieldShape =
  | 'text'
  | 'text?'
  | 'number'
  | 'date'
  | 'date?'
  | 'codes'
  | 'circulated'
  | 'documents'
  | 'object'
  | 'object?'
  | 'finalClauses';

interface StoredShape {
  readonly type: AnyEvent['type'];
  readonly fields: Readonly<Record<string, FieldShape>>;
}

const actionFields: StoredShape['fields'] = {
  treaty: 'text',
  action: 'text',
  participant: 'text',
  date: 'date',
  dateOfInstrument: 'date?',
  dateOfReceipt: 'date?',
  dateOfEffect: 'date?',
  place: 'text?',
  text: 'text?',
  territory: 'text?',
  relatesTo: 'text?',
  predecessor: 'text?',
  note: 'text?',
  source: 'text?',
  override: 'object?',
};

/**
 * Every name under which an event is stored, with its shape. Names are for ever. A changed shape gets a new
 * name with the next version; the old one stays here and `upcast` turns what it holds into today's event.
 */
const shapes: Readonly<Record<string, StoredShape>> = {
  'treaty-registered.v1': {
    type: 'treatyRegistered',
    fields: {
      treaty: 'text',
      title: 'text',
      titleFr: 'text?',
      depositary: 'text?',
      dateOfAdoption: 'date?',
      placeOfAdoption: 'text?',
      finalClauses: 'finalClauses',
      source: 'text?',
    },
  },
  'final-clauses-recorded.v1': {
    type: 'finalClausesRecorded',
    fields: { treaty: 'text', finalClauses: 'finalClauses', reason: 'text' },
  },
  'action-corrected.v1': {
    type: 'actionCorrected',
    fields: { treaty: 'text', action: 'text', changes: 'object', reason: 'text' },
  },
  'action-annulled.v1': {
    type: 'actionAnnulled',
    fields: { treaty: 'text', action: 'text', reason: 'text' },
  },
  'official-date-recorded.v1': {
    type: 'officialDateRecorded',
    fields: { treaty: 'text', participant: 'text?', date: 'date', reason: 'text' },
  },
  'text-rectified.v1': {
    type: 'textRectified',
    fields: { treaty: 'text', date: 'date', text: 'text' },
  },
  'documents-attached.v1': {
    type: 'documentsAttached',
    fields: { treaty: 'text', action: 'text?', documents: 'documents' },
  },
  'rectification-proposed.v1': {
    type: 'rectificationProposed',
    fields: {
      treaty: 'text',
      rectification: 'text',
      date: 'date',
      text: 'text',
      objectionsUntil: 'date',
    },
  },
  'rectification-objected.v1': {
    type: 'rectificationObjected',
    fields: {
      treaty: 'text',
      rectification: 'text',
      participant: 'text',
      date: 'date',
      text: 'text?',
    },
  },
  'rectification-adopted.v1': {
    type: 'rectificationAdopted',
    fields: { treaty: 'text', rectification: 'text', date: 'date', procesVerbal: 'text' },
  },
  'participant-registered.v1': {
    type: 'participantRegistered',
    fields: {
      participant: 'text',
      kind: 'text',
      iso2: 'text?',
      m49: 'text?',
      name: 'text',
      nameFr: 'text?',
      formalName: 'text?',
      formalNameFr: 'text?',
      alsoKnownAs: 'codes',
      from: 'date?',
      until: 'date?',
      predecessors: 'codes',
      note: 'text?',
      source: 'text?',
    },
  },
  'membership-recorded.v1': {
    type: 'membershipRecorded',
    fields: { organization: 'text', member: 'text', from: 'date', until: 'date?' },
  },
  'participant-renamed.v1': {
    type: 'participantRenamed',
    fields: { participant: 'text', name: 'text', nameFr: 'text?', date: 'date' },
  },
  'participant-continued.v1': {
    type: 'participantContinued',
    fields: { participant: 'text', predecessor: 'text', date: 'date' },
  },
  'participant-dissolved.v1': {
    type: 'participantDissolved',
    fields: { participant: 'text', date: 'date', successors: 'codes' },
  },
  'depositary-notification-issued.v1': {
    type: 'depositaryNotificationIssued',
    fields: {
      notification: 'text',
      year: 'number',
      serial: 'number',
      treaty: 'text',
      dateOfNotification: 'date',
      subject: 'circulated',
      text: 'circulated',
      actions: 'codes',
      announcesEntryIntoForce: 'date?',
      corrects: 'text?',
      draft: 'text',
    },
  },
  'attribute-table-recorded.v1': {
    type: 'attributeTableRecorded',
    fields: {
      attribute: 'text',
      title: 'text',
      unit: 'text?',
      date: 'date',
      values: 'object',
      total: 'number',
      source: 'text',
    },
  },
};

const kindByName = new Map(
  (Object.keys(actionKinds) as ActionKind[]).map((kind) => [actionKinds[kind].storedAs, kind]),
);
const nameByType = new Map(Object.entries(shapes).map(([name, { type }]) => [type, name]));

/** All names under which events are stored, for the test that each has a frozen example. */
export const storedNames: readonly string[] = [...Object.keys(shapes), ...kindByName.keys()];

export interface StoredEvent {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as it is stored: its name tells the type, and for an action the kind. */
export function toStored(event: AnyEvent): StoredEvent {
  if (event.type === 'actionRecorded') {
    const { type: _type, kind, ...data } = event;
    return { name: actionKinds[kind].storedAs, data };
  }
  const { type, ...data } = event;
  return { name: nameByType.get(type) ?? type, data };
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fits: Readonly<Record<FieldShape, (value: unknown) => boolean>> = {
  text: isText,
  'text?': (value) => value === null || isText(value),
  number: Number.isFinite,
  date: isCalendarDate,
  'date?': (value) => value === null || isCalendarDate(value),
  codes: (value) => Array.isArray(value) && value.every(isText),
  circulated: (value) =>
    isObject(value) &&
    ['en', 'fr'].every((language) => isText((value as Record<string, unknown>)[language])),
  documents: (value) =>
    Array.isArray(value) &&
    value.every(
      (one: unknown) =>
        isObject(one) &&
        /^[0-9a-f]{64}$/.test(String((one as Record<string, unknown>)['sha256'])) &&
        Number.isSafeInteger((one as Record<string, unknown>)['size']),
    ),
  object: isObject,
  'object?': (value) => value === null || isObject(value),
  // Checked when it was recorded; here only that it is of the version the law runs.
  finalClauses: (value) => isObject(value) && (value as { version?: unknown }).version === 1,
};

/**
 * Today's event out of a stored one.
 * @param where named in the error: stream and revision
 * @throws UnknownStoredEvent for a name nobody knows, or a field that is missing or of another shape
 */
export function fromStored(name: string, data: unknown, where: string): AnyEvent {
  const kind = kindByName.get(name);
  const shape =
    kind === undefined ? shapes[name] : { type: 'actionRecorded', fields: actionFields };
  if (shape === undefined || (kind === undefined && !Object.hasOwn(shapes, name)))
    throw new UnknownStoredEvent(
      `${where} holds an event named "${name}", which this version doesn't know; use the version that wrote it, or a newer one.`,
    );
  if (!isObject(data)) throw new UnknownStoredEvent(`${where} (${name}) holds no JSON object.`);
  const values = data as Record<string, unknown>;
  for (const [field, wanted] of Object.entries(shape.fields)) {
    if (!fits[wanted](values[field]))
      throw new UnknownStoredEvent(`${where} (${name}) has no usable field "${field}".`);
  }
  return upcast({ type: shape.type, ...(kind !== undefined && { kind }), ...values } as AnyEvent);
}

/** Where an event of an older version becomes today's. All names are of version 1 so far. */
const upcast = (event: AnyEvent): AnyEvent => event;
