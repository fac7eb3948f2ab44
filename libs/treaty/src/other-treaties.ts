import type { CalendarDate } from './calendar-date.ts';
import { treatyDates } from './entry-into-force.ts';
import type { FinalClauses } from './final-clauses.ts';
import type { ParticipantRegister } from './participants.ts';
import { partyPeriodsOn, type OtherTreaty } from './party-periods.ts';
import type { TreatyRecord } from './record.ts';

/**
 * The treaties whose entry into force or parties the conditions of entry into force ask about. One that only
 * says who may become a party (`party-to`) moves no date and is left out.
 */
export const treatiesAskedAbout = ({ entryIntoForce }: FinalClauses): string[] =>
  (entryIntoForce?.conditions ?? []).flatMap((condition) =>
    condition.type !== 'party-to' && 'treaty' in condition ? [condition.treaty] : [],
  );

/**
 * What conditions may ask about other treaties, and those about others again. Treaties that wait for each other
 * have no date.
 * @param recordOf a treaty by what is known; null for one that is not registered
 * @param asked the treaty that asks, and those that asked it
 */
export function otherTreatiesIn(
  recordOf: (treaty: string) => TreatyRecord | null,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  asked: readonly string[],
): (treaty: string) => OtherTreaty | null {
  return (treaty) => {
    const record = recordOf(treaty);
    if (record === null) return null;
    if (asked.includes(treaty)) return { entryIntoForce: null, parties: [] };
    const elsewhere = otherTreatiesIn(recordOf, participants, asOf, [...asked, treaty]);
    const dates = treatyDates(record, participants, { asOf, elsewhere });
    return {
      entryIntoForce: dates.entryIntoForce,
      parties: partyPeriodsOn(record, participants, asOf, dates),
    };
  };
}
