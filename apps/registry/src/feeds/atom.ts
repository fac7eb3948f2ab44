import { create } from 'xmlbuilder2';
import { feedTypes, updatedAt, type Feed, type FeedItem } from './feed.ts';

const atomNamespace = 'http://www.w3.org/2005/Atom';
const threadNamespace = 'http://purl.org/syndication/thread/1.0';

type Content = Record<string, unknown>;

const link = (rel: string, href: string, more: Readonly<Record<string, string>> = {}): Content => ({
  '@rel': rel,
  '@href': href,
  ...Object.fromEntries(Object.entries(more).map(([name, value]) => [`@${name}`, value])),
});

/**
 * A feed as Atom (RFC 4287), in pages (RFC 5005, 3). Every text is `type="text"`: whatever a State wrote, a
 * reader shows it and runs none of it. Characters that XML cannot hold become U+FFFD.
 */
export function asAtom(feed: Feed): string {
  const type = feedTypes.atom;
  const links = [
    link('self', feed.self, { type }),
    link('alternate', feed.alternate, { type: 'text/html' }),
    link('first', feed.first, { type }),
    ...(feed.next === null ? [] : [link('next', feed.next, { type })]),
  ];
  const document = create({
    version: '1.0',
    encoding: 'utf-8',
    invalidCharReplacement: '\uFFFD',
    convert: { att: '@', text: '#', cdata: '$', ins: '?', comment: '!' },
  }).ele(atomNamespace, 'feed', { 'xml:lang': feed.language });
  document.ele({
    id: feed.id,
    title: { '@type': 'text', '#': feed.title },
    subtitle: { '@type': 'text', '#': feed.description },
    updated: updatedAt(feed),
    author: { name: 'The Treaty Ledger' },
    link: links,
  });
  for (const item of feed.items) document.ele({ entry: entryOf(item) });
  return document.end({ prettyPrint: true });
}

function entryOf(item: FeedItem): Content {
  const { refersTo } = item;
  return {
    id: item.id,
    title: { '@type': 'text', '#': item.title },
    published: item.publishedAt,
    updated: item.updatedAt,
    link: [
      link('alternate', item.address),
      ...item.related.map(({ address, title }) => link('related', address, { title })),
    ],
    category: item.tags.map(({ term, label }) => ({ '@term': term, '@label': label })),
    ...(refersTo !== null && {
      'thr:in-reply-to': {
        '@xmlns:thr': threadNamespace,
        '@ref': refersTo.id,
        '@href': refersTo.address,
      },
    }),
    content: { '@type': 'text', '#': item.text },
  };
}
