import type { Ledger } from '#ledger';
import {
  partyPeriodsOn,
  treatyDates,
  type CalendarDate,
  type OtherTreaty,
  type ParticipantRegister,
  type TreatyRecord,
} from '#treaty';

const referred = ({ finalClauses }: TreatyRecord): string[] =>
  (finalClauses.entryIntoForce?.conditions ?? []).flatMap((condition) =>
    condition.type !== 'party-to' && 'treaty' in condition ? [condition.treaty] : [],
  );

/** The treaties that a record's clauses refer to, and those that theirs do, as the ledger holds them. */
export async function otherTreaties(
  ledger: Ledger,
  records: readonly TreatyRecord[],
): Promise<ReadonlyMap<string, TreatyRecord>> {
  const loaded = new Map<string, TreatyRecord>();
  const waiting = records.flatMap(referred);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (loaded.has(id)) continue;
    const { record } = await ledger.loadTreaty(id);
    loaded.set(id, record);
    waiting.push(...referred(record));
  }
  return loaded;
}

/** What a condition may ask of them; null for one that is not registered. Circles have no date. */
export function elsewhereIn(
  records: ReadonlyMap<string, TreatyRecord>,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  asked: readonly string[],
): (treaty: string) => OtherTreaty | null {
  return (treaty) => {
    const record = records.get(treaty);
    if (record?.registered == null) return null;
    if (asked.includes(treaty)) return { entryIntoForce: null, parties: [] };
    const elsewhere = elsewhereIn(records, participants, asOf, [...asked, treaty]);
    const dates = treatyDates(record, participants, { asOf, elsewhere });
    return {
      entryIntoForce: dates.entryIntoForce,
      parties: partyPeriodsOn(record, participants, asOf, dates),
    };
  };
}
