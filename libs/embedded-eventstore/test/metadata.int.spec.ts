import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  END,
  NO_STREAM,
  START,
  StreamNotFoundError,
  WrongExpectedVersionError,
  binaryEvent,
  jsonEvent,
} from '@eventstore/db-client';
import type { StreamMetadata } from '@eventstore/db-client';
import {
  collect,
  describeEmbedded,
  numbered,
  range,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { outcomeName } from './outcomes.ts';
import { Watch } from './watch.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

async function streamOf(count: number): Promise<string> {
  const stream = uniqueStream('metadata');
  await store.client.appendToStream(
    stream,
    range(0, count).map((n) => numbered(n)),
  );
  return stream;
}

const revisions = async (stream: string, options: object = {}): Promise<number[]> =>
  (await collect(store.client.readStream(stream, options))).map(({ event }) =>
    Number(event!.revision),
  );

describe('stream metadata', () => {
  it('is given back as it was set, every key', async () => {
    const stream = await streamOf(1);
    const metadata: StreamMetadata = {
      maxCount: 20,
      maxAge: 86_400,
      truncateBefore: 0,
      cacheControl: 15,
      acl: { readRoles: ['$all'], writeRoles: ['recorder'], deleteRoles: ['$admins'] },
      custom: { depositary: 'Secretary-General', since: [1945] },
    };
    await store.client.setStreamMetadata(stream, metadata);
    const read = await store.client.getStreamMetadata(stream);
    expect(read.streamName).toBe(stream);
    expect(read.metadata).toEqual(metadata);
    expect(typeof read.metastreamRevision).toBe('bigint');
  });

  it('is nothing for a stream without any', async () => {
    const stream = await streamOf(1);
    expect(await store.client.getStreamMetadata(stream)).toEqual({ streamName: stream });
    const missing = uniqueStream('missing');
    expect(await store.client.getStreamMetadata(missing)).toEqual({ streamName: missing });
  });

  it('is the last one set, which is all that its own stream shows', async () => {
    const stream = await streamOf(1);
    await store.client.setStreamMetadata(stream, { maxCount: 3 });
    await store.client.setStreamMetadata(stream, { maxCount: 4 }, { expectedRevision: 0n });
    expect((await store.client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 4 });
    const shown = await collect(store.client.readStream(`$$${stream}`));
    expect(shown).toHaveLength(1);
    const last = shown.at(-1);
    expect([last!.event!.type, last!.event!.revision, last!.event!.data]).toEqual([
      '$metadata',
      1n,
      { $maxCount: 4 },
    ]);
  });

  it('has a revision of its own to expect', async () => {
    const stream = await streamOf(5);
    await store.client.setStreamMetadata(stream, { a: 1 }, { expectedRevision: NO_STREAM });
    for (const expectedRevision of [NO_STREAM, 4n] as const) {
      await expect(
        store.client.setStreamMetadata(stream, { a: 2 }, { expectedRevision }),
      ).rejects.toBeInstanceOf(WrongExpectedVersionError);
    }
    expect((await store.client.getStreamMetadata(stream)).metadata).toEqual({ a: 1 });
  });

  it('may come before the stream, which then counts as existing', async () => {
    const stream = uniqueStream('early');
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    await expect(collect(store.client.readStream(stream))).rejects.toBeInstanceOf(
      StreamNotFoundError,
    );
    const events = range(0, 4).map((n) => numbered(n));
    await store.client.appendToStream(stream, events, { expectedRevision: 'stream_exists' });
    expect(await revisions(stream)).toEqual([2, 3]);
  });
});

describe('truncation', () => {
  const cases: [string, StreamMetadata, number[]][] = [
    ['$maxCount below the count', { maxCount: 3 }, [7, 8, 9]],
    ['$maxCount of one', { maxCount: 1 }, [9]],
    ['$maxCount at the count', { maxCount: 10 }, range(0, 10)],
    ['$maxCount above the count', { maxCount: 11 }, range(0, 10)],
    ['$tb in the middle', { truncateBefore: 4 }, range(4, 10)],
    ['$tb at the last event', { truncateBefore: 9 }, [9]],
    ['$tb of zero', { truncateBefore: 0 }, range(0, 10)],
    ['both, $tb the stricter', { maxCount: 8, truncateBefore: 6 }, range(6, 10)],
    ['both, $maxCount the stricter', { maxCount: 2, truncateBefore: 6 }, [8, 9]],
    ['$maxAge of a day', { maxAge: 86_400 }, range(0, 10)],
    ['keys of the application', { anything: 3 }, range(0, 10)],
  ];
  it.each(cases)('by %s, forwards and backwards', async (_case, metadata, kept) => {
    const stream = await streamOf(10);
    await store.client.setStreamMetadata(stream, metadata);
    expect(await revisions(stream)).toEqual(kept);
    expect(await revisions(stream, { direction: BACKWARDS, fromRevision: END })).toEqual(
      kept.toReversed(),
    );
    expect(await revisions(stream, { fromRevision: 2n, maxCount: 3 })).toEqual(
      kept.filter((n) => n >= 2).slice(0, 3),
    );
    expect(await revisions(stream, { fromRevision: START, maxCount: 2 })).toEqual(kept.slice(0, 2));
    expect(await revisions(stream, { direction: BACKWARDS, fromRevision: 5n })).toEqual(
      kept.filter((n) => n <= 5).toReversed(),
    );
  });

  it('hides nothing in $all, and numbering goes on', async () => {
    const stream = await streamOf(6);
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    const all = await collect(store.client.readAll());
    expect(all.filter(({ event }) => event!.streamId === stream)).toHaveLength(6);
    const { nextExpectedRevision } = await store.client.appendToStream(stream, numbered(6), {
      expectedRevision: 5n,
    });
    expect(nextExpectedRevision).toBe(6n);
    expect(await revisions(stream)).toEqual([5, 6]);
  });

  it('ends when the metadata says so', async () => {
    const stream = await streamOf(6);
    await store.client.setStreamMetadata(stream, { maxCount: 2 });
    expect(await revisions(stream)).toEqual([4, 5]);
    await store.client.setStreamMetadata(stream, {});
    expect(await revisions(stream)).toEqual(range(0, 6));
  });

  it('by $maxAge hides what is older', async () => {
    const stream = await streamOf(3);
    await store.client.setStreamMetadata(stream, { maxAge: 1 });
    expect(await revisions(stream)).toEqual([0, 1, 2]);
    const [first] = await collect(store.client.readStream(stream, { maxCount: 1 }));
    const old = first!.event!.created.getTime() + 1100;
    while (Date.now() < old) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await revisions(stream)).toEqual([]);
    await store.client.appendToStream(stream, numbered(3));
    expect(await revisions(stream)).toEqual([3]);
  });

  it('is what a subscriber from the start sees too', async () => {
    const stream = await streamOf(10);
    await store.client.setStreamMetadata(stream, { truncateBefore: 7 });
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    await store.client.appendToStream(stream, numbered(10));
    await watch.until(({ events }) => events.at(-1)?.event?.revision === 10n);
    expect(watch.numbers).toEqual([7, 8, 9, 10]);
    await watch.stop();
  });
});

describe('system streams', () => {
  it('can be read by their name and are in $all', async () => {
    const stream = await streamOf(1);
    await store.client.setStreamMetadata(stream, { maxCount: 9 });
    const [event] = await collect(store.client.readStream(`$$${stream}`));
    const all = await collect(store.client.readAll());
    const found = all.filter(({ event: e }) => e!.streamId === `$$${stream}`);
    expect(found.map(({ event: e }) => [e!.id, e!.type, e!.isJson])).toEqual([
      [event!.event!.id, '$metadata', true],
    ]);
  });

  it('that do not exist are missing', async () => {
    await expect(
      collect(store.client.readStream(`$$${uniqueStream('none')}`)),
    ).rejects.toBeInstanceOf(StreamNotFoundError);
  });

  it('metadata that is no JSON object, or no JSON, does not break the stream', async () => {
    const stream = await streamOf(2);
    await store.client.appendToStream(`$$${stream}`, [
      jsonEvent({ type: '$metadata', data: ['not', 'an', 'object'] }),
      jsonEvent({ type: '$metadata', data: { $maxCount: 'many', $tb: null } }),
    ]);
    expect(await revisions(stream)).toEqual([0, 1]);
    expect((await store.client.appendToStream(stream, numbered(2))).nextExpectedRevision).toBe(2n);
  });

  it.each<[string, Record<string, unknown>, number[]]>([
    ['a fraction', { $maxCount: 1.5, $tb: 2 }, [0, 1, 2, 3]],
    ['a text', { $maxCount: '1', $tb: 2 }, [0, 1, 2, 3]],
    ['nothing', { $maxAge: null, $tb: 2 }, [0, 1, 2, 3]],
    ['more than 64 bits', { $tb: 1e19, $maxCount: 1 }, [0, 1, 2, 3]],
    // What JavaScript makes of the mark of a deletion is one more than 64 bits hold.
    ['the mark, rounded', { $tb: Number(2n ** 63n - 1n) }, [0, 1, 2, 3]],
    ['zero as a count, which limits nothing', { $maxCount: 0, $tb: 2 }, [2, 3]],
    ['a negative age, which limits nothing', { $maxAge: -1, $tb: 3 }, [3]],
  ])('a limit that is %s', async (_case, data, kept) => {
    const stream = await streamOf(4);
    await store.client.appendToStream(`$$${stream}`, jsonEvent({ type: '$metadata', data }));
    expect(await revisions(stream)).toEqual(kept);
  });

  it('limits in metadata that was appended as binary hold nothing', async () => {
    const stream = await streamOf(3);
    const data = Buffer.from('{"$maxCount":1}');
    await store.client.appendToStream(
      `$$${stream}`,
      binaryEvent({ type: '$metadata', data: new Uint8Array(data) }),
    );
    expect(await revisions(stream)).toEqual([0, 1, 2]);
  });
});

describeEmbedded('after a restart', () => {
  it('metadata, deletes and tombstones still hold', async () => {
    const [kept, deleted, ended] = [await streamOf(5), await streamOf(5), await streamOf(5)];
    await store.client.setStreamMetadata(kept, { maxCount: 2 });
    await store.client.deleteStream(deleted);
    await store.client.tombstoneStream(ended);
    await store.restart();
    expect(await revisions(kept)).toEqual([3, 4]);
    await expect(revisions(deleted)).rejects.toBeInstanceOf(StreamNotFoundError);
    expect(await outcomeName(revisions(ended))).toBe('StreamDeletedError');
    const again = await store.client.appendToStream(deleted, numbered(5));
    expect(again.nextExpectedRevision).toBe(5n);
  });
});
