import { createReadStream } from 'node:fs';
import { parse, CsvError } from 'csv-parse';
import { CommandFault } from '../command-fault.ts';

/** One line of a table, as read: everything is text, nothing is believed yet. */
export interface Row {
  /** Line of the file on which the row ends, from 1; the heading is line 1. */
  readonly line: number;
  readonly treaty: string;
  readonly title: string;
  /** ISO 3166-1 alpha-3 code, where the table has a column for it. */
  readonly code: string;
  readonly participant: string;
  readonly action: string;
  readonly date: string;
  readonly dateOfInstrument: string;
  readonly dateOfReceipt: string;
  readonly dateOfEffect: string;
  readonly place: string;
  readonly text: string;
  readonly territory: string;
  readonly predecessor: string;
  readonly note: string;
  readonly source: string;
  /** What is wrong with the line itself; null when it has the columns of the heading. */
  readonly malformed: string | null;
}

type Column = Exclude<keyof Row, 'line' | 'malformed'>;

/** Headings that each column goes by, the surest first; case, spaces, hyphens and underscores do not matter. */
const headings: Readonly<Record<Column, readonly string[]>> = {
  treaty: ['treatyid', 'mtdsgno', 'mtdsg', 'treaty'],
  title: ['title', 'treatytitle', 'treatyname', 'treaty'],
  code: ['iso3', 'participantcode', 'code', 'iso'],
  participant: ['participant', 'name', 'state', 'country'],
  action: ['action', 'kind'],
  date: ['date'],
  dateOfInstrument: ['dateofinstrument'],
  dateOfReceipt: ['dateofreceipt'],
  dateOfEffect: ['dateofeffect'],
  place: ['place'],
  text: ['text'],
  territory: ['territory'],
  predecessor: ['predecessor'],
  note: ['note'],
  source: ['source'],
};
const columns = Object.keys(headings) as Column[];

/** Longest line taken, in bytes: a table with a quote that never ends must not fill the memory. */
const longestLine = 1024 * 1024;

/**
 * The rows of a CSV file with a heading.
 * @throws CommandFault when the file cannot be read, or lacks a column that every row needs
 */
export async function* readRows(file: string): AsyncGenerator<Row> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestLine,
  });
  const input = createReadStream(file);
  input.on('error', (error) => parser.destroy(error));
  input.pipe(parser);
  let places: ReadonlyMap<Column, number> | null = null;
  let width = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (places === null) {
        places = placesOf(record, file);
        width = record.length;
      } else yield rowOf(record, places, width, info.lines);
    }
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(readingFault(file, error));
  } finally {
    input.destroy();
  }
  if (places === null) throw new CommandFault(`${file} is empty; it needs a line of headings.`);
}

function placesOf(heading: readonly string[], file: string): ReadonlyMap<Column, number> {
  const names = heading.map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, ''));
  const places = new Map<Column, number>();
  for (const column of columns) {
    const taken = column === 'title' ? places.get('treaty') : undefined;
    const place = headings[column]
      .map((name) => names.indexOf(name))
      .find((index) => index >= 0 && index !== taken);
    if (place !== undefined) places.set(column, place);
  }
  const missing = (['treaty', 'action', 'date'] as const).filter((column) => !places.has(column));
  if (!places.has('code') && !places.has('participant'))
    throw new CommandFault(`${file} has no column "participant" or "iso3"; nothing was recorded.`);
  if (missing.length > 0)
    throw new CommandFault(
      `${file} has no column ${missing.map((name) => `"${name}"`).join(' or ')}; nothing was recorded. Its headings are: ${heading.join(', ').slice(0, 300)}.`,
    );
  return places;
}

function rowOf(
  record: readonly string[],
  places: ReadonlyMap<Column, number>,
  width: number,
  line: number,
): Row {
  const cells = columns.map((column) => {
    const place = places.get(column);
    return [column, place === undefined ? '' : (record[place] ?? '').trim()] as const;
  });
  const malformed =
    record.length === width
      ? null
      : `The line has ${record.length} columns and the heading ${width}; check quotes and commas.`;
  return { line, malformed, ...(Object.fromEntries(cells) as Record<Column, string>) };
}

function readingFault(file: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `There is no file ${file}; give the path of a CSV file.`;
  if (code === 'EISDIR') return `${file} is a folder; give the path of a CSV file.`;
  if (code === 'EACCES') return `${file} may not be read by this user.`;
  const what = error instanceof CsvError || error instanceof Error ? error.message : String(error);
  return `${file} cannot be read as CSV: ${what}. Nothing was recorded.`;
}
