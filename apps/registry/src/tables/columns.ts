import { column, type Column } from './table.ts';

/** The status table, one column for each typed date: nothing shares a cell. */
export const statusColumns: readonly Column[] = [
  column('treaty'),
  column('code'),
  column('name'),
  column('status'),
  column('signatureKind', 'signature.kind'),
  column('dateOfSignature', 'signature.date'),
  column('consentKind', 'consent.kind'),
  column('dateOfDeposit', 'consent.dateOfDeposit'),
  column('partyFrom'),
  column('partyUntil'),
  column('withdrawalKind', 'withdrawal.kind'),
  column('dateOfReceiptOfWithdrawal', 'withdrawal.dateOfReceipt'),
  column('withdrawalEffectFrom', 'withdrawal.effectFrom'),
  column('provisionalApplicationFrom'),
  column('predecessors'),
  column('successors'),
  column('signatureAction', 'signature.action'),
  column('consentAction', 'consent.action'),
];

export const actionColumns: readonly Column[] = [
  'treaty',
  'action',
  'kind',
  'participant',
  'name',
  'date',
  'dateOfInstrument',
  'dateOfReceipt',
  'dateOfEffect',
  'place',
  'territory',
  'text',
  'relatesTo',
  'predecessor',
  'note',
  'source',
  'corrected',
  'annulled',
  'recordedAt',
].map((name) => column(name));

export const treatyColumns: readonly Column[] = [
  column('treaty'),
  column('title'),
  column('titleFr'),
  column('depositary'),
  column('dateOfAdoption'),
  column('placeOfAdoption'),
  column('state', 'entryIntoForce.state'),
  column('dateOfEntryIntoForce', 'entryIntoForce.date'),
  column('counted', 'entryIntoForce.counted'),
  column('required', 'entryIntoForce.required'),
  column('signatories', 'totals.signatories'),
  column('contractingStates', 'totals.contractingStates'),
  column('parties', 'totals.parties'),
  column('source'),
];

export const participantColumns: readonly Column[] = [
  'code',
  'kind',
  'iso2',
  'm49',
  'name',
  'nameFr',
  'formalName',
  'formalNameFr',
  'alsoKnownAs',
  'from',
  'until',
  'predecessors',
  'successors',
  'continues',
  'note',
  'source',
].map((name) => column(name));

/** What one participant did: a row for each treaty. */
export const participantTreatiesColumns: readonly Column[] = [
  column('treaty'),
  column('title'),
  ...statusColumns.filter(({ name }) => name !== 'treaty'),
];
