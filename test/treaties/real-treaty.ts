import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { catalogueEntry, type CatalogueEntry } from '#catalogue';
import {
  actionKindOfWords,
  addDays,
  calendarDate,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  evolveParticipants,
  findParticipant,
  isCalendarDate,
  partyPeriodsOn,
  treatyDates,
  type ActionKind,
  type ActionRecorded,
  type AttributeTableRecorded,
  type CalendarDate,
  type EntryIntoForce,
  type OtherTreaty,
  type ParticipantRegister,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { done, participants as shipped } from '../../libs/treaty/test/deciding.ts';

/** Large tables of real data beside the project; specs that use them skip where they are absent. */
export const dataFolder = new URL('../../../shared/data/', import.meta.url);
export const dataFile = (name: string): string => fileURLToPath(new URL(name, dataFolder));
export const hasData = existsSync(dataFile('untc-2015.csv'));

export type Row = Readonly<Record<string, string>>;
const tables = new Map<string, Row[]>();

/** Rows of a table of real data. */
export function rowsOf(name: string): Row[] {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const rows: Row[] = parse(readFileSync(dataFile(name), 'utf8'), { columns: true, bom: true });
  tables.set(name, rows);
  return rows;
}

/** Participant, kind and date of an act that the tables lack: those of predecessor States, mostly. */
export type Act = readonly [participant: string, kind: ActionKind, on: string];

export interface RealTreaty {
  /** Acts that the UN table of 2015 lacks, or all acts where it has no table of the treaty. */
  readonly also?: readonly Act[];
  /** Where the acts come from instead of the UN tables of 2015. */
  readonly acts?: 'given';
  /**
   * How many instruments came before those given, where only the last are known by date. They are dated on the
   * day before the first given: no earlier day would move the date.
   */
  readonly before?: number;
  readonly beforeKind?: ActionKind;
  readonly figures?: readonly AttributeTableRecorded[];
  /** Ids of other treaties that the clauses ask about, computed in the same way. */
  readonly elsewhere?: Readonly<Record<string, RealTreaty>>;
}

const entryOf = (id: string): CatalogueEntry => {
  const entry = catalogueEntry(id);
  if (entry === null) throw new Error(`The catalogue has no ${id}.`);
  return entry;
};

const registered = ({ treaty, title, depositary, dateOfAdoption, finalClauses }: CatalogueEntry) =>
  ({
    type: 'treatyRegistered',
    treaty,
    title,
    titleFr: null,
    depositary,
    dateOfAdoption,
    placeOfAdoption: null,
    finalClauses,
    source: null,
  }) as const;

/** The acts of the UN table of 2015, as an import reads them. */
export function actsOfTable(treaty: string, participants: ParticipantRegister): ActionRecorded[] {
  return rowsOf('untc-2015.csv').flatMap((row, index) => {
    if (row['mtdsg_no'] !== treaty) return [];
    const kind = actionKindOfWords(row['action'] ?? '');
    const who = findParticipant(participants, row['iso3'] || (row['participant'] ?? ''));
    if (kind === null || who === null || !isCalendarDate(row['date'])) return [];
    return [done(who.code, kind, row['date'], { treaty, action: `row-${index}` })];
  });
}

/** Members of the United Nations in order of code: stand-ins for depositors whose days are not known. */
export const members = Object.values(shipped.byCode)
  .filter(({ kind, from }) => kind === 'state' && from === null)
  .map(({ code }) => code)
  .toSorted();

function earlier({ also = [], before = 0, beforeKind = 'ratification' }: RealTreaty): Act[] {
  const given = new Set(also.map(([who]) => who));
  const first = also.map(([, , on]) => on).toSorted()[0];
  if (first === undefined) return [];
  const on = addDays(calendarDate(first), -1);
  return members
    .filter((code) => !given.has(code))
    .slice(0, before)
    .map((code) => [code, beforeKind, on]);
}

export interface Computed {
  readonly record: TreatyRecord;
  readonly participants: ParticipantRegister;
  readonly answer: EntryIntoForce;
  readonly other: OtherTreaty;
}

/** The treaty with its clauses of the catalogue and its real acts, as of a date. */
export function compute(
  id: string,
  real: RealTreaty,
  asOf: CalendarDate = calendarDate('2024-12-31'),
): Computed {
  const { also = [], acts, figures = [], elsewhere = {} } = real;
  const entry = entryOf(id);
  const participants = figures.reduce(evolveParticipants, shipped);
  const others = new Map(
    Object.entries(elsewhere).map(([other, real]) => [
      entryOf(other).treaty,
      compute(other, real, asOf).other,
    ]),
  );
  const events: TreatyEvent[] = [
    registered(entry),
    ...(acts === 'given' ? [] : actsOfTable(entry.treaty, participants)),
    ...[...earlier(real), ...also].map(([who, kind, on]) =>
      done(who, kind, on, { treaty: entry.treaty }),
    ),
  ];
  const record = events.reduce(evolve, emptyRecord(entry.treaty));
  const options = { asOf, elsewhere: (treaty: string) => others.get(treaty) ?? null };
  const dates = treatyDates(record, participants, options);
  return {
    record,
    participants,
    answer: dates.answer,
    other: {
      entryIntoForce: dates.entryIntoForce,
      parties: partyPeriodsOn(record, participants, asOf, dates),
    },
  };
}

/**
 * The spec of one real treaty: its instruments, counted by the clauses of the catalogue, lead to the date that
 * the depositary announced; or the catalogue says why not, and the official date stands beside the computed.
 */
export function describeTreaty(id: string, real: RealTreaty = {}): void {
  const { title, history, finalClauses } = entryOf(id);
  const rule = finalClauses.entryIntoForce;
  const waits = rule?.conditions.some(({ type }) => type === 'entry-into-force-of') === true;
  const usesTable = real.acts !== 'given' || Object.values(real.elsewhere ?? {}).length > 0;
  describe(title, () => {
    const official = history?.dateOfEntryIntoForce ?? null;
    if (official === null) throw new Error(`The catalogue knows no official date of ${id}.`);
    const test = usesTable && !hasData ? it.skip : it;

    test(`entered into force on ${official}`, () => {
      const { answer, record, participants } = compute(id, real);
      if (history?.differs == null) {
        expect(answer.state).toBe('in-force');
        expect(answer.computedDate).toBe(official);
        // On the day before, it was not yet in force, and on the day it was.
        const dayBefore = rule?.delay.mode === 'same-day' ? 'pending' : 'fixed';
        for (const [asOf, state] of [
          [addDays(official, -1), dayBefore],
          [official, 'in-force'],
        ] as const)
          expect([asOf, compute(id, real, asOf).answer.state]).toStrictEqual([asOf, state]);
        return;
      }
      expect(answer.computedDate).not.toBe(official);
      const corrected = evolve(record, {
        type: 'officialDateRecorded',
        treaty: record.treaty,
        participant: null,
        date: official,
        reason: history.differs,
      });
      const beside = entryIntoForceOf(corrected, participants, { asOf: official });
      expect(beside).toMatchObject({
        state: 'in-force',
        date: official,
        officialDate: { date: official, reason: history.differs },
      });
      expect(beside.computedDate).toBe(answer.computedDate);
      if (answer.computedDate !== undefined)
        expect(beside.steps.at(-1)).toContain(`differs from the computed ${answer.computedDate}.`);
    });

    // A protocol whose own instruments came first waited for its convention, and not for the last of them.
    const last = waits ? null : (history?.lastInstrument ?? null);
    if (last === null || history?.differs != null) return;
    test(`was pending until the last instrument it needed, of ${last}`, () => {
      expect(compute(id, real, addDays(last, -1)).answer.state).toBe('pending');
      expect(compute(id, real, last).answer.date).toBe(official);
    });
  });
}
