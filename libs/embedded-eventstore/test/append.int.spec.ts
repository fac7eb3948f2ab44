import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  jsonEvent,
} from '@eventstore/db-client';
import type { AppendExpectedRevision, AppendToStreamOptions } from '@eventstore/db-client';
import {
  collect,
  expectedFacts,
  facts,
  numbered,
  range,
  startStoreUnderTest,
  succeeded,
  uniqueStream,
} from './store-under-test.ts';
import { bytesOf, rejection } from './outcomes.ts';
import type { StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

/** Credentials given per call make the client take the unary Append instead of BatchAppend. */
const paths: [string, AppendToStreamOptions][] = [
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
];

const refusal = (attempt: Promise<unknown>) => rejection(attempt, WrongExpectedVersionError);

describe.each(paths)('an append by %s', (_path, how) => {
  it('creates the stream and answers with the last revision and a position', async () => {
    const stream = uniqueStream('new');
    const events = range(0, 3).map((n) => numbered(n));
    const first = await store.client.appendToStream(stream, events, how);
    expect(succeeded(first, 2n)).toBe(true);
    const second = await store.client.appendToStream(stream, numbered(3), how);
    expect(succeeded(second, 3n)).toBe(true);
    expect(second.position!.commit).toBeGreaterThan(first.position!.commit);
  });

  it('answers with the position of the last event of the append', async () => {
    const stream = uniqueStream('position');
    const events = range(0, 3).map((n) => numbered(n));
    const { position } = await store.client.appendToStream(stream, events, how);
    const read = await collect(store.client.readStream(stream));
    const positions = read.map(({ event }) => event!.position!);
    expect(positions[2]).toEqual(position);
    expect(positions[0]!.commit).toBeLessThan(positions[1]!.commit);
    expect(positions[1]!.commit).toBeLessThan(positions[2]!.commit);
    expect(read.map(({ commitPosition }) => commitPosition)).toEqual(
      positions.map(({ commit }) => commit),
    );
  });

  it('keeps every event as it was given, in order', async () => {
    const stream = uniqueStream('content');
    const events = [
      jsonEvent({ type: 'Plain', data: { text: 'ratification de l’État — 条約 🕊' } }),
      jsonEvent({ type: 'Avec des espaces & signes', data: [1, 2, 3], metadata: { actor: 'é' } }),
      jsonEvent({ type: 'Empty', data: {} }),
      jsonEvent({ type: 'Deep', data: { a: { b: [{ c: null }, true, 1.5, ''] } } }),
    ];
    await store.client.appendToStream(stream, events, how);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events));
  });

  it('keeps binary data and binary metadata byte for byte', async () => {
    const stream = uniqueStream('binary');
    const every = Uint8Array.from(range(0, 256));
    await store.client.appendToStream(
      stream,
      [
        binaryEvent({ type: 'Bytes', data: every, metadata: Uint8Array.from([0, 255, 7]) }),
        binaryEvent({ type: 'NoBytes', data: new Uint8Array(0) }),
      ],
      how,
    );
    const read = await collect(store.client.readStream(stream));
    expect(read.map(({ event }) => event!.isJson)).toEqual([false, false]);
    expect(bytesOf(read[0]!.event!.data).equals(Buffer.from(every))).toBe(true);
    expect([...bytesOf(read[0]!.event!.metadata)]).toEqual([0, 255, 7]);
    expect([...bytesOf(read[1]!.event!.data)]).toEqual([]);
    expect(read[1]!.event!.metadata).toBeUndefined();
  });

  it('records the instant of the append', async () => {
    const stream = uniqueStream('created');
    const before = Date.now();
    await store.client.appendToStream(stream, numbered(0), how);
    const after = Date.now();
    const [read] = await collect(store.client.readStream(stream));
    expect(read!.event!.created.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(read!.event!.created.getTime()).toBeLessThanOrEqual(after + 1);
  });

  const accepted: [string, number, AppendExpectedRevision, bigint][] = [
    ['any, missing stream', 0, ANY, 0n],
    ['any, existing stream', 3, ANY, 3n],
    ['no_stream, missing stream', 0, NO_STREAM, 0n],
    ['stream_exists, existing stream', 3, STREAM_EXISTS, 3n],
    ['the revision of the last event', 3, 2n, 3n],
    ['the revision of the only event', 1, 0n, 1n],
  ];
  it.each(accepted)('is accepted: %s', async (_case, before, expectedRevision, revision) => {
    const stream = uniqueStream('accepted');
    const earlier = range(0, before).map((n) => numbered(n));
    if (before > 0) await store.client.appendToStream(stream, earlier, how);
    const next = numbered(before);
    const result = await store.client.appendToStream(stream, next, { ...how, expectedRevision });
    expect(succeeded(result, revision)).toBe(true);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, [...earlier, next]));
  });

  const refused: [string, number, AppendExpectedRevision, bigint | 'no_stream'][] = [
    ['no_stream, existing stream', 3, NO_STREAM, 2n],
    ['stream_exists, missing stream', 0, STREAM_EXISTS, 'no_stream'],
    ['a revision, missing stream', 0, 0n, 'no_stream'],
    ['an earlier revision', 3, 1n, 2n],
    ['a revision to come', 3, 3n, 2n],
    ['a revision far away', 3, 2n ** 40n, 2n],
  ];
  it.each(refused)('is refused: %s', async (_case, before, expectedRevision, actual) => {
    const stream = uniqueStream('refused');
    const earlier = range(0, before).map((n) => numbered(n));
    if (before > 0) await store.client.appendToStream(stream, earlier, how);
    const { streamName, expectedVersion, actualVersion } = await refusal(
      store.client.appendToStream(stream, [numbered(7), numbered(8)], { ...how, expectedRevision }),
    );
    expect({ streamName, expectedVersion, actualVersion }).toEqual({
      streamName: stream,
      expectedVersion: expectedRevision,
      actualVersion: actual,
    });
    const reading = collect(store.client.readStream(stream));
    if (before === 0) await rejection(reading, StreamNotFoundError);
    else expect((await reading).map(facts)).toEqual(expectedFacts(stream, earlier));
  });

  it('can be used again after a refusal', async () => {
    const stream = uniqueStream('again');
    await store.client.appendToStream(stream, numbered(0), how);
    await refusal(
      store.client.appendToStream(stream, numbered(1), { ...how, expectedRevision: 5n }),
    );
    const result = await store.client.appendToStream(stream, numbered(2), {
      ...how,
      expectedRevision: 0n,
    });
    expect(succeeded(result, 1n)).toBe(true);
  });

  it('answers instead of throwing when the client asks for that', async () => {
    const client = store.connect('&throwOnAppendFailure=false');
    const stream = uniqueStream('answer');
    await client.appendToStream(stream, numbered(0), how);
    const result = await client.appendToStream(stream, numbered(1), {
      ...how,
      expectedRevision: 4n,
    });
    expect(result.success).toBe(false);
    expect(result.position).toBeUndefined();
  });

  it('of no events stores nothing', async () => {
    const stream = uniqueStream('nothing');
    const result = await store.client.appendToStream(stream, [], how);
    expect(result.success).toBe(true);
    await expect(collect(store.client.readStream(stream))).rejects.toBeInstanceOf(
      StreamNotFoundError,
    );
  });

  it.each([
    ['letters of many scripts', 'traité-ຂໍ້ຕົກລົງ-條約-🕊'],
    ['signs that SQL and patterns treat specially', `100%_"';--[a]*?\\`],
    ['spaces and control characters', ' a\tb\nc '],
    ['a very long name', 'n'.repeat(1000)],
  ])('takes a stream name with %s', async (_case, name) => {
    const stream = `${name}${uniqueStream('')}`;
    const event = numbered(1);
    await store.client.appendToStream(stream, event, how);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, [event]));
  });

  it('tells streams apart by exact name', async () => {
    const stem = uniqueStream('Name');
    const names = [stem, `${stem} `, stem.toUpperCase(), `${stem}-x`, `${stem}\u00e9`];
    names.push(`${stem}e\u0301`);
    for (const [n, name] of names.entries()) {
      const result = await store.client.appendToStream(name, numbered(n), {
        ...how,
        expectedRevision: NO_STREAM,
      });
      expect(result.nextExpectedRevision).toBe(0n);
    }
  });
});

describe('appends at the same time', () => {
  it('to one stream with any: each revision is given once and every event is there', async () => {
    const stream = uniqueStream('crowd');
    const events = range(0, 300).map((n) => numbered(n));
    const results = await Promise.all(
      events.map((event) => store.client.appendToStream(stream, event)),
    );
    const read = await collect(store.client.readStream(stream));
    expect(read.map(({ event }) => event!.revision)).toEqual(range(0, 300).map(BigInt));
    for (const [n, result] of results.entries()) {
      expect(read[Number(result.nextExpectedRevision)]!.event!.id).toBe(events[n]!.id);
      expect(read[Number(result.nextExpectedRevision)]!.event!.position).toEqual(result.position);
    }
  });

  it('with the same expected revision, by both paths: exactly one wins', async () => {
    const stream = uniqueStream('race');
    await store.client.appendToStream(stream, numbered(0));
    const others = [store.connect(), store.connect(), store.connect()];
    const attempts = range(0, 24).map((n) =>
      others[n % 3]!.appendToStream(stream, numbered(n + 1), {
        ...paths[n % 2]![1],
        expectedRevision: 0n,
      }),
    );
    const settled = await Promise.allSettled(attempts);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const attempt of attempts) {
      const told = await attempt.catch((error: WrongExpectedVersionError) => error);
      if (told instanceof Error)
        expect([told.constructor.name, told.actualVersion]).toEqual([
          'WrongExpectedVersionError',
          1n,
        ]);
      else expect(told.nextExpectedRevision).toBe(1n);
    }
    expect(await collect(store.client.readStream(stream))).toHaveLength(2);
  });

  it('of several events each: no batch is torn or mixed with another', async () => {
    const stream = uniqueStream('batches');
    const batches = range(0, 60).map((n) => range(0, (n % 7) + 1).map((i) => numbered(n * 10 + i)));
    const clients = [store.client, store.connect()];
    const results = await Promise.all(
      batches.map((batch, n) => clients[n % 2]!.appendToStream(stream, batch, paths[n % 2]![1])),
    );
    const read = await collect(store.client.readStream(stream));
    const ids = read.map(({ event }) => event!.id);
    for (const [n, { nextExpectedRevision }] of results.entries()) {
      const last = Number(nextExpectedRevision);
      const batch = batches[n]!;
      expect(ids.slice(last + 1 - batch.length, last + 1)).toEqual(batch.map(({ id }) => id));
    }
    expect(ids).toHaveLength(batches.flat().length);
  });
});
