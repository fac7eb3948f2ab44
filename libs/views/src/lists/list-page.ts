import type { Cursor } from './order.ts';

/** A page of a list, or the whole of it where no limit was asked, whose rows are made when they are sent. */
export interface ListPage {
  readonly revision: string;
  readonly next: Cursor | null;
  /** How many rows the page has. */
  readonly count: number;
  readonly position: string | null;
  readonly rows: () => Iterable<object>;
  /** The answer around the rows; `next` is the cursor as it is written in an address. */
  readonly body: (rows: readonly object[], next: string | null) => object;
}
