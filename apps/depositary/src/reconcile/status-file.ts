import { parse } from 'csv-parse/sync';
import { XMLParser } from 'fast-xml-parser';
import { actionKindOfWords } from '#treaty';
import type { StatusEntry } from './reconcile.ts';
import { dateOfCell, nameAndFootnotes, readCell } from './table-cells.ts';

export interface StatusFile {
  readonly entries: readonly StatusEntry[];
  /** What could not be read, each with where it stands; the rest is compared all the same. */
  readonly unread: readonly { readonly where: string; readonly detail: string }[];
}

/** A status file in either of the two layouts, told by its first sign. @throws Error with one sentence */
export function readStatusFile(text: string, treaty: string): StatusFile {
  return text.trimStart().startsWith('<') ? readStatusXml(text) : readStatusCsv(text, treaty);
}

/** The columns of `ledger import`; rows of other treaties are passed over. @throws Error with one sentence */
export function readStatusCsv(text: string, treaty: string): StatusFile {
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      columns: (heading: string[]) =>
        heading.map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, '')),
    });
  } catch (error) {
    throw new Error(
      `The file cannot be read as CSV: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  const entries: StatusEntry[] = [];
  const unread: { where: string; detail: string }[] = [];
  for (const [index, row] of rows.entries()) {
    const where = `row ${index + 1}`;
    const of = row['treatyid'] ?? row['mtdsgno'] ?? row['mtdsg'];
    if (of !== undefined && of !== treaty) continue;
    const written = row['iso3'] || row['participantcode'] || row['participant'] || '';
    const { name, footnotes } = nameAndFootnotes(written);
    const kind = actionKindOfWords(row['action'] ?? row['kind'] ?? '');
    const date = dateOfCell(row['date'] ?? '');
    if (name === '') unread.push({ where, detail: 'names no participant' });
    else if (kind === null)
      unread.push({
        where,
        detail: `"${(row['action'] ?? '').slice(0, 60)}" is no kind of action`,
      });
    else if (date === null)
      unread.push({ where, detail: `"${(row['date'] ?? '').slice(0, 40)}" is no date` });
    else entries.push({ where, participant: name, kind, date, footnotes });
  }
  return { entries, unread };
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const listOf = (value: unknown): unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Every element of a name, however deep, in the order of the document. */
function elements(node: unknown, name: string): unknown[] {
  if (Array.isArray(node)) return node.flatMap((one) => elements(one, name));
  if (!isNode(node)) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key.toLowerCase() === name ? listOf(value) : elements(value, name),
  );
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (isNode(value)) return textOf(value['#text'] ?? '');
  return typeof value === 'number' ? String(value) : '';
};

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  // Marks inside a cell stay as text, so that their order with the words is not lost.
  stopNodes: ['*.Entry', '*.entry', '*.ENTRY'],
});

/**
 * The layout of the UN Treaty Collection's status tables, as assumed: somewhere an element `Participants` that
 * holds tables; in a table rows (`Row`) of cells (`Entry`), the first row the heading, whose first cell is
 * "Participant" and whose others name kinds of action, with letters in brackets. Anything around it is passed
 * over, and the case of element names does not matter. Not checked against the UN's own schema.
 * @throws Error with one sentence
 */
export function readStatusXml(text: string): StatusFile {
  if (/<!DOCTYPE/i.test(text))
    throw new Error('The file declares a document type, which a status table does not need.');
  let tree: unknown;
  try {
    tree = parser.parse(text, true);
  } catch (error) {
    throw new Error(
      `The file cannot be read as XML: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
  const tables = elements(tree, 'participants');
  const rows = (tables.length > 0 ? tables : [tree])
    .flatMap((table) => elements(table, 'row'))
    .map((row) => elements(row, 'entry').map((cell) => textOf(cell)));
  const heading = rows.find(([first = '']) =>
    /^participant|^state/i.test(nameAndFootnotes(first).name),
  );
  if (heading === undefined)
    throw new Error(
      'The file has no table of participants: a row whose first entry is "Participant" is needed.',
    );
  const columns = heading.map((cell) => nameAndFootnotes(cell).name);
  const entries: StatusEntry[] = [];
  const unread: { where: string; detail: string }[] = [];
  for (const [index, row] of rows.entries()) {
    if (row === heading) continue;
    const [first = '', ...cells] = row;
    const { name, footnotes: ofName } = nameAndFootnotes(first);
    if (name === '') continue;
    for (const [place, cell] of cells.entries()) {
      const where = `row ${index + 1}, column ${place + 2}`;
      const read = readCell(cell, columns[place + 1] ?? '');
      if (read === null) continue;
      if (read === 'unreadable')
        unread.push({ where, detail: `${name}: "${nameAndFootnotes(cell).name.slice(0, 60)}"` });
      else
        entries.push({
          where,
          participant: name,
          ...read,
          footnotes: [...ofName, ...read.footnotes],
        });
    }
  }
  return { entries, unread };
}
