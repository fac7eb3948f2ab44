import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Behaviour } from '../../apps/notifier/test/receiver.ts';
import { answering, deliveries, DeliveriesUnderTest, until } from './deliveries-under-test.ts';
import { Visitor } from './visitor.ts';

const under = new DeliveriesUnderTest();
const { register } = under;
let administrator: Visitor;

/** Takes everything for granted and gives no challenge back. */
const stranger: Behaviour = (_request, response) => void response.writeHead(204).end();

beforeAll(async () => {
  await under.start();
  administrator = new Visitor(register.address);
  await administrator.signIn('administrator');
}, 600_000);
afterAll(() => under.remove());

/** The words of a page, without its markup. */
const words = (html: string): string =>
  html
    .replaceAll(/<(script|style)[^>]*>.*?<\/\1>|<[^>]+>/gs, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll(/\s+/g, ' ');

describe('the overview', () => {
  it('says that nobody has subscribed, then that everyone was told of everything', async () => {
    const before = await administrator.open(deliveries);
    expect(words(before.text)).toContain('Nobody has subscribed yet.');
    await under.subscribe('/well');
    const position = await under.act('FRA');
    await until(() => under.toldAt('/well').length === 1);
    await until(async () => (await under.overview()).waiting === 0);
    const after = words((await administrator.open(deliveries)).text);
    expect(after).toMatch(
      new RegExp(
        `Everyone has been told of everything up to \\d+ \\w+ \\d{4}, \\d\\d:\\d\\d UTC \\(position ${position}\\)\\.`,
      ),
    );
    expect(after).toContain('Nobody needs attention.');
    const french = words((await administrator.open(`${deliveries}?lang=fr`)).text);
    expect(french).toContain('Tous ont été informés de tout jusqu’au ');
    expect(french).toContain('Aucun abonné n’est à surveiller.');
  });

  it('is for who may tend deliveries, and linked for them only', async () => {
    const recorder = new Visitor(register.address);
    const desk = await recorder.signIn('recorder');
    expect(desk.text).not.toContain(deliveries);
    expect((await recorder.open(deliveries)).status).toBe(403);
    expect((await administrator.open('/depositary')).text).toContain(`${deliveries}?lang=en`);
    const nobody = await new Visitor(register.address).send(deliveries);
    expect([nobody.status, nobody.headers.get('location')]).toStrictEqual([
      303,
      `/sign-in?return=${encodeURIComponent(deliveries)}`,
    ]);
  });

  it('lists who needs attention a page at a time, as programs get it, and shows no address', async () => {
    const failing = [];
    for (const n of [1, 2, 3]) {
      under.receiver.behave(answering(500), `/failing-${n}`);
      failing.push((await under.subscribe(`/failing-${n}`, ['GRC'])).id);
    }
    under.receiver.behave(answering(410), '/gone');
    const { id: gone } = await under.subscribe('/gone', ['GRC']);
    const resting = await under.subscribe('/resting', ['GRC']);
    await under.pause(resting);
    await under.act('GRC');
    await until(async () => (await under.overview()).attention.length === 4);
    const { needAttention, attention } = await under.overview();
    expect(needAttention).toStrictEqual({ active: 3, paused: 0, stopped: 1 });
    // Who paused its own deliveries needs none.
    expect(attention.map(({ id }: any) => id)).toStrictEqual([...failing, gone]);
    expect(attention[3]).toMatchObject({
      id: gone,
      state: 'stopped',
      reason: 'gone',
      nextAttemptAt: null,
      lastFailure: { code: 410, detail: 'The receiver answered 410: it wants no more deliveries.' },
    });
    const listed: string[] = [];
    let address: string | undefined = `${deliveries}?limit=2&lang=fr`;
    while (address !== undefined) {
      const { text, status } = await administrator.open(address);
      expect(status).toBe(200);
      expect(text).not.toContain('127.0.0.1');
      expect(words(text)).toContain('À surveiller (4)');
      listed.push(
        ...[...text.matchAll(/<th role="rowheader"[^>]*><span><a[^>]*>([0-9a-f-]{36})</g)].map(
          ([, id]) => id ?? '',
        ),
      );
      address = /<a href="([^"]+)" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(listed).toStrictEqual(attention.map(({ id }: any) => id));
    const stopped = (await administrator.open(`${deliveries}?state=stopped&lang=fr`)).text;
    expect(words(stopped)).toContain('Le destinataire a répondu 410 : il ne veut plus d’envois.');
    expect(stopped).not.toContain(failing[0]);
  });

  it('leads to a subscriber by its id, and refuses a cursor that it did not give', async () => {
    const id = '5e0d6f3c-3c0a-4c51-9d8e-0d3b7f6a2b11';
    const page = await administrator.open(
      `${deliveries}?lang=fr&subscriber=%20${id.toUpperCase()}`,
    );
    expect([page.status, new URL(page.url).pathname]).toStrictEqual([404, `${deliveries}/${id}`]);
    expect(words(page.text)).toContain('Aucun abonné n’a cet identifiant');
    expect(page.text).toContain(`value="${id}"`);
    const odd = await administrator.open(`${deliveries}/%00'%3Cb%3E`);
    expect([odd.status, odd.text.includes('<b>')]).toStrictEqual([404, false]);
    for (const cursor of ['x', btoa('[5,0,1]'), btoa('[0,"1",1]'), btoa('[0,1e300,1]')])
      expect([
        cursor,
        (await register.getAs('administrator', `${deliveries}?cursor=${cursor}`)).body.code,
      ]).toStrictEqual([cursor, 'invalid-parameter']);
  });
});

describe('sending again by a form', () => {
  const form = (id: string, fields: Record<string, string>, language = 'en') =>
    administrator.postForm(`${deliveries}/${id}/resend?lang=${language}`, fields);
  const tokenOf = async (id: string): Promise<string> =>
    Visitor.formToken(await administrator.open(`${deliveries}/${id}`));

  it('needs the token of the session', async () => {
    const { id } = await under.subscribe('/token');
    const without = await form(id, { what: 'after', position: '0' });
    expect(without.status).toBe(403);
    const formToken = await tokenOf(id);
    const elsewhere = await administrator.postForm(
      `${deliveries}/${id}/resend`,
      { formToken, what: 'now' },
      { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(elsewhere.status).toBe(403);
    expect([under.toldAt('/token'), await under.resent()]).toStrictEqual([[], []]);
  });

  it('says what is wrong in the language of the page, and moves nobody', async () => {
    const { id } = await under.subscribe('/wrong');
    const formToken = await tokenOf(id);
    const { position } = await under.one(id);
    const fault = async (fields: Record<string, string>, language = 'fr') => {
      const page = await form(id, { formToken, ...fields }, language);
      expect(page.status).toBe(422);
      return /class="summary-of-errors".*?<li><a href="#([\w-]+)">([^<]+)</s
        .exec(page.text)
        ?.slice(1);
    };
    expect(await fault({})).toStrictEqual(['what', 'Choisissez ce qu’il faut envoyer.']);
    expect((await fault({ what: 'now', position: '3' }))?.[0]).toBe('what');
    expect(await fault({ what: 'after', position: '9 35' }, 'en')).toStrictEqual([
      'position',
      'Write a position of the ledger: a number without spaces.',
    ]);
    // A slip of the finger must not make a subscriber miss years.
    expect((await fault({ what: 'after', position: `${position}0` }, 'en'))?.[1]).toMatch(
      /^The ledger is at position \d+; after a later one there is nothing to send/,
    );
    expect(
      (
        await fault({ what: 'from', 'date-day': '31', 'date-month': '2', 'date-year': '2026' })
      )?.[0],
    ).toBe('date-day');
    expect(
      await fault({ what: 'from', 'date-day': '1', 'date-month': '1', 'date-year': '2099' }, 'en'),
    ).toStrictEqual([
      'date-day',
      'Nothing that this subscriber asks for was recorded after that, so nothing would be sent.',
    ]);
    expect([(await under.one(id)).position, under.toldAt('/wrong')]).toStrictEqual([position, []]);
  });

  it('asks before it leaves out what was not told yet; the answer is for that question only', async () => {
    under.receiver.behave(answering(500), '/skips');
    const { id } = await under.subscribe('/skips', ['ESP', 'ITA']);
    const spain = await under.act('ESP');
    const italy = await under.act('ITA', 'accession');
    await until(async () => (await under.one(id)).attempts === 1);
    const formToken = await tokenOf(id);
    const after = { formToken, what: 'after', position: spain };
    const asked = await form(id, after);
    expect([asked.status, words(asked.text).includes('This leaves out 1 delivery')]).toStrictEqual([
      422,
      true,
    ]);
    const name = /name="asked" value="([^"]+)"/.exec(asked.text)?.[1] ?? '';
    const other = await form(id, { ...after, position: italy, asked: name, sure: 'yes' });
    expect(other.status).toBe(422);
    expect(words(other.text)).toContain('This leaves out 2 deliveries');
    const told = { ...after, asked: name, sure: 'yes' };
    under.receiver.behave(answering(204), '/skips');
    const done = await form(id, told);
    expect(words(done.text)).toContain(`Everything after position ${spain} is being sent again`);
  });

  it('sends nothing to one that is pending, gone or paused by itself, and says why', async () => {
    under.receiver.behave(stranger, '/stranger');
    const { id: pending } = await under.subscribe('/stranger');
    const resting = await under.subscribe('/rests');
    await under.pause(resting);
    const { attention } = await under.overview('?state=stopped');
    const formToken = await tokenOf((await under.overview('?state=active')).attention[0].id);
    for (const [id, sentence] of [
      [pending, 'il n’a pas confirmé qu’il veut être informé'],
      [resting.id, 'il a lui-même suspendu ses envois'],
      [attention[0].id, 'il a dit qu’il ne veut plus d’envois'],
    ]) {
      const shown = await administrator.open(`${deliveries}/${id}?lang=fr`);
      expect([shown.status, shown.text.includes('name="what"')]).toStrictEqual([200, false]);
      const refused = await form(id, { formToken, what: 'after', position: '0' }, 'fr');
      expect([id, refused.status]).toStrictEqual([id, 409]);
      expect(words(refused.text)).toContain(`Rien n’est envoyé à cet abonné : ${sentence}`);
      const program = await register.post(`${deliveries}/${id}/resend?after=0`, {});
      expect([program.status, program.body.code]).toStrictEqual([409, 'conflict']);
    }
    const unknown = await form('5e0d6f3c-3c0a-4c51-9d8e-0d3b7f6a2b11', { formToken, what: 'now' });
    expect(unknown.status).toBe(404);
    expect(words(unknown.text)).toContain('No subscriber has this id');
    expect(under.toldAt('/stranger').length + under.toldAt('/rests').length).toBe(0);
  });
});

describe('sending again by a program', () => {
  it('takes a position or a date, counts, and is in the audit trail with who did it', async () => {
    const { id } = await under.subscribe('/program', ['PRT', 'BEL']);
    const portugal = await under.act('PRT');
    await under.act('BEL');
    await until(() => under.toldAt('/program').length === 2);
    const again = (query: string, body: object = {}) =>
      register.post(`${deliveries}/${id}/resend${query}`, body);
    const today = new Date().toISOString().slice(0, 10);
    const byDate = await again(`?from=${today}`);
    expect([byDate.status, byDate.body.deliveries]).toStrictEqual([202, 2]);
    await until(() => under.toldAt('/program').length === 4);
    const byPosition = await again(`?after=${portugal}`);
    expect(byPosition.body).toStrictEqual({
      subscriber: id,
      after: portugal,
      deliveries: 1,
      leftOut: 0,
    });
    await until(() => under.toldAt('/program').length === 5);
    expect((await under.resent()).slice(0, 2)).toStrictEqual([
      { name: 'administrator', subscriber: id, what: 'after', after: portugal },
      {
        name: 'administrator',
        subscriber: id,
        what: 'from',
        after: byDate.body.after,
        from: today,
      },
    ]);
    for (const [query, body] of [
      ['?after=99999999', {}],
      [`?after=1&from=${today}`, {}],
      ['?form=2026-01-01', {}],
      ['', { after: '1' }],
    ] as const)
      expect([query, (await again(query, body)).body.code]).toStrictEqual([
        query,
        query === '' ? 'invalid-fields' : 'invalid-parameter',
      ]);
    expect(under.toldAt('/program').length).toBe(5);
  });
});
