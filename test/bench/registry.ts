import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { inMegabytes, inMilliseconds, latency, perSecond, showFigures } from './measure/figures.ts';
import { always, load } from './measure/load.ts';
import { ledger, startRegister, type Register } from './measure/program.ts';
import { residentBytes } from './measure/server.ts';
import { tokenFrom } from '../e2e/machine-token.ts';
import { table } from './register.ts';

/**
 * The public API: a status table beside the same bytes from bare Fastify, with ten times the actions, with
 * thousands of listeners, and started with and without a snapshot. `--small` leaves the ten times out.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'bench-registry-'));
  try {
    const { file, what } = await table(folder);
    const data = join(folder, 'data');
    await ledger(data, 'import', file, '--report', join(folder, 'report'));
    process.stdout.write(`\nImported ${what}.\n`);
    await coldStarts(data);
    const register = await startRegister(data);
    let before: Tail;
    try {
      await beside(register, folder);
      before = await tail(register);
      await listeners(register);
    } finally {
      await register.stop();
    }
    if (!process.argv.includes('--small')) await tenTimes(data, folder, file, before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const treatiesOf = async ({ address }: Register): Promise<string[]> => {
  const body = (await (await fetch(`${address}/actions?limit=1`)).json()) as object;
  if (!('actions' in body)) throw new Error('The register has no actions.');
  const found: string[] = [];
  let path: string | undefined = '/treaties?limit=1000';
  while (path !== undefined) {
    const response: Response = await fetch(address + path);
    const page = (await response.json()) as { treaties: { treaty: string }[] };
    found.push(...page.treaties.map(({ treaty }) => treaty));
    path = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return found;
};

/** Start to first answer, as the first start finds it and as every later one does. */
async function coldStarts(data: string): Promise<void> {
  const start = async (): Promise<number> => {
    const begun = performance.now();
    const register = await startRegister(data);
    await (await fetch(`${register.address}/treaties/XVIII-16/status`)).arrayBuffer();
    const took = performance.now() - begun;
    await register.stop();
    return took;
  };
  await rm(join(data, 'views.snapshot'), { force: true });
  const without = await start();
  const withSnapshot = await start();
  showFigures('Start to first answer', [
    { name: 'without a snapshot', value: inMilliseconds(without) },
    {
      name: 'with the snapshot of the start before',
      value: inMilliseconds(withSnapshot),
      against: 'without',
      ratio: withSnapshot / without,
    },
  ]);
}

async function bareFastify(file: string): Promise<{ address: string; stop(): Promise<void> }> {
  const main = resolve(import.meta.dirname, 'measure/bare-fastify.ts');
  const child = spawn(process.execPath, [main, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  const address = await new Promise<string>((found) =>
    child.stdout.setEncoding('utf8').once('data', (line: string) => found(line.trim())),
  );
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The status table of median size. */
async function middleTable({ address }: Register, treaties: readonly string[]): Promise<string> {
  const sizes: [path: string, bytes: number][] = [];
  for (const treaty of treaties) {
    const path = `/treaties/${treaty}/status`;
    sizes.push([path, (await (await fetch(address + path)).arrayBuffer()).byteLength]);
  }
  const sorted = sizes.toSorted(([, a], [, b]) => a - b);
  return sorted[sorted.length >> 1]?.[0] ?? '';
}

/** Status tables ready and not, beside the same bytes from a Fastify that does nothing else. */
async function beside(register: Register, folder: string): Promise<void> {
  const treaties = await treatiesOf(register);
  const path = await middleTable(register, treaties);
  const body = Buffer.from(await (await fetch(register.address + path)).arrayBuffer());
  const file = join(folder, 'status.json');
  await writeFile(file, body);
  const bare = await bareFastify(file);
  const measure = { connections: 32, seconds: 3 };
  const rates = { bare: [] as number[], ready: [] as number[], made: [] as number[] };
  let day = 0;
  function* neverAsked(): Generator<string> {
    for (;;) {
      day += 1;
      const date = new Date(Date.UTC(2000, 0, 1) + day * 86_400_000).toISOString().slice(0, 10);
      yield `${path}?asOf=${date}`;
    }
  }
  // In turns, so that what else the machine does falls on all alike.
  for (let round = 0; round < 4; round += 1) {
    rates.bare.push((await load(bare.address, always('/'), measure)).perSecond);
    rates.ready.push((await load(register.address, always(path), measure)).perSecond);
    rates.made.push((await load(register.address, neverAsked(), measure)).perSecond);
  }
  const alone = { connections: 1, seconds: 2 };
  await load(bare.address, always('/'), alone);
  const bareAlone = latency((await load(bare.address, always('/'), alone)).times);
  const madeAlone = latency((await load(register.address, neverAsked(), alone)).times);
  await bare.stop();
  const middle = (all: number[]): number => all.slice(1).toSorted((a, b) => a - b)[1] ?? Number.NaN;
  const floor = middle(rates.bare);
  showFigures(`${path}, ${body.length} bytes, 32 connections`, [
    { name: 'the same bytes from bare Fastify', value: perSecond(floor) },
    {
      name: 'status, kept ready',
      value: perSecond(middle(rates.ready)),
      against: 'bare',
      ratio: middle(rates.ready) / floor,
      target: { atLeast: 0.7 },
    },
    {
      name: 'status, made for each request',
      value: perSecond(middle(rates.made)),
      against: 'bare',
      ratio: middle(rates.made) / floor,
    },
    { name: 'bare Fastify, one at a time', value: `p50 ${inMilliseconds(bareAlone.p50)}` },
    {
      name: 'status, made for each request, one at a time',
      value: `p50 ${inMilliseconds(madeAlone.p50)}`,
      against: 'bare, p50',
      ratio: madeAlone.p50 / bareAlone.p50,
      target: { atMost: 3 },
    },
  ]);
}

interface Tail {
  readonly first: { p50: number; p99: number };
  readonly ready: { p50: number; p99: number };
  readonly actions: { p50: number; p99: number };
}

/** One request at a time: the status of 250 treaties for the first time and again, and pages of all actions. */
async function tail(register: Register): Promise<Tail> {
  const treaties = (await treatiesOf(register)).slice(0, 250);
  const paths = treaties.map((treaty) => `/treaties/${treaty}/status`);
  const alone = { connections: 1, seconds: 600 };
  const first = latency((await load(register.address, paths, alone)).times);
  const again = Array.from({ length: 8 }, () => paths).flat();
  const ready = latency((await load(register.address, again, alone)).times);
  const pages = Array.from({ length: 200 }, (_, n) => `/actions?limit=${50 + n}&sort=-recorded`);
  const actions = latency((await load(register.address, pages, alone)).times);
  return { first, ready, actions };
}

/** Thousands who listen and hear nothing, and one action that all of them hear. */
async function listeners({ address, pid }: Register): Promise<void> {
  const many = 5000;
  const { hostname, port } = new URL(address);
  const before = residentBytes(pid);
  const sockets: Socket[] = [];
  const heard = new Set<number>();
  let onAll: () => void = () => undefined;
  const open = (index: number): Promise<void> =>
    new Promise((ready, failed) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`GET /stream HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
      });
      socket.on('data', (chunk) => {
        if (chunk.includes('retry:')) ready();
        if (!chunk.includes('data: {')) return;
        heard.add(index);
        if (heard.size === many) onAll();
      });
      socket.on('error', failed);
      sockets.push(socket);
    });
  for (let from = 0; from < many; from += 100)
    await Promise.all(Array.from({ length: 100 }, (_, n) => open(from + n)));
  await new Promise((done) => setTimeout(done, 2000));
  const idle = residentBytes(pid);
  const all = new Promise<void>((done) => (onAll = done));
  const token = await tokenFrom(address);
  const begun = performance.now();
  const posted = await fetch(`${address}/depositary/treaties/XVIII-16/actions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ kind: 'ratification', participant: 'FRA', date: '2025-11-20' }),
  });
  const recorded = performance.now() - begun;
  if (posted.status !== 201) throw new Error(await posted.text());
  await all;
  const reached = performance.now() - begun;
  for (const socket of sockets) socket.destroy();
  showFigures(`${many} idle listeners of /stream`, [
    { name: 'resident memory without them', value: inMegabytes(before) },
    { name: 'resident memory with them', value: inMegabytes(idle) },
    { name: 'memory of a listener', value: `${((idle - before) / many / 1024).toFixed(1)} kB` },
    { name: 'an action is recorded in', value: inMilliseconds(recorded) },
    { name: `and heard by all ${heard.size} after`, value: inMilliseconds(reached) },
  ]);
}

/** The table nine times more, under treaty numbers of their own. */
async function tenTimes(data: string, folder: string, file: string, before: Tail): Promise<void> {
  const replicas = join(folder, 'replicas.csv');
  await pipeline(
    createReadStream(file),
    parse({ columns: true, bom: true }),
    async function* (rows: AsyncIterable<Record<string, string>>) {
      for await (const row of rows)
        for (let n = 1; n < 10; n += 1) yield { ...row, mtdsg_no: `${row['mtdsg_no']}-R${n}` };
    },
    stringify({ header: true }),
    createWriteStream(replicas),
  );
  await ledger(data, 'import', replicas, '--report', join(folder, 'report'));
  const register = await startRegister(data);
  try {
    const after = await tail(register);
    const line = (name: string, of: keyof Tail) => ({
      name,
      value: `p50 ${inMilliseconds(after[of].p50)}, p99 ${inMilliseconds(after[of].p99)}`,
      against: `p99 ${inMilliseconds(before[of].p99)}`,
      ratio: after[of].p99 / before[of].p99,
      target: { atMost: 1.5 },
    });
    showFigures('Ten times the actions, beside the p99 before', [
      line('status, first time', 'first'),
      line('status, kept ready', 'ready'),
      line('a page of all actions, the latest first', 'actions'),
      { name: 'resident memory', value: inMegabytes(residentBytes(register.pid)) },
    ]);
  } finally {
    await register.stop();
  }
}
