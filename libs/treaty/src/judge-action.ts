import type { CalendarDate } from './calendar-date.ts';
import type { DecisionContext, Refusal } from './commands.ts';
import { entryIntoForceOf } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import type { SignatureWindow } from './final-clauses.ts';
import { judgeConsent, judgeMemberFirst } from './judge-consent.ts';
import { judgeNotice, judgeTakingBack } from './judge-leaving.ts';
import { judgeStatement } from './judge-statement.ts';
import { participantOf } from './participant-register.ts';
import type { Participant } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { refuse } from './refusals.ts';
import { familyOf, standingsOn, type Standing } from './standing.ts';

/** Everything that the rules have against an action, the most fundamental first; empty: nothing. */
export function judgeAction(
  action: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
): Refusal[] {
  const participant = participantOf(context.participants, action.participant);
  if (participant === null)
    return [refuse('unknown-participant', 'participant', { code: action.participant, acts: true })];
  const standing =
    standingsOn(
      record,
      context.participants,
      action.date,
      treatyDate(record, context, action.date),
    ).get(action.participant) ?? null;
  return [
    ...judgeDates(action, record, context, participant),
    ...judgeCapacity(action, participant),
    ...judgeByFamily(action, record, context, participant, standing),
  ].toSorted((a, b) => Number(a.overridable) - Number(b.overridable));
}

/** The treaty's date, only where clauses count from it: computing it costs more than all else here. */
function treatyDate(
  { finalClauses, ...rest }: TreatyRecord,
  { participants }: DecisionContext,
  asOf: CalendarDate,
): CalendarDate | null {
  if (finalClauses.withdrawal?.notice?.mode !== 'end-of-period') return null;
  return entryIntoForceOf({ finalClauses, ...rest }, participants, { asOf }).date ?? null;
}

function judgeDates(
  action: ActionRecorded,
  record: TreatyRecord,
  { today }: DecisionContext,
  participant: Participant,
): Refusal[] {
  const { date, dateOfInstrument, dateOfReceipt, dateOfEffect } = action;
  const found: Refusal[] = [];
  if (date > today) found.push(refuse('date-in-future', 'date', { date, today }));
  const adopted = record.registered?.dateOfAdoption;
  if (adopted != null && date < adopted)
    found.push(refuse('date-before-adoption', 'date', { date, adopted }));
  const { from, until } = participant;
  const existence =
    until !== null && date > until
      ? { until }
      : from !== null && date < from && action.kind !== 'succession'
        ? { since: from }
        : null;
  if (existence !== null)
    found.push(
      refuse('participant-not-existing-on-date', 'participant', {
        who: participant,
        date,
        ...existence,
      }),
    );
  if (dateOfInstrument !== null && dateOfInstrument > date)
    found.push(refuse('instrument-after-deposit', 'dateOfInstrument', { dateOfInstrument, date }));
  if (dateOfReceipt !== null && dateOfReceipt > date)
    found.push(refuse('instrument-after-deposit', 'dateOfReceipt', { dateOfReceipt, date }));
  const mayNameEffect =
    action.kind === 'succession' ||
    action.kind === 'successionToSignature' ||
    familyOf(action.kind) === 'withdrawal-from-treaty' ||
    familyOf(action.kind) === 'provisional-application' ||
    familyOf(action.kind) === 'territory';
  if (dateOfEffect !== null && !mayNameEffect)
    found.push(refuse('effect-date-not-allowed', 'dateOfEffect', null));
  return found;
}

function judgeCapacity({ kind }: ActionRecorded, who: Participant): Refusal[] {
  const organization = who.kind === 'reio' || who.kind === 'organization';
  if (who.kind === 'territory') return [refuse('not-for-territories', 'participant', { who })];
  if (
    !organization &&
    (kind === 'formalConfirmation' ||
      kind === 'declarationOfCompetence' ||
      kind === 'modificationOfCompetence')
  )
    return [refuse('only-for-organizations', 'kind', { kind, who })];
  if (organization && (kind === 'succession' || kind === 'successionToSignature'))
    return [refuse('not-for-organizations', 'kind', { kind, who })];
  return [];
}

function judgeByFamily(
  action: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  participant: Participant,
  standing: Standing | null,
): Refusal[] {
  switch (familyOf(action.kind)) {
    case 'signature':
      return [
        ...judgeSignature(action, record, context, participant, standing),
        ...judgeMemberFirst(action, record, context, participant),
      ];
    case 'signature-and-consent':
      return [
        ...judgeSignature(action, record, context, participant, standing),
        ...judgeConsent(action, record, context, participant, standing),
        ...judgeMemberFirst(action, record, context, participant),
      ];
    case 'consent':
      return [
        ...judgeConsent(action, record, context, participant, standing),
        ...judgeMemberFirst(action, record, context, participant),
      ];
    case 'withdrawal-from-treaty':
      return judgeNotice(action, record, context, participant, standing);
    case 'withdrawal-of-act':
      return judgeTakingBack(action, record, context, participant, standing);
    case 'statement':
    case 'territory':
      return judgeStatement(action, record, context, participant, standing);
    case 'provisional-application':
      return [];
  }
}

function isStillOpen(
  until: SignatureWindow['until'],
  record: TreatyRecord,
  { participants }: DecisionContext,
  date: CalendarDate,
): boolean {
  if (until === null) return true;
  if (until !== 'entry-into-force') return date <= until;
  const force = entryIntoForceOf(record, participants, { asOf: date }).date;
  return force === undefined || date < force;
}

function judgeSignature(
  { kind, date, place }: ActionRecorded,
  record: TreatyRecord,
  context: DecisionContext,
  who: Participant,
  standing: Standing | null,
): Refusal[] {
  if (kind === 'confirmationOfSignatureAdReferendum') {
    if (standing?.signature?.kind === 'signatureAdReferendum') return [];
    return [refuse('confirmation-without-signature', 'kind', { who, date })];
  }
  const found: Refusal[] = [];
  const signed = standing?.signature;
  if (signed != null) found.push(refuse('second-signature', 'kind', { who, signed: signed.date }));
  const rule = record.finalClauses.signature;
  if (rule === null || rule.windows.length === 0 || kind === 'successionToSignature') return found;
  const open = rule.windows.filter(
    ({ from, until }) => from <= date && isStillOpen(until, record, context, date),
  );
  if (open.length === 0) {
    const { windows, article } = rule;
    found.push(refuse('signature-outside-window', 'date', { date, windows }, article));
    return found;
  }
  const places = open.map((window) => window.place);
  if (place !== null && places.every((one) => one !== null && !samePlace(one, place)))
    found.push(
      refuse(
        'signature-at-wrong-place',
        'place',
        { date, open: places.filter((one) => one !== null), place },
        rule.article,
      ),
    );
  return found;
}

const plain = (place: string): string =>
  place.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
/** "New York" is the place of "United Nations Headquarters, New York". */
const samePlace = (a: string, b: string): boolean =>
  plain(a).includes(plain(b)) || plain(b).includes(plain(a));
