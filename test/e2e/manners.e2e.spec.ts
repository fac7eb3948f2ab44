import { request as rawRequest } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDate } from '#treaty';
import { fill } from './filled-register.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest({ RATE_LIMIT: '30' });
beforeAll(async () => {
  await register.start();
  await fill(register);
}, 600_000);
afterAll(() => register.remove());

interface Raw {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

/** A request whose bytes are left as they are: fetch would decompress. */
const raw = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Raw> =>
  new Promise((resolve, reject) => {
    rawRequest(register.address + path, { headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
const status = '/treaties/XVIII-16/status';

describe('methods', () => {
  it.each([
    '/',
    '/treaties',
    '/treaties/XVIII-16',
    status,
    '/treaties/XVIII-16/entry-into-force',
    '/actions',
    '/participants/FRA',
    '/events',
    '/stream',
    '/openapi.json',
    '/changelog',
    '/timemap/treaties/XVIII-16',
    '/treaties/XVIII-16/status.csv',
    '/final-clauses',
  ])('HEAD %s is GET without its body', async (path) => {
    const head = await raw(path, {}, 'HEAD');
    expect([head.status, head.body.length]).toStrictEqual([200, 0]);
    if (path === '/stream') return;
    const get = await raw(path);
    for (const name of ['etag', 'content-type', 'cache-control', 'link', 'vary'])
      expect([name, head.headers[name]]).toStrictEqual([name, get.headers[name]]);
  });

  it.each([
    ['POST', '/treaties', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/treaties/XVIII-16', 'GET, HEAD, OPTIONS'],
    ['PUT', '/treaties/XVIII-16/status.csv', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/events', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/depositary/treaties/XVIII-16/actions', 'OPTIONS, POST'],
  ])('%s %s is 405 and says what is allowed', async (method, path, allow) => {
    const answer = await raw(path, {}, method);
    expect([answer.status, answer.headers['allow']]).toStrictEqual([405, allow]);
    expect(JSON.parse(String(answer.body)).code).toBe('method-not-allowed');
  });

  it('OPTIONS says the same, and nothing at an address that does not exist', async () => {
    const { status: code, headers } = await raw('/treaties', {}, 'OPTIONS');
    expect([code, headers['allow']]).toStrictEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await raw('/nothing/here', {}, 'DELETE')).status).toBe(404);
  });
});

describe('compression', () => {
  it.each(['br', 'gzip'] as const)(
    'with %s gives the same bytes and a tag of its own',
    async (coding) => {
      const plain = await raw(status);
      const packed = await raw(status, { 'Accept-Encoding': coding });
      expect(packed.headers['content-encoding']).toBe(coding);
      expect(unpack[coding](packed.body).equals(plain.body)).toBe(true);
      expect(packed.body.length).toBeLessThan(plain.body.length / 3);
      expect(packed.headers['etag']).not.toBe(plain.headers['etag']);
      expect(packed.headers['etag']).toMatch(/^"/);
      for (const tag of [plain.headers['etag']!, packed.headers['etag']!]) {
        const again = await raw(status, { 'If-None-Match': tag, 'Accept-Encoding': coding });
        expect([again.status, again.body.length]).toStrictEqual([304, 0]);
      }
      expect(packed.headers['vary']).toContain('Accept-Encoding');
    },
  );

  it.each(['/events', '/participants.csv', '/events?limit=1000'])(
    'of %s is made on the way, under a weak tag',
    async (path) => {
      const plain = await raw(path);
      const packed = await raw(path, { 'Accept-Encoding': 'br' });
      expect(packed.headers['content-encoding']).toBe('br');
      expect(unpack.br(packed.body).equals(plain.body)).toBe(true);
      expect(packed.headers['etag']).toMatch(/^W\//);
      expect((await raw(path, { 'If-None-Match': packed.headers['etag']! })).status).toBe(304);
    },
  );

  it('leaves the stream alone, and who refuses every coding', async () => {
    expect((await raw('/stream', { 'Accept-Encoding': 'br' }, 'HEAD')).headers).not.toHaveProperty(
      'content-encoding',
    );
    const refused = await raw(status, { 'Accept-Encoding': 'br;q=0, gzip;q=0' });
    expect(refused.headers).not.toHaveProperty('content-encoding');
  });
});

describe('pages of other origins', () => {
  const origin = { Origin: 'https://example.org' };

  it('may read the public API and its headers', async () => {
    const { headers } = await raw('/treaties', origin);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toContain('Memento-Datetime');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    const asked = await raw(
      '/treaties',
      {
        ...origin,
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'if-none-match',
      },
      'OPTIONS',
    );
    expect([asked.status, asked.headers['access-control-allow-methods']]).toStrictEqual([
      204,
      'GET, HEAD, OPTIONS',
    ]);
  });

  it('may do nothing on staff routes', async () => {
    const { headers } = await raw(
      '/depositary/treaties',
      { ...origin, 'Access-Control-Request-Method': 'POST' },
      'OPTIONS',
    );
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('the limit of requests', () => {
  it('counts each address of others, says what is left, and refuses with a problem beyond it', async () => {
    const from = { 'X-Forwarded-For': '192.0.2.7' };
    const first = await raw('/', from);
    expect(first.headers['ratelimit-policy']).toBe('"address";q=30;w=60');
    expect(first.headers['ratelimit']).toMatch(/^"address";r=29;t=\d+$/);
    for (let n = 0; n < 29; n += 1) expect((await raw('/', from)).status).toBe(200);
    const refused = await raw('/', from);
    expect(refused.status).toBe(429);
    expect(JSON.parse(String(refused.body)).code).toBe('too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await raw('/', { 'X-Forwarded-For': '192.0.2.8' })).status).toBe(200);
  });

  it('does not count this machine', async () => {
    for (let n = 0; n < 40; n += 1) expect((await raw('/')).status).toBe(200);
    expect((await raw('/')).headers).not.toHaveProperty('ratelimit');
  });
});

describe('what a client accepts', () => {
  it.each(['image/png', 'application/xml', 'application/json;q=0'])('%s is 406', async (accept) => {
    const answer = await raw('/treaties', { Accept: accept });
    expect([answer.status, JSON.parse(String(answer.body)).code]).toStrictEqual([
      406,
      'not-acceptable',
    ]);
  });

  it.each(['*/*', 'application/*', 'application/json', 'text/plain, */*;q=0.1', ''])(
    '"%s" is JSON',
    async (accept) => {
      const { headers } = await raw('/treaties', { Accept: accept });
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    },
  );
});

describe('Memento', () => {
  it('leads from Accept-Datetime to the state known then, which says so', async () => {
    const { body } = await register.get('/treaties/XVIII-16/actions?limit=1000');
    const at = new Date(Math.ceil(Date.parse(body.actions[0].recordedAt) / 1000) * 1000);
    const gate = await raw(`${status}?asOf=2026-11-24`, { 'Accept-Datetime': at.toUTCString() });
    expect(gate.status).toBe(302);
    expect(gate.headers['vary']).toContain('Accept-Datetime');
    expect(gate.headers['link']).toContain('rel="original timegate"');
    const memento = await raw(gate.headers['location']!);
    expect([memento.status, memento.headers['memento-datetime']]).toStrictEqual([
      200,
      at.toUTCString(),
    ]);
    expect(JSON.parse(String(memento.body)).asKnownAt).toBe(at.toISOString());
    expect(memento.headers['link']).toContain(
      `<${status}?asOf=2026-11-24>; rel="original timegate"`,
    );
    expect(memento.headers['link']).toContain(`</timemap${status}>; rel="timemap"`);
  });

  it('lists the states of a resource, each of which answers', async () => {
    const map = await raw(`/timemap${status}`);
    expect(map.headers['content-type']).toBe('application/link-format');
    const mementos = [
      ...String(map.body).matchAll(/<([^>]+)>; rel="[a-z ]*memento"; datetime="([^"]+)"/g),
    ];
    expect(mementos.length).toBeGreaterThan(0);
    for (const [, address, datetime] of mementos) {
      const answer = await raw(address!.replace(register.address, ''));
      expect([answer.status, answer.headers['memento-datetime']]).toStrictEqual([200, datetime]);
    }
  });

  it('refuses what is no HTTP date, and knows nothing from before the register', async () => {
    const answer = await raw(status, { 'Accept-Datetime': '2026-11-24' });
    expect([answer.status, JSON.parse(String(answer.body)).field]).toStrictEqual([
      400,
      'Accept-Datetime',
    ]);
    const early = await raw(status, { 'Accept-Datetime': 'Thu, 01 Jan 2015 00:00:00 GMT' });
    expect((await raw(early.headers['location']!)).status).toBe(404);
  });
});

it('says when the treaty was last changed, and under which licence the data is', async () => {
  const { headers } = await raw(status);
  expect(new Date(headers['last-modified']!).getTime()).toBeGreaterThan(0);
  expect(headers['link']).toContain('rel="license"');
});

describe('an answer that is ready', () => {
  it('is the one that would be made, until something is recorded or the day changes', async () => {
    const ask = async (): Promise<any> => JSON.parse(String((await raw(status)).body));
    const [first, again] = [await raw(status), await raw(status)];
    const { date: _then, ...made } = first.headers;
    const { date: _now, ...ready } = again.headers;
    expect([again.status, ready]).toStrictEqual([200, made]);
    expect(again.body.equals(first.body)).toBe(true);
    const confirmed = await raw(status, { 'If-None-Match': again.headers['etag']! });
    expect([confirmed.status, confirmed.body.length]).toStrictEqual([304, 0]);
    register.today = calendarDate('2026-11-25');
    expect((await ask()).asOf).toBe('2026-11-25');
    const { position } = await ask();
    const { body } = await register.post('/depositary/treaties/XVIII-16/actions', {
      kind: 'declaration',
      participant: 'FRA',
      date: '2026-11-20',
      text: 'Recorded after an answer was ready',
    });
    expect(BigInt(body.position) > BigInt(position)).toBe(true);
    expect((await ask()).position).toBe(body.position);
  });
});
