import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { tokenFrom } from '../e2e/machine-token.ts';
import { inMegabytes, perSecond, showFigures } from './measure/figures.ts';
import { startRegister } from './measure/program.ts';

const built = (path: string): string =>
  new URL(`../../dist/apps/notifier/src/${path}`, import.meta.url).href;

const subscribers = 10_000;
/** As many at the same moment as the notifier serves. */
const inFlight = 128;
const rounds = ['AND', 'BTN', 'BDI', 'CPV', 'CAF', 'TCD', 'COM', 'COG', 'DMA', 'SLV'];

interface Count {
  readonly count: number;
  readonly distinct: number;
  readonly first: number;
  readonly last: number;
}

/**
 * 10,000 webhook subscribers to one action, against a bare loop of the same client to the same receiver. With
 * DATABASE_URL (an empty database) on PostgreSQL, without it on SQLite.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-notifier-'));
  const receiver = spawn(process.execPath, [join(import.meta.dirname, 'measure/receiver.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = (await once(receiver.stdout, 'data')) as [Buffer];
    const address = `http://127.0.0.1:${Number(port.toString())}`;
    process.env['WEBHOOK_TARGETS'] = 'development';
    await (await startRegister(folder)).stop();
    await subscribeAll(folder, address);
    const bare = await bareLoop(address);
    await measure(folder, address, bare);
  } finally {
    receiver.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string, address: string, bare: number): Promise<void> {
  const register = await startRegister(folder);
  try {
    const token = await tokenFrom(register.address);
    const rates: number[] = [];
    const memory: number[] = [];
    const untilLast: number[] = [];
    for (const participant of rounds) {
      await fetch(address, { method: 'DELETE' });
      const posted = performance.now();
      await accede(register.address, participant, token);
      const { first, last } = await allReceived(address);
      untilLast.push(performance.now() - posted);
      rates.push((subscribers - 1) / ((last - first) / 1000));
      memory.push(residentBytes(register.pid));
    }
    const best = rates.toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
    showFigures(`${subscribers} webhook subscribers to one action, one receiver slow for 10 s`, [
      {
        name: 'deliveries (median of ten actions)',
        value: perSecond(best),
        against: `bare client loop, ${perSecond(bare)}`,
        ratio: best / bare,
        target: { atLeast: 0.5 },
      },
      {
        name: 'from POST to the last of them',
        value: untilLast.map((time) => `${(time / 1000).toFixed(1)} s`).join(', '),
      },
      {
        name: 'memory after the last action',
        value: inMegabytes(memory.at(-1) ?? 0),
        against: `after the first, ${inMegabytes(memory[0] ?? 0)}`,
        ratio: (memory.at(-1) ?? 0) / (memory[0] ?? 1),
        target: { atMost: 1.25 },
      },
    ]);
  } finally {
    await register.stop();
  }
}

/** Puts subscribers into the database of a register that is stopped, as if they had been verified. */
async function subscribeAll(folder: string, address: string): Promise<void> {
  const { openDatabase } = await import('#database');
  const { notifierMigrations } = (await import(built('subscribers/tables.js'))) as {
    notifierMigrations: Parameters<typeof openDatabase>[0]['migrations'];
  };
  const sealing = (await import(built('secrets/sealing.js'))) as {
    openSealing(setting: undefined, folder: string): { seal(text: string, use: string): string };
  };
  const mac = (await import(built('webhooks/mac.js'))) as { newSecret(scheme: 'v1'): string };
  const seal = sealing.openSealing(undefined, folder);
  const database = await openDatabase<Record<string, any>>({
    url: process.env['DATABASE_URL'],
    file: join(folder, 'notifier.sqlite'),
    owner: 'notifier',
    migrations: notifierMigrations,
  });
  const { place } = await database.kysely
    .selectFrom('fan_out')
    .select('place')
    .executeTakeFirstOrThrow();
  const filter = JSON.stringify({
    treaties: ['XVIII-16'],
    participants: [],
    kinds: [],
    topics: ['actions'],
    counts: [],
    inForceInDays: [],
    signatureClosesInDays: [],
  });
  const numbers = Array.from({ length: subscribers + 1 }, (_, n) => n + 1);
  const subscriptions = numbers.map((number) => {
    const id = number > subscribers ? 'slow' : `bench-${number}`;
    const secrets = {
      scheme: 'v1',
      current: mac.newSecret('v1'),
      previous: null,
      previousUntil: 0,
    };
    return {
      number,
      id,
      channel: 'webhook',
      language: 'en',
      rhythm: 'immediate',
      time_zone: 'UTC',
      filter,
      target: seal.seal(`${address}/${id}`, `${id} target`),
      target_name: id,
      // The slow one is somebody else's, as it would be: a host that is slow is told apart from others.
      host_name: number > subscribers ? 'slow' : 'bench',
      secrets: seal.seal(JSON.stringify(secrets), `${id} secrets`),
      token_hash: id,
      created_at: 0,
      revision: 0,
    };
  });
  const progress = numbers.map((number) => ({
    number,
    lane: 'quick',
    state: 'active',
    reason: null,
    place,
    wanted: place,
    due_at: null,
    leased_by: null,
    fence: 0,
    attempts: 0,
    failing_since: null,
  }));
  for (const [table, rows] of [
    ['subscriptions', subscriptions] as const,
    ['progress', progress] as const,
  ])
    for (let from = 0; from < rows.length; from += 500)
      await database.kysely
        .insertInto(table)
        .values(rows.slice(from, from + 500))
        .execute();
  await database.close();
}

async function accede(address: string, participant: string, token: string): Promise<void> {
  const response = await fetch(`${address}/depositary/treaties/XVIII-16/actions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ kind: 'accession', participant, date: '2026-11-20' }),
  });
  if (response.status !== 201) throw new Error(`${participant}: ${await response.text()}`);
}

async function allReceived(address: string): Promise<Count> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const counted = (await (await fetch(address)).json()) as Count;
    if (counted.distinct >= subscribers) return counted;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('Not everybody was told within two minutes.');
}

/** The same client, connections and size of body, doing nothing else. */
async function bareLoop(address: string): Promise<number> {
  const agent = new Agent({ connections: 32, pipelining: 1 });
  const body = 'x'.repeat(2000);
  const headers = { 'content-type': 'application/json' };
  let sent = 0;
  const one = async (): Promise<void> => {
    while (sent < subscribers) {
      sent += 1;
      const path = `/bare-${sent}`;
      const answer = await agent.request({ origin: address, path, method: 'POST', headers, body });
      await answer.body.text();
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: inFlight }, one));
  const seconds = (performance.now() - begun) / 1000;
  await agent.close();
  return subscribers / seconds;
}

function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
