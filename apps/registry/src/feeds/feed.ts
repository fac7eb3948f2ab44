import type { Language } from '#pages';

/** An address of the register, and what is there for which reader. */
export interface FeedLink {
  readonly address: string;
  readonly title: string;
}

/** One entry, before it is written as Atom or as JSON Feed. All text is plain: nothing in it is markup. */
export interface FeedItem {
  /** For ever the same, whatever address it is read at. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly address: string;
  readonly related: readonly FeedLink[];
  /** Id and address of the entry that this one corrects or annuls. */
  readonly refersTo: { readonly id: string; readonly address: string } | null;
  readonly publishedAt: string;
  readonly updatedAt: string;
  readonly tags: readonly { readonly term: string; readonly label: string }[];
  /** The same in fields, for programs. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Feed {
  readonly title: string;
  readonly description: string;
  readonly language: Language;
  /** The feed's own address without a page, which is also its id. */
  readonly id: string;
  readonly self: string;
  readonly first: string;
  /** The page of older entries (RFC 5005, 3); null on the last. */
  readonly next: string | null;
  /** The same for people. */
  readonly alternate: string;
  readonly items: readonly FeedItem[];
  /** What stands for the time of the latest entry where there is none. */
  readonly emptyAt: string;
}

/** When the feed last changed: with its latest entry. */
export function updatedAt({ items, emptyAt }: Feed): string {
  const times = items.map((item) => item.updatedAt).toSorted();
  return times.at(-1) ?? emptyAt;
}

export type FeedFormat = 'atom' | 'json';

export const feedTypes: Readonly<Record<FeedFormat, string>> = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};
