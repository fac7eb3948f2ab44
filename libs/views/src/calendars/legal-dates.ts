import {
  actionKinds,
  addDays,
  calendarDate,
  statusOf,
  treatyDates,
  type AnswerOptions,
  type CalendarDate,
  type OtherTreaty,
  type ParticipantRegister,
  type StatementStatus,
  type StatusRow,
  type TreatyRecord,
} from '#treaty';

/**
 * What falls on a legal date.
 *
 * - `entry-into-force`: of the treaty; `party-from`: for one participant; `party-until`: the first day on which
 *   it is no longer a party, because a denunciation or withdrawal took effect or the State ceased to exist.
 * - `signature-closes`: the last day of a stretch in which the treaty is open for signature.
 * - `objections-until`: the last day on which another party may object to a reservation (VCLT 20(5)).
 * - `provisional-application`, `provisional-application-ends`: for one participant (VCLT 25).
 */
export type LegalDateKind =
  | 'entry-into-force'
  | 'signature-closes'
  | 'party-from'
  | 'party-until'
  | 'objections-until'
  | 'provisional-application'
  | 'provisional-application-ends';

/** One legal date that follows from what is recorded, named so that it keeps its name when the date moves. */
export interface LegalDate {
  readonly name: string;
  readonly kind: LegalDateKind;
  readonly date: CalendarDate;
  /** null: of the treaty itself. */
  readonly participant: string | null;
  /** The action it follows from, where it is one. */
  readonly action: string | null;
  /** Where one signs, for the closing of a stretch of signature. */
  readonly place: string | null;
}

export type TreatyDates = ReturnType<typeof treatyDates>;

/**
 * A day on which all that is recorded has been done, and every State that no longer exists has ceased to: legal
 * dates do not depend on when they are asked for.
 */
export function afterAllActs(
  { actions }: TreatyRecord,
  { byCode }: ParticipantRegister,
): CalendarDate {
  let last = calendarDate('1000-01-01');
  for (const { annulled, current } of actions)
    if (annulled === null && current.date > last) last = current.date;
  for (const { until } of Object.values(byCode)) if (until !== null && until > last) last = until;
  return addDays(last, 1);
}

/** When the treaty enters into force, by all that is recorded, and what the dates of participants follow from. */
export function datesOfTreaty(
  record: TreatyRecord,
  participants: ParticipantRegister,
  elsewhere: (treaty: string) => OtherTreaty | null,
): TreatyDates {
  return treatyDates(record, participants, {
    asOf: afterAllActs(record, participants),
    elsewhere,
  });
}

/** Legal dates of the treaty itself: entry into force, and the last days for signature. */
export function legalDatesOfTreaty(
  { finalClauses }: TreatyRecord,
  { entryIntoForce }: TreatyDates,
): LegalDate[] {
  const closings = (finalClauses.signature?.windows ?? []).flatMap(({ until, place }, index) => {
    const date = until === 'entry-into-force' ? entryIntoForce : until;
    const name = `signature-closes-${index + 1}`;
    return date === null ? [] : [ofTreaty('signature-closes', date, place, name)];
  });
  return [
    ...(entryIntoForce === null ? [] : [ofTreaty('entry-into-force', entryIntoForce, null)]),
    ...closings,
  ];
}

const ofTreaty = (
  kind: LegalDateKind,
  date: CalendarDate,
  place: string | null,
  name: string = kind,
): LegalDate => ({ name, kind, date, participant: null, action: null, place });

/**
 * Legal dates of participants, past and to come, in a record that may hold the acts of only some of them: the
 * treaty's own dates are given.
 */
export function legalDatesOfParticipants(
  record: TreatyRecord,
  participants: ParticipantRegister,
  dates: TreatyDates,
  options: AnswerOptions,
): LegalDate[] {
  const rows = statusOf(record, participants, options, dates).participants;
  return [...rows.flatMap(legalDatesOfRow), ...provisionalApplications(record)];
}

function legalDatesOfRow({
  code,
  consent,
  partyFrom,
  partyUntil,
  earlier = [],
  statements = [],
}: StatusRow): LegalDate[] {
  const on = (kind: LegalDateKind, action: string, date?: CalendarDate | null): LegalDate[] =>
    date == null
      ? []
      : [{ name: `${action}.${kind}`, kind, date, participant: code, action, place: null }];
  const present =
    consent === undefined
      ? []
      : [
          ...on('party-from', consent.action, partyFrom),
          ...on('party-until', consent.action, partyUntil),
        ];
  return [
    ...earlier.flatMap((one) => [
      ...on('party-from', one.consent.action, one.partyFrom),
      ...on('party-until', one.consent.action, one.partyUntil),
    ]),
    ...present,
    ...statements.flatMap((one) =>
      isOpenToObjections(one) ? on('objections-until', one.action, one.objectionsUntil) : [],
    ),
  ];
}

/** A reservation that stands or may yet; one withdrawn after its period ended did have that period. */
function isOpenToObjections({ state, withdrawnOn, objectionsUntil }: StatementStatus): boolean {
  if (objectionsUntil === undefined) return false;
  const hadPeriod = withdrawnOn !== undefined && withdrawnOn > objectionsUntil;
  return state === 'standing' || state === 'awaiting-acceptance' || hadPeriod;
}

/** As the acts themselves say: a provisional application that ended did take place. */
function provisionalApplications({ actions }: TreatyRecord): LegalDate[] {
  return actions.flatMap(({ annulled, current }): LegalDate[] => {
    const { kind, action, participant, date, dateOfEffect } = current;
    if (annulled !== null || actionKinds[kind].family !== 'provisional-application') return [];
    const called =
      kind === 'provisionalApplication'
        ? 'provisional-application'
        : 'provisional-application-ends';
    const name = `${action}.${called}`;
    return [{ name, kind: called, date: dateOfEffect ?? date, participant, action, place: null }];
  });
}
