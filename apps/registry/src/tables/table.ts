/** What a cell holds; null: not known, or there is none. */
export type Cell = string | number | boolean | null;

/** A table as people take it away. */
export interface Table {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly count: number;
  readonly rows: () => Iterable<readonly Cell[]>;
  /** What the table is of, for who finds the file later: a word and its value. */
  readonly about: readonly (readonly [string, string])[];
}

/** A column: its name, and its cell in a row of the JSON answer. */
export interface Column {
  readonly name: string;
  readonly cell: (row: Row) => unknown;
}

type Row = Readonly<Record<string, unknown>>;

/** A field of the row, or one within it: `consent.dateOfDeposit`. */
export const column = (name: string, path: string = name): Column => {
  const steps = path.split('.');
  return {
    name,
    cell: (row) => {
      let at: unknown = row;
      for (const step of steps) at = (at as Row | null | undefined)?.[step];
      return at;
    },
  };
};

/** A value of the JSON answer as a cell: several are joined, a structure is told as JSON. */
export function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.join('; ');
  return JSON.stringify(value);
}

export interface TableOf {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly count: number;
  readonly rows: () => Iterable<object>;
  readonly times: {
    readonly asOf: string | null;
    readonly asKnownAt: string | null;
    readonly position: string | null;
  };
}

/**
 * Rows of an answer as a table. The times are columns too, so that a row still says what it is of after it was
 * copied elsewhere.
 */
export function tableOf({ name, title, columns, rows, times, count }: TableOf): Table {
  const { asOf, asKnownAt, position } = times;
  const constant = [asOf, asKnownAt, position];
  return {
    name,
    title,
    count,
    columns: [...columns.map((one) => one.name), 'asOf', 'asKnownAt', 'position'],
    *rows() {
      for (const row of rows())
        yield [...columns.map(({ cell }) => cellOf(cell(row as Row))), ...constant];
    },
    about: [
      ['title', title],
      ['asOf', asOf ?? 'any date'],
      ['asKnownAt', asKnownAt ?? 'all that is known'],
      ['position', position ?? ''],
    ],
  };
}
