import type { ParticipantStatus, StatusRow } from '#treaty';
import type { ViewStates } from '../known-at.ts';
import { statusAnswer, type LazyAnswer, type TreatyAsked } from '../treaty-answers.ts';
import { compareKeys, isDescending, searchable, type SortKey } from './order.ts';

export const statusSorts = ['name', '-name', 'date', '-date', 'status', '-status'] as const;
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
  readonly sort: StatusSort;
  /** Names of the fields to answer with besides `code`; null: all. */
  readonly fields: readonly string[] | null;
}

/** The latest act that the row shows; what has none comes last, whichever the direction. */
function dateOf({ consent, signature }: StatusRow, sort: StatusSort): string {
  const none = isDescending(sort) ? '0000-00-00' : '9999-12-31';
  return consent?.dateOfDeposit ?? signature?.date ?? none;
}

function keyOf(row: StatusRow, sort: StatusSort): SortKey {
  const name = searchable(row.name);
  if (sort.endsWith('name')) return [name, row.code];
  if (sort.endsWith('date')) return [dateOf(row, sort), name, row.code];
  return [participantStatuses.indexOf(row.status), name, row.code];
}

/** The status table, filtered and sorted; its totals are always those of the whole table. */
export function statusTable(states: ViewStates, asked: StatusTableAsked): LazyAnswer | null {
  const found = statusAnswer(states, asked);
  const { status, participant, sort, fields } = asked;
  if (found === null) return null;
  if (status === null && participant === null && sort === 'name' && fields === null) return found;
  return {
    revision: found.revision,
    body: () => {
      const whole = found.body() as { participants: readonly StatusRow[] };
      const rows = whole.participants.filter(
        (row) =>
          (status === null || row.status === status) &&
          (participant === null || row.code === participant),
      );
      // By name the rows are in order already, in that of the English alphabet.
      if (sort === '-name') rows.reverse();
      else if (sort !== 'name') {
        const sign = isDescending(sort) ? -1 : 1;
        rows.sort((a, b) => compareKeys(keyOf(a, sort), keyOf(b, sort)) * sign);
      }
      return { ...whole, participants: rows.map((row) => (fields ? only(row, fields) : row)) };
    },
  };
}

function only(row: StatusRow, fields: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name === 'code' || fields.includes(name)),
  );
}
