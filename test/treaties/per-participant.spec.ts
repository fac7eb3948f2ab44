import { afterAll, describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import {
  addDays,
  calendarDate,
  emptyRecord,
  evolve,
  statusOf,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { done, participants } from '../../libs/treaty/test/deciding.ts';
import { hasData, rowsOf, type Row } from './real-treaty.ts';

const ids: Readonly<Record<string, string>> = {
  CITES: 'cites',
  CWC: 'cwc',
  'Early Notification': 'early-notification',
  'Montreal Protocol': 'montreal',
  'Paris Agreement': 'paris',
  Rotterdam: 'rotterdam',
  'SOLAS 1974': 'solas74',
  UNFCCC: 'unfccc',
  'Bunkers 2001': 'bunkers',
};

const today = calendarDate('2026-11-24');

/** The treaty with its clauses of the catalogue, its official date, and these deposits. */
function recordOf(treaty: string, rows: readonly Row[]): TreatyRecord {
  const entry = catalogueEntry(ids[treaty] ?? '')!;
  const events: TreatyEvent[] = [
    {
      type: 'treatyRegistered',
      treaty: entry.treaty,
      title: entry.title,
      titleFr: null,
      depositary: entry.depositary,
      dateOfAdoption: entry.dateOfAdoption,
      placeOfAdoption: null,
      finalClauses: entry.finalClauses,
      source: null,
    },
    {
      type: 'officialDateRecorded',
      treaty: entry.treaty,
      participant: null,
      date: calendarDate(rows[0]!['treaty_entry_into_force']!),
      reason: 'As announced by the depositary.',
    },
    ...rows.map((row) =>
      done(row['participant']!, 'ratification', row['deposit']!, { treaty: entry.treaty }),
    ),
  ];
  return events.reduce(evolve, emptyRecord(entry.treaty));
}

/** From when the clauses make each depositor a party. */
function partiesFrom(treaty: string, rows: readonly Row[]): ReadonlyMap<string, string> {
  const status = statusOf(recordOf(treaty, rows), participants, { asOf: today });
  return new Map(status.participants.map(({ code, partyFrom }) => [code, partyFrom ?? 'none']));
}

/** Whether the date, recorded as official, stands with its reason beside the one that the clauses give. */
function carried(treaty: string, row: Row, reason: string): boolean {
  const official = calendarDate(row['official_in_force']!);
  const record = evolve(recordOf(treaty, [row]), {
    type: 'officialDateRecorded',
    treaty: 'any',
    participant: row['participant']!,
    date: official,
    reason,
  });
  const [found] = statusOf(record, participants, { asOf: today }).participants;
  // A date before the deposit itself is no date from which this deposit could bind: it is not taken.
  if (official < row['deposit']!) return found?.partyFromRule?.clause !== 'official-date';
  return (
    found?.partyFrom === official &&
    found.partyFromRule?.reason === reason &&
    found.partyFromRule.computedDate !== official
  );
}

const rows = hasData ? rowsOf('entry-into-force-per-participant.csv') : [];
const counts = new Map<string, number>();

/** Dates that no clause gives; an officer records each as official, with the reason. */
const single: Readonly<Record<string, string>> = {
  'CITES GUY': 'ninety-two days in the source',
  'CITES LTU': 'eighty-nine days in the source',
  'Early Notification RUS': 'thirty-two days in the source',
  'Bunkers 2001 MNG': 'a day less than three months in the source',
};

/** Why the official date differs from the computed one; null: nothing that is known. */
function explanation(row: Row, computed: string): string | null {
  const official = row['official_in_force']!;
  if (official === computed) return 'reproduced';
  if (row['suspect'] !== '') return 'doubtful at the source';
  const { treaty = '', participant = '', deposit = '' } = row;
  if (
    treaty === 'Early Notification' &&
    deposit < '2006' &&
    official === addDays(calendarDate(computed), 1)
  )
    return 'a day later, as the IAEA counted full days until 2005';
  return `${treaty} ${participant}` in single ? 'single official dates' : null;
}

(hasData ? describe : describe.skip)('each party of nine treaties', () => {
  afterAll(() => {
    const told = [...counts].map(([why, count]) => `${count} ${why}`).join(', ');
    process.stdout.write(`${rows.length} parties: ${told}\n`);
  });

  if (!hasData) it.skip('the table of per-participant dates is not there', () => undefined);
  for (const treaty of new Set(rows.map((row) => row['treaty']!))) {
    const ofTreaty = rows.filter((row) => row['treaty'] === treaty);
    it(`${treaty}: ${ofTreaty.length} rows, each reproduced or explained`, () => {
      const computed = partiesFrom(treaty, ofTreaty);
      const unexplained = ofTreaty.flatMap((row) => {
        const from = computed.get(row['participant']!) ?? 'no row';
        const why = explanation(row, from);
        if (why !== null && why !== 'reproduced') expect(carried(treaty, row, why)).toBe(true);
        counts.set(why ?? 'unexplained', (counts.get(why ?? 'unexplained') ?? 0) + 1);
        return why === null
          ? [
              `${row['participant']} ${row['deposit']} official ${row['official_in_force']} computed ${from} ${row['suspect']}`,
            ]
          : [];
      });
      expect(unexplained).toStrictEqual([]);
    });
  }
});
