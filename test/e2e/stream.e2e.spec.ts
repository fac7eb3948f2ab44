import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { EventSourceUnderTest } from './event-source.ts';
import { fill } from './filled-register.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest({ STREAM_LISTENERS: '40' });
const opened: EventSourceUnderTest[] = [];
beforeAll(async () => {
  await register.start();
  await fill(register);
}, 600_000);
afterAll(async () => {
  await Promise.all(opened.map((source) => source.cut()));
  await register.remove();
});

const source = (query = ''): EventSourceUnderTest => {
  const made = new EventSourceUnderTest(`${register.address}/stream${query}`);
  opened.push(made);
  return made;
};

let declarations = 0;
/** Records one more declaration of France; answers its position. */
const record = async (length = 20): Promise<string> => {
  declarations += 1;
  const { body } = await register.post('/depositary/treaties/XVIII-16/actions', {
    kind: 'declaration',
    participant: 'FRA',
    date: '2026-11-20',
    text: `Declaration ${declarations} ${'x'.repeat(length)}`,
  });
  return body.position;
};
const ledger = async (): Promise<unknown[]> =>
  (await register.get('/events')).body
    .trim()
    .split('\n')
    .map((line: string) => JSON.parse(line));

describe('/stream', () => {
  it('goes from the first event to live, each once, the same as /events', async () => {
    const from = source('?after=0');
    const { headers } = await from.connect();
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await from.until(await record());
    await from.until(await record());
    expect(from.received).toStrictEqual(await ledger());
    expect(from.retries).toStrictEqual([3000]);
    await from.cut();
  });

  it('begins with now when nothing is asked, and with any position that is', async () => {
    const now = source();
    await now.connect();
    const events = (await ledger()) as { position: string }[];
    const middle = source(`?after=${events[99]!.position}`);
    await middle.connect();
    const position = await record();
    await Promise.all([now.until(position), middle.until(position)]);
    expect(now.received.map((event) => event.position)).toStrictEqual([position]);
    expect(middle.received).toStrictEqual((await ledger()).slice(100));
    await Promise.all([now.cut(), middle.cut()]);
  });

  it('has no gap and no repetition over connections cut at any moment while events are recorded', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.record({ cutAfter: fc.integer({ min: 0, max: 25 }) }),
            fc.record({ records: fc.integer({ min: 1, max: 6 }) }),
          ),
          { minLength: 6, maxLength: 20 },
        ),
        async (steps) => {
          const client = source('?after=0');
          await client.connect();
          for (const step of steps)
            if ('records' in step)
              await Promise.all(Array.from({ length: step.records }, () => record()));
            else {
              // Something is recorded while the connection is gone, and while it is made again.
              const recording = record();
              await new Promise((resolve) => setTimeout(resolve, step.cutAfter));
              await client.cut();
              await Promise.all([recording, client.connect()]);
            }
          await client.until(await record());
          await client.cut();
          expect(client.received).toStrictEqual(await ledger());
        },
      ),
      { numRuns: 8 },
    );
  }, 600_000);

  it('sends what a filter asks for, with corrections and annulments of it, and moves Last-Event-ID', async () => {
    const take = async (query: string): Promise<string[]> => {
      const client = source(`?after=0&${query}`);
      await client.connect();
      // A sentinel that every one of these filters lets through.
      const { body } = await register.post('/depositary/treaties/XVIII-14/actions', {
        kind: 'accession',
        participant: 'SRB',
        date: `2005-12-${10 + ((declarations += 1) % 20)}`,
        overrideReason: 'For the reader to wait for',
      });
      await client.until(body.position);
      await client.cut();
      return client.received
        .slice(0, -1)
        .map((event: any) => `${event.name} ${event.data.participant ?? event.data.action}`);
    };
    const names = await take('treaty=XVIII-14&participant=SRB');
    expect(names.filter((name) => name.startsWith('action-corrected.v1'))).toHaveLength(1);
    expect(names).toContain('accession.v1 SRB');
    expect(names.every((name) => / SRB$|^action-corrected/.test(name))).toBe(true);
    const kinds = await take('kind=accession&treaty=XVIII-14');
    expect(new Set(kinds.map((name) => name.split(' ')[0]))).toStrictEqual(
      new Set(['accession.v1', 'action-corrected.v1']),
    );
  });

  it('goes on without a gap when the store goes away and comes back', async () => {
    const client = source('?after=0');
    await client.connect();
    await client.until(await record());
    await register.restartStore();
    const position = await record();
    await client.until(position);
    expect(client.received).toStrictEqual(await ledger());
    await client.cut();
  }, 600_000);

  it('keeps nothing for a listener that does not read, which has it all once it does', async () => {
    const { hostname, port } = new URL(register.address);
    const socket = connect(Number(port), hostname);
    const query = `after=${(await register.get('/events')).headers.get('ledger-position')}`;
    socket.write(`GET /stream?${query} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
    socket.pause();
    const before = process.memoryUsage().arrayBuffers;
    let last = '';
    for (let n = 0; n < 120; n += 1) last = await record(90_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
    const text = await new Promise<string>((resolve) => {
      let received = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        received += chunk;
        if (received.includes(`id: ${last}\n`) && received.endsWith('\n\n\r\n')) resolve(received);
      });
      socket.resume();
    });
    socket.destroy();
    const ids = [...text.matchAll(/^id: (\d+)\ndata/gm)].map(([, id]) => id);
    const expected = ((await ledger()) as { position: string }[]).map(({ position }) => position);
    expect(ids).toStrictEqual(expected.slice(-120));
  }, 600_000);

  it('sends away who comes when the house is full, and takes them when somebody left', async () => {
    const many = Array.from({ length: 40 }, () => source());
    const answers = await Promise.all(many.map((one) => one.connect()));
    expect(answers.map(({ status }) => status)).toStrictEqual(answers.map(() => 200));
    const refused = await register.get('/stream');
    expect([refused.status, refused.body.code]).toStrictEqual([503, 'too-many-listeners']);
    expect(refused.headers.get('retry-after')).toBe('60');
    await Promise.all(many.map((one) => one.cut()));
    let status = 503;
    while (status === 503) {
      const again = source();
      ({ status } = await again.connect());
      await again.cut();
    }
    expect(status).toBe(200);
  });

  it.each([
    ['/stream?after=abc', {}],
    ['/stream', { 'Last-Event-ID': 'x' }],
    ['/stream?kind=nothing', {}],
    ['/stream?since=1', {}],
  ])('refuses %s %j with a problem', async (path, headers) => {
    const { status, body } = await register.get(path, headers);
    expect([status, body.code]).toStrictEqual([400, 'invalid-parameter']);
  });
});
