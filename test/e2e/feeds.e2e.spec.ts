import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Ledger } from '#ledger';
import { RegisterUnderTest, states, type Answered } from './register-under-test.ts';

const origin = 'https://treaties.example.org';
const register = new RegisterUnderTest({ PUBLIC_URL: origin });
const actions = '/depositary/treaties/XVIII-16/actions';
/** What nobody should write in a reservation, around some more characters. */
const hostile = (more = ''): string =>
  `Art. 5 <script>alert("1")</script> & <b onclick='x'>bold</b> ]]> ${more} </content></entry>`;
const controls = '\u0000\u0008';

beforeAll(() => register.start());
afterAll(() => register.remove());

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => ['entry', 'link', 'category'].includes(name),
  parseTagValue: false,
});

/** An Atom feed as a parser that is not ours reads it, held to what RFC 4287 asks of every feed and entry. */
async function atom(path: string, headers: Record<string, string> = {}): Promise<any> {
  const { status, body, headers: answered } = await register.get(path, headers);
  expect([status, answered.get('content-type')]).toStrictEqual([
    200,
    'application/atom+xml; charset=utf-8',
  ]);
  expect(XMLValidator.validate(body)).toBe(true);
  const { feed } = parser.parse(body);
  expect(feed['@xmlns']).toBe('http://www.w3.org/2005/Atom');
  for (const one of [feed, ...(feed.entry ?? [])]) {
    expect(typeof one.id).toBe('string');
    expect(one.title['@type']).toBe('text');
    expect(new Date(one.updated).toISOString()).toBe(one.updated);
  }
  expect(feed.author.name).toBe('The Treaty Ledger');
  return feed;
}

const linkOf = (one: any, rel: string): string | undefined =>
  one.link.find((link: any) => link['@rel'] === rel)?.['@href'];
const pathOf = (address: string | undefined): string => {
  const url = new URL(address ?? '');
  expect(url.origin).toBe(origin);
  return url.pathname + url.search;
};

/** A JSON Feed, held to what version 1.1 asks. */
function jsonFeed({ status, headers, body }: Answered): any {
  expect([status, headers.get('content-type')]).toStrictEqual([
    200,
    'application/feed+json; charset=utf-8',
  ]);
  expect(body.version).toBe('https://jsonfeed.org/version/1.1');
  expect(typeof body.title).toBe('string');
  for (const item of body.items) {
    expect([typeof item.id, typeof item.content_text]).toStrictEqual(['string', 'string']);
    expect(new Date(item.date_published).toISOString()).toBe(item.date_published);
    expect(new Date(item.date_modified).toISOString()).toBe(item.date_modified);
  }
  return body;
}

describe('the feeds of the 73 signatures that are shipped', () => {
  it('give all of them in pages, each once, and the treaty itself at the end', async () => {
    const seen: string[] = [];
    let address: string | undefined = `${origin}/treaties/XVIII-16/actions.atom?limit=30`;
    while (address !== undefined) {
      const feed = await atom(pathOf(address));
      expect(linkOf(feed, 'self')).toContain('/treaties/XVIII-16/actions.atom?');
      expect(linkOf(feed, 'alternate')).toBe(`${origin}/treaties/XVIII-16`);
      seen.push(...feed.entry.map((entry: any) => entry.id));
      address = linkOf(feed, 'next');
    }
    expect(seen).toHaveLength(74);
    expect(new Set(seen).size).toBe(74);
    expect(seen.every((id) => /^urn:uuid:[0-9a-f-]{36}$/.test(id))).toBe(true);
  });

  it('say who signed when, in English and in French', async () => {
    const english = await atom('/participants/MUS.atom?lang=en');
    expect(english.entry).toHaveLength(1);
    expect(english.entry[0].title['#text']).toBe(
      'Mauritius: Signature, 19 November 2025 (XVIII-16)',
    );
    expect(english.entry[0].content['#text']).toContain('Mauritius: no status → signatory');
    const french = await atom('/participants/MUS.atom', { 'Accept-Language': 'fr' });
    expect(french['@xml:lang']).toBe('fr');
    expect(french.entry[0].title['#text']).toBe(
      'Maurice\u00A0: Signature, 19 novembre 2025 (XVIII-16)',
    );
    expect(french.entry[0].id).toBe(english.entry[0].id);
  });

  it('by kind hold that kind alone', async () => {
    expect((await atom('/actions.atom?kind=signature&limit=100')).entry).toHaveLength(73);
    expect((await atom('/actions.atom?kind=ratification')).entry).toBeUndefined();
  });

  it('refuse what they cannot read', async () => {
    const wrong = [
      '/actions.atom?kind=ratified',
      '/actions.atom?page=2',
      '/actions.atom?before=x',
      '/actions.json?limit=101',
      '/actions.json?lang=xx',
    ];
    for (const path of wrong) expect((await register.get(path)).status).toBe(400);
    for (const path of ['/treaties/XX-1/actions.atom', '/participants/QQQ.json'])
      expect((await register.get(path)).status).toBe(404);
  });
});

describe('a feed that goes on', () => {
  let reservation = '';
  const latest = async (path: string): Promise<any> => jsonFeed(await register.get(path)).items[0];

  it('tells that the count went from 39 to 40, and the date that came of it', async () => {
    const { body } = await register.get('/treaties/XVIII-16/status');
    const signed = new Set(body.participants.map(({ code }: any) => code));
    for (const [index, participant] of states.slice(0, 40).entries()) {
      const answer = await register.post(actions, {
        kind: signed.has(participant) ? 'ratification' : 'accession',
        participant,
        date: index === 39 ? '2026-11-20' : '2026-10-01',
      });
      expect(answer.status).toBe(201);
    }
    const item = await latest('/treaties/XVIII-16/actions.json?lang=en');
    expect(item.content_text.split('\n\n').slice(1)).toStrictEqual([
      `${item.title.split(':')[0]}: signatory → contracting State`,
      'Instruments that count: 39 → 40 of 40',
      'Entry into force: pending → fixed (18 February 2027)',
    ]);
    expect(item['_treaty_ledger'].entry_into_force).toStrictEqual({
      before: { state: 'pending', counted: 39, required: 40 },
      after: { state: 'fixed', counted: 40, required: 40, date: '2027-02-18' },
    });
    const french = await latest('/treaties/XVIII-16/actions.json?lang=fr');
    expect(french.content_text).toContain(
      'Entrée en vigueur\u00A0: en attente → fixée (18 février 2027)',
    );
  });

  it('has its tag confirmed while nothing new is recorded, and another one after', async () => {
    const first = await register.get('/treaties/XVIII-16/actions.atom');
    const tag = { 'If-None-Match': first.headers.get('etag')! };
    expect((await register.get('/treaties/XVIII-16/actions.atom', tag)).status).toBe(304);
    const recorded = await register.post(actions, {
      kind: 'reservation',
      participant: 'FRA',
      date: '2026-10-01',
      text: hostile(),
    });
    expect(recorded.status).toBe(201);
    reservation = recorded.body.action;
    expect((await register.get('/treaties/XVIII-16/actions.atom', tag)).status).toBe(200);
  });

  it('shows a text full of markup as the text it is', async () => {
    const feed = await atom('/actions.atom?kind=reservation');
    const text = hostile();
    expect(feed.entry).toHaveLength(1);
    expect(feed.entry[0].content['@type']).toBe('text');
    expect(feed.entry[0].content['#text']).toContain(text);
    expect(Object.keys(feed.entry[0].content)).toStrictEqual(['#text', '@type']);
    const raw = await register.get('/actions.atom?kind=reservation');
    expect(raw.body).not.toContain('<script');
    expect((await latest('/actions.json?kind=reservation')).content_text).toContain(text);
  });

  it('has a correction as a new entry that refers to the first, which is updated', async () => {
    const before = await latest('/participants/FRA.json');
    const ledger = new Ledger(register.store!.connectionString);
    const corrected = await ledger.transact(
      {
        type: 'correctAction',
        treaty: 'XVIII-16',
        action: reservation,
        changes: { place: 'New York' },
        reason: 'The place was left out.',
      },
      { actor: 'officer', today: register.today },
    );
    await ledger.close();
    expect(corrected.outcome).toBe('recorded');
    const at = (corrected as { position: string }).position;
    const feed = jsonFeed(await register.get(`/participants/FRA.json?lang=en&atLeast=${at}`));
    const [correction, first] = feed.items;
    expect(first.id).toBe(before.id);
    expect(first.date_published).toBe(before.date_published);
    expect(first.date_modified).toBe(correction.date_published);
    expect(first.content_text).toMatch(/This record was corrected on .* The place was left out\.$/);
    expect(correction.title).toBe('Correction – France: Reservation, 1 October 2026 (XVIII-16)');
    expect(correction.content_text).toContain('place: – → New York');
    expect(correction['_treaty_ledger'].refers_to).toBe(first.id);
    const { entry } = await atom('/participants/FRA.atom');
    expect(entry[0]['thr:in-reply-to']['@ref']).toBe(first.id);
    expect(entry[0].updated).toBe(correction.date_published);
  });

  it('of notifications tells each as it was issued, and updates the one a corrigendum corrects', async () => {
    const ledger = new Ledger(register.store!.connectionString);
    const command = {
      treaty: 'XVIII-16',
      subject: { en: 'France: Reservation', fr: 'France : Réserve' },
      text: { en: `The text is: ${hostile(controls)}`, fr: `Le texte est : ${hostile(controls)}` },
      actions: [reservation],
      announcesEntryIntoForce: null,
      corrects: null,
      draft: 'one',
    };
    const meta = { actor: 'officer', today: register.today };
    await ledger.notifications.issue(command, meta);
    const corrects = 'C.N.1.2026.TREATIES-XVIII.16';
    const issued = await ledger.notifications.issue({ ...command, corrects, draft: 'two' }, meta);
    await ledger.close();
    const at = (issued as { position: string }).position;
    const feed = await atom(`/notifications.atom?lang=fr&atLeast=${at}`);
    expect(feed.entry.map((one: any) => one.title['#text'])).toStrictEqual([
      'C.N.2.2026.TREATIES-XVIII.16 – France : Réserve',
      'C.N.1.2026.TREATIES-XVIII.16 – France : Réserve',
    ]);
    const [corrigendum, first] = feed.entry;
    expect(corrigendum['thr:in-reply-to']['@ref']).toBe(first.id);
    expect(first.updated).toBe(corrigendum.published);
    expect(first.content['#text']).toContain('Corrigée par C.N.2.2026.TREATIES-XVIII.16');
    // A character that XML cannot hold is replaced, not dropped in silence.
    expect(first.content['#text']).toContain(hostile('\uFFFD\uFFFD'));
    const list = await register.get('/treaties/XVIII-16/notifications.json');
    expect(jsonFeed(list).items).toHaveLength(2);
  });
});
