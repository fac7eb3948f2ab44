import {
  participantOf,
  type ParticipantRegister,
  type ParticipantStatus,
  type StatusRow,
} from '#treaty';
import { participantsKnown, type ViewStates } from '../known-at.ts';
import { statusAnswer, type LazyAnswer, type TreatyAsked } from '../treaty-answers.ts';
import { isCalled } from './participant-list.ts';
import { compareKeys, isDescending, searchable, type SortKey } from './order.ts';

const sortable = ['name', 'date', 'status', 'signature', 'consent', 'partyFrom'] as const;
export const statusSorts = sortable.flatMap((by) => [by, `-${by}`] as const);
export type StatusSort = (typeof statusSorts)[number];

/** From bound to not bound. */
export const participantStatuses: readonly ParticipantStatus[] = [
  'party',
  'contracting-state',
  'signatory',
  'former-party',
  'none',
];

export interface StatusTableAsked extends TreatyAsked {
  readonly status: ParticipantStatus | null;
  readonly participant: string | null;
  /** Text that one of its names holds, present or former. */
  readonly name: string | null;
  readonly sort: StatusSort;
  /** Names of the fields to answer with besides `code`; null: all. */
  readonly fields: readonly string[] | null;
}

/** The date sorted by; what has none comes last, whichever the direction. */
function dateOf({ consent, signature, partyFrom }: StatusRow, sort: StatusSort): string {
  const none = isDescending(sort) ? '0000-00-00' : '9999-12-31';
  if (sort.endsWith('signature')) return signature?.date ?? none;
  if (sort.endsWith('consent')) return consent?.dateOfDeposit ?? none;
  if (sort.endsWith('partyFrom')) return partyFrom ?? none;
  return consent?.dateOfDeposit ?? signature?.date ?? none;
}

function keyOf(row: StatusRow, sort: StatusSort): SortKey {
  const name = searchable(row.name);
  if (sort.endsWith('name')) return [name, row.code];
  if (sort.endsWith('status')) return [participantStatuses.indexOf(row.status), name, row.code];
  return [dateOf(row, sort), name, row.code];
}

/** The rows of a status table that were asked for, in its own order. */
export function statusRowsAsked(
  rows: readonly StatusRow[],
  { status, participant, name }: Pick<StatusTableAsked, 'status' | 'participant' | 'name'>,
  participants: ParticipantRegister,
): StatusRow[] {
  return rows.filter((row) => {
    if (status !== null && row.status !== status) return false;
    if (participant !== null && row.code !== participant) return false;
    const known = participantOf(participants, row.code);
    return name === null || (known !== null && isCalled(known, name));
  });
}

/** The status table, filtered and sorted; its totals are always those of the whole table. */
export function statusTable(states: ViewStates, asked: StatusTableAsked): LazyAnswer | null {
  const found = statusAnswer(states, asked);
  const { status, participant, name, sort, fields } = asked;
  if (found === null) return null;
  const whole = status === null && participant === null && name === null;
  if (whole && sort === 'name' && fields === null) return found;
  return {
    revision: found.revision,
    body: () => {
      const body = found.body() as { participants: readonly StatusRow[] };
      const participants = participantsKnown(states, asked.asKnownAt);
      const rows = statusRowsAsked(body.participants, asked, participants);
      // By name the rows are in order already, in that of the English alphabet.
      if (sort === '-name') rows.reverse();
      else if (sort !== 'name') {
        const sign = isDescending(sort) ? -1 : 1;
        rows.sort((a, b) => compareKeys(keyOf(a, sort), keyOf(b, sort)) * sign);
      }
      return { ...body, participants: rows.map((row) => (fields ? only(row, fields) : row)) };
    },
  };
}

function only(row: StatusRow, fields: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name === 'code' || fields.includes(name)),
  );
}
