import {
  calendarDate,
  partyFromOf,
  standingsOn,
  statementsOf,
  treatyDates,
  type CalendarDate,
  type OtherTreaty,
  type ParticipantRegister,
  type Standing,
  type TreatyRecord,
} from '#treaty';

/**
 * What falls on a legal date.
 *
 * - `entry-into-force`: of the treaty; `party-from`: for one participant; `party-until`: the first day on which
 *   a denunciation or withdrawal from the treaty has taken effect.
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

export interface LegalDatesAsked {
  readonly participants: ParticipantRegister;
  readonly elsewhere: (treaty: string) => OtherTreaty | null;
}

/** The day up to which acts are recorded: every deposit counts, and nothing beyond it is guessed. */
function lastAct({ actions }: TreatyRecord): CalendarDate {
  let last = calendarDate('1000-01-01');
  for (const { annulled, current } of actions)
    if (annulled === null && current.date > last) last = current.date;
  return last;
}

/** Every legal date that follows from a treaty's record, past and to come. */
export function legalDatesOf(
  record: TreatyRecord,
  { participants, elsewhere }: LegalDatesAsked,
): LegalDate[] {
  const asOf = lastAct(record);
  const dates = treatyDates(record, participants, { asOf, elsewhere });
  const { entryIntoForce } = dates;
  const standings = [...standingsOn(record, asOf, entryIntoForce).values()];
  const partyDates = standings.flatMap((standing) =>
    participations(standing).flatMap(({ consent, until }): LegalDate[] => {
      const { participant, action } = consent;
      const of = { participant, action, place: null };
      const from = partyFromOf(consent, record, participants, dates)?.date;
      return [
        ...(from === undefined
          ? []
          : [{ ...of, name: `${action}.party-from`, kind: 'party-from' as const, date: from }]),
        ...(until === null
          ? []
          : [{ ...of, name: `${action}.party-until`, kind: 'party-until' as const, date: until }]),
      ];
    }),
  );
  return [
    ...(entryIntoForce === null ? [] : [ofTreaty('entry-into-force', entryIntoForce, null)]),
    ...signatureClosings(record, entryIntoForce),
    ...partyDates,
    ...standings.flatMap((standing) => objectionPeriods(record, standing, asOf)),
    ...provisionalApplications(record),
  ];
}

const ofTreaty = (
  kind: LegalDateKind,
  date: CalendarDate,
  place: string | null,
  name: string = kind,
): LegalDate => ({ name, kind, date, participant: null, action: null, place });

/** The stretches end on a day that the treaty names, or when it enters into force. */
function signatureClosings(
  { finalClauses }: TreatyRecord,
  entryIntoForce: CalendarDate | null,
): LegalDate[] {
  return (finalClauses.signature?.windows ?? []).flatMap(({ until, place }, index) => {
    const date = until === 'entry-into-force' ? entryIntoForce : until;
    const name = `signature-closes-${index + 1}`;
    return date === null ? [] : [ofTreaty('signature-closes', date, place, name)];
  });
}

/** The present participation and those that a notice ended. */
function participations({ consent, notice, earlier }: Standing) {
  const present = consent === null ? [] : [{ consent, until: notice?.effectFrom ?? null }];
  return [...earlier, ...present];
}

function objectionPeriods(
  record: TreatyRecord,
  standing: Standing,
  asOf: CalendarDate,
): LegalDate[] {
  const { participant } = standing;
  const reserved = record.actions.some(
    ({ current }) => current.kind === 'reservation' && current.participant === participant,
  );
  if (!reserved) return [];
  return (statementsOf(record, standing, asOf).statements ?? []).flatMap(
    ({ action, state, objectionsUntil }): LegalDate[] =>
      state !== 'standing' || objectionsUntil === undefined
        ? []
        : [
            {
              name: `${action}.objections-until`,
              kind: 'objections-until',
              date: objectionsUntil,
              participant,
              action,
              place: null,
            },
          ],
  );
}

/** As the acts themselves say: a provisional application that ended did take place. */
function provisionalApplications({ actions }: TreatyRecord): LegalDate[] {
  return actions.flatMap(({ annulled, current }): LegalDate[] => {
    const { kind, action, participant, date, dateOfEffect } = current;
    const begins = kind === 'provisionalApplication';
    if (annulled !== null || (!begins && kind !== 'terminationOfProvisionalApplication')) return [];
    const called = begins ? 'provisional-application' : 'provisional-application-ends';
    const name = `${action}.${called}`;
    return [{ name, kind: called, date: dateOfEffect ?? date, participant, action, place: null }];
  });
}
