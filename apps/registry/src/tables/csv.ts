import { stringify } from 'csv-stringify';
import { Readable } from 'node:stream';
import type { Table } from './table.ts';

/**
 * A table as CSV (RFC 4180), made row by row as it is sent. A cell that a spreadsheet would take for a formula
 * begins with an apostrophe; null is an empty cell and an empty text is `""`.
 */
export function csvOf(table: Table, withByteOrderMark: boolean): Readable {
  const stringifier = stringify({
    header: true,
    columns: [...table.columns],
    bom: withByteOrderMark,
    record_delimiter: 'windows',
    quoted_empty: true,
    escape_formulas: true,
    cast: {
      boolean: (value) => (value ? 'yes' : 'no'),
      // Null is told from an empty text by not being quoted.
      object: () => ({ value: '', quoted_empty: false }),
    },
  });
  return Readable.from(table.rows()).pipe(stringifier);
}
