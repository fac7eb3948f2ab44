import { sql, type RawBuilder } from 'kysely';
import type { OpenDatabase } from '#database';

export type ColumnType = 'integer' | 'double precision' | 'text';

/** Rows as a table in a statement. */
export type ListRows = (
  rows: readonly (readonly unknown[])[],
  columns: Readonly<Record<string, ColumnType>>,
) => RawBuilder<unknown>;

const rowsAtOnce = 500;

/** Lists of any length, in pieces that a statement can carry. */
export function* inPieces<One>(all: readonly One[], size = rowsAtOnce): Generator<readonly One[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

/**
 * A table of values in a statement, out of one parameter: its text is the same for any number of rows, so the
 * database reads it once; and SQLite looks rows up by it, which it does not by a long list of values.
 */
export const listRows =
  (kind: OpenDatabase<unknown>['kind']): ListRows =>
  (rows, columns) => {
    const read = Object.entries(columns).map(
      ([name, type], at) =>
        sql`cast(value ->> ${sql.lit(at)} as ${sql.raw(type)}) as ${sql.ref(name)}`,
    );
    const content = JSON.stringify(rows);
    const each =
      kind === 'postgres'
        ? sql`jsonb_array_elements(cast(${content} as jsonb)) as given(value)`
        : sql`json_each(${content})`;
    return sql`(select ${sql.join(read)} from ${each})`;
  };
