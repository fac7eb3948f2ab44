import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterUnderTest } from './register-under-test.ts';
import { Visitor } from './visitor.ts';

const register = new RegisterUnderTest();
beforeAll(() => register.start());
afterAll(() => register.remove());

const visitor = (): Visitor => new Visitor(register.address);
const deposit = { kind: 'accession', participant: 'CHE', date: '2026-11-20' };
const actions = '/depositary/treaties/XVIII-16/actions';
const auditKinds = async (): Promise<string[]> => {
  const { body } = await register.getAs('administrator', '/depositary/audit-trail');
  return body.entries.map(({ kind }: { kind: string }) => kind);
};

describe('an officer signs in', () => {
  it('chooses who to be, arrives where they wanted, and may do what the role permits', async () => {
    const officer = visitor();
    const desk = await officer.signIn('administrator');
    expect([desk.status, new URL(desk.url).pathname]).toStrictEqual([200, '/depositary']);
    expect(desk.text).toContain('Ready Administrator');
    expect((await officer.open('/depositary/audit-trail?verify=true')).text).toContain(
      'follow from one another',
    );
    expect((await auditKinds()).slice(0, 2)).toStrictEqual(['roles-changed', 'signed-in']);
  });

  it('sees French where the browser asks for it', async () => {
    const officer = visitor();
    const choice = await officer.open('/depositary', { headers: { 'Accept-Language': 'fr' } });
    expect(choice.text).toContain('<form method="post"');
    const page = await officer.open('/sign-in/callback?state=x&lang=fr');
    expect([page.status, page.text.includes('Se connecter de nouveau')]).toStrictEqual([403, true]);
  });

  it('gets a cookie that no script reads and no other site sends', async () => {
    const officer = visitor();
    await officer.signIn('recorder');
    const line = officer.setCookies.find((one) => one.startsWith('session='));
    expect(line).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
  });

  it('never keeps a session id that the browser brought along (fixation)', async () => {
    const attacker = visitor();
    await attacker.signIn('recorder');
    const planted = attacker.cookies.get('session') ?? '';
    const victim = visitor();
    victim.cookies.set('session', 'A'.repeat(43));
    await victim.signIn('administrator');
    expect(victim.cookies.get('session')).not.toBe('A'.repeat(43));
    expect((await visitorWith('A'.repeat(43)).send('/depositary')).status).toBe(303);

    // The attacker's own live session, planted into a browser that then signs in, ends and is not taken over.
    const other = visitor();
    const choice = await other.open('/depositary');
    const form = /<form method="post" action="([^"]+)"/.exec(choice.text)?.[1] ?? '';
    other.cookies.set('session', planted);
    await other.postForm(form, { person: 'development-administrator' });
    expect(other.cookies.get('session')).not.toBe(planted);
    expect((await visitorWith(planted).send('/depositary')).status).toBe(303);
  });

  it('may be signed in twice, and each ends alone', async () => {
    const [first, second] = [visitor(), visitor()];
    await first.signIn('recorder');
    const page = await second.signIn('recorder');
    expect(first.cookies.get('session')).not.toBe(second.cookies.get('session'));
    await second.postForm('/sign-out', { formToken: Visitor.formToken(page) });
    expect((await first.send('/depositary')).status).toBe(200);
    expect((await second.send('/depositary')).status).toBe(303);
  });

  it('is signed out on the server, not only in the browser', async () => {
    const officer = visitor();
    const page = await officer.signIn('recorder');
    const id = officer.cookies.get('session') ?? '';
    const out = await officer.send('/sign-out', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: register.address,
      },
      body: new URLSearchParams({ formToken: Visitor.formToken(page) }).toString(),
    });
    expect(out.status).toBe(200);
    expect(out.headers.get('refresh')).toMatch(
      /^0; url=http:\/\/127\.0\.0\.1:\d+\/development-provider\/session\/end\?.*id_token_hint=/,
    );
    expect(officer.cookies.has('session')).toBe(false);
    expect((await visitorWith(id).send('/depositary')).status).toBe(303);
    expect((await auditKinds())[0]).toBe('signed-out');
    // At the provider too: after its own question nobody is signed in without choosing again.
    const question = await officer.open((out.headers.get('refresh') ?? '').slice(7));
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question.text)?.[1] ?? '';
    const action = /action="([^"]+)"/.exec(question.text)?.[1] ?? '';
    const home = await officer.postForm(action, { xsrf, logout: 'yes' });
    expect(new URL(home.url).pathname).toBe('/');
    expect((await officer.open('/depositary')).text).toContain('Who are you today?');
  });
});

const visitorWith = (session: string): Visitor => {
  const made = visitor();
  made.cookies.set('session', session);
  return made;
};

describe('a request of another site with the cookie of an officer', () => {
  const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
  const post = async (headers: Record<string, string>) => {
    const officer = visitor();
    const token = Visitor.formToken(await officer.signIn('administrator'));
    const body = JSON.stringify(deposit);
    const sent: Record<string, string> = { ...json, ...headers };
    if (sent['X-Form-Token'] === 'right') sent['X-Form-Token'] = token;
    const { status, text } = await officer.send(`${actions}?preview=true`, {
      method: 'POST',
      headers: sent,
      body,
    });
    return [status, (JSON.parse(text) as { code?: string }).code];
  };

  it.each([
    [
      'another origin',
      { Origin: 'https://evil.example', 'X-Form-Token': 'right' },
      'not-allowed-from-here',
    ],
    ['an opaque origin', { Origin: 'null', 'X-Form-Token': 'right' }, 'not-allowed-from-here'],
    [
      'cross-site',
      { 'Sec-Fetch-Site': 'cross-site', 'X-Form-Token': 'right' },
      'cross-site-request',
    ],
    [
      'same-site, another port',
      { 'Sec-Fetch-Site': 'same-site', 'X-Form-Token': 'right' },
      'cross-site-request',
    ],
    ['nothing said about where', { 'X-Form-Token': 'right' }, 'cross-site-request'],
    ['no form token', { 'Sec-Fetch-Site': 'same-origin' }, 'cross-site-request'],
    [
      'a wrong form token',
      { 'Sec-Fetch-Site': 'same-origin', 'X-Form-Token': 'A'.repeat(43) },
      'cross-site-request',
    ],
  ])('is refused: %s', async (_what, headers, code) => {
    expect(await post(headers)).toStrictEqual([403, code]);
  });

  it('passes from a page of the register, with its token', async () => {
    expect(
      await post({
        Origin: register.address,
        'Sec-Fetch-Site': 'same-origin',
        'X-Form-Token': 'right',
      }),
    ).toStrictEqual([200, undefined]);
  });

  it('cannot sign an officer out', async () => {
    const officer = visitor();
    await officer.signIn('recorder');
    const answer = await officer.postForm('/sign-out', {}, { Origin: 'https://evil.example' });
    expect(answer.status).toBe(403);
    expect((await officer.send('/sign-out?x=1')).status).toBe(400);
    expect((await officer.send('/depositary')).status).toBe(200);
  });

  it("does not take another session's form token", async () => {
    const [first, second] = [visitor(), visitor()];
    const token = Visitor.formToken(await first.signIn('recorder'));
    await second.signIn('recorder');
    expect((await second.postForm('/sign-out', { formToken: token })).status).toBe(403);
  });
});

describe('the answer of the provider', () => {
  it('is worth nothing a second time, or in another browser', async () => {
    const officer = visitor();
    const choice = await officer.open('/depositary');
    const form = /<form method="post" action="([^"]+)"/.exec(choice.text)?.[1] ?? '';
    let page = await officer.send(form, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: register.address },
      body: 'person=development-administrator',
    });
    let callback = page.headers.get('location') ?? '';
    while (!callback.includes('/sign-in/callback')) {
      page = await officer.send(callback);
      callback = new URL(page.headers.get('location') ?? '', page.url).href;
    }
    const attempt = officer.cookies.get('sign-in') ?? '';
    const thief = visitor();
    expect((await thief.send(callback)).status).toBe(403);
    thief.cookies.set('sign-in', 'B'.repeat(43));
    expect((await thief.send(callback)).status).toBe(403);

    expect((await officer.send(callback)).status).toBe(303);
    const again = visitor();
    again.cookies.set('sign-in', attempt);
    const replayed = await again.send(callback);
    expect([replayed.status, again.cookies.has('session')]).toStrictEqual([403, false]);
    expect(
      (await auditKinds()).filter((kind) => kind === 'sign-in-refused').length,
    ).toBeGreaterThan(0);
  });
});

describe('the address to return to', () => {
  it.each([
    ['/depositary/audit-trail?limit=5', '/depositary/audit-trail?limit=5'],
    ['//evil.example/a', '/depositary'],
    ['https:evil.example', '/depositary'],
    ['https://evil.example', '/depositary'],
    ['/\\evil.example', '/depositary'],
    ['\\\\evil.example', '/depositary'],
    ['/%2F/evil.example', '/depositary'],
    ['/%252F%252Fevil.example', '/depositary'],
    ['/%5Cevil.example', '/depositary'],
    ['/\t/evil.example', '/depositary'],
    ['javascript:alert(1)', '/depositary'],
  ])('%j leads to %j', async (asked, arrived) => {
    const officer = visitor();
    const page = await officer.signIn(
      'administrator',
      `/sign-in?return=${encodeURIComponent(asked)}`,
    );
    const { host, pathname, search } = new URL(page.url);
    expect([host, pathname + search]).toStrictEqual([new URL(register.address).host, arrived]);
    // And the same for somebody who is signed in already.
    const direct = await officer.send(`/sign-in?return=${encodeURIComponent(asked)}`);
    expect(direct.headers.get('location')).toBe(arrived);
  });
});

describe('who is not signed in', () => {
  it('is led to the sign-in as a person, and told how as a program', async () => {
    const page = await visitor().send('/depositary?lang=fr');
    expect([page.status, page.headers.get('location')]).toStrictEqual([
      303,
      '/sign-in?return=%2Fdepositary%3Flang%3Dfr',
    ]);
    const { status, headers, body } = await register.get('/depositary');
    expect([status, body.code, headers.get('www-authenticate')]).toStrictEqual([
      401,
      'sign-in-needed',
      'Bearer realm="treaty-ledger"',
    ]);
  });

  it('is told which permission is missing, and who has it', async () => {
    const { status, body } = await register.postAs('recorder', actions, deposit);
    expect([status, body.code]).toStrictEqual([403, 'not-permitted']);
    expect(body.detail).toMatch(/permission "record-directly", which the role administrator has/);
  });

  it('is not known by a header that anybody can write', async () => {
    const { status, body } = await register.post(actions, deposit, { 'Ledger-Actor': 'minister' });
    expect(status).toBe(201);
    const events = await register.get(`/actions/${body.action}`);
    expect(JSON.stringify(events.body)).not.toContain('minister');
    const anonymous = await register.postUnsigned(actions, deposit, { 'Ledger-Actor': 'minister' });
    expect(anonymous.status).toBe(401);
  });

  it('finds the development provider on this machine only', async () => {
    const page = await visitor().send('/development-provider/.well-known/openid-configuration', {
      headers: { Origin: 'https://evil.example' },
    });
    expect(page.status).toBe(403);
  });
});

describe('the audit trail', () => {
  it('goes out as a table and as JSON, and notes that it did', async () => {
    const csv = await register.getAs('administrator', '/depositary/audit-trail.csv');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="audit-trail.csv"');
    const [head, ...rows] = String(csv.body).trimEnd().split('\n');
    expect(head).toBe('entry,at,kind,subject,name,detail,previousHash,hash');
    expect(rows.at(-1)).toMatch(/^\d+,[^,]+,audit-trail-exported,administrator,/);
    const lines = await register.getAs('administrator', '/depositary/audit-trail.ndjson');
    const last = String(lines.body).trimEnd().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      kind: 'audit-trail-exported',
      detail: { form: 'ndjson' },
    });
  });

  it('is read page by page, and says what it does not understand', async () => {
    const path = '/depositary/audit-trail';
    const first = await register.getAs('administrator', `${path}?limit=2`);
    const numbers = first.body.entries.map(({ entry }: { entry: number }) => entry);
    expect(numbers).toHaveLength(2);
    const next = await register.getAs('administrator', `${path}?limit=1&before=${numbers[1]}`);
    expect(next.body.entries[0].entry).toBe(numbers[1] - 1);
    for (const bad of ['before=0', 'before=x', 'limit=0', 'limit=1001', 'verify=yes', 'after=1'])
      expect((await register.getAs('administrator', `${path}?${bad}`)).status).toBe(400);
    const checked = await register.getAs('administrator', `${path}?verify=true`);
    expect(checked.body.verification).toMatchObject({ brokenAt: null });
  });

  it('holds no token, cookie or code', async () => {
    const officer = visitor();
    await officer.signIn('administrator');
    const secrets = [officer.cookies.get('session') ?? '', await register.token('administrator')];
    await register.getAs('administrator', '/depositary', { Authorization: 'Bearer not-a-token' });
    const { body } = await register.getAs('administrator', '/depositary/audit-trail?limit=1000');
    const text = JSON.stringify(body);
    for (const secret of [...secrets, 'not-a-token']) expect(text).not.toContain(secret);
    expect(body.entries.some(({ kind }: { kind: string }) => kind === 'token-refused')).toBe(true);
  });
});

describe('this machine under its other name', () => {
  it('goes on under the one that the provider answers to', async () => {
    const { port } = new URL(register.address);
    const other = new Visitor(`http://localhost:${port}`);
    const page = await other.send('/sign-in?return=%2Fdepositary');
    expect([page.status, page.headers.get('location')]).toStrictEqual([
      303,
      `${register.address}/sign-in?return=%2Fdepositary`,
    ]);
  });
});
