import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { decodingRate } from './measure/client-alone.ts';
import { deposit, depositRow } from './measure/deposits.ts';
import {
  inMegabytes,
  inMilliseconds,
  latency,
  perSecond,
  show,
  showFigures,
} from './measure/figures.ts';
import type { Latency } from './measure/figures.ts';
import { commitRate, fdatasyncRate, iterateRate } from './measure/raw-disk.ts';
import { residentBytes, startServer } from './measure/server.ts';
import type { Server } from './measure/server.ts';

/**
 * The embedded store through the official client, as ratios to raw costs measured in the same run
 * on the same disk. `BENCH_DIR` chooses the disk, `--million` adds memory over a million events.
 */
const EVENTS = 100_000;

interface Raw {
  fdatasync: number;
  commit: number;
  grouped: number;
  iterate: number;
  decode: number;
}

interface Measured {
  alone: number;
  append: Latency;
  crowd: number;
  readStream: number;
  readAll: number;
  subscribeToAll: number;
  liveAppend: Latency;
  lag: Latency;
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'bench-store-'));
  try {
    const raw: Raw = {
      fdatasync: fdatasyncRate(folder, 450),
      commit: commitRate(folder, 1, depositRow),
      grouped: commitRate(folder, 64, depositRow),
      iterate: iterateRate(folder, EVENTS, depositRow),
      decode: decodingRate(),
    };
    const server = await startServer(join(folder, 'data'));
    const client = EventStoreDBClient.connectionString(server.connectionString);
    try {
      reportRaw(raw);
      report(raw, await measure(server, client));
      if (process.argv.includes('--million')) await million(server, client);
    } finally {
      await client.dispose();
      await server.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(server: Server, client: EventStoreDBClient): Promise<Measured> {
  await appendAlone(client, 300); // warms both sides up
  const one = await appendAlone(client, 4000);
  await appendCrowd(client, 2000);
  const crowd = await appendCrowd(client, 30_000);
  await fill(client, 'treaty-long', EVENTS);
  const readStream = await best(3, () =>
    consume(client.readStream('treaty-long'), Number.POSITIVE_INFINITY),
  );
  const readAll = await best(3, () => consume(client.readAll(), Number.POSITIVE_INFINITY));
  const subscribeToAll = await best(3, () => subscribe(client, EVENTS));
  const live = await liveDelivery(server, client, 3000);
  return {
    alone: one.rate,
    append: one.latency,
    crowd,
    readStream,
    readAll,
    subscribeToAll,
    liveAppend: live.append,
    lag: live.lag,
  };
}

async function appendAlone(
  client: EventStoreDBClient,
  count: number,
): Promise<{ rate: number; latency: Latency }> {
  const took: number[] = [];
  const start = performance.now();
  for (let n = 0; n < count; n += 1) {
    const sent = performance.now();
    await client.appendToStream(`treaty-${n % 300}`, deposit(n));
    took.push(performance.now() - sent);
  }
  return { rate: count / ((performance.now() - start) / 1000), latency: latency(took) };
}

async function appendCrowd(client: EventStoreDBClient, count: number): Promise<number> {
  let sent = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (sent < count) {
      sent += 1;
      await client.appendToStream(`treaty-${sent % 300}`, deposit(sent));
    }
  };
  await Promise.all(Array.from({ length: 64 }, worker));
  return count / ((performance.now() - start) / 1000);
}

async function fill(client: EventStoreDBClient, stream: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 500) {
    await client.appendToStream(
      stream,
      Array.from({ length: 500 }, (_, i) => deposit(n + i)),
    );
  }
}

async function consume(events: AsyncIterable<unknown>, limit: number): Promise<number> {
  const start = performance.now();
  let count = 0;
  const iterator = events[Symbol.asyncIterator]();
  while (count < limit && (await iterator.next()).done !== true) count += 1;
  await iterator.return?.();
  return count / ((performance.now() - start) / 1000);
}

async function subscribe(client: EventStoreDBClient, limit: number): Promise<number> {
  const subscription = client.subscribeToAll();
  const rate = await consume(subscription, limit);
  await subscription.unsubscribe();
  return rate;
}

async function best(times: number, measureOnce: () => Promise<number>): Promise<number> {
  let highest = 0;
  for (let n = 0; n < times; n += 1) highest = Math.max(highest, await measureOnce());
  return highest;
}

/** From the moment an append is sent to the moment another connection's subscription has it. */
async function liveDelivery(
  server: Server,
  client: EventStoreDBClient,
  count: number,
): Promise<{ append: Latency; lag: Latency }> {
  const listener = EventStoreDBClient.connectionString(server.connectionString);
  const waiting = new Map<string, () => void>();
  const lags: number[] = [];
  const appends: number[] = [];
  const subscription = listener.subscribeToAll({ fromPosition: 'end' });
  subscription.on('data', ({ event }) => waiting.get(event?.id ?? '')?.());
  await new Promise<void>((resolve) => subscription.once('caughtUp', () => resolve()));
  for (let n = 0; n < count; n += 1) {
    const event = deposit(n);
    const sent = performance.now();
    const arrived = new Promise<void>((resolve) => {
      waiting.set(event.id, () => {
        lags.push(performance.now() - sent);
        resolve();
      });
    });
    await client.appendToStream('treaty-live', event);
    appends.push(performance.now() - sent);
    await arrived;
    waiting.delete(event.id);
  }
  await subscription.unsubscribe();
  await listener.dispose();
  return { append: latency(appends), lag: latency(lags) };
}

function reportRaw(raw: Raw): void {
  show(
    'Raw costs',
    ['figure', 'value'],
    [
      ['write of 450 bytes and fdatasync', perSecond(raw.fdatasync)],
      ['SQLite WAL/FULL, one event a commit', perSecond(raw.commit)],
      ['SQLite WAL/FULL, 64 events a commit', perSecond(raw.grouped)],
      [`SQLite, iterating ${EVENTS} rows`, perSecond(raw.iterate)],
      ['the client decoding an event, nothing else', perSecond(raw.decode)],
    ],
  );
}

function report(raw: Raw, m: Measured): void {
  const iterating = (name: string, rate: number) => ({
    name,
    value: perSecond(rate),
    against: 'iterating rows',
    ratio: rate / raw.iterate,
    target: { atLeast: 0.2 },
  });
  showFigures('Embedded store through @eventstore/db-client', [
    {
      name: 'append, one at a time',
      value: perSecond(m.alone),
      against: 'SQLite commits',
      ratio: m.alone / raw.commit,
      target: { atLeast: 0.4 },
    },
    { name: 'append, p50', value: inMilliseconds(m.append.p50) },
    { name: 'append, p99', value: inMilliseconds(m.append.p99) },
    {
      name: 'append, 64 in flight',
      value: perSecond(m.crowd),
      against: 'one at a time',
      ratio: m.crowd / m.alone,
      target: { atLeast: 4 },
    },
    iterating('readStream', m.readStream),
    iterating('readAll', m.readAll),
    iterating('subscribeToAll', m.subscribeToAll),
    {
      name: 'live delivery, p50',
      value: inMilliseconds(m.lag.p50),
      against: 'append p50',
      ratio: m.lag.p50 / m.liveAppend.p50,
    },
    {
      name: 'live delivery, p99',
      value: inMilliseconds(m.lag.p99),
      against: 'append p99',
      ratio: m.lag.p99 / m.liveAppend.p99,
      target: { atMost: 3 },
    },
  ]);
  const rows: [string, number, number][] = [
    ['append, one at a time', m.alone, 1000],
    ['append, 64 in flight', m.crowd, 5500],
    ['readStream', m.readStream, 63_000],
    ['readAll', m.readAll, 82_000],
    ['subscribeToAll', m.subscribeToAll, 92_000],
  ];
  show(
    'Beside EventStoreDB 24.2 on a machine with two cores, through the same client',
    ['figure', 'here', 'EventStoreDB', 'ratio'],
    rows.map(([name, here, there]) => [
      name,
      perSecond(here),
      perSecond(there),
      (here / there).toFixed(2),
    ]),
  );
}

/** Memory of both sides while a million events are read, and while a reader takes one and stops. */
async function million(server: Server, client: EventStoreDBClient): Promise<void> {
  await fill(client, 'treaty-million', 1_000_000);
  const rows: string[][] = [];
  const sample = (at: string): void => {
    rows.push([at, inMegabytes(residentBytes(server.pid)), inMegabytes(process.memoryUsage().rss)]);
  };
  sample('before');
  let count = 0;
  const all = client.readAll()[Symbol.asyncIterator]();
  while ((await all.next()).done !== true) {
    count += 1;
    if (count % 200_000 === 0) sample(count.toLocaleString('en-GB'));
  }
  sample(`all ${count.toLocaleString('en-GB')}`);
  const stopped = client.readAll();
  await stopped[Symbol.asyncIterator]().next();
  for (const second of [1, 2, 3, 4, 5]) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (second % 2 === 1) sample(`a reader that stopped, ${second} s`);
  }
  await stopped.cancel();
  show('Memory while reading', ['events read', 'server', 'client'], rows);
}
