import type { Language } from '#pages';
import type { VNode } from 'preact';

/** Where and in which language a page is shown. */
export interface PageContext {
  readonly language: Language;
  /** The page's own address with its query. */
  readonly address: string;
  /** Scheme and host under which it was asked for, for addresses that people copy. */
  readonly origin: string;
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
  readonly headers?: Readonly<Record<string, string>>;
}

/** Changes whenever the shape of an answer does, so that a client's old copy is not confirmed. */
export const answerVersion = 1;

/** Changes whenever a page does, for the same reason. */
export const pageVersion = 1;
