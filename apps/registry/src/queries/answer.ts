import type { Language } from '#pages';
import type { VNode } from 'preact';
import type { LinkedContext } from '../linked-data.ts';
import type { Table } from '../tables/table.ts';

/** Where and in which language a page is shown. */
export interface PageContext {
  readonly language: Language;
  /** The page's own address with its query. */
  readonly address: string;
  /** Scheme and host under which it was asked for, for addresses that people copy. */
  readonly origin: string;
  /** Whether the register that answers takes subscriptions, so that a page may lead there. */
  readonly takesSubscriptions: boolean;
}

/** Makes a page when somebody wants it. */
export type PageMaker = (context: PageContext) => VNode;

/** What a query handler gives to a controller: the body is made only when nobody has it ready. */
export interface Answer {
  /** Names the representation with everything it was made from. */
  readonly key: string;
  readonly body: () => object;
  /** The same for people; left out where there is no page. */
  readonly page?: PageMaker;
  /** Changes whenever the page would and the key does not: a page may show more than the answer. */
  readonly pageRevision?: string;
  /** The same for who takes tables away; left out where there is none. */
  readonly table?: () => Table;
  /** The same as linked data (JSON-LD); left out where there is none. */
  readonly linked?: (context: LinkedContext) => object;
  /** Instant at which what it is made from was recorded last. */
  readonly lastModified?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Changes whenever the shape of an answer does, so that a client's old copy is not confirmed. */
export const answerVersion = 3;

/** Changes whenever a page does, for the same reason. */
export const pageVersion = 2;
