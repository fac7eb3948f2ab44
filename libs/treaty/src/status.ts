import type { ParticipantStatus, Status, StatusRow } from './answers.ts';
import { addDelay, later, type CalendarDate } from './calendar-date.ts';
import { computeEntryIntoForce, entryIntoForceOf, type AnswerOptions } from './entry-into-force.ts';
import { participantNameOn, participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { standingsOn, type Standing } from './standing.ts';

/** What the dates of single participants depend on. */
interface TreatyDates {
  readonly entryIntoForce: CalendarDate | null;
  /** Date of the act that met the last condition: deposits up to it enter into force with the treaty. */
  readonly metOn: CalendarDate | null;
}

/** Where every participant that acted stands as of a date, by name. */
export function statusOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): Status {
  const { asOf } = options;
  const force = entryIntoForceOf(record, participants, options);
  const rule = record.finalClauses.entryIntoForce;
  const metOn =
    rule === null ? null : computeEntryIntoForce(record, participants, rule, options).metOn;
  const dates: TreatyDates = { entryIntoForce: force.date ?? null, metOn };
  const rows = [...standingsOn(record, asOf).values()].map((standing) =>
    rowOf(standing, record, participants, dates, asOf),
  );
  rows.sort((a, b) => a.name.localeCompare(b.name, 'en') || (a.code < b.code ? -1 : 1));
  const parties = rows.filter(({ status }) => status === 'party').length;
  return {
    totals: {
      signatories: rows.filter(({ signature }) => signature !== undefined).length,
      contractingStates:
        rows.filter(({ status }) => status === 'contracting-state').length + parties,
      parties,
    },
    participants: rows,
  };
}

function rowOf(
  standing: Standing,
  record: TreatyRecord,
  participants: ParticipantRegister,
  dates: TreatyDates,
  asOf: CalendarDate,
): StatusRow {
  const { participant: code, signature, consent, notice, provisionalFrom } = standing;
  const known = participantOf(participants, code);
  const partyFrom = partyFromOf(standing, record, participants, dates);
  const ended = notice?.effectFrom != null && notice.effectFrom <= asOf;
  return {
    code,
    name: known === null ? code : participantNameOn(known, asOf),
    status: statusOn(standing, partyFrom, ended, asOf),
    ...(signature !== null && {
      signature: { kind: signature.kind, date: signature.date, action: signature.action },
    }),
    ...(consent !== null && {
      consent: { kind: consent.kind, dateOfDeposit: consent.date, action: consent.action },
    }),
    ...(partyFrom !== null && { partyFrom }),
    ...(notice?.effectFrom != null && consent !== null && { partyUntil: notice.effectFrom }),
    ...(notice !== null &&
      !ended && {
        withdrawal: {
          kind: notice.action.kind,
          dateOfReceipt: notice.action.date,
          effectFrom: notice.effectFrom,
          action: notice.action.action,
        },
      }),
    ...(provisionalFrom !== null && { provisionalApplicationFrom: provisionalFrom }),
  };
}

function statusOn(
  { consent, signature }: Standing,
  partyFrom: CalendarDate | null,
  ended: boolean,
  asOf: CalendarDate,
): ParticipantStatus {
  if (consent !== null) {
    if (ended) return 'former-party';
    return partyFrom !== null && partyFrom <= asOf ? 'party' : 'contracting-state';
  }
  return signature === null ? 'none' : 'signatory';
}

/** From when the treaty is in force for a participant; null while that is not known. */
function partyFromOf(
  { participant, consent }: Standing,
  record: TreatyRecord,
  participants: ParticipantRegister,
  { entryIntoForce, metOn }: TreatyDates,
): CalendarDate | null {
  const official = record.officialDates.findLast(
    (recorded) => recorded.participant === participant,
  );
  if (official !== undefined && consent !== null) return official.date;
  if (consent === null || entryIntoForce === null) return null;
  if (consent.kind === 'succession') {
    // A succession takes effect before its deposit: on the date of succession, never before the treaty's own.
    const begun =
      consent.dateOfEffect ?? participantOf(participants, participant)?.from ?? consent.date;
    return later(begun, entryIntoForce);
  }
  const rule = record.finalClauses.laterParties;
  if (rule?.appliesTo === 'after-entry-into-force')
    return consent.date < entryIntoForce ? entryIntoForce : addDelay(consent.date, rule.delay);
  if (metOn === null ? consent.date < entryIntoForce : consent.date <= metOn) return entryIntoForce;
  // No text of a treaty can bind a participant before the treaty itself is in force, written or not.
  return rule === null ? null : later(addDelay(consent.date, rule.delay), entryIntoForce);
}
