import writeExcelFile from 'write-excel-file/node';
import type { Cell, Table } from './table.ts';

/** A sheet is made in memory; more rows than this are for CSV, which is not. */
export const mostSheetRows = 50_000;
/** Characters that one cell may hold in the format. */
const longestCell = 32_767;
const cutShort = ' ... (cut short: the whole text is in the CSV and in the API)';

/** Characters that XML 1.0 cannot hold. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

type SheetCell =
  | { readonly value: string; readonly type: typeof String; readonly fontWeight?: 'bold' }
  | { readonly value: number; readonly type: typeof Number }
  | null;

/** A cell with its type said, so that no text is ever taken for a formula or a date. */
function sheetCell(value: Cell): SheetCell {
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number };
  if (typeof value === 'boolean') return { value: value ? 'yes' : 'no', type: String };
  const text = value.replace(unwritable, '');
  const fitting =
    text.length > longestCell ? text.slice(0, longestCell - cutShort.length) + cutShort : text;
  return { value: fitting, type: String };
}

const heading = (value: string): SheetCell => ({ value, type: String, fontWeight: 'bold' });

/** A table as an Office Open XML workbook: the table, and a second sheet that says what it is of. */
export function xlsxOf(table: Table): Promise<Buffer> {
  const rows = [...table.rows()].map((row) => row.map(sheetCell));
  const about = table.about.map(([word, value]) => [heading(word), sheetCell(value)]);
  return writeExcelFile([
    {
      sheet: 'Table',
      data: [table.columns.map(heading), ...rows],
      stickyRowsCount: 1,
      columns: table.columns.map((name) => ({ width: Math.max(12, name.length + 2) })),
    },
    { sheet: 'About', data: about, columns: [{ width: 14 }, { width: 90 }] },
  ]).toBuffer();
}
