import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
const actions = '/depositary/treaties/XVIII-16/actions';
const good = { kind: 'accession', participant: 'CHE', date: '2026-11-20' };

beforeAll(() => register.start());
afterAll(() => register.remove());

const shown = ({ status, headers, body }: any) => [
  status,
  headers.get('content-type'),
  body.code,
  body.field,
];
const problem = 'application/problem+json; charset=utf-8';

describe('bad input gets a problem that names the field', () => {
  it.each([
    ['a missing field', { ...good, date: undefined }, 422, 'invalid-fields', 'date'],
    ['a wrong type', { ...good, date: 20261120 }, 422, 'invalid-fields', 'date'],
    ['an impossible date', { ...good, date: '2026-02-30' }, 422, 'invalid-fields', 'date'],
    [
      'an instant for a date',
      { ...good, date: '2026-11-20T00:00:00Z' },
      422,
      'invalid-fields',
      'date',
    ],
    ['an unknown field', { ...good, dat: '2026-11-20' }, 422, 'invalid-fields', 'dat'],
    ['a NUL in a text', { ...good, note: 'By post\u0000' }, 422, 'invalid-fields', 'note'],
    ['half a surrogate pair', { ...good, note: '\uD83C' }, 422, 'invalid-fields', 'note'],
    ['an unknown kind', { ...good, kind: 'ratify' }, 422, 'invalid-fields', 'kind'],
    [
      'a code of no participant',
      { ...good, participant: 'XXX' },
      422,
      'unknown-participant',
      'participant',
    ],
    ['a date in the future', { ...good, date: '2026-11-25' }, 422, 'date-in-future', 'date'],
    [
      'a date before adoption',
      { ...good, date: '2024-12-23' },
      422,
      'date-before-adoption',
      'date',
    ],
    [
      'a ratification by a State that did not sign',
      { ...good, kind: 'ratification' },
      422,
      'ratification-without-signature',
      'kind',
    ],
    [
      'an accession by a signatory',
      { ...good, participant: 'FRA' },
      422,
      'accession-by-signatory',
      'kind',
    ],
    [
      'a denunciation by a State that is no party',
      { ...good, kind: 'denunciation' },
      422,
      'withdrawal-without-instrument',
      'kind',
    ],
  ])('%s', async (_what, body, status, code, field) => {
    const before = await register.get('/treaties/XVIII-16/status');
    expect(shown(await register.post(actions, body))).toStrictEqual([status, problem, code, field]);
    const after = await register.get('/treaties/XVIII-16/status');
    expect(after.body).toStrictEqual(before.body);
  });

  it.each([
    ['broken JSON', '{"kind":', {}, 400, 'invalid-json'],
    ['an empty body', '', {}, 400, 'invalid-json'],
    [
      'a form',
      'kind=accession',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
      'unsupported-media-type',
    ],
    ['plain text', 'accession', { 'Content-Type': 'text/plain' }, 415, 'unsupported-media-type'],
    [
      'an oversize body',
      JSON.stringify({ ...good, note: 'x'.repeat(300_000) }),
      {},
      413,
      'body-too-large',
    ],
    ['a JSON list', '[]', {}, 422, 'invalid-fields'],
    ['a JSON null', 'null', {}, 422, 'invalid-fields'],
    ['a poisoned prototype', '{"__proto__":{"a":1}}', {}, 400, 'invalid-json'],
  ])('%s', async (_what, body, headers, status, code) => {
    const answer = await register.post(actions, body, headers);
    expect(shown(answer).slice(0, 3)).toStrictEqual([status, problem, code]);
  });

  it.each([
    ['/treaties/XVIII-16/status?asOf=2026-02-30', 400, 'invalid-parameter', 'asOf'],
    ['/treaties/XVIII-16/status?asof=2026-02-01', 400, 'invalid-parameter', 'asof'],
    ['/treaties/XVIII-16/status?asOf=2026-01-01&asOf=2026-01-02', 400, 'invalid-parameter', 'asOf'],
    ['/treaties/XVIII-16/status?asKnownAt=yesterday', 400, 'invalid-parameter', 'asKnownAt'],
    ['/treaties/XVIII-16/actions?limit=0', 400, 'invalid-parameter', 'limit'],
    ['/treaties/NO-1/status', 404, 'not-found', undefined],
    ['/participants/XXX', 404, 'not-found', undefined],
    ['/actions/none', 404, 'not-found', undefined],
    ['/nowhere', 404, 'not-found', undefined],
    ['/treaties/%', 404, 'not-found', undefined],
    ['/treaties/__proto__', 404, 'not-found', undefined],
    ['/participants/constructor', 404, 'not-found', undefined],
  ])('GET %s', async (path, status, code, field) => {
    expect(shown(await register.get(path))).toStrictEqual([status, problem, code, field]);
  });

  it('records an odd fact with the reason for it, and keeps the refusal in the event', async () => {
    const reason = 'Deposited in due form; the signature page was found missing later';
    const odd = {
      kind: 'ratification',
      participant: 'ISL',
      date: '2026-11-20',
      overrideReason: reason,
    };
    const { status, body } = await register.post(actions, odd);
    expect(status).toBe(201);
    const action = await register.get(`/actions/${body.action}`);
    expect(action.body.override).toStrictEqual({
      reason,
      refusals: ['ratification-without-signature'],
    });
  });
});

describe('with the development provider staff routes answer this machine only', () => {
  const send = async (headers: Record<string, string>): Promise<number> => {
    const signedIn = await register.signedIn();
    return new Promise((resolve, reject) => {
      const body = JSON.stringify(good);
      const to = new URL(register.address + actions);
      const call = request(
        {
          host: to.hostname,
          port: to.port,
          path: to.pathname,
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            'Content-Length': body.length,
            ...signedIn,
            ...headers,
          },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  };

  it('refuses a name that was resolved to this machine, and a page of another origin', async () => {
    expect(await send({ Host: 'register.example' })).toBe(403);
    expect(await send({ Origin: 'https://register.example' })).toBe(403);
    expect(await send({})).toBe(201);
  });
});
