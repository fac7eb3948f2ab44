import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BACKWARDS, END, START, binaryEvent } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, Position } from '@eventstore/db-client';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { isEvent, rawStreams, readRaw } from './raw.ts';
import type { RawFilter } from './raw.ts';
import {
  collect,
  describeEmbedded,
  expectedFacts,
  facts,
  numbered,
  range,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const mine = uniqueStream('all');
const names = ['a', 'b', 'a', 'c', 'b', 'b', 'a', 'c', 'a', 'b'].map((n) => `${mine}-${n}`);
const types = ['Signed', 'Ratified', 'Signed', 'Acceded', 'Ratified'];
const events = range(0, 10).map((n) => numbered(n, types[n % 5]));
let store: StoreUnderTest;
let raw: StreamsClient;
/** The positions of the ten, in order, and the append's position of the last. */
const positions: Position[] = [];

beforeAll(async () => {
  store = await startStoreUnderTest();
  raw = rawStreams(store);
  for (const [n, event] of events.entries()) {
    const { position } = await store.client.appendToStream(names[n]!, event);
    positions.push(position!);
  }
});
afterAll(async () => {
  raw.close();
  await store.stop();
});

const own = (read: AllStreamResolvedEvent[]): string[] =>
  read.filter(({ event }) => event!.streamId.startsWith(mine)).map(({ event }) => event!.id);
const ids = events.map(({ id }) => id);

describe('reading $all', () => {
  it('has every event once, in the order of the log, with its content', async () => {
    const read = await collect(store.client.readAll());
    expect(own(read)).toEqual(ids);
    const perStream = read.filter(({ event }) => event!.streamId === `${mine}-b`);
    const expected = events.filter((_event, n) => names[n] === `${mine}-b`);
    expect(perStream.map(facts)).toEqual(expectedFacts(`${mine}-b`, expected));
    const commits = read.map(({ event }) => event!.position.commit);
    expect(commits).toEqual(commits.toSorted((a, b) => (a < b ? -1 : 1)));
    expect(new Set(commits).size).toBe(commits.length);
  });

  it('has the positions that the appends were answered with', async () => {
    const read = await collect(store.client.readAll({ fromPosition: positions[0]! }));
    const found = read.filter(({ event }) => event!.streamId.startsWith(mine));
    expect(found.map(({ event }) => event!.position)).toEqual(positions);
    expect(found.map(({ commitPosition }) => commitPosition)).toEqual(
      positions.map(({ commit }) => commit),
    );
  });

  it('backwards from the end is the same, reversed', async () => {
    const forwards = await collect(store.client.readAll());
    const backwards = await collect(
      store.client.readAll({ direction: BACKWARDS, fromPosition: END }),
    );
    const shared = backwards.toReversed().slice(0, forwards.length);
    expect(shared.map(facts)).toEqual(forwards.map(facts));
  });

  it('forwards from a position starts with the event there', async () => {
    for (const [n, fromPosition] of positions.entries()) {
      const read = await collect(store.client.readAll({ fromPosition }));
      expect(read[0]!.event!.id).toBe(ids[n]);
      expect(own(read)).toEqual(ids.slice(n));
    }
  });

  it('backwards from a position starts with the event before it', async () => {
    for (const [n, fromPosition] of positions.entries()) {
      const read = await collect(store.client.readAll({ direction: BACKWARDS, fromPosition }));
      expect(own(read)).toEqual(ids.slice(0, n).toReversed());
    }
  });

  it('forwards from the end, and backwards from the start, is empty', async () => {
    expect(await collect(store.client.readAll({ fromPosition: END }))).toEqual([]);
    expect(
      await collect(store.client.readAll({ direction: BACKWARDS, fromPosition: START })),
    ).toEqual([]);
  });

  it('forwards from past the end is empty', async () => {
    const past = { commit: 2n ** 60n, prepare: 2n ** 60n };
    expect(await collect(store.client.readAll({ fromPosition: past }))).toEqual([]);
  });

  it.each([1, 2, 9, 10])('stops after %d events', async (maxCount) => {
    const fromPosition = positions[0]!;
    const forwards = await collect(store.client.readAll({ fromPosition, maxCount }));
    expect(own(forwards)).toEqual(ids.slice(0, maxCount));
    expect(forwards).toHaveLength(maxCount);
    const backwards = await collect(
      store.client.readAll({ direction: BACKWARDS, fromPosition: positions[9]!, maxCount }),
    );
    expect(backwards).toHaveLength(maxCount);
    expect(own(backwards)).toEqual(ids.slice(0, 9).toReversed().slice(0, maxCount));
  });

  it('can be read on from the position after the last one seen', async () => {
    const seen: string[] = [];
    let from: Position = positions[0]!;
    for (;;) {
      const page = await collect(store.client.readAll({ fromPosition: from, maxCount: 4 }));
      const fresh = seen.length === 0 ? page : page.slice(1);
      if (fresh.length === 0) break;
      seen.push(...own(fresh));
      from = fresh.at(-1)!.event!.position!;
    }
    expect(seen).toEqual(ids);
  });

  it('resolves links on request', async () => {
    const stream = uniqueStream('link');
    const id = numbered(0).id;
    const { position } = await store.client.appendToStream(
      stream,
      binaryEvent({ id, type: '$>', data: Buffer.from(`1@${mine}-a`) }),
    );
    const [plain] = await collect(store.client.readAll({ fromPosition: position!, maxCount: 1 }));
    expect([plain!.event!.id, plain!.event!.type, plain!.link]).toEqual([id, '$>', undefined]);
    const [resolved] = await collect(
      store.client.readAll({ fromPosition: position!, maxCount: 1, resolveLinkTos: true }),
    );
    expect([resolved!.event!.streamId, resolved!.event!.revision]).toEqual([`${mine}-a`, 1n]);
    expect([resolved!.link!.id, resolved!.link!.position]).toEqual([id, position]);
  });
});

const matching = (keep: (n: number) => boolean): bigint[] =>
  positions.filter((_position, n) => keep(n)).map(({ commit }) => commit);

describe('a filtered read of $all', () => {
  const read = async (filter: RawFilter, backwards = false, count?: number): Promise<bigint[]> => {
    const seen = await readRaw(raw, {
      from: backwards ? 'end' : positions[0]!,
      backwards,
      filter,
      ...(count === undefined ? {} : { count }),
    });
    return seen
      .filter(isEvent)
      .filter(({ stream }) => stream.startsWith(mine))
      .map(({ position }) => position);
  };

  const filters: [string, RawFilter, (n: number) => boolean][] = [
    [
      'stream name by prefix',
      { on: 'stream', prefixes: [`${mine}-a`] },
      (n) => names[n]!.endsWith('a'),
    ],
    [
      'stream name by several prefixes',
      { on: 'stream', prefixes: [`${mine}-a`, 'nothing-like-this', `${mine}-c`] },
      (n) => !names[n]!.endsWith('b'),
    ],
    [
      'stream name by regular expression',
      { on: 'stream', regex: `^${mine}-[bc]$` },
      (n) => !names[n]!.endsWith('a'),
    ],
    [
      'event type by prefix',
      { on: 'type', prefixes: ['Sign', 'Acc'] },
      (n) => types[n % 5] !== 'Ratified',
    ],
    [
      'event type by regular expression',
      { on: 'type', regex: '^(Ratified|Acceded)$' },
      (n) => types[n % 5] !== 'Signed',
    ],
    [
      'event type by a regular expression in the middle',
      { on: 'type', regex: 'ati' },
      (n) => types[n % 5] === 'Ratified',
    ],
    ['what nothing matches', { on: 'type', prefixes: ['No'] }, () => false],
  ];
  it.each(filters)('%s, forwards and backwards', async (_case, filter, keep) => {
    expect(await read(filter)).toEqual(matching(keep));
    expect(await read(filter, true)).toEqual(matching(keep).toReversed());
    expect(await read({ ...filter, max: 1 })).toEqual(matching(keep));
  });

  it('counts what matches, not what was looked at', async () => {
    const filter: RawFilter = { on: 'stream', prefixes: [`${mine}-c`], max: 2 };
    expect(await read(filter, false, 2)).toEqual([positions[3]!.commit, positions[7]!.commit]);
    expect(await read(filter, false, 1)).toEqual([positions[3]!.commit]);
    expect(await read(filter, true, 1)).toEqual([positions[7]!.commit]);
  });

  it('tells prefix signs from pattern signs', async () => {
    expect(await read({ on: 'stream', prefixes: [`${mine}-[abc]`, `${mine}-%`, '_'] })).toEqual([]);
    expect(await read({ on: 'stream', prefixes: [mine.toUpperCase()] })).toEqual([]);
  });

  it('by a broken regular expression is an error, not a hang', async () => {
    await expect(readRaw(raw, { filter: { on: 'type', regex: '([' } })).rejects.toMatchObject({
      code: expect.any(Number),
    });
    expect(await read({ on: 'type', regex: '^Acceded$' })).toHaveLength(2);
  });
});

describeEmbedded('a fresh store', () => {
  it('has a system event at the start of $all, as EventStoreDB has', async () => {
    const fresh = await startStoreUnderTest();
    try {
      const read = await collect(fresh.client.readAll());
      expect(read.map(({ event }) => [event!.streamId, event!.type])[0]).toEqual([
        '$$$scavenges',
        '$metadata',
      ]);
      const late = await fresh.client.appendToStream('first', numbered(0));
      expect(late.position!.commit).toBeGreaterThan(read.at(-1)!.event!.position.commit);
    } finally {
      await fresh.stop();
    }
  });
});
