import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { fromOwnPage } from './same-site.ts';
import { formTokenOf } from './secrets.ts';

const origin = 'https://register.example';
const token = formTokenOf('session');
const own = { origin, 'sec-fetch-site': 'same-origin' };

const request = (parts: object): FastifyRequest =>
  ({ headers: own, query: {}, body: undefined, ...parts }) as FastifyRequest;
const passes = (sent: FastifyRequest): boolean => {
  try {
    fromOwnPage(sent, origin, 'session');
    return true;
  } catch {
    return false;
  }
};

describe('a form of a page', () => {
  it('carries the token in a field, which the route does not see', () => {
    const body = { formToken: token, reason: 'x' };
    expect(passes(request({ body }))).toBe(true);
    expect(body).toStrictEqual({ reason: 'x' });
  });

  it('with files carries it in its address, which the route does not see either', () => {
    const headers = { ...own, 'content-type': 'multipart/form-data; boundary=x' };
    const query = { formToken: token, kind: 'scan' };
    expect(passes(request({ headers, query }))).toBe(true);
    expect(query).toStrictEqual({ kind: 'scan' });
  });

  it.each<[string, object]>([
    ['the token of another session', { body: { formToken: formTokenOf('other') } }],
    ['a list of tokens', { body: { formToken: [token] } }],
    ['an inherited token', { body: Object.create({ formToken: token }) as object }],
    ['a token in the address of a form without files', { query: { formToken: token } }],
    ['no token', { body: {} }],
    ['another origin', { headers: { origin: 'https://evil.example' }, body: { formToken: token } }],
    [
      'the same host over http',
      { headers: { origin: 'http://register.example' }, body: { formToken: token } },
    ],
    ['another port', { headers: { origin: `${origin}:8443` }, body: { formToken: token } }],
    [
      'the right origin and a browser that says otherwise',
      { headers: { origin, 'sec-fetch-site': 'cross-site' }, body: { formToken: token } },
    ],
    ['typed by hand', { headers: { 'sec-fetch-site': 'none' }, body: { formToken: token } }],
    ['nothing said about where', { headers: {}, body: { formToken: token } }],
  ])('is refused: %s', (_what, parts) => {
    expect(passes(request(parts))).toBe(false);
  });
});
