import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { startRegister, type Run } from './processes.ts';
import { tokenFrom } from './machine-token.ts';

const program = fileURLToPath(new URL('../../dist/apps/notifier/src/main.js', import.meta.url));
const subscribers = 12;
const participants = 'FRA VNM BRA ESP GRC PRT POL CZE SVK AUT BEL AUS THA PER EGY QAT'.split(' ');

const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-killed-'));
const running: ChildProcess[] = [];
let receiver: Receiver;
let register: Run & { address: string };
let EMBEDDED_EVENTSTORE_PORT = '0';

const settings = () => ({
  LEDGER_DATA_DIR: folder,
  WEBHOOK_TARGETS: 'development',
  EMBEDDED_EVENTSTORE_PORT,
});

/** A notifier as a process of its own over the register's store and database. */
async function startNotifier(): Promise<ChildProcess> {
  const { NODE_OPTIONS: _options, ...environment } = process.env;
  const child = spawn(process.execPath, [program], {
    env: { ...environment, ...settings(), PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  let said = '';
  child.stdout.setEncoding('utf8');
  for await (const text of child.stdout) {
    said += String(text);
    if (said.includes('A notifier is running')) break;
  }
  return child;
}

const kill = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};
const post = async (
  path: string,
  body: object,
  token?: string,
): Promise<{ status: number; body: any }> => {
  const response = await fetch(register.address + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const isFact = ({ body }: { body: string }): boolean => !body.includes('verification');

beforeAll(async () => {
  receiver = await startReceiver();
  receiver.behave((request, response) => {
    const { data } = JSON.parse(request.body);
    if (data.challenge !== undefined)
      return void response.writeHead(200).end(JSON.stringify({ challenge: data.challenge }));
    return void setTimeout(() => response.writeHead(204).end(), 20 * Math.random());
  });
  // The register takes subscriptions and leaves deliveries to notifiers of their own.
  register = await startRegister(folder, { ...settings(), NOTIFIER: 'no' });
}, 60_000);
afterAll(async () => {
  await Promise.all(
    running
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map(kill),
  );
  register.kill('SIGTERM');
  await register.ended;
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

it('skips nothing and keeps the order when notifiers are killed at random moments', async () => {
  for (let n = 0; n < subscribers; n += 1) {
    const made = await post('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/k${n}`,
    });
    expect([made.status, made.body.state]).toStrictEqual([201, 'active']);
  }
  let notifiers: [ChildProcess, ChildProcess] = await Promise.all([
    startNotifier(),
    startNotifier(),
  ]);
  const positions: string[] = [];
  const token = await tokenFrom(register.address);
  for (const [index, participant] of participants.entries()) {
    const fact = { kind: 'ratification', participant, date: '2026-11-20' };
    const answer = await post('/depositary/treaties/XVIII-16/actions', fact, token);
    expect([participant, answer.status]).toStrictEqual([participant, 201]);
    positions.push(answer.body.position);
    if (index % 4 !== 1) continue;
    await new Promise((resolve) => setTimeout(resolve, 120 * Math.random()));
    const [victim, other] = notifiers;
    await kill(victim);
    notifiers = [other, await startNotifier()];
  }
  const told = (n: number) =>
    receiver.received.filter((one) => one.path === `/k${n}` && isFact(one));
  const positionsAt = (n: number) =>
    told(n).map(({ body }) => JSON.parse(body).data.position as string);
  const done = () => Array.from({ length: subscribers }, (_, n) => new Set(positionsAt(n)).size);
  // A lease of a notifier that was killed ends after a minute.
  for (let tries = 0; tries < 900 && done().some((count) => count < positions.length); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (let n = 0; n < subscribers; n += 1) {
    const got = positionsAt(n);
    // The first time each came, they came in order; what came twice came under the id of the first time.
    expect([n, [...new Set(got)]]).toStrictEqual([n, positions]);
    const ids = new Map<string, Set<unknown>>();
    for (const { body, headers } of told(n)) {
      const { position } = JSON.parse(body).data;
      ids.set(position, (ids.get(position) ?? new Set()).add(headers['webhook-id']));
    }
    expect([...ids.values()].map(({ size }) => size)).toStrictEqual(positions.map(() => 1));
  }
}, 180_000);
