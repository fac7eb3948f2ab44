import type { StatementStatus, StatusRow, TerritoryStatus } from './answers.ts';
import { addDelay, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, isConsent, type Standing } from './standing.ts';

/** A reservation is accepted by whoever does not object within twelve months of its notification (VCLT 20(5)). */
const periodForObjections = { mode: 'months', n: 12 } as const;

/** For which of the participant's territories the treaty applies, by the last act about each. */
export function territoriesOf(
  record: TreatyRecord,
  participant: string,
  asOf: CalendarDate,
): Pick<StatusRow, 'territories'> {
  const territories = new Map<string, TerritoryStatus>();
  for (const act of actionsOn(record, asOf)) {
    const { kind, territory, action } = act;
    if (act.participant !== participant || territory === null) continue;
    const applies = kind === 'territorialApplication' || kind === 'territorialExtension';
    if (!applies && kind !== 'territorialExclusion') continue;
    const since = act.dateOfEffect ?? act.date;
    territories.set(territory, { territory, applies, since, action });
  }
  return territories.size === 0 ? {} : { territories: [...territories.values()] };
}

const lasting = ['reservation', 'declaration', 'declarationOfCompetence'];

/** The participant's reservations and declarations, and what became of each up to a date. */
export function statementsOf(
  record: TreatyRecord,
  { participant, signature, consent }: Standing,
  asOf: CalendarDate,
): Pick<StatusRow, 'statements'> {
  const acts = actionsOn(record, asOf);
  const own = acts.filter((act) => act.participant === participant && lasting.includes(act.kind));
  if (own.length === 0) return {};
  return {
    statements: own.map((act) => {
      const about = acts.filter(({ relatesTo }) => relatesTo === act.action);
      return act.kind === 'reservation'
        ? reservationStatus(act, about, signature, consent, acts)
        : statementStatus(act, about, acts);
    }),
  };
}

const dateOf = (acts: readonly ActionRecorded[], ...kinds: string[]): CalendarDate | undefined =>
  acts.findLast(({ kind }) => kinds.includes(kind))?.date;

function statementStatus(
  { kind, action, date, participant }: ActionRecorded,
  about: readonly ActionRecorded[],
  acts: readonly ActionRecorded[],
): StatementStatus {
  const modifiedOn =
    kind === 'declarationOfCompetence'
      ? dateOf(
          acts.filter((act) => act.participant === participant && act.date >= date),
          'modificationOfCompetence',
        )
      : dateOf(about, 'modificationOfDeclaration', 'modificationOfReservation');
  const withdrawnOn = dateOf(about, 'withdrawalOfDeclaration', 'withdrawalOfReservation');
  return {
    kind,
    action,
    date,
    state: withdrawnOn === undefined ? 'standing' : 'withdrawn',
    ...(modifiedOn !== undefined && { modifiedOn }),
    ...(withdrawnOn !== undefined && { withdrawnOn }),
    ...objectionsTo(about, acts),
  };
}

/** Objections, each with its own withdrawal. */
function objectionsTo(
  about: readonly ActionRecorded[],
  acts: readonly ActionRecorded[],
): Pick<StatementStatus, 'objections'> {
  const objections = about.filter(({ kind }) => kind === 'objection');
  if (objections.length === 0) return {};
  return {
    objections: objections.map(({ participant, date, action }) => {
      const withdrawnOn = dateOf(
        acts.filter(({ relatesTo }) => relatesTo === action),
        'withdrawalOfObjection',
      );
      return { participant, date, action, ...(withdrawnOn !== undefined && { withdrawnOn }) };
    }),
  };
}

function reservationStatus(
  act: ActionRecorded,
  about: readonly ActionRecorded[],
  signature: ActionRecorded | null,
  consent: ActionRecorded | null,
  acts: readonly ActionRecorded[],
): StatementStatus {
  const plain = statementStatus(act, about, acts);
  const confirmedOn = dateOf(about, 'confirmationOfReservation');
  // Made when signing subject to ratification: it stands only once confirmed when consenting (VCLT 23(2)).
  const needsConfirming =
    signature?.date === act.date && !isConsent(signature.kind) && consent?.date !== act.date;
  const state =
    plain.state === 'withdrawn' || !needsConfirming || confirmedOn !== undefined
      ? plain.state
      : consent === null
        ? 'awaiting-confirmation'
        : 'not-confirmed';
  // A confirmation is not itself a new reservation: an objection made before it needs none after (VCLT 23(3)).
  const notifiedOn = confirmedOn ?? act.date;
  return {
    ...plain,
    state,
    ...(confirmedOn !== undefined && { confirmedOn }),
    objectionsUntil: addDelay(notifiedOn, periodForObjections),
  };
}
