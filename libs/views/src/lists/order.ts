import type { CalendarDate } from '#treaty';

/** What a row is sorted by, most telling part first; unique in its list. */
export type SortKey = readonly (string | number)[];

/** The order of two keys of the same list. */
export function compareKeys(a: SortKey, b: SortKey): number {
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one) < String(other) ? -1 : 1;
  }
  return 0;
}

/**
 * Where a list goes on: after which row, and of which state of the register. The walk over the pages of a
 * list is of one state, the one its first page was made from, so that what is recorded meanwhile neither
 * repeats a row nor moves one past the reader.
 */
export interface Cursor {
  readonly key: SortKey;
  readonly asOf: CalendarDate | null;
  /** Position or instant. */
  readonly asKnownAt: string;
}

/** `-date`: descending. */
export const isDescending = (sort: string): boolean => sort.startsWith('-');

interface Keyed {
  readonly key: SortKey;
}

/**
 * The rows of one page in order, and whether more follow. Only what may be on the page is kept while looking,
 * so a page of a large list does not sort all of it.
 */
export function pageOfRows<Row extends Keyed>(
  rows: Iterable<Row>,
  { after, limit, descending }: { after: SortKey | null; limit: number; descending: boolean },
): { readonly shown: readonly Row[]; readonly more: boolean } {
  const order = (a: Keyed, b: Keyed): number => compareKeys(a.key, b.key) * (descending ? -1 : 1);
  const start = after === null ? null : { key: after };
  let kept: Row[] = [];
  let last: Row | undefined;
  for (const row of rows) {
    if (start !== null && order(row, start) <= 0) continue;
    if (last !== undefined && order(row, last) > 0) continue;
    kept.push(row);
    if (kept.length < 2 * (limit + 1)) continue;
    kept = kept.toSorted(order).slice(0, limit + 1);
    last = kept.at(-1);
  }
  const sorted = kept.toSorted(order);
  return { shown: sorted.slice(0, limit), more: sorted.length > limit };
}

/** Text as it is searched: without accents, in small letters. */
export function searchable(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
