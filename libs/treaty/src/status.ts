import type { ParticipantStatus, Status, StatusRow } from './answers.ts';
import type { CalendarDate } from './calendar-date.ts';
import { treatyDates, type AnswerOptions } from './entry-into-force.ts';
import type { ActionRecorded } from './events.ts';
import { isMemberOn, participantNameOn, participantOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import { partyFromOf, type TreatyDates } from './party-periods.ts';
import type { TreatyRecord } from './record.ts';
import { standingsOn, type Standing } from './standing.ts';
import { statementsOf, territoriesOf } from './statements.ts';

/** Where every participant that acted stands as of a date, by name. */
export function statusOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): Status {
  const { asOf } = options;
  const dates = treatyDates(record, participants, options);
  const standings = standingsOn(record, asOf, dates.entryIntoForce);
  const about = { record, participants, dates, asOf, standings };
  const rows = withoutMembers(
    [...standings.values()].map((standing) => rowOf(standing, about)),
    about,
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

interface About {
  readonly record: TreatyRecord;
  readonly participants: ParticipantRegister;
  readonly dates: TreatyDates;
  readonly asOf: CalendarDate;
  readonly standings: ReadonlyMap<string, Standing>;
}

const consentIn = ({ kind, date, action }: ActionRecorded): NonNullable<StatusRow['consent']> => ({
  kind,
  dateOfDeposit: date,
  action,
});

function rowOf(standing: Standing, about: About): StatusRow {
  const { record, participants, dates, asOf } = about;
  const { participant: code, signature, consent, notice, provisionalFrom } = standing;
  const known = participantOf(participants, code);
  const from = consent === null ? null : partyFromOf(consent, record, participants, dates);
  const ended = notice?.effectFrom != null && notice.effectFrom <= asOf;
  return {
    code,
    name: known === null ? code : participantNameOn(known, asOf),
    status: statusOn(standing, from?.date ?? null, ended, asOf),
    ...(signature !== null && {
      signature: { kind: signature.kind, date: signature.date, action: signature.action },
    }),
    ...(consent !== null && { consent: consentIn(consent) }),
    ...(from !== null && { partyFrom: from.date, partyFromRule: from.rule }),
    ...(notice?.effectFrom != null && consent !== null && { partyUntil: notice.effectFrom }),
    ...earlierOf(standing, about),
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
    ...succession(code, about),
    ...territoriesOf(record, code, asOf),
    ...statementsOf(record, standing, asOf),
  };
}

function earlierOf(
  { earlier }: Standing,
  { record, participants, dates }: About,
): Pick<StatusRow, 'earlier'> {
  if (earlier.length === 0) return {};
  return {
    earlier: earlier.map(({ consent, until }) => ({
      consent: consentIn(consent),
      partyFrom: partyFromOf(consent, record, participants, dates)?.date ?? null,
      partyUntil: until,
    })),
  };
}

/** Predecessors and successors that acted under the treaty too: their rows stay, and are linked. */
function succession(
  code: string,
  { participants, standings }: About,
): Pick<StatusRow, 'predecessors' | 'successors'> {
  const before = predecessorsOf(participants, code).filter((other) => standings.has(other));
  const after = [...standings.keys()].filter((other) =>
    predecessorsOf(participants, other).includes(code),
  );
  return {
    ...(before.length > 0 && { predecessors: before }),
    ...(after.length > 0 && { successors: after.toSorted() }),
  };
}

function predecessorsOf(participants: ParticipantRegister, code: string): readonly string[] {
  const known = participantOf(participants, code);
  if (known === null) return [];
  return known.continues === null || known.predecessors.includes(known.continues)
    ? known.predecessors
    : [...known.predecessors, known.continues];
}

/** A regional organization ceases to be a party when all its members have denounced (UNCAC art. 70(2)). */
function withoutMembers(rows: StatusRow[], { record, participants, asOf }: About): StatusRow[] {
  if (record.finalClauses.withdrawal?.reioCeasesWithMembers !== true) return rows;
  return rows.map((row) => {
    const organization = participantOf(participants, row.code);
    if (organization?.kind !== 'reio' || row.consent === undefined) return row;
    const members = rows.filter(({ code }) => isMemberOn(participants, row.code, code, asOf));
    const left = members.filter(({ status }) => status === 'former-party');
    const last = left
      .flatMap(({ partyUntil }) => partyUntil ?? [])
      .toSorted()
      .at(-1);
    const bound = members.some(
      ({ status }) => status === 'party' || status === 'contracting-state',
    );
    if (bound || last === undefined) return row;
    if (row.partyUntil !== undefined && row.partyUntil <= last) return row;
    return { ...row, status: 'former-party', partyUntil: last };
  });
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
