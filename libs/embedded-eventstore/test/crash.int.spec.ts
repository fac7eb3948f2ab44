import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, AppendResult, JSONEventData } from '@eventstore/db-client';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startServerProcess } from './server-process.ts';
import type { ServerProcess } from './server-process.ts';
import {
  closeClient,
  collect,
  describeEmbedded,
  range,
  temporaryFolder,
} from './store-under-test.ts';

const rounds = Number(process.env['CRASH_ROUNDS'] ?? 15);
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000_000);

/** Mulberry32: the choices of a run can be made again from the printed seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Attempt {
  stream: string;
  events: JSONEventData[];
  expected: 'any' | bigint;
  unary: boolean;
  batchAppendSize: number;
  /** The highest position that had been acknowledged when this append was sent. */
  sentAfter: bigint;
  answer?: AppendResult;
}

const credentials = { username: 'admin', password: 'changeit' };

/** Many appenders on one server until it is killed; remembers what was sent and what was answered. */
class Round {
  readonly attempts: Attempt[] = [];
  #highest = 0n;
  #stopped = false;
  #firstAnswer!: () => void;
  readonly firstAnswer = new Promise<void>((resolve) => {
    this.#firstAnswer = resolve;
  });

  constructor(
    readonly random: () => number,
    readonly label: string,
  ) {}

  async send(client: EventStoreDBClient, attempt: Attempt): Promise<void> {
    attempt.answer = await client.appendToStream(attempt.stream, attempt.events, {
      expectedRevision: attempt.expected,
      batchAppendSize: attempt.batchAppendSize,
      ...(attempt.unary ? { credentials } : {}),
    });
    const { commit } = attempt.answer.position!;
    if (commit > this.#highest) this.#highest = commit;
    this.#firstAnswer();
  }

  make(stream: string, expected: 'any' | bigint, unary: boolean): Attempt {
    const count = 1 + Math.floor(this.random() * 5);
    const append = randomUUID();
    const events = range(0, count).map((n) =>
      jsonEvent({
        id: randomUUID(),
        type: 'Appended',
        data: { append, n, count, filling: 'x'.repeat(Math.floor(this.random() * 2000)) },
      }),
    );
    const batchAppendSize = this.random() < 0.3 ? 1500 : 3 * 1024 * 1024;
    const attempt = {
      stream,
      events,
      expected,
      unary,
      batchAppendSize,
      sentAfter: this.#highest,
    };
    this.attempts.push(attempt);
    return attempt;
  }

  /** One appender: on its own stream it says the revision it expects, on a shared one it does not. */
  async appender(client: EventStoreDBClient, n: number, unary: boolean): Promise<void> {
    const own = n % 3 === 0;
    let last = -1n;
    while (!this.#stopped) {
      const stream = own ? `${this.label}-own-${n}` : `shared-${n % 2}`;
      const attempt = this.make(stream, own && last >= 0n ? last : 'any', unary);
      try {
        await this.send(client, attempt);
        last = attempt.answer!.nextExpectedRevision;
      } catch (error) {
        expect(error).toHaveProperty('type', expect.stringMatching(/^(unavailable|cancelled)$/));
        return;
      }
    }
  }

  stop(): void {
    this.#stopped = true;
  }
}

describeEmbedded('a store killed while it appends', () => {
  let dataDir: string;
  let server: ServerProcess;
  let client: EventStoreDBClient;
  const random = randomFrom(seed);
  let all: Attempt[] = [];

  const open = async (): Promise<void> => {
    server = await startServerProcess(dataDir);
    client = EventStoreDBClient.connectionString(server.connectionString);
  };
  const end = async (): Promise<void> => {
    await closeClient(client);
    await server.end('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  };
  /** A new folder: each round reads everything that the rounds before it left there. */
  const begin = async (): Promise<void> => {
    if (all.length > 0) await end();
    all = [];
    dataDir = await temporaryFolder('crash');
    await open();
  };
  beforeAll(async () => {
    process.stderr.write(`crash test: ${rounds} rounds, CRASH_SEED=${seed}\n`);
    await begin();
  });
  afterAll(end);

  it(
    'has every acknowledged append exactly once, in order, and no half of any other',
    async () => {
      for (const n of range(0, rounds)) {
        if (n > 0 && n % 10 === 0) await begin();
        const round = new Round(random, `round-${n}`);
        // One client for BatchAppend and one for each unary appender: several connections.
        const others = range(0, 3).map(() =>
          EventStoreDBClient.connectionString(server.connectionString),
        );
        const appenders = [
          ...range(0, 16).map((k) => round.appender(client, k, false)),
          ...others.map((other, k) => round.appender(other, 16 + k, true)),
        ];
        await round.firstAnswer;
        await new Promise((resolve) => setTimeout(resolve, random() * 250));
        await server.end('SIGKILL');
        round.stop();
        await Promise.all(appenders);
        await Promise.all([client, ...others].map(closeClient));
        await open();
        all.push(...round.attempts);
        check(await collect(client.readAll()), all);
        // What was not answered is sent again, as an application would: then it is there, once.
        for (const attempt of round.attempts) {
          if (attempt.answer === undefined) await round.send(client, attempt);
        }
        expect(round.attempts.every(({ answer }) => answer !== undefined)).toBe(true);
        check(await collect(client.readAll()), all);
      }
    },
    60_000 + rounds * 10_000,
  );
});

function appendOf({ data }: { data: unknown }): string {
  const known = typeof data === 'object' && data !== null && 'append' in data;
  return known ? String(data.append) : 'an event without its append';
}

/** The content, short enough to be shown when it differs. */
const digest = (data: unknown): string =>
  createHash('sha256').update(JSON.stringify(data)).digest('base64url').slice(0, 12);

function check(log: AllStreamResolvedEvent[], attempts: Attempt[]): void {
  const found = new Map<string, { event: NonNullable<AllStreamResolvedEvent['event']> }[]>();
  const next = new Map<string, bigint>();
  let position = -1n;
  for (const { event } of log) {
    if (event === undefined) throw new Error('an event of $all is missing');
    expect(event.position.commit > position).toBe(true);
    position = event.position.commit;
    if (event.type !== 'Appended') continue;
    const due = next.get(event.streamId) ?? 0n;
    if (event.revision !== due) expect([event.streamId, event.revision]).toEqual([due]);
    next.set(event.streamId, due + 1n);
    const append = appendOf(event);
    found.set(append, [...(found.get(append) ?? []), { event }]);
  }
  for (const attempt of attempts) {
    const append = appendOf(attempt.events[0]!);
    const stored = found.get(append);
    found.delete(append);
    if (attempt.answer === undefined && stored === undefined) continue;
    const { answer } = attempt;
    const last = answer?.nextExpectedRevision ?? stored!.at(-1)!.event.revision;
    const first = last - BigInt(attempt.events.length - 1);
    const shown = (stored ?? []).map(({ event: { streamId, id, type, revision, data } }) => ({
      streamId,
      id,
      type,
      revision,
      content: digest(data),
    }));
    expect(shown).toEqual(
      attempt.events.map(({ id, type, data }, n) => ({
        streamId: attempt.stream,
        id,
        type,
        revision: first + BigInt(n),
        content: digest(data),
      })),
    );
    if (answer === undefined) continue;
    expect(stored!.at(-1)!.event.position).toEqual(answer.position);
    expect(answer.position!.commit > attempt.sentAfter || attempt.sentAfter === 0n).toBe(true);
  }
  // Nothing is there that nobody sent.
  expect([...found.keys()]).toEqual([]);
}
