import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ProviderUnderTest, audience, clientId } from './provider-under-test.ts';
import { RegisterUnderTest } from './register-under-test.ts';
import { Visitor } from './visitor.ts';

const provider = new ProviderUnderTest();
let register: RegisterUnderTest;

beforeAll(async () => {
  await provider.start();
  register = new RegisterUnderTest(provider.settings);
  await register.start();
});
afterEach(() => {
  provider.idClaims = {};
  provider.answer = {};
  provider.userInfo = {};
});
afterAll(async () => {
  await register.remove();
  await provider.stop();
});

const withToken = (token: string) =>
  register.get('/depositary', { Authorization: `Bearer ${token}` });
const now = (): number => Math.floor(Date.now() / 1000);
const visitor = (): Visitor => new Visitor(register.address);

describe('with OIDC_ISSUER', () => {
  it('has no development provider', async () => {
    expect((await register.get('/development-provider/jwks')).status).toBe(404);
    expect(register.application?.signIn[0]).toContain(provider.issuer);
  });

  it('signs in an officer, with PKCE and over the client secret', async () => {
    const officer = visitor();
    const page = await officer.open('/depositary');
    expect([page.status, page.text.includes('A Person')]).toStrictEqual([200, true]);
    const sent = provider.tokenRequests.at(-1);
    expect(sent?.get('code_verifier')).toMatch(/^[\w~.-]{43,}$/);
    expect(sent?.has('client_secret')).toBe(false);
  });

  it('asks for the roles separately where the ID token has none', async () => {
    provider.idClaims = { roles: undefined };
    provider.userInfo = { roles: ['approver', 'a role of another program'] };
    expect((await visitor().open('/depositary')).text).toContain('<li>approver</li>');
  });

  it('names the provider to sign out at, which is elsewhere, by a page and not by a redirection', async () => {
    const officer = visitor();
    const page = await officer.open('/depositary');
    const out = await officer.postForm('/sign-out', { formToken: Visitor.formToken(page) });
    expect(out.status).toBe(200);
    expect(out.headers.get('refresh')).toContain(`url=${provider.issuer}/end-session?`);
  });

  it('refuses a form of another origin, even with the right token', async () => {
    const officer = visitor();
    const page = await officer.open('/depositary');
    const formToken = Visitor.formToken(page);
    for (const headers of [{ Origin: 'https://evil.example' }, { Origin: 'null' }]) {
      const answer = await officer.postForm('/sign-out', { formToken }, headers);
      expect([answer.status, answer.text.includes('cross-site-request')]).toStrictEqual([
        403,
        true,
      ]);
    }
  });
});

describe('an answer of the provider that does not fit is refused', () => {
  const refused = async (): Promise<[number, boolean]> => {
    const officer = visitor();
    const page = await officer.open('/depositary');
    return [page.status, officer.cookies.has('session')];
  };

  it.each([
    ['a nonce of another sign-in', { nonce: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'another-client' }],
    ['an ID token that has expired', { exp: 1_700_000_000, iat: 1_699_999_000 }],
  ])('%s', async (_what, claims) => {
    provider.idClaims = claims;
    expect(await refused()).toStrictEqual([403, false]);
  });

  it.each([
    ['another state', { state: 'another' }],
    ['an issuer mixed up', { iss: 'https://evil.example' }],
    ['an error', { error: 'access_denied' }],
    ['a code that nobody gave', { code: 'made-up' }],
  ])('%s', async (_what, answer) => {
    provider.answer = answer;
    expect(await refused()).toStrictEqual([403, false]);
  });

  it('a person without a role here', async () => {
    provider.idClaims = { roles: ['somebody else entirely'] };
    expect(await refused()).toStrictEqual([403, false]);
    const { body } = await register.get('/depositary/audit-trail', {
      Authorization: `Bearer ${await provider.accessToken()}`,
    });
    const entry = body.entries.find(({ kind }: { kind: string }) => kind === 'sign-in-refused');
    expect(entry).toMatchObject({ subject: 'a-person', detail: { fault: 'no-role' } });
  });
});

describe('access tokens', () => {
  it('let in who holds a good one', async () => {
    const { status, body } = await withToken(await provider.accessToken());
    expect([status, body.subject, body.roles]).toStrictEqual([200, 'a-machine', ['administrator']]);
  });

  const pem = (): string => provider.key.publicKey.export({ type: 'spki', format: 'pem' });
  const unsigned = (header: object, claims: object = {}): string => {
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const all = { iss: provider.issuer, aud: audience, sub: 'x', roles: ['administrator'] };
    return `${part(header)}.${part({ ...all, iat: now(), exp: now() + 60, ...claims })}.`;
  };

  it.each<[string, () => Promise<string>]>([
    ['none', async () => unsigned({ alg: 'none', typ: 'at+jwt' })],
    ['None, spelt otherwise', async () => unsigned({ alg: 'NoNe', typ: 'at+jwt' })],
    [
      'HS256 with the public key as the secret',
      () => provider.accessToken({}, { alg: 'HS256' }, createSecretKey(Buffer.from(pem(), 'utf8'))),
    ],
    [
      'HS256 with the public key in DER',
      () =>
        provider.accessToken(
          {},
          { alg: 'HS256' },
          createSecretKey(provider.key.publicKey.export({ type: 'spki', format: 'der' })),
        ),
    ],
    [
      "another's key under the provider's key id",
      () =>
        provider.accessToken(
          {},
          {},
          generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
        ),
    ],
    [
      'a key that it brings along',
      () => {
        const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
        const jwk = own.publicKey.export({ format: 'jwk' });
        return provider.accessToken({}, { jwk }, own.privateKey);
      },
    ],
    ['a key id that the provider does not have', () => provider.accessToken({}, { kid: 'two' })],
    ['another audience', () => provider.accessToken({ aud: 'https://other.example' })],
    ['no audience', () => provider.accessToken({ aud: undefined })],
    ['another issuer', () => provider.accessToken({ iss: 'https://evil.example' })],
    ['expired', () => provider.accessToken({ iat: now() - 400, exp: now() - 60 })],
    ['without an end', () => provider.accessToken({ exp: undefined })],
    ['not yet valid', () => provider.accessToken({ nbf: now() + 120 })],
    ['made for a day', () => provider.accessToken({ exp: now() + 86_400 })],
    ['without a subject', () => provider.accessToken({ sub: undefined })],
    ['of another type', () => provider.accessToken({}, { typ: 'JWT' })],
    ['of no type', () => provider.accessToken({}, { typ: undefined })],
    ['no token at all', async () => 'administrator'],
  ])('are refused: %s', async (_what, made) => {
    const { status, headers, body } = await withToken(await made());
    expect([status, body.code]).toStrictEqual([401, 'token-refused']);
    expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('are refused: the ID token of somebody who signed in', async () => {
    await visitor().open('/depositary');
    const { status, body } = await withToken(provider.issuedIdTokens.at(-1) ?? '');
    expect([status, body.code]).toStrictEqual([401, 'token-refused']);
  });

  it('are refused where the signature was cut or a letter changed', async () => {
    const token = await provider.accessToken();
    const [head = '', body = '', signature = ''] = token.split('.');
    const other = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (const bad of [`${head}.${body}.`, `${head}.${body}`, `${head}.${body}.${other}`])
      expect((await withToken(bad)).status).toBe(401);
  });

  it('are not looked for anywhere but in the Authorization header', async () => {
    const token = await provider.accessToken();
    expect((await register.get(`/depositary?access_token=${token}`)).status).toBe(401);
    for (const authorization of [`Basic ${token}`, `Bearer ${token} ${token}`, 'Bearer'])
      expect((await register.get('/depositary', { Authorization: authorization })).status).toBe(
        401,
      );
  });

  it('carry no roles that the register does not know', async () => {
    const token = await provider.accessToken({ roles: ['__proto__', 'root', 'Administrator'] });
    const { status, body } = await withToken(token);
    expect([status, body.code]).toStrictEqual([403, 'not-permitted']);
  });

  it('show a change of roles in the trail', async () => {
    await withToken(await provider.accessToken({ sub: 'changing', roles: ['recorder'] }));
    await withToken(await provider.accessToken({ sub: 'changing', roles: ['approver'] }));
    const { body } = await register.get('/depositary/audit-trail', {
      Authorization: `Bearer ${await provider.accessToken()}`,
    });
    const entry = body.entries.find(
      ({ kind, subject }: Record<string, string>) =>
        kind === 'roles-changed' && subject === 'changing',
    );
    expect(entry.detail).toStrictEqual({ roles: ['approver'], before: ['recorder'] });
  });
});

describe('the provider says that its session is over', () => {
  const tell = (token: string) =>
    visitor().postForm('/sign-in/back-channel-logout', { logout_token: token });

  it('and the sessions here end', async () => {
    const officer = visitor();
    provider.idClaims = { sid: 'session-7' };
    await officer.open('/depositary');
    const token = await provider.logoutToken({ sid: 'session-7' });
    expect((await tell(token)).text).toBe('{"ended":1}');
    expect((await officer.send('/depositary')).status).toBe(303);
    expect((await tell(token)).status).toBe(400);
  });

  it.each<[string, () => Promise<string>]>([
    ['an ID token', async () => provider.issuedIdTokens.at(-1) ?? ''],
    ['no event', () => provider.logoutToken({ sub: 'a-person', events: {} })],
    ['a nonce', () => provider.logoutToken({ sub: 'a-person', nonce: 'x' })],
    ['another audience', () => provider.logoutToken({ sub: 'a-person', aud: 'other' })],
    ['an access token', () => provider.accessToken({ aud: clientId, sub: 'a-person' })],
    ['nobody named', () => provider.logoutToken()],
    ['old', () => provider.logoutToken({ sub: 'a-person', iat: now() - 3600 })],
  ])('but not by %s', async (_what, made) => {
    const officer = visitor();
    await officer.open('/depositary');
    expect((await tell(await made())).status).toBe(400);
    expect((await officer.send('/depositary')).status).toBe(200);
  });
});

describe('behind an https address', () => {
  it('cookies are for this host over https only, and sessions by plain names count for nothing', async () => {
    const proxied = new RegisterUnderTest({
      ...provider.settings,
      PUBLIC_URL: 'https://register.example',
    });
    await proxied.start();
    try {
      const officer = new Visitor(proxied.address);
      const begun = await officer.send('/sign-in');
      expect(officer.setCookies).toStrictEqual([
        expect.stringMatching(
          /^__Host-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
        ),
      ]);
      const redirect = new URL(begun.headers.get('location') ?? '').searchParams;
      expect(redirect.get('redirect_uri')).toBe('https://register.example/sign-in/callback');
      // The proxy would bring the answer; here it is brought by hand.
      const answer = await officer.send(begun.headers.get('location') ?? '');
      const back = new URL(answer.headers.get('location') ?? '');
      await officer.send(back.pathname + back.search);
      expect(officer.setCookies.at(-1)).toMatch(
        /^__Host-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800; Secure$/,
      );
      expect((await officer.send('/depositary')).status).toBe(200);
      const planted = new Visitor(proxied.address);
      planted.cookies.set('session', officer.cookies.get('__Host-session') ?? '');
      expect((await planted.send('/depositary')).status).toBe(303);
    } finally {
      await proxied.remove();
    }
  });
});

describe('while the provider is away', () => {
  it('nobody is let in, the public reads on, and sessions that are open go on', async () => {
    const late = new ProviderUnderTest();
    await late.start();
    const { settings } = late;
    await late.stop();
    const other = new RegisterUnderTest(settings);
    await other.start();
    try {
      const unavailable = await other.get('/depositary', { Authorization: 'Bearer a.b.c' });
      expect([unavailable.status, unavailable.body.code]).toStrictEqual([
        503,
        'sign-in-unavailable',
      ]);
      expect((await new Visitor(other.address).send('/sign-in')).status).toBe(503);
      expect((await other.get('/treaties/XVIII-16/status')).status).toBe(200);
      await late.start();
      const officer = new Visitor(other.address);
      expect((await officer.open('/depositary')).status).toBe(200);
      await late.stop();
      expect((await officer.open('/depositary')).status).toBe(200);
    } finally {
      await other.remove();
      await late.stop();
    }
  });
});
