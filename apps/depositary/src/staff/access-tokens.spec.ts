import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, exportJWK, SignJWT } from 'jose';
import { AccessTokens, clockTolerance } from './access-tokens.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { StaffOptions } from './staff-options.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const noon = new Date('2026-11-25T12:00:00Z');
const seconds = noon.getTime() / 1000;
let at = noon;

const options = {
  now: () => at,
  signIn: {
    issuer: 'https://identity.example',
    audience: 'https://register.example',
    tokenType: 'at+jwt',
    rolesClaim: 'roles',
  },
} as StaffOptions;

const token = (claims: object = {}): Promise<string> =>
  new SignJWT({
    iss: 'https://identity.example',
    aud: ['https://register.example', 'https://another.example'],
    sub: 'importer',
    name: 'The importer',
    roles: ['administrator'],
    iat: seconds,
    exp: seconds + 30,
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
    .sign(privateKey);

describe('an access token', () => {
  let asked = 0;
  let tokens: AccessTokens;
  beforeEach(async () => {
    at = noon;
    asked = 0;
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' };
    const keys = createLocalJWKSet({ keys: [jwk] });
    const provider = {
      keys: () => {
        asked += 1;
        return Promise.resolve(keys);
      },
    };
    tokens = new AccessTokens(options, provider as unknown as IdentityProvider);
  });
  const later = (more: number): void => void (at = new Date(noon.getTime() + more * 1000));

  it('says who holds it', async () => {
    expect(await tokens.officerOf(await token())).toStrictEqual({
      subject: 'importer',
      name: 'The importer',
      roles: ['administrator'],
    });
  });

  it('is checked once a minute and not at each of a thousand requests, and never believed after its end', async () => {
    const good = await token();
    for (let times = 0; times < 3; times += 1) await tokens.officerOf(good);
    expect(asked).toBe(1);
    later(29);
    await tokens.officerOf(good);
    expect(asked).toBe(1);
    later(30 + clockTolerance);
    await expect(tokens.officerOf(good)).rejects.toThrow(/it has expired/);
    expect(asked).toBe(2);
  });

  it('that lives on is checked again after a minute', async () => {
    const good = await token({ exp: seconds + 3600 });
    await tokens.officerOf(good);
    later(60);
    await tokens.officerOf(good);
    expect(asked).toBe(2);
  });

  it('that is bad is never remembered as good', async () => {
    const bad = `${(await token()).slice(0, -4)}AAAA`;
    for (let times = 0; times < 2; times += 1)
      await expect(tokens.officerOf(bad)).rejects.toThrow(/The access token is refused/);
    expect(asked).toBe(2);
  });

  it.each([
    ['begins in the future', { nbf: seconds + clockTolerance + 1 }, /its "nbf" is not what/],
    ['was made in the future', { iat: seconds + 60, exp: seconds + 90 }, /its "iat" is not what/],
    ['lives too long', { exp: seconds + 7201 }, /made for more than 2 hours/],
    ['has an empty subject', { sub: '' }, /names no subject/],
  ])('that %s is refused', async (_what, claims, why) => {
    await expect(tokens.officerOf(await token(claims))).rejects.toThrow(why);
  });
});
