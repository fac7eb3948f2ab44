import {
  addDelay,
  entryIntoForceOf,
  rectificationStateOn,
  statusOf,
  type AnswerOptions,
  type CalendarDate,
  type EntryIntoForce,
  type ParticipantRegister,
  type Status,
  type StatusRow,
  type TreatyRecord,
} from '#treaty';

/** A legal date that runs from what is on record, or something that is awaited. */
export interface LegalClock {
  readonly kind:
    | 'entry-into-force'
    | 'party-from'
    | 'notice-takes-effect'
    | 'objections-to-reservation'
    | 'objections-to-late-reservation'
    | 'confirmation-of-reservation'
    | 'objections-to-rectification'
    | 'rectification-due';
  readonly treaty: string;
  readonly participant: string | null;
  /** The action it runs from; for a rectification, its id. */
  readonly action: string | null;
  /** The last day, or the day it takes effect; null: no day is set for what is awaited. */
  readonly date: CalendarDate | null;
}

/** A late reservation stands only if nobody objects to it within twelve months. */
const periodForLateReservations = { mode: 'months', n: 12 } as const;

/**
 * Every clock of a treaty that has not run out on the date asked about; one that ends that day still runs.
 * @param known answers of that date where the caller has them
 */
export function legalClocks(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
  known?: { readonly status: Status; readonly force: EntryIntoForce },
): LegalClock[] {
  const { treaty } = record;
  const { asOf } = options;
  const force = known?.force ?? entryIntoForceOf(record, participants, options);
  const status = known?.status ?? statusOf(record, participants, options);
  const clocks: LegalClock[] = status.participants.flatMap((row) =>
    clocksOfRow(treaty, row, record),
  );
  if (force.date !== undefined)
    clocks.push({
      kind: 'entry-into-force',
      treaty,
      participant: null,
      action: null,
      date: force.date,
    });
  for (const procedure of record.procedures) {
    const { rectification, objectionsUntil } = procedure.proposed;
    const state = rectificationStateOn(procedure, asOf);
    const of = { treaty, participant: null, action: rectification };
    if (state === 'open')
      clocks.push({ kind: 'objections-to-rectification', ...of, date: objectionsUntil });
    if (state === 'due') clocks.push({ kind: 'rectification-due', ...of, date: null });
  }
  return clocks
    .filter(({ date }) => date === null || date >= asOf)
    .toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : 1));
}

function clocksOfRow(treaty: string, row: StatusRow, record: TreatyRecord): LegalClock[] {
  const of = { treaty, participant: row.code };
  const clocks: LegalClock[] = [];
  if (row.partyFrom !== undefined && row.status === 'contracting-state')
    clocks.push({
      kind: 'party-from',
      ...of,
      action: row.consent?.action ?? null,
      date: row.partyFrom,
    });
  if (row.withdrawal !== undefined)
    clocks.push({
      kind: 'notice-takes-effect',
      ...of,
      action: row.withdrawal.action,
      date: row.withdrawal.effectFrom,
    });
  for (const { kind, action, date, state, objectionsUntil } of row.statements ?? []) {
    if (kind !== 'reservation' || state === 'withdrawn') continue;
    if (state === 'awaiting-confirmation') {
      clocks.push({ kind: 'confirmation-of-reservation', ...of, action, date: null });
      continue;
    }
    const late = record.actions
      .find(({ first }) => first.action === action)
      ?.current.override?.refusals.includes('late-reservation');
    clocks.push(
      late === true
        ? {
            kind: 'objections-to-late-reservation',
            ...of,
            action,
            date: addDelay(date, periodForLateReservations),
          }
        : { kind: 'objections-to-reservation', ...of, action, date: objectionsUntil ?? null },
    );
  }
  return clocks;
}

const keyOf = (clock: LegalClock): string => JSON.stringify(clock);

/** The clocks that start, or stand otherwise, after something is recorded. */
export function startedClocks(
  before: readonly LegalClock[],
  after: readonly LegalClock[],
): LegalClock[] {
  const known = new Set(before.map(keyOf));
  return after.filter((clock) => !known.has(keyOf(clock)));
}
