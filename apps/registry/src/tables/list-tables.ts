import type { ListPage } from '#views';
import { answerVersion, type Answer } from '../queries/answer.ts';
import { tableOf, type Column } from './table.ts';

export interface ListTableAsked {
  /** Name of the file and what the table is of. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly asOf: string | null;
  readonly asKnownAt: string | null;
  /** The address asked, which tells the filters. */
  readonly address: string;
}

/** A whole list as an answer that can be taken away as a table. */
export function listTable(
  list: ListPage | null,
  { address, asOf, asKnownAt, ...what }: ListTableAsked,
): Answer | null {
  if (list === null) return null;
  const { rows, count, position, revision } = list;
  return {
    key: [answerVersion, 'table', address, asOf ?? '', revision].join('\n'),
    body: () => list.body([...rows()], null),
    table: () => tableOf({ ...what, rows, count, times: { asOf, asKnownAt, position } }),
  };
}

/** Rows within another answer as a table: `rowsOf` takes them out of its body. */
export function bodyTable(
  key: string,
  body: () => object,
  { address: _address, asOf, asKnownAt, ...what }: ListTableAsked,
  rowsOf: (body: Body) => readonly object[],
): Answer {
  return {
    key,
    body,
    table: () => {
      const made = body() as Body;
      const rows = rowsOf(made);
      const position = typeof made['position'] === 'string' ? made['position'] : null;
      const times = { asOf, asKnownAt, position };
      return tableOf({ ...what, rows: () => rows, count: rows.length, times });
    },
  };
}

type Body = Readonly<Record<string, unknown>>;

/** A name that a file may have anywhere. */
export const fileName = (...words: readonly (string | null)[]): string =>
  words
    .filter((word) => word !== null)
    .join('-')
    .replaceAll(/[^A-Za-z0-9._-]/g, '_');
