import {
  actionKinds,
  participantOf,
  type ActionRecorded,
  type ParticipantRegister,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import type { TreatyDates } from './legal-dates.ts';

/** Whose legal dates an event can move: nobody's, those of the participant that acted, or anybody's. */
export type Reach = 'nothing' | 'participant' | 'treaty';

/**
 * How far an event reaches. Most of what is recorded moves no date, or its own participant's alone; saying so
 * here keeps a calendar of hundreds of parties from being worked out hundreds of times. In doubt: the treaty.
 * @param dates of the treaty before the event; null before they were worked out
 */
export function reachOf(
  event: TreatyEvent,
  record: TreatyRecord,
  participants: ParticipantRegister,
  dates: TreatyDates | null,
): Reach {
  if (event.type === 'textRectified') return 'nothing';
  if (event.type !== 'actionRecorded' || dates === null) return 'treaty';
  if (isEntangled(event.participant, participants)) return 'treaty';
  switch (actionKinds[event.kind].family) {
    case 'territory':
      return 'nothing';
    case 'signature':
      return hasReserved(event, record) ? 'treaty' : 'nothing';
    case 'statement':
      return /(?:reserv|object)/i.test(event.kind) ? 'treaty' : 'nothing';
    case 'provisional-application':
      return hasReserved(event, record) ? 'treaty' : 'participant';
    case 'consent':
    case 'signature-and-consent':
      return reachOfConsent(event, record, dates);
    case 'withdrawal-from-treaty':
    case 'withdrawal-of-act':
      return 'treaty';
  }
}

function reachOfConsent(event: ActionRecorded, record: TreatyRecord, dates: TreatyDates): Reach {
  const { finalClauses, officialDates, actions } = record;
  const rule = finalClauses.entryIntoForce;
  // What others objected to in a reservation is not among the participant's own acts.
  if (hasReserved(event, record)) return 'treaty';
  const own: Reach = dates.entryIntoForce === null ? 'nothing' : 'participant';
  if (rule === null && officialDates.length === 0) return own;
  // With fewer consents than the threshold there is no date, whoever they are of.
  if (dates.entryIntoForce === null && rule !== null && officialDates.length === 0) {
    const consents = actions.filter(
      ({ annulled, current }) =>
        annulled === null && actionKinds[current.kind].family.endsWith('consent'),
    ).length;
    if (consents < rule.threshold) return own;
  }
  // A deposit after the one that met the last condition is not among those that counted.
  return dates.metOn !== null && event.date > dates.metOn ? own : 'treaty';
}

const hasReserved = ({ participant }: ActionRecorded, { actions }: TreatyRecord): boolean =>
  actions.some(
    ({ current }) => current.kind === 'reservation' && current.participant === participant,
  );

const continuedIn = new WeakMap<ParticipantRegister, ReadonlySet<string>>();

/** A State that continues another has the acts of both, and an organization may leave with its members. */
function isEntangled(code: string, register: ParticipantRegister): boolean {
  let continued = continuedIn.get(register);
  if (continued === undefined) {
    const pairs = Object.values(register.byCode).flatMap((one) =>
      one.continues === null ? [] : [one.code, one.continues],
    );
    continued = new Set(pairs);
    continuedIn.set(register, continued);
  }
  return continued.has(code) || participantOf(register, code)?.kind === 'reio';
}
