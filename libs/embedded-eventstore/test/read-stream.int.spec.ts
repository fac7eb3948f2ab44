import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamNotFoundError,
  binaryEvent,
} from '@eventstore/db-client';
import type { Direction, JSONEventData, ReadRevision } from '@eventstore/db-client';
import { bytesOf, rejection } from './outcomes.ts';
import { RawCall, isEvent, rawStreams, readRaw } from './raw.ts';
import {
  collect,
  expectedFacts,
  facts,
  numbered,
  range,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

/** What must come, said independently of the server: indexes into the ten. */
const expected = (direction: Direction, from: ReadRevision, maxCount: number): number[] => {
  if (direction === FORWARDS) {
    if (from === END) return [];
    const first = from === START ? 0 : Number(from);
    return range(first, 10).slice(0, maxCount);
  }
  if (from === START) return [0].slice(0, maxCount);
  const last = from === END ? 9 : Math.min(Number(from), 9);
  return range(0, last + 1)
    .toReversed()
    .slice(0, maxCount);
};

const link = (to: string) =>
  binaryEvent({ id: randomUUID(), type: '$>', data: Buffer.from(to, 'utf8') });

describe('reading a stream of ten events', () => {
  const stream = uniqueStream('ten');
  const events: JSONEventData[] = range(0, 10).map((n) => numbered(n));
  beforeAll(async () => {
    // In several appends, with another stream's events between them.
    for (const slice of [events.slice(0, 1), events.slice(1, 6), events.slice(6)]) {
      await store.client.appendToStream(stream, slice);
      await store.client.appendToStream(`${stream}-other`, numbered(0));
    }
  });

  const froms: ReadRevision[] = [START, END, 0n, 1n, 5n, 9n, 10n, 11n, 1_000_000n, 2n ** 60n];
  const counts = [1, 2, 9, 10, 11, 1000, Number.MAX_SAFE_INTEGER];
  for (const direction of [FORWARDS, BACKWARDS] as const) {
    for (const from of froms) {
      it(`${direction} from ${from}, any maximum count`, async () => {
        for (const maxCount of counts) {
          const read = await collect(
            store.client.readStream(stream, { direction, fromRevision: from, maxCount }),
          );
          expect({ maxCount, read: read.map(facts) }).toEqual({
            maxCount,
            read: expected(direction, from, maxCount).map(
              (n) => expectedFacts(stream, [events[n]!], n)[0],
            ),
          });
        }
      });
    }
  }

  it('takes everything from the start by default', async () => {
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events));
  });

  it('gives the same answer with per-call credentials and with requiresLeader', async () => {
    const read = await collect(
      store.client.readStream(stream, {
        credentials: { username: 'admin', password: 'changeit' },
        requiresLeader: true,
      }),
    );
    expect(read.map(facts)).toEqual(expectedFacts(stream, events));
  });
});

describe('a stream that does not exist', () => {
  it.each<[Direction, ReadRevision]>([
    [FORWARDS, START],
    [FORWARDS, END],
    [FORWARDS, 3n],
    [BACKWARDS, START],
    [BACKWARDS, END],
    [BACKWARDS, 3n],
  ])('%s from %s: StreamNotFoundError with its name', async (direction, fromRevision) => {
    const stream = uniqueStream('missing é');
    const error = await rejection(
      collect(store.client.readStream(stream, { direction, fromRevision })),
      StreamNotFoundError,
    );
    expect(error.streamName).toBe(stream);
  });

  it('is one message and an ordinary end on the wire', async () => {
    const raw = rawStreams(store);
    const seen = await readRaw(raw, { stream: uniqueStream('missing') });
    raw.close();
    expect(seen).toEqual([{ kind: 'stream-not-found' }]);
  });
});

describe('a long stream', () => {
  const stream = uniqueStream('long');
  const events = range(0, 3000).map((n) => numbered(n));
  beforeAll(async () => {
    for (const start of range(0, 6)) {
      await store.client.appendToStream(stream, events.slice(start * 500, start * 500 + 500));
    }
  });

  it.each<Direction>([FORWARDS, BACKWARDS])('comes whole and in order %s', async (direction) => {
    const fromRevision = direction === FORWARDS ? START : END;
    const read = await collect(store.client.readStream(stream, { direction, fromRevision }));
    const ids = events.map(({ id }) => id);
    expect(read.map(({ event }) => event!.id)).toEqual(
      direction === FORWARDS ? ids : ids.toReversed(),
    );
  });

  it('comes whole to a reader that pauses', async () => {
    const read = store.client.readStream(stream, {}, { highWaterMark: 1 });
    let n = 0;
    for await (const { event } of read) {
      expect(event!.revision).toBe(BigInt(n));
      n += 1;
      if (n % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(n).toBe(3000);
  });

  it('can be left in the middle, and read again', async () => {
    const read = store.client.readStream(stream);
    const first: bigint[] = [];
    for await (const { event } of read) {
      first.push(event!.revision);
      if (first.length === 3) break;
    }
    await read.cancel();
    expect(first).toEqual([0n, 1n, 2n]);
    const again = await collect(store.client.readStream(stream, { fromRevision: 2990n }));
    expect(again.map(({ event }) => event!.revision)).toEqual(range(2990, 3000).map(BigInt));
  });

  it('cancelled on the wire ends as cancelled', async () => {
    const raw = rawStreams(store);
    const call = new RawCall(raw, { stream });
    await call.until((seen) => seen.length > 0);
    call.cancel();
    expect((await call.ended).code).toBe(1);
    const seen = await readRaw(raw, { stream, count: 2 });
    raw.close();
    expect(seen.filter(isEvent).map(({ revision }) => revision)).toEqual([0n, 1n]);
  });
});

describe('links', () => {
  const target = uniqueStream('target');
  const links = uniqueStream('links');
  const events = range(0, 3).map((n) => numbered(n));
  const written = [link(`2@${target}`), link(`0@${target}`), link(`7@${target}`)];
  beforeAll(async () => {
    await store.client.appendToStream(target, events);
    await store.client.appendToStream(links, written);
    await store.client.appendToStream(links, numbered(99));
  });

  it('are given as they are unless asked for', async () => {
    const read = await collect(store.client.readStream(links));
    expect(read.map(({ event, link: by }) => [event?.id, event?.type, by])).toEqual([
      ...written.map(({ id }) => [id, '$>', undefined]),
      [expect.any(String), 'Numbered', undefined],
    ]);
    expect(bytesOf(read[0]!.event!.data).toString()).toBe(`2@${target}`);
  });

  it.each<Direction>([FORWARDS, BACKWARDS])('are resolved on request, %s', async (direction) => {
    const read = await collect(
      store.client.readStream(links, {
        direction,
        fromRevision: direction === FORWARDS ? START : END,
        resolveLinkTos: true,
      }),
    );
    const shown = read.map(({ event, link: by }) => [
      event?.streamId,
      event?.revision,
      by?.streamId,
      by?.revision,
      by?.id,
    ]);
    const whole = [
      [target, 2n, links, 0n, written[0]!.id],
      [target, 0n, links, 1n, written[1]!.id],
      [undefined, undefined, links, 2n, written[2]!.id],
      [links, 3n, undefined, undefined, undefined],
    ];
    expect(shown).toEqual(direction === FORWARDS ? whole : whole.toReversed());
  });

  it('to what a reader of the target would not see lead nowhere', async () => {
    const { client } = store;
    const [truncated, counted, deleted, ended] = ['tb', 'count', 'soft', 'hard'].map(uniqueStream);
    const pointers = uniqueStream('pointers');
    const all = [truncated!, counted!, deleted!, ended!];
    for (const name of all) {
      await client.appendToStream(name, [numbered(0), numbered(1)]);
      await client.appendToStream(pointers, [link(`0@${name}`), link(`1@${name}`)]);
    }
    await client.setStreamMetadata(truncated!, { truncateBefore: 1 });
    await client.setStreamMetadata(counted!, { maxCount: 1 });
    await client.deleteStream(deleted!);
    await client.tombstoneStream(ended!);
    await client.appendToStream(pointers, [link('1.5@x'), link('x'), link('-1@x'), link('')]);
    const read = await collect(client.readStream(pointers, { resolveLinkTos: true }));
    expect(read.map(({ event, link: by }) => [event?.revision, by!.revision])).toEqual(
      [undefined, 1n, undefined, 1n, ...range(0, 8).map(() => undefined)].map((revision, n) => [
        revision,
        BigInt(n),
      ]),
    );
  });

  it('of the target come with its content and the position of the link', async () => {
    const [first] = await collect(
      store.client.readStream(links, { resolveLinkTos: true, maxCount: 1 }),
    );
    expect(facts({ event: first!.event! })).toEqual(expectedFacts(target, [events[2]!], 2)[0]);
    const [plain] = await collect(store.client.readStream(links, { maxCount: 1 }));
    expect(first!.link!.position).toEqual(plain!.event!.position);
    expect(first!.commitPosition).toBe(plain!.event!.position!.commit);
  });
});
