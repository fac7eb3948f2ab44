import type { ComponentChildren, VNode } from 'preact';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';

export interface Column<Row> {
  /** Also the name by which it is sorted. */
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** `heading`: the cell names its row. `number`: figures stand under each other. */
  readonly kind?: 'heading' | 'number';
}

export interface TableProps<Row> {
  readonly language: Language;
  readonly caption: ComponentChildren;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Id of the table, which a filter names. */
  readonly id?: string;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly rowId?: (row: Row) => string | undefined;
  /** Sorting by links: the present order (`name`, `-name`), the keys that can be asked, and their address. */
  readonly sorting?: {
    readonly by: string;
    readonly keys: readonly string[];
    readonly href: (order: string) => string;
  };
}

/**
 * A table of data: caption, scoped heads that stay in sight, sorting by links. On a narrow screen every row
 * is a card whose cells name themselves; the roles keep it a table for those who listen.
 */
export function DataTable<Row>(props: TableProps<Row>): VNode {
  const { caption, columns, rows, id, rowClass, rowId, language } = props;
  return (
    <table class="table stacks" role="table" {...(id !== undefined && { id })}>
      <caption>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <Head key={column.key} column={column} {...props} />
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.length === 0 && (
          <tr role="row">
            <td role="cell" colSpan={columns.length} data-label="">
              {componentWords[language].noRows}
            </td>
          </tr>
        )}
        {rows.map((row) => (
          <tr role="row" class={rowClass?.(row)} id={rowId?.(row)}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head<Row>({
  column: { key, label, kind },
  sorting,
  language,
}: TableProps<Row> & { readonly column: Column<Row> }): VNode {
  const shared = {
    role: 'columnheader' as const,
    scope: 'col' as const,
    class: kind === 'number' ? 'number' : undefined,
  };
  if (sorting === undefined || !sorting.keys.includes(key)) return <th {...shared}>{label}</th>;
  const ascending = sorting.by === key;
  const order = ascending ? 'ascending' : sorting.by === `-${key}` ? 'descending' : 'none';
  return (
    <th {...shared} aria-sort={order}>
      <a
        href={sorting.href(ascending ? `-${key}` : key)}
        title={componentWords[language].sortBy(label)}
      >
        {label}
      </a>
    </th>
  );
}

function Cell<Row>({
  column: { cell, kind, label },
  row,
}: {
  readonly column: Column<Row>;
  readonly row: Row;
}): VNode {
  const content = cell(row);
  if (kind === 'heading')
    return (
      <th role="rowheader" scope="row">
        {content}
      </th>
    );
  return (
    <td role="cell" data-label={label} {...(kind === 'number' && { class: 'number' })}>
      {content}
    </td>
  );
}
