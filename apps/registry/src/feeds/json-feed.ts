import type { Feed, FeedItem } from './feed.ts';

/** A feed as JSON Feed 1.1. Texts are `content_text`; what programs want in fields is in `_treaty_ledger`. */
export function asJsonFeed(feed: Feed): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: feed.description,
    home_page_url: feed.alternate,
    feed_url: feed.self,
    ...(feed.next !== null && { next_url: feed.next }),
    language: feed.language,
    authors: [{ name: 'The Treaty Ledger' }],
    items: feed.items.map(itemOf),
  });
}

function itemOf(item: FeedItem): object {
  return {
    id: item.id,
    url: item.address,
    title: item.title,
    content_text: item.text,
    date_published: item.publishedAt,
    date_modified: item.updatedAt,
    tags: item.tags.map(({ label }) => label),
    _treaty_ledger: {
      about: 'The same in fields, as the public API names them',
      ...item.data,
      related: item.related.map(({ address }) => address),
      refers_to: item.refersTo?.id ?? null,
    },
  };
}
