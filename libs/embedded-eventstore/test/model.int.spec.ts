import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  FORWARDS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import * as fc from 'fast-check';
import { Model } from './model.ts';
import type { Entry, Expected, Outcome } from './model.ts';
import { collect, externalUrl, numbered, startStoreUnderTest } from './store-under-test.ts';
import { rejection } from './outcomes.ts';
import type { Remover, StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

type From = number | 'start' | 'end';
type Command =
  | { do: 'append'; stream: number; ids: number[]; expected: Expected; unary: boolean }
  | { do: 'delete' | 'tombstone'; stream: number; expected: Expected }
  | { do: 'metadata'; stream: number; maxCount?: number; truncateBefore?: number }
  | { do: 'read'; stream: number; backwards: boolean; from: From; maxCount: number }
  | { do: 'read-all'; from: number; maxCount: number }
  | { do: 'restart' };

const stream = fc.nat({ max: 2 });
const expected = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Expected>('any', 'no_stream', 'stream_exists') },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 12 }) },
);
/** Few ids for each stream, so that retries and partial matches are common. */
const ids = fc.oneof(
  fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 4 }),
  fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }),
  fc
    .tuple(fc.nat({ max: 8 }), fc.integer({ min: 1, max: 4 }))
    .map(([first, count]) => Array.from({ length: count }, (_, n) => first + n)),
);
const from = fc.oneof(fc.constantFrom<From>('start', 'end'), fc.nat({ max: 15 }));
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      stream,
      ids,
      expected,
      unary: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('delete' as const), stream, expected }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tombstone' as const), stream, expected }) },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        do: fc.constant('metadata' as const),
        stream,
        maxCount: fc.integer({ min: 1, max: 6 }),
        truncateBefore: fc.nat({ max: 8 }),
      },
      { requiredKeys: ['do', 'stream'] },
    ),
  },
  {
    weight: 24,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      stream,
      backwards: fc.boolean(),
      from,
      maxCount: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('read-all' as const),
      from: fc.nat({ max: 40 }),
      maxCount: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: externalUrl === undefined ? 1 : 0,
    arbitrary: fc.constant({ do: 'restart' as const }),
  },
);

/** One run: the same commands given to the store and to the model. */
class Run {
  readonly model = new Model();
  readonly #run = randomUUID();
  readonly #ids = new Map<string, string>();
  #start = { commit: 0n, prepare: 0n };

  async begin(): Promise<void> {
    const marker = await store.client.appendToStream(`marker-${this.#run}`, numbered(0));
    this.#start = marker.position!;
  }

  name(n: number): string {
    return `model-${n}-${this.#run}`;
  }

  /** The ids of different streams differ: what EventStoreDB does with a shared one is best effort. */
  id(n: number, id: number): string {
    const key = `${n}/${id}`;
    const known = this.#ids.get(key) ?? randomUUID();
    this.#ids.set(key, known);
    return known;
  }

  async step(c: Command): Promise<void> {
    if (c.do === 'append') await this.append(c);
    else if (c.do === 'delete' || c.do === 'tombstone') await this.remove(c);
    else if (c.do === 'metadata') await this.setMetadata(c);
    else if (c.do === 'read') await this.read(c);
    else if (c.do === 'read-all') await this.readAll(c.from, c.maxCount);
    else await store.restart();
  }

  async append(c: Extract<Command, { do: 'append' }>): Promise<void> {
    const name = this.name(c.stream);
    const given = c.ids.map((id) => this.id(c.stream, id));
    const outcome = this.model.append(name, given, c.expected);
    const attempt = store.client.appendToStream(
      name,
      given.map((id) => jsonEvent({ id, type: 'Numbered', data: { id } })),
      {
        expectedRevision: revision(c.expected),
        ...(c.unary ? { credentials: { username: 'admin', password: 'changeit' } } : {}),
      },
    );
    if (outcome.kind !== 'appended' && outcome.kind !== 'repeated') {
      return expectRefusal(outcome, name, c.expected, attempt);
    }
    const { nextExpectedRevision, position } = await attempt;
    expect(nextExpectedRevision).toBe(outcome.last.revision);
    if (outcome.kind === 'repeated' && outcome.last.commit === undefined) return undefined;
    // The position of an event that was truncated since is not promised.
    const visible = this.model.read(name, false, 'start', Infinity);
    if (!Array.isArray(visible) || !visible.includes(outcome.last)) return undefined;
    outcome.last.commit ??= position!.commit;
    expect(position).toEqual({ commit: outcome.last.commit, prepare: outcome.last.commit });
    return undefined;
  }

  async remove(c: Extract<Command, { do: 'delete' | 'tombstone' }>): Promise<void> {
    const name = this.name(c.stream);
    // The client can't send a delete that expects the stream to exist.
    if (c.do === 'delete' && c.expected === 'stream_exists') return;
    const outcome = this.model[c.do](name, c.expected);
    const remover: Remover = store.client;
    const options = { expectedRevision: revision(c.expected) };
    const attempt =
      c.do === 'delete'
        ? remover.deleteStream(name, options)
        : remover.tombstoneStream(name, options);
    if (outcome.kind === 'done') await attempt;
    else if (outcome.kind === 'deleted') await expectRefusal(outcome, name, c.expected, attempt);
    else await expect(attempt).rejects.toBeInstanceOf(WrongExpectedVersionError);
  }

  async setMetadata(c: Extract<Command, { do: 'metadata' }>): Promise<void> {
    const name = this.name(c.stream);
    if (this.model.stream(name).tombstoned) return;
    const { maxCount, truncateBefore } = c;
    await store.client.setStreamMetadata(name, {
      ...(maxCount === undefined ? {} : { maxCount }),
      ...(truncateBefore === undefined ? {} : { truncateBefore }),
    });
    this.model.setMetadata(name, c.maxCount, c.truncateBefore);
  }

  async read(c: Extract<Command, { do: 'read' }>): Promise<void> {
    const name = this.name(c.stream);
    const wanted = this.model.read(name, c.backwards, c.from, c.maxCount);
    const attempt = collect(
      store.client.readStream(name, {
        direction: c.backwards ? BACKWARDS : FORWARDS,
        fromRevision: typeof c.from === 'number' ? BigInt(c.from) : c.from,
        maxCount: c.maxCount,
      }),
    );
    if (wanted === 'missing') await expect(attempt).rejects.toBeInstanceOf(StreamNotFoundError);
    else if (wanted === 'deleted') await expect(attempt).rejects.toBeInstanceOf(StreamDeletedError);
    else compare(await attempt, wanted);
  }

  async readAll(fromEntry: number, maxCount: number): Promise<void> {
    const own = (all: AllStreamResolvedEvent[]) =>
      all.filter(({ event }) => event!.streamId.endsWith(this.#run));
    const after = await collect(store.client.readAll({ fromPosition: this.#start }));
    compare(own(after).slice(1), this.model.log);
    const { commit } = this.model.log[fromEntry % Math.max(1, this.model.log.length)] ?? {};
    if (commit === undefined || externalUrl !== undefined) return;
    const fromPosition = { commit, prepare: commit };
    const index = this.model.log.findIndex((entry) => entry.commit === commit);
    const forwards = store.client.readAll({ fromPosition, maxCount });
    compare(await collect(forwards), this.model.log.slice(index).slice(0, maxCount));
    const before = await collect(
      store.client.readAll({
        direction: BACKWARDS,
        fromPosition,
        maxCount: Math.min(index, maxCount) || 1,
      }),
    );
    if (index > 0) compare(before, this.model.log.slice(0, index).toReversed().slice(0, maxCount));
  }
}

const revision = (e: Expected) => (typeof e === 'number' ? BigInt(e) : e);

/** The same events in the same order; positions, once seen, stay what they were. */
function compare(read: (ResolvedEvent | AllStreamResolvedEvent)[], wanted: Entry[]): void {
  expect(
    read.map(({ event }, n) => ({
      stream: event?.streamId,
      revision: event?.revision,
      type: event?.type,
      id: wanted[n]?.id === undefined ? undefined : event?.id,
    })),
  ).toEqual(
    wanted.map(({ stream: name, revision: at, type, id }) => ({
      stream: name,
      revision: at,
      type,
      id,
    })),
  );
  for (const [n, entry] of wanted.entries()) {
    entry.commit ??= read[n]!.event!.position!.commit;
    expect(read[n]!.event!.position!.commit).toBe(entry.commit);
  }
}

async function expectRefusal(
  outcome: Outcome,
  name: string,
  given: Expected,
  attempt: Promise<unknown>,
): Promise<void> {
  if (outcome.kind === 'wrong-expected-version') {
    const error = await rejection(attempt, WrongExpectedVersionError);
    const { streamName, expectedVersion, actualVersion } = error;
    expect({ streamName, expectedVersion, actualVersion }).toEqual({
      streamName: name,
      expectedVersion: revision(given),
      actualVersion: outcome.actual < 0 ? 'no_stream' : BigInt(outcome.actual),
    });
  } else expect((await rejection(attempt, StreamDeletedError)).streamName).toBe(name);
}

describe('any sequence of commands', () => {
  it('has the outcome that the model has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 60 }), async (commands) => {
        const run = new Run();
        await run.begin();
        for (const c of commands) await run.step(c);
        await run.readAll(0, 5);
      }),
      { numRuns: Number(process.env['MODEL_RUNS'] ?? 60), endOnFailure: false },
    );
  }, 300_000);
});
