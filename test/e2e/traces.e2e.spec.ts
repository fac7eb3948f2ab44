import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { tokenFrom } from './machine-token.ts';
import { startNotifier, startRegister, type Run } from './processes.ts';
import { TraceCollector, type CollectedSpan } from './trace-collector.ts';

/** Tells which packages of OpenTelemetry a process loads. */
const tellLoaded = `--import=data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   registerHooks({ load(url, context, next) {
     const found = /@opentelemetry\\/[^/]+/.exec(url);
     if (found) process.stderr.write('LOADED ' + found[0] + '\\n');
     return next(url, context);
   } });`,
)}`;
const loadedBy = ({ output }: Run): string[] => [
  ...new Set([...output().matchAll(/LOADED (\S+)/g)].map(([, name]) => name ?? '')),
];

let folder: string;
let collector: TraceCollector;
let receiver: Receiver;
let running: Run[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-traces-'));
  running = [];
  collector = new TraceCollector();
  receiver = await startReceiver();
  receiver.behave((request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    response.writeHead(200).end(JSON.stringify({ challenge }));
  });
});
afterEach(async () => {
  for (const run of running) run.kill('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await collector.close();
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Nothing is sent before the stop, so what comes was flushed by it. */
const settings = () => ({
  WEBHOOK_TARGETS: 'development',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  OTEL_BSP_SCHEDULE_DELAY: '3600000',
});
const started = async <Started extends Run>(starting: Promise<Started>): Promise<Started> => {
  const run = await starting;
  running.push(run);
  return run;
};
const stopped = async (run: Run): Promise<void> => {
  run.kill('SIGTERM');
  const { code, signal } = await run.ended;
  expect([code, signal]).toStrictEqual([0, null]);
};
const until = async (what: string, isSo: () => boolean): Promise<void> => {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 2000) throw new Error(`It never came to this: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const send = async (
  url: string,
  { body, headers }: { body?: object; headers?: Record<string, string | undefined> } = {},
): Promise<{ status: number; body: any }> => {
  const given = Object.entries({ 'Content-Type': 'application/json', ...headers });
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: given.filter((pair): pair is [string, string] => pair[1] !== undefined),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
};
/** What a trace is made of: each span's process, name, kind, and the name of the one it is in. */
const shapeOf = (spans: readonly CollectedSpan[]): string[] =>
  spans
    .map(({ service, name, kind, parentSpanId }) => {
      const parent = spans.find(({ spanId }) => spanId === parentSpanId)?.name ?? parentSpanId;
      return `${service}: ${kind} ${name} < ${parent}`;
    })
    .toSorted();
const recorded = (parent: string): string[] => [
  'treaty-ledger-notifier: consumer deliver webhook < append',
  'treaty-ledger-notifier: consumer deliver webhook < append',
  'treaty-ledger: internal command recordAction < POST /depositary/treaties/:treaty/actions',
  'treaty-ledger: producer append < command recordAction',
  `treaty-ledger: server POST /depositary/treaties/:treaty/actions < ${parent}`,
];

it('are whole from the request to each delivery, in another process and after a restart', async () => {
  await collector.listen();
  const register = await started(startRegister(folder, { ...settings(), NOTIFIER: 'no' }));
  const { address } = register;
  const subscriptions = [];
  for (const path of ['/one', '/two'])
    subscriptions.push(
      await send(`${address}/subscriptions`, {
        body: { channel: 'webhook', target: receiver.address + path },
      }),
    );
  expect(subscriptions.map(({ body }) => body.state)).toStrictEqual(['active', 'active']);
  const token = await tokenFrom(address);
  const ratify = async (participant: string, traceparent?: string): Promise<void> => {
    const body = { kind: 'ratification', participant, date: '2026-11-20' };
    const headers = { Authorization: `Bearer ${token}`, traceparent };
    const { status } = await send(`${address}/depositary/treaties/XVIII-16/actions`, {
      body,
      headers,
    });
    expect([participant, status]).toStrictEqual([participant, 201]);
  };
  const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
  const stranger = { traceId: '1bf7651916cd43dd8448eb211c80319d', spanId: 'c8ad6b7169203332' };
  const traceparent = `00-${stranger.traceId}-${stranger.spanId}-01`;

  // Delivered by a notifier that runs; then, by one that starts after the fact was recorded.
  const first = await started(startNotifier(folder, settings()));
  await ratify('FRA', `00-${caller.traceId}-${caller.spanId}-01`);
  await until('both are told', () => receiver.received.length === 4);
  await stopped(first);
  await ratify('VNM', 'ff-malformed');
  const second = await started(startNotifier(folder, settings()));
  await until('both are told again', () => receiver.received.length === 6);
  await stopped(second);
  // Strangers: they are answered, and their trace is only pointed at.
  const [{ body: mine }] = subscriptions as [any];
  for (const path of [`/subscriptions/${mine.id}?token=${mine.token}`, '/nothing/there'])
    await send(address + path, { headers: { traceparent } });
  const refused = await send(`${address}/depositary/treaties/XVIII-16/actions`, {
    body: {},
    headers: { traceparent, Authorization: 'Bearer nonsense' },
  });
  expect(refused.status).toBe(401);
  await stopped(register);

  const { spans } = collector;
  const inTrace = (id: string) => spans.filter(({ traceId }) => traceId === id);
  expect(shapeOf(inTrace(caller.traceId))).toStrictEqual(recorded(caller.spanId));
  const withoutCaller = spans.find(
    ({ name, parentSpanId, attributes }) =>
      name.startsWith('POST /depositary') &&
      parentSpanId === '' &&
      attributes['http.response.status_code'] === '201',
  );
  expect(shapeOf(inTrace(withoutCaller?.traceId ?? ''))).toStrictEqual(recorded(''));
  // The fact names its append, for subscribers too.
  const append = inTrace(caller.traceId).find(({ name }) => name === 'append');
  const told = receiver.received.map(({ body }) => JSON.parse(body).traceparent);
  expect(told.filter((one) => one === `00-${caller.traceId}-${append?.spanId}-01`).length).toBe(2);

  expect(inTrace(stranger.traceId)).toStrictEqual([]);
  const pointing = spans.filter(({ links }) => links.length > 0);
  expect(
    pointing.map(({ name, parentSpanId, links, attributes, failed }) => ({
      name,
      parentSpanId,
      links,
      status: attributes['http.response.status_code'],
      failed,
    })),
  ).toStrictEqual(
    [
      ['GET /subscriptions/:subscription', '200'],
      ['GET', '404'],
      ['POST /depositary/treaties/:treaty/actions', '401'],
    ].map(([name, status]) => ({
      name,
      parentSpanId: '',
      links: [stranger],
      status,
      failed: false,
    })),
  );
  // Nobody's tokens, addresses or names.
  const sent = collector.received.map(({ body }) => body.toString()).join('\n');
  const secrets = [
    token,
    'nonsense',
    receiver.address,
    'token=',
    '/one',
    'administrator',
    mine.token,
  ];
  expect(secrets.filter((secret) => sent.includes(secret))).toStrictEqual([]);
}, 600_000);

it('wait for no collector: one sentence when it is away, one when it is back', async () => {
  await collector.listen();
  const { port } = new URL(collector.address);
  const endpoint = collector.address;
  await collector.close();
  const register = await started(
    startRegister(folder, {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
      OTEL_BSP_SCHEDULE_DELAY: '20',
      OTEL_SERVICE_NAME: 'the register of Turtle Bay',
      NODE_OPTIONS: tellLoaded,
    }),
  );
  expect(loadedBy(register)).toContain('@opentelemetry/sdk-trace');
  const read = async (): Promise<void> => {
    const { status } = await send(`${register.address}/treaties`);
    expect(status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 40));
  };
  for (let n = 0; n < 20; n += 1) await read();
  collector = new TraceCollector();
  await collector.listen(Number(port));
  while (!register.output().includes('takes spans again')) await read();
  // As the standard has it where no other protocol is set.
  const [{ type, body }] = collector.received as [{ type: string; body: Buffer }];
  const holds = ['GET /treaties', 'the register of Turtle Bay'].map((one) => body.includes(one));
  expect([type, ...holds]).toStrictEqual(['application/x-protobuf', true, true]);
  // A collector that comes and goes is not complained of each time.
  await collector.close();
  for (let n = 0; n < 5; n += 1) await read();
  await stopped(register);
  const said = register
    .output()
    .split('\n')
    .filter((line) => line.startsWith('The collector'));
  expect(said).toStrictEqual([
    `The collector of traces at ${endpoint} takes no spans (ECONNREFUSED); they are lost until it does, and nothing else is affected.`,
    expect.stringMatching(/ takes spans again; \d+ were lost\.$/),
  ]);
}, 600_000);

it('are not made, and nothing for them is loaded, where no variable asks for them', async () => {
  await collector.listen();
  const register = await started(
    startRegister(folder, {
      NODE_OPTIONS: tellLoaded,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.address,
      OTEL_SDK_DISABLED: 'true',
    }),
  );
  const { status } = await send(`${register.address}/treaties`);
  expect([status, loadedBy(register)]).toStrictEqual([200, ['@opentelemetry/api']]);
  await stopped(register);
  expect(collector.received).toStrictEqual([]);
}, 600_000);
