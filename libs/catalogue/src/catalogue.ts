import { readdirSync, readFileSync } from 'node:fs';
import type { CalendarDate, FinalClauses } from '#treaty';

/** The final clauses of one treaty as they are shipped: a file of `libs/catalogue/treaties`. */
export interface CatalogueEntry {
  /** Short name, the file's: `uncac`. */
  readonly id: string;
  /** Under which the register has it: the MTDSG number where there is one. */
  readonly treaty: string;
  readonly title: string;
  readonly depositary: string;
  readonly dateOfAdoption: CalendarDate | null;
  /** `confirmed`: read, and its arithmetic reproduces the official date; `recalled` otherwise. */
  readonly confidence: string;
  readonly finalClauses: FinalClauses;
  /** What the depositary announced, where that is known; `differs` says why arithmetic alone gives another date. */
  readonly history: {
    readonly dateOfEntryIntoForce: CalendarDate;
    /** Deposit of the last instrument needed. */
    readonly lastInstrument: CalendarDate | null;
    readonly differs: string | null;
  } | null;
}

const folder = new URL('../treaties/', import.meta.url);
let entries: ReadonlyMap<string, CatalogueEntry> | null = null;

/** Every entry by its id, in order of id. Read once; a treaty is added by adding a file. */
export function readCatalogue(): ReadonlyMap<string, CatalogueEntry> {
  entries ??= new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .toSorted()
      .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CatalogueEntry)
      .map((entry) => [entry.id, entry]),
  );
  return entries;
}

/** The entry with an id; null for none. */
export function catalogueEntry(id: string): CatalogueEntry | null {
  return readCatalogue().get(id) ?? null;
}

/** The entry of a treaty of the register; null for none. */
export function catalogueOfTreaty(treaty: string): CatalogueEntry | null {
  return (
    readCatalogue()
      .values()
      .find((entry) => entry.treaty === treaty) ?? null
  );
}
