import type { Ledger } from '#ledger';
import {
  otherTreatiesIn,
  treatiesAskedAbout,
  type CalendarDate,
  type OtherTreaty,
  type ParticipantRegister,
  type TreatyRecord,
} from '#treaty';

/** The treaties that a record's clauses refer to, and those that theirs do, as the ledger holds them. */
export async function otherTreaties(
  ledger: Ledger,
  records: readonly TreatyRecord[],
): Promise<ReadonlyMap<string, TreatyRecord>> {
  const loaded = new Map<string, TreatyRecord>();
  const waiting = records.flatMap(({ finalClauses }) => treatiesAskedAbout(finalClauses));
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (loaded.has(id)) continue;
    const { record } = await ledger.loadTreaty(id);
    loaded.set(id, record);
    waiting.push(...treatiesAskedAbout(record.finalClauses));
  }
  return loaded;
}

/** What a condition may ask of them; null for one that is not registered. Circles have no date. */
export const elsewhereIn = (
  records: ReadonlyMap<string, TreatyRecord>,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  asked: readonly string[],
): ((treaty: string) => OtherTreaty | null) =>
  otherTreatiesIn(
    (treaty) => {
      const record = records.get(treaty);
      return record?.registered == null ? null : record;
    },
    participants,
    asOf,
    asked,
  );
