import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '../../apps/notifier/test/receiver.ts';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../libs/database/test/databases-under-test.ts';
import { startNotifier, startRegister, type Run } from './processes.ts';
import { tokenFrom } from './machine-token.ts';

const subscribers = 12;
const participants = 'FRA VNM BRA ESP GRC PRT POL CZE SVK AUT BEL AUS THA PER EGY QAT'.split(' ');

/** A register that leaves deliveries to notifiers of their own, on a database of one kind. */
class Place {
  private readonly folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-killed-'));
  private readonly running: Run[] = [];
  private readonly settings: Record<string, string>;
  private constructor(
    private readonly database: DatabaseUnderTest,
    readonly receiver: Receiver,
  ) {
    const { url } = database;
    this.settings = {
      WEBHOOK_TARGETS: 'development',
      ...(url !== undefined && { DATABASE_URL: url }),
    };
  }

  address = '';

  static async open(kind: 'sqlite' | 'postgres'): Promise<Place> {
    const place = new Place(await databaseUnderTest(kind), await startReceiver());
    place.receiver.behave((request, response) => {
      const { data } = JSON.parse(request.body);
      if (data.challenge !== undefined)
        return void response.writeHead(200).end(JSON.stringify({ challenge: data.challenge }));
      return void setTimeout(() => response.writeHead(204).end(), 20 * Math.random());
    });
    const register = await startRegister(place.folder, { ...place.settings, NOTIFIER: 'no' });
    place.running.push(register);
    place.address = register.address;
    return place;
  }

  async notifier(): Promise<Run> {
    const run = await startNotifier(this.folder, this.settings);
    this.running.push(run);
    return run;
  }

  async post(path: string, body: object, token?: string): Promise<{ status: number; body: any }> {
    const response = await fetch(this.address + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Deliveries of facts that a subscriber got, in order. */
  told(n: number): Receiver['received'] {
    return this.receiver.received.filter(
      ({ path, body }) => path === `/k${n}` && !body.includes('verification'),
    );
  }

  async close(): Promise<void> {
    // The register last: it is the first that was started.
    for (const run of this.running.toReversed()) {
      run.kill('SIGKILL');
      await run.ended;
    }
    await this.receiver.close();
    await this.database.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Records facts while notifiers are killed. @returns positions of the facts, in order */
async function recordWhileKilling(place: Place): Promise<string[]> {
  let notifiers: [Run, Run] = [await place.notifier(), await place.notifier()];
  const positions: string[] = [];
  const token = await tokenFrom(place.address);
  for (const [index, participant] of participants.entries()) {
    const fact = { kind: 'ratification', participant, date: '2026-11-20' };
    const answer = await place.post('/depositary/treaties/XVIII-16/actions', fact, token);
    expect([participant, answer.status]).toStrictEqual([participant, 201]);
    positions.push(answer.body.position);
    if (index % 4 !== 1) continue;
    await new Promise((resolve) => setTimeout(resolve, 120 * Math.random()));
    const [victim, other] = notifiers;
    victim.kill('SIGKILL');
    await victim.ended;
    notifiers = [other, await place.notifier()];
  }
  return positions;
}

async function skipsNothing(place: Place): Promise<void> {
  for (let n = 0; n < subscribers; n += 1) {
    const target = `${place.receiver.address}/k${n}`;
    const made = await place.post('/subscriptions', { channel: 'webhook', target });
    expect([made.status, made.body.state]).toStrictEqual([201, 'active']);
  }
  const positions = await recordWhileKilling(place);
  const positionsAt = (n: number) =>
    place.told(n).map(({ body }) => JSON.parse(body).data.position as string);
  const done = () => Array.from({ length: subscribers }, (_, n) => new Set(positionsAt(n)).size);
  // A lease of a notifier that was killed ends after a minute.
  for (let tries = 0; tries < 900 && done().some((count) => count < positions.length); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  for (let n = 0; n < subscribers; n += 1) {
    const got = positionsAt(n);
    // The first time each came, they came in order; what came twice came under the id of the first time.
    expect([n, [...new Set(got)]]).toStrictEqual([n, positions]);
    const ids = new Map<string, Set<unknown>>();
    for (const { body, headers } of place.told(n)) {
      const { position } = JSON.parse(body).data;
      ids.set(position, (ids.get(position) ?? new Set()).add(headers['webhook-id']));
    }
    expect([...ids.values()].map(({ size }) => size)).toStrictEqual(positions.map(() => 1));
  }
}

if (!kindsUnderTest.includes('postgres'))
  process.stdout.write('PostgreSQL is not installed here; notifiers are killed on SQLite only.\n');

const places = new Map<string, Place>();
const runs = new Map<string, Promise<void>>();

// All kinds at once: most of the time is waiting for leases to end.
beforeAll(async () => {
  for (const kind of kindsUnderTest) places.set(kind, await Place.open(kind));
  for (const [kind, place] of places) {
    const run = skipsNothing(place);
    run.catch(() => undefined);
    runs.set(kind, run);
  }
}, 600_000);
afterAll(async () => {
  await Promise.allSettled(runs.values());
  for (const place of places.values()) await place.close();
}, 600_000);

it.each(kindsUnderTest)(
  'skips nothing and keeps the order when notifiers are killed at random moments, on %s',
  async (kind) => {
    await runs.get(kind);
  },
  180_000,
);
