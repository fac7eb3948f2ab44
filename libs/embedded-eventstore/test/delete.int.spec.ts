import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ANY,
  BACKWARDS,
  END,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type {
  AppendExpectedRevision,
  AppendToStreamOptions,
  ExpectedRevision,
} from '@eventstore/db-client';
import { rejection, outcomeOf, serviceError } from './outcomes.ts';
import { RawCall, rawStreams, readRaw } from './raw.ts';
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
import type { Remover, StoreUnderTest } from './store-under-test.ts';
import { Watch } from './watch.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

const credentials = { username: 'admin', password: 'changeit' };
const paths: [string, AppendToStreamOptions][] = [
  ['BatchAppend', {}],
  ['Append', { credentials }],
];

async function streamOf(count: number, label = 'delete'): Promise<string> {
  const stream = uniqueStream(label);
  await store.client.appendToStream(
    stream,
    range(0, count).map((n) => numbered(n)),
  );
  return stream;
}

const reading = (stream: string) => collect(store.client.readStream(stream));

describe('deleting a stream', () => {
  it.each<[string, ExpectedRevision]>([
    ['any', ANY],
    ['its last revision', 12n],
  ])('with %s: it reads as missing, and $all keeps its events', async (_case, expected) => {
    const stream = await streamOf(13);
    const last = (await collect(store.client.readStream(stream))).at(-1)!.event!.position!;
    const { position } = await store.client.deleteStream(stream, { expectedRevision: expected });
    expect(position!.commit).toBeGreaterThan(last.commit);
    const error = await rejection(reading(stream), StreamNotFoundError);
    expect(error.streamName).toBe(stream);
    const backwards = store.client.readStream(stream, { direction: BACKWARDS, fromRevision: END });
    await rejection(collect(backwards), StreamNotFoundError);
    const all = await collect(store.client.readAll());
    expect(all.filter(({ event }) => event!.streamId === stream)).toHaveLength(13);
  });

  it('hides it by its metadata', async () => {
    const stream = await streamOf(2);
    const { position } = await store.client.deleteStream(stream);
    const [event] = await collect(store.client.readStream(`$$${stream}`));
    expect([event!.event!.type, event!.event!.position]).toEqual(['$metadata', position]);
    // Told by the text: as a JavaScript number it is not exact.
    const raw = rawStreams(store);
    const call = new RawCall(raw, { stream: `$$${stream}` });
    await call.ended;
    raw.close();
    const text = Buffer.from(call.messages[0]!.getEvent()!.getEvent()!.getData_asU8()).toString();
    expect(text.replaceAll(/\s/g, '')).toContain('"$tb":9223372036854775807');
  });

  it.each<[string, ExpectedRevision, bigint]>([
    ['an earlier revision', 1n, 1n],
    ['a later revision', 5n, 5n],
    ['no_stream', NO_STREAM, -1n],
  ])('with %s is refused and changes nothing', async (_case, expected, told) => {
    const stream = await streamOf(3);
    const error = await rejection(
      store.client.deleteStream(stream, { expectedRevision: expected }),
      WrongExpectedVersionError,
    );
    const { streamName, expectedVersion } = error;
    expect({ streamName, expectedVersion }).toEqual({ streamName: stream, expectedVersion: told });
    expect(await collect(store.client.readStream(stream))).toHaveLength(3);
  });

  it.each<[string, ExpectedRevision]>([
    ['a revision', 0n],
    ['any', ANY],
    ['no_stream', NO_STREAM],
  ])('that is missing, with %s, is refused and leaves no trace', async (_case, expected) => {
    const stream = uniqueStream('missing');
    const error = await rejection(
      store.client.deleteStream(stream, { expectedRevision: expected }),
      WrongExpectedVersionError,
    );
    // Python's clients know a missing stream by this end of the text.
    expect(error.message).toMatch(/, Actual version: -1$/);
    expect(error.actualVersion).toBe(-1n);
    await rejection(reading(`$$${stream}`), StreamNotFoundError);
  });

  it('that has only metadata ends as deleted', async () => {
    const stream = uniqueStream('described');
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    await store.client.deleteStream(stream, { expectedRevision: ANY });
    await store.client.appendToStream(stream, numbered(0));
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ truncateBefore: 0 });
  });

  it.each<[string, ExpectedRevision]>([
    ['any', ANY],
    ['no_stream', NO_STREAM],
    ['its last revision', 2n],
  ])('again, with %s, is done again', async (_case, expected) => {
    const stream = await streamOf(3);
    await store.client.deleteStream(stream);
    await store.client.deleteStream(stream, { expectedRevision: expected });
    await rejection(reading(stream), StreamNotFoundError);
    const { nextExpectedRevision } = await store.client.appendToStream(stream, numbered(3));
    expect(nextExpectedRevision).toBe(3n);
  });

  it('new metadata opens it for what comes, and brings back nothing', async () => {
    const stream = await streamOf(3);
    await store.client.deleteStream(stream);
    await store.client.setStreamMetadata(stream, { maxCount: 9, owner: 'depositary' });
    expect(await reading(stream)).toEqual([]);
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ maxCount: 9, owner: 'depositary', truncateBefore: 3 });
    const [last] = await collect(store.client.readStream(`$$${stream}`));
    expect(last!.event!.revision).toBe(2n);
    const events = [numbered(3)];
    await store.client.appendToStream(stream, events, { expectedRevision: 2n });
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events, 3));
  });
});

describe.each(paths)('appending by %s to a deleted stream', (_path, how) => {
  it.each<[string, AppendToStreamOptions['expectedRevision']]>([
    ['no_stream', NO_STREAM],
    ['any', ANY],
    ['the last revision it had', 12n],
  ])('with %s goes on with the numbering; what was deleted stays so', async (_case, expected) => {
    const stream = await streamOf(13);
    await store.client.deleteStream(stream);
    const events = [numbered(100), numbered(101)];
    const result = await store.client.appendToStream(stream, events, {
      ...how,
      expectedRevision: expected!,
    });
    expect(succeeded(result, 14n)).toBe(true);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events, 13));
    const back = await collect(
      store.client.readStream(stream, { direction: BACKWARDS, fromRevision: END }),
    );
    expect(back.map(({ event }) => event!.revision)).toEqual([14n, 13n]);
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata!.truncateBefore).toBe(13);
    await store.client.appendToStream(stream, numbered(102), { ...how, expectedRevision: 14n });
    expect(await collect(store.client.readStream(stream))).toHaveLength(3);
  });

  it('with stream_exists: StreamDeletedError', async () => {
    const stream = await streamOf(3);
    await store.client.deleteStream(stream);
    const error = await rejection(
      store.client.appendToStream(stream, numbered(9), {
        ...how,
        expectedRevision: STREAM_EXISTS,
      }),
      StreamDeletedError,
    );
    expect(error.streamName).toBe(stream);
    await rejection(reading(stream), StreamNotFoundError);
  });

  it('the delete replaced the metadata it had', async () => {
    const stream = await streamOf(4);
    await store.client.setStreamMetadata(stream, { maxCount: 2, owner: 'depositary' });
    await store.client.deleteStream(stream);
    const events = range(4, 8).map((n) => numbered(n));
    await store.client.appendToStream(stream, events, how);
    const { metadata } = await store.client.getStreamMetadata(stream);
    expect(metadata).toEqual({ truncateBefore: 4 });
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events, 4));
  });
});

describe('a tombstone', () => {
  it.each<[string, number, AppendExpectedRevision]>([
    ['any', 3, ANY],
    ['the last revision', 3, 2n],
    ['stream_exists', 3, STREAM_EXISTS],
    ['no_stream, on a missing stream', 0, NO_STREAM],
    ['any, on a missing stream', 0, ANY],
  ])('with %s ends the stream for good', async (_case, count, expected) => {
    const stream = await streamOf(count);
    const remover: Remover = store.client;
    const { position } = await remover.tombstoneStream(stream, { expectedRevision: expected });
    expect(typeof position!.commit).toBe('bigint');
    const attempts: [string, () => Promise<unknown>][] = [
      ['read', () => collect(store.client.readStream(stream))],
      ['read back', () => collect(store.client.readStream(stream, { direction: BACKWARDS }))],
      ['append', () => store.client.appendToStream(stream, numbered(0))],
      ['append unary', () => store.client.appendToStream(stream, numbered(0), { credentials })],
      [
        'append no_stream',
        () => store.client.appendToStream(stream, numbered(0), { expectedRevision: NO_STREAM }),
      ],
      ['delete', () => store.client.deleteStream(stream)],
      ['tombstone', () => store.client.tombstoneStream(stream)],
    ];
    for (const [what, attempt] of attempts) {
      const error = await outcomeOf(attempt());
      const told = error instanceof StreamDeletedError ? error.streamName : error;
      expect([what, told]).toEqual([what, stream]);
    }
  });

  it('ends the metadata as well', async () => {
    const stream = await streamOf(2);
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    await store.client.tombstoneStream(stream);
    await rejection(reading(`$$${stream}`), StreamDeletedError);
    await rejection(store.client.getStreamMetadata(stream), StreamDeletedError);
    await rejection(store.client.setStreamMetadata(stream, {}), StreamDeletedError);
  });

  it('is an event in $all', async () => {
    const stream = await streamOf(2);
    const { position } = await store.client.tombstoneStream(stream);
    const [read] = await collect(store.client.readAll({ fromPosition: position!, maxCount: 1 }));
    const { streamId, type, revision, isJson } = read!.event!;
    expect({ streamId, type, revision, isJson }).toEqual({
      streamId: stream,
      type: '$streamDeleted',
      revision: 9_223_372_036_854_775_807n,
      isJson: false,
    });
  });

  it('with a wrong revision is refused and changes nothing', async () => {
    const stream = await streamOf(2);
    for (const expectedRevision of [0n, 7n, NO_STREAM] as const) {
      await rejection(
        store.client.tombstoneStream(stream, { expectedRevision }),
        WrongExpectedVersionError,
      );
    }
    expect(await collect(store.client.readStream(stream))).toHaveLength(2);
  });

  it('of a missing stream, with a revision, is refused and leaves no trace', async () => {
    const stream = uniqueStream('missing');
    const error = await rejection(
      store.client.tombstoneStream(stream, { expectedRevision: 0n }),
      WrongExpectedVersionError,
    );
    expect([error.expectedVersion, error.actualVersion]).toStrictEqual([0n, -1n]);
    await rejection(reading(stream), StreamNotFoundError);
  });

  it('can end a deleted stream', async () => {
    const stream = await streamOf(2);
    await store.client.deleteStream(stream);
    await store.client.tombstoneStream(stream);
    await rejection(reading(stream), StreamDeletedError);
  });

  it('reaches a subscriber as its last event, then the subscription fails', async () => {
    const stream = await streamOf(2);
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    await store.client.tombstoneStream(stream);
    const error = await watch.failed();
    expect(error).toBeInstanceOf(StreamDeletedError);
    expect(error).toHaveProperty('streamName', stream);
    expect(watch.events.at(-1)!.event!.type).toBe('$streamDeleted');
    expect(watch.events.map(({ event }) => event!.revision)).toEqual([0n, 1n, 2n ** 63n - 1n]);
  });

  it('refuses a new subscriber', async () => {
    const stream = await streamOf(1);
    await store.client.tombstoneStream(stream);
    const error = await new Watch(store.client.subscribeToStream(stream)).failed();
    expect(error).toBeInstanceOf(StreamDeletedError);
  });

  // A header may not end in a space: the client dropped it, and waited for ever for the stream's name.
  it.each([
    ['ends in a space', 'treaty ', 'treaty%20'],
    ['begins with one', ' treaty', '%20treaty'],
    ['holds letters beyond ASCII', 'traité', 'trait%C3%A9'],
    ['holds a line break', 'treaty\nof', 'treaty%0Aof'],
    ['is plain', 'a treaty: 100%', 'a treaty: 100%'],
  ])('is told for a name that %s', async (_case, stream, told) => {
    await store.client.tombstoneStream(stream);
    const error = await rejection(store.client.deleteStream(stream), StreamDeletedError);
    expect([error.message, error.streamName]).toStrictEqual([
      `9 FAILED_PRECONDITION: Event stream '${stream}' is deleted.`,
      told,
    ]);
  });

  it('is told by the keys that the client reads', async () => {
    const stream = await streamOf(1);
    await store.client.tombstoneStream(stream);
    const raw = rawStreams(store);
    const error = await serviceError(readRaw(raw, { stream }));
    raw.close();
    expect(error.code).toBe(9);
    expect(error.metadata.get('exception')).toEqual(['stream-deleted']);
    expect(error.metadata.get('stream-name')).toEqual([stream]);
  });
});

describe('a deleted stream and its subscribers', () => {
  it('one who waits sees the stream go on', async () => {
    const stream = await streamOf(3);
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    await store.client.deleteStream(stream);
    await store.client.appendToStream(stream, numbered(3));
    await watch.until(({ events }) => events.length === 4);
    expect(watch.events.map(({ event }) => event!.revision)).toEqual([0n, 1n, 2n, 3n]);
    await watch.stop();
  });
});
