import { actionKinds, type ActionKind } from '#treaty';
import type { ActDraft } from '../cases/case-content.ts';

/** The fields of an act that a form shows for a kind. What it does not show is not kept: a field left from another kind would be recorded unseen. */
export type ActField = Exclude<keyof ActDraft, 'source'>;

const always: readonly ActField[] = [
  'kind',
  'participant',
  'date',
  'dateOfInstrument',
  'dateOfReceipt',
  'place',
  'note',
  'overrideReason',
];

const refersToAnother: readonly ActionKind[] = [
  'confirmationOfReservation',
  'modificationOfReservation',
  'withdrawalOfReservation',
  'modificationOfDeclaration',
  'withdrawalOfDeclaration',
  'objection',
  'modificationOfObjection',
  'withdrawalOfObjection',
  'modificationOfCompetence',
  'confirmationOfSignatureAdReferendum',
  'terminationOfProvisionalApplication',
  'revocationOfNotice',
  'withdrawalOfInstrument',
  'withdrawalOfSignature',
];

/** Whether a word is a kind of action. */
export const isActionKind = (word: unknown): word is ActionKind =>
  typeof word === 'string' && Object.hasOwn(actionKinds, word);

/** Which fields a form asks for an act of a kind, in their order. */
export function fieldsOf(kind: string | null | undefined): readonly ActField[] {
  if (!isActionKind(kind)) return always;
  const { family } = actionKinds[kind];
  const more: ActField[] = [];
  if (kind === 'succession' || kind === 'successionToSignature') more.push('predecessor');
  if (
    kind === 'succession' ||
    family === 'withdrawal-from-treaty' ||
    family === 'provisional-application'
  )
    more.push('dateOfEffect');
  if (family === 'territory') more.push('territory');
  if (refersToAnother.includes(kind)) more.push('relatesTo');
  if (family === 'statement' || family === 'territory') more.push('text');
  return [...always, ...more];
}

/** Kinds that come with an instrument, each with its own text. */
export const attachedKinds = (Object.keys(actionKinds) as ActionKind[]).filter((kind) =>
  ['statement', 'territory'].includes(actionKinds[kind].family),
);

/** Fields of a correction, as the form lists them. */
export const correctable = [
  'kind',
  'participant',
  'date',
  'dateOfInstrument',
  'dateOfReceipt',
  'dateOfEffect',
  'place',
  'territory',
  'relatesTo',
  'predecessor',
  'text',
  'note',
] as const;

/** Whether a field of an act is a date. */
export const isDateField = (field: string): boolean =>
  field === 'date' || field.startsWith('dateOf');

/**
 * The id of the control that a fault is about: `acts[0].date` is `act-0-date-day`, where one begins to type.
 * A field that the page does not show is told at the first one of its act.
 */
export function controlOf(field: string): string {
  const act = /^acts\[(\d+)\]\.(\w+)$/.exec(field);
  if (act !== null) return `act-${act[1]}-${ending(act[2] ?? 'kind')}`;
  if (field === 'acts') return 'act-0-participant';
  const change = /^changes\.(\w+)$/.exec(field);
  if (change !== null) return `change-${ending(change[1] ?? '')}`;
  if (field === 'changes') return 'change-kind';
  if (field.startsWith('form.')) return `form-${field.slice(5)}`;
  return ending(field);
}

const ending = (field: string): string => (isDateField(field) ? `${field}-day` : field);
