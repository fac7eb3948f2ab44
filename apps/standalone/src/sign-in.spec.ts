import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { checkSignIn } from './sign-in.ts';

const client = { OIDC_CLIENT_ID: 'register', OIDC_CLIENT_SECRET: 'secret' };
const provider = { OIDC_ISSUER: 'https://identity.example/realm', ...client };

/** What the start says, or null when it goes on. */
function refusal(settings: Record<string, string>): string | null {
  try {
    checkSignIn(readConfiguration(settings));
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
}

describe('the start goes on', () => {
  it.each<[string, Record<string, string>]>([
    ['on loopback with the development provider', {}],
    ['on IPv6 loopback', { HOST: '::1' }],
    ['with a provider, on loopback', provider],
    ['with a provider in production', { ...provider, NODE_ENV: 'production' }],
    [
      'on every address with a provider and an https address',
      { ...provider, HOST: '0.0.0.0', PUBLIC_URL: 'https://treaties.example' },
    ],
    ['with a provider on this machine', { ...client, OIDC_ISSUER: 'http://127.0.0.1:9000' }],
  ])('%s', (_what, settings) => {
    expect(refusal(settings)).toBeNull();
  });
});

describe('the start stops, with a sentence', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'no provider in production',
      { NODE_ENV: 'production' },
      /^OIDC_ISSUER must be set when NODE_ENV is production.*not started there/,
    ],
    [
      'no provider beyond loopback',
      { HOST: '0.0.0.0' },
      /^HOST must be a loopback address.*without OIDC_ISSUER.*"0\.0\.0\.0"/,
    ],
    [
      'no provider beyond loopback, https or not',
      { HOST: '192.0.2.1', PUBLIC_URL: 'https://treaties.example' },
      /^HOST must be a loopback address/,
    ],
    [
      'a provider beyond loopback without an https address',
      { ...provider, HOST: '0.0.0.0' },
      /^PUBLIC_URL must be an https address/,
    ],
    [
      'a provider beyond loopback with an http address',
      { ...provider, HOST: '0.0.0.0', PUBLIC_URL: 'http://treaties.example' },
      /^PUBLIC_URL must be an https address/,
    ],
    [
      'a provider without a client',
      { OIDC_ISSUER: provider.OIDC_ISSUER },
      /^OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set/,
    ],
    [
      'a provider without a secret',
      { OIDC_ISSUER: provider.OIDC_ISSUER, OIDC_CLIENT_ID: 'a' },
      /^OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set/,
    ],
    [
      'an audience that ID tokens have',
      { ...provider, OIDC_AUDIENCE: 'register' },
      /^OIDC_AUDIENCE must differ from OIDC_CLIENT_ID/,
    ],
    [
      'a provider over plain http',
      { ...client, OIDC_ISSUER: 'http://identity.example' },
      /^OIDC_ISSUER must be the https address/,
    ],
    [
      'a provider that is no address',
      { ...client, OIDC_ISSUER: 'identity.example' },
      /^OIDC_ISSUER must be the https address/,
    ],
    [
      'a provider with a password in its address',
      { ...client, OIDC_ISSUER: 'https://a:b@identity.example' },
      /^OIDC_ISSUER must be the https address/,
    ],
    [
      'a scope without openid',
      { ...provider, OIDC_SCOPE: 'profile email' },
      /^OIDC_SCOPE must be words .*openid among them/,
    ],
    [
      'a token type that is none',
      { ...provider, OIDC_TOKEN_TYPE: 'at' },
      /^OIDC_TOKEN_TYPE must be at\+jwt/,
    ],
  ])('%s', (_what, settings, sentence) => {
    expect(refusal(settings)).toMatch(sentence);
  });
});
