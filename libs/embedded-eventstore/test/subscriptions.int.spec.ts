import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { END, START, binaryEvent } from '@eventstore/db-client';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { numberOf } from './outcomes.ts';
import { RawCall, isEvent, rawStreams } from './raw.ts';
import type { Seen } from './raw.ts';
import {
  expectedFacts,
  facts,
  numbered,
  range,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';
import { Watch } from './watch.ts';

let store: StoreUnderTest;
let raw: StreamsClient;
beforeAll(async () => {
  store = await startStoreUnderTest();
  raw = rawStreams(store);
});
afterAll(async () => {
  raw.close();
  await store.stop();
});

const append = (stream: string, from: number, to: number) =>
  store.client.appendToStream(
    stream,
    range(from, to).map((n) => numbered(n)),
  );

describe('a subscription to a stream', () => {
  it('catches up, says so, and goes on live, with the content of each event', async () => {
    const stream = uniqueStream('live');
    const events = range(0, 6).map((n) => numbered(n));
    await store.client.appendToStream(stream, events.slice(0, 3));
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    expect(watch.confirmed).toBe(true);
    await watch.until(({ events: got }) => got.length === 3);
    await store.client.appendToStream(stream, events.slice(3, 4));
    await store.client.appendToStream(stream, events.slice(4));
    await watch.until(({ events: got }) => got.length === 6);
    expect(watch.events.map(facts)).toEqual(expectedFacts(stream, events));
    expect(watch.subscription.id).toMatch(/\S/);
    await watch.stop();
  });

  it('sends confirmation, past events, caught-up, live events, in this order', async () => {
    const stream = uniqueStream('order');
    await append(stream, 0, 2);
    const call = new RawCall(raw, { stream, subscribe: true });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    await append(stream, 2, 3);
    await call.until((seen) => seen.filter(isEvent).length === 3);
    call.cancel();
    expect((await call.ended).code).toBe(1);
    const shown = call.seen.map((s) => (s.kind === 'event' ? s.revision : s.kind));
    // The server may say again that it caught up after the live event.
    expect(shown.slice(0, 5)).toEqual(['confirmation', 0n, 1n, 'caught-up', 2n]);
  });

  it.each<[string, 'end' | 'start' | bigint, number[]]>([
    ['the start', 'start', [0, 1, 2, 3, 4, 5]],
    ['the end', 'end', [5]],
    ['a revision: after it', 2n, [3, 4, 5]],
    ['revision 0: after it', 0n, [1, 2, 3, 4, 5]],
    ['the last revision', 4n, [5]],
  ])('starts from %s', async (_case, from, expected) => {
    const stream = uniqueStream('from');
    await append(stream, 0, 5);
    const fromRevision = from === 'start' ? START : from === 'end' ? END : from;
    const watch = await new Watch(store.client.subscribeToStream(stream, { fromRevision })).live();
    await append(stream, 5, 6);
    await watch.until(({ events }) => events.at(-1)?.event?.revision === 5n);
    expect(watch.numbers).toEqual(expected);
    await watch.stop();
  });

  it('to a stream that is not there yet waits for it', async () => {
    const stream = uniqueStream('later');
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    expect(watch.events).toEqual([]);
    await append(`${stream}-other`, 0, 3);
    await append(stream, 0, 2);
    await watch.until(({ events }) => events.length === 2);
    expect(watch.events.map(({ event }) => event!.streamId)).toEqual([stream, stream]);
    expect(watch.numbers).toEqual([0, 1]);
    await watch.stop();
  });

  it('sees nothing of other streams', async () => {
    const stream = uniqueStream('own');
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    await append(`${stream}2`, 0, 5);
    await append(stream, 0, 1);
    await append(`${stream}2`, 5, 9);
    await append(stream, 1, 2);
    await watch.until(({ events }) => events.length === 2);
    expect(watch.numbers).toEqual([0, 1]);
    await watch.stop();
  });

  it('resolves links that come live', async () => {
    const target = uniqueStream('target');
    const stream = uniqueStream('links');
    await append(target, 0, 2);
    const watch = new Watch(store.client.subscribeToStream(stream, { resolveLinkTos: true }));
    await watch.live();
    const link = binaryEvent({ type: '$>', data: Buffer.from(`1@${target}`) });
    await store.client.appendToStream(stream, link);
    await watch.until(({ events }) => events.length === 1);
    expect(watch.events[0]!.event!.streamId).toBe(target);
    expect(watch.events[0]!.event!.revision).toBe(1n);
    expect(watch.events[0]!.link!.id).toBe(link.id);
    await watch.stop();
  });
});

describe('a subscription to $all', () => {
  it('from the end sees what comes afterwards, of every stream, in the order of the log', async () => {
    const stem = uniqueStream('all');
    await append(`${stem}-before`, 0, 3);
    const watch = new Watch(store.client.subscribeToAll({ fromPosition: END }));
    await watch.live();
    for (const n of range(0, 9)) await append(`${stem}-${n % 3}`, n, n + 1);
    const own = () => watch.events.filter(({ event }) => event!.streamId.startsWith(stem));
    await watch.until(() => own().length === 9);
    expect(own().map(numberOf)).toEqual(range(0, 9));
    await watch.stop();
  });

  it('from a position starts after it', async () => {
    const stream = uniqueStream('after');
    const { position } = await append(stream, 0, 2);
    await append(stream, 2, 5);
    const watch = new Watch(store.client.subscribeToAll({ fromPosition: position! }));
    await watch.live();
    const own = () => watch.events.filter(({ event }) => event!.streamId === stream);
    await watch.until(() => own().length >= 3);
    expect(own().map(({ event }) => event!.revision)).toEqual([2n, 3n, 4n]);
    await watch.stop();
  });

  it('from the start has all that readAll has', async () => {
    const stream = uniqueStream('everything');
    await append(stream, 0, 3);
    const watch = await new Watch(store.client.subscribeToAll()).live();
    await watch.until(() => watch.events.at(-1)?.event?.streamId === stream);
    const read: (string | undefined)[] = [];
    for await (const { event } of store.client.readAll()) read.push(event?.id);
    await watch.until(() => watch.events.length >= read.length);
    expect(watch.ids).toEqual(read);
    await watch.stop();
  });

  it('without a filter sends no checkpoints', async () => {
    const call = new RawCall(raw, { subscribe: true });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    await append(uniqueStream('no-checkpoint'), 0, 100);
    await call.until((seen) => seen.filter(isEvent).length >= 100);
    call.cancel();
    await call.ended;
    const kinds = new Set(call.seen.map(({ kind }: Seen) => kind));
    expect([...kinds].toSorted()).toEqual(['caught-up', 'confirmation', 'event']);
    expect(call.seen[0]).toEqual({ kind: 'confirmation' });
  });
});

describe('while appends run', () => {
  it('subscriptions begun at any moment have no gap and nothing twice', async () => {
    const stream = uniqueStream('running');
    const total = 600;
    const appending = (async () => {
      for (const n of range(0, total / 3)) await append(stream, n * 3, n * 3 + 3);
    })();
    const watches: Watch[] = [];
    for (const k of range(0, 12)) {
      const all = k % 2 === 0;
      watches.push(
        new Watch(all ? store.client.subscribeToAll() : store.connect().subscribeToStream(stream)),
      );
      await append(`${stream}-pause`, k, k + 1);
    }
    await appending;
    for (const watch of watches) {
      const own = () => watch.events.filter(({ event }) => event!.streamId === stream);
      await watch.until(() => own().length >= total);
      expect(own().map(({ event }) => event!.revision)).toEqual(range(0, total).map(BigInt));
      await watch.stop();
    }
  }, 600_000);

  it('a subscription resumed at each event it saw misses nothing', async () => {
    const stream = uniqueStream('resume');
    const appending = (async () => {
      for (const n of range(0, 120)) await append(stream, n, n + 1);
    })();
    const seen: number[] = [];
    while (seen.length < 120) {
      const fromRevision = seen.length === 0 ? START : BigInt(seen.length - 1);
      const watch = new Watch(store.client.subscribeToStream(stream, { fromRevision }));
      await watch.until(({ events }) => events.length > 0);
      const got = watch.numbers;
      seen.push(...got);
      await watch.stop();
    }
    await appending;
    expect(seen).toEqual(range(0, 120));
  }, 600_000);

  it('a slow subscriber gets everything in order, and others do not wait for it', async () => {
    const stream = uniqueStream('slow');
    const slow = store.connect().subscribeToStream(stream, {}, { highWaterMark: 1 });
    const iterator = slow[Symbol.asyncIterator]();
    const firstOfSlow = iterator.next();
    const fast = await new Watch(store.client.subscribeToStream(stream)).live();
    for (const n of range(0, 40)) await append(stream, n * 100, n * 100 + 100);
    await fast.until(({ events }) => events.length === 4000);
    expect(fast.numbers).toEqual(range(0, 4000));
    const revisions: bigint[] = [(await firstOfSlow).value.event!.revision];
    while (revisions.length < 4000) {
      revisions.push((await iterator.next()).value.event!.revision);
    }
    expect(revisions).toEqual(range(0, 4000).map(BigInt));
    await slow.unsubscribe();
    await fast.stop();
  }, 600_000);
});

describe('unsubscribing', () => {
  it('releases the subscription: many come and go, the store goes on', async () => {
    const stream = uniqueStream('release');
    await append(stream, 0, 1);
    for (let round = 0; round < 10; round += 1) {
      const watches = range(0, 20).map(() => new Watch(store.client.subscribeToStream(stream)));
      await Promise.all(watches.map((watch) => watch.live()));
      await Promise.all(watches.map((watch) => watch.stop()));
    }
    const watch = await new Watch(store.client.subscribeToStream(stream)).live();
    await append(stream, 1, 2);
    await watch.until(({ events }) => events.length === 2);
    expect(watch.numbers).toEqual([0, 1]);
    await watch.stop();
  }, 20_000);

  it('costs the connection nothing, thousands of times over', async () => {
    const stream = uniqueStream('thousands');
    await append(stream, 0, 1);
    const codes = new Map<number, number>();
    for (let round = 0; round < 30; round += 1) {
      const calls = range(0, 100).map(() => new RawCall(raw, { stream, subscribe: true }));
      for (const call of calls) {
        await call.until((seen) => seen.some(isEvent));
        call.cancel();
      }
      for (const call of calls) {
        const { code } = await call.ended;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    }
    expect([...codes]).toEqual([[1, 3000]]);
  }, 600_000);

  it('ends the call as cancelled, during catch-up as well', async () => {
    const stream = uniqueStream('early');
    await append(stream, 0, 1000);
    const call = new RawCall(raw, { stream, subscribe: true });
    await call.until((seen) => seen.length > 3);
    call.cancel();
    expect((await call.ended).code).toBe(1);
    await append(stream, 1000, 1001);
  });
});
