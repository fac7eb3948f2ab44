import type { StatementStatus, StatusRow, TerritoryStatus } from './answers.ts';
import { addDelay, type CalendarDate } from './calendar-date.ts';
import type { ActionRecorded } from './events.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, effectOfNotice, isConsent, type Standing } from './standing.ts';

/** When the depositary first circulated a notification of an action, by its id; null: it has not. */
export type CirculatedOn = (action: string) => CalendarDate | null;

/** A reservation is accepted by whoever does not object within twelve months of its notification (VCLT 20(5)). */
const periodForObjections = { mode: 'months', n: 12 } as const;

type Period = Required<Pick<StatementStatus, 'objectionsUntil' | 'objectionsFrom'>>;

/** Until when others may object to an act. Nobody can be held to a silence about what nobody told them of. */
function periodFor({ action, date }: ActionRecorded, circulatedOn: CirculatedOn): Period {
  const told = circulatedOn(action);
  return {
    objectionsUntil: addDelay(told ?? date, periodForObjections),
    objectionsFrom: told === null ? 'act' : 'notification',
  };
}

/**
 * For which of the participant's territories the treaty applies: by the last act about each that has taken
 * effect, else by the first that will. A notice of leaving may be for one territory alone.
 */
export function territoriesOf(
  own: readonly ActionRecorded[],
  { finalClauses }: TreatyRecord,
  entryIntoForce: CalendarDate | null,
  asOf: CalendarDate,
): Pick<StatusRow, 'territories'> {
  const territories = new Map<string, TerritoryStatus>();
  for (const act of own) {
    const { kind, territory, action } = act;
    if (territory === null) continue;
    const applies = kind === 'territorialApplication' || kind === 'territorialExtension';
    const leaves = kind === 'denunciation' || kind === 'withdrawalFromTreaty';
    if (!applies && !leaves && kind !== 'territorialExclusion') continue;
    const since = leaves
      ? (effectOfNotice(act, finalClauses.withdrawal, entryIntoForce) ?? act.date)
      : (act.dateOfEffect ?? act.date);
    if (territories.has(territory) && since > asOf) continue;
    territories.set(territory, { territory, applies, since, action });
  }
  return territories.size === 0 ? {} : { territories: [...territories.values()] };
}

const lasting = ['reservation', 'declaration', 'declarationOfCompetence'];

/** The participant's reservations and declarations, and what became of each up to a date. */
export function statementsOf(
  acted: readonly ActionRecorded[],
  record: TreatyRecord,
  standing: Standing,
  { asOf, circulatedOn }: { readonly asOf: CalendarDate; readonly circulatedOn: CirculatedOn },
): Pick<StatusRow, 'statements'> {
  const own = acted.filter(({ kind }) => lasting.includes(kind));
  if (own.length === 0) return {};
  const acts = actionsOn(record, asOf);
  return {
    statements: own.map((act) => {
      const about = acts.filter(({ relatesTo }) => relatesTo === act.action);
      const status =
        act.kind === 'reservation'
          ? reservationStatus(act, about, standing, { acts, asOf, circulatedOn })
          : statementStatus(act, about, acts, periodFor(act, circulatedOn));
      const ended = standing.earlier.some(({ consent, until }) =>
        until === null ? act.date <= consent.date : act.date < until,
      );
      return ended && status.state !== 'withdrawn' ? { ...status, state: 'ended' } : status;
    }),
  };
}

const lastOf = (acts: readonly ActionRecorded[], ...kinds: string[]): ActionRecorded | undefined =>
  acts.findLast(({ kind }) => kinds.includes(kind));

const dateOf = (acts: readonly ActionRecorded[], ...kinds: string[]): CalendarDate | undefined =>
  lastOf(acts, ...kinds)?.date;

function statementStatus(
  { kind, action, date, participant }: ActionRecorded,
  about: readonly ActionRecorded[],
  acts: readonly ActionRecorded[],
  { objectionsUntil }: Period,
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
    ...objectionsTo(about, acts, objectionsUntil),
  };
}

/** Objections, each with its own withdrawal, and whether it came in the time that its author had. */
function objectionsTo(
  about: readonly ActionRecorded[],
  acts: readonly ActionRecorded[],
  until: CalendarDate,
): Pick<StatementStatus, 'objections'> {
  const objections = about.filter(({ kind }) => kind === 'objection');
  if (objections.length === 0) return {};
  return {
    objections: objections.map(({ participant, date, action }) => {
      const withdrawnOn = dateOf(
        acts.filter(({ relatesTo }) => relatesTo === action),
        'withdrawalOfObjection',
      );
      const consented = acts.find(
        (act) => act.participant === participant && isConsent(act.kind),
      )?.date;
      const inTime = date <= until || consented === undefined || date <= consented;
      return {
        participant,
        date,
        action,
        inTime,
        ...(withdrawnOn !== undefined && { withdrawnOn }),
      };
    }),
  };
}

function reservationStatus(
  act: ActionRecorded,
  about: readonly ActionRecorded[],
  { signature, consent, earlier }: Standing,
  {
    acts,
    asOf,
    circulatedOn,
  }: {
    readonly acts: readonly ActionRecorded[];
    readonly asOf: CalendarDate;
    readonly circulatedOn: CirculatedOn;
  },
): StatementStatus {
  const confirmation = lastOf(about, 'confirmationOfReservation');
  const confirmedOn = confirmation?.date;
  // Once confirmed it counts as made on that day. The confirmation itself is no new reservation: an objection
  // made before it needs none after (VCLT 23(3)).
  const period = periodFor(confirmation ?? act, circulatedOn);
  const { objectionsUntil } = period;
  const plain = statementStatus(act, about, acts, period);
  const consents = [consent, ...earlier.map((one) => one.consent)].filter((one) => one !== null);
  const atConsent = consents.some(({ date }) => date === act.date);
  const atSignature = signature?.date === act.date;
  const late = !atConsent && !atSignature && consents.some(({ date }) => date < act.date);
  return {
    ...plain,
    state: plain.state === 'withdrawn' ? plain.state : stateOf(),
    ...(late && { late }),
    ...(confirmedOn !== undefined && { confirmedOn }),
    ...period,
  };

  function stateOf(): StatementStatus['state'] {
    if (late) {
      // One objection in the period is enough for the depositary to refuse it, withdrawn later or not.
      if (plain.objections?.some(({ date }) => date <= objectionsUntil) === true)
        return 'not-accepted';
      return asOf <= objectionsUntil ? 'awaiting-acceptance' : 'standing';
    }
    // Made when signing subject to ratification: it stands only once confirmed when consenting (VCLT 23(2)).
    const binding = signature !== null && isConsent(signature.kind);
    if (atConsent || !atSignature || binding || confirmedOn !== undefined) return 'standing';
    return consent === null ? 'awaiting-confirmation' : 'not-confirmed';
  }
}
