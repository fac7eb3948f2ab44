import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metadata } from '@grpc/grpc-js';
import { END, excludeSystemEvents, jsonEvent } from '@eventstore/db-client';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { RawCall, isEvent, rawStreams, readRequest, readRaw, streams } from './raw.ts';
import type { RawRead } from './raw.ts';
import { idFromHalves } from './raw-batch.ts';
import { collect, numbered, range, startStoreUnderTest, uniqueStream } from './store-under-test.ts';
import { Watch } from './watch.ts';
import type { StoreUnderTest } from './store-under-test.ts';

/** What the clients of other languages ask for that Node's never does: the server is one for all of them. */
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

async function streamOf(count: number): Promise<{ stream: string; ids: string[] }> {
  const stream = uniqueStream('others');
  const events = range(0, count).map((n) => numbered(n));
  await store.client.appendToStream(stream, events);
  return { stream, ids: events.map(({ id }) => id) };
}

async function messagesOf(spec: RawRead): Promise<ReadResp[]> {
  const call = new RawCall(raw, spec);
  expect((await call.ended).code).toBe(0);
  return call.messages;
}

const recordedIds = (messages: readonly ReadResp[], part: 'getEvent' | 'getLink' = 'getEvent') =>
  messages.map((message) => idFromHalves(message.getEvent()?.[part]()?.getId()));

describe('structured event ids', () => {
  it('are the same ids as the texts, in reads of a stream and of $all', async () => {
    const { stream, ids } = await streamOf(20);
    const inStream = await messagesOf({ stream, structuredIds: true });
    expect(recordedIds(inStream)).toEqual(ids);
    const all = await messagesOf({ structuredIds: true });
    expect(recordedIds(all).slice(-20)).toEqual(ids);
  });

  it('change nothing else of an event, however large its revision', async () => {
    const { stream } = await streamOf(3);
    await store.client.tombstoneStream(stream);
    const [asText, structured] = await Promise.all([
      messagesOf({}),
      messagesOf({ structuredIds: true }),
    ]);
    const content = (message: ReadResp) => {
      const { id, ...rest } = message.getEvent()!.getEvent()!.toObject();
      expect(id).toBeDefined();
      return { ...rest, commit: message.getEvent()!.getCommitPosition() };
    };
    expect(structured.map(content)).toEqual(asText.map(content));
    expect(structured.at(-1)!.getEvent()!.getEvent()!.getStreamRevision()).toBe(
      String(2n ** 63n - 1n),
    );
  });

  it('are those of the link and of its target', async () => {
    const { stream, ids } = await streamOf(2);
    const pointer = jsonEvent({ id: randomUUID(), type: '$>', data: `1@${stream}` });
    const gone = jsonEvent({ id: randomUUID(), type: '$>', data: `7@${stream}` });
    const links = uniqueStream('links');
    await store.client.appendToStream(links, [
      { ...pointer, contentType: 'application/octet-stream', data: Buffer.from(`1@${stream}`) },
      { ...gone, contentType: 'application/octet-stream', data: Buffer.from(`7@${stream}`) },
    ]);
    const read = await messagesOf({ stream: links, resolveLinks: true, structuredIds: true });
    expect(recordedIds(read)).toEqual([ids[1], undefined]);
    expect(recordedIds(read, 'getLink')).toEqual([pointer.id, gone.id]);
  });

  it('come in subscriptions, of past and of new events', async () => {
    const { stream, ids } = await streamOf(2);
    const call = new RawCall(raw, { stream, subscribe: true, structuredIds: true });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    const next = numbered(2);
    await store.client.appendToStream(stream, next);
    await call.until((seen) => seen.filter(isEvent).length === 3);
    call.cancel();
    await call.ended;
    const events = call.messages.filter((message) => message.hasEvent());
    expect(recordedIds(events)).toEqual([...ids, next.id]);
  });

  it('are what a reader gets that says nothing of ids', async () => {
    const { stream, ids } = await streamOf(1);
    const request = readRequest({ stream });
    request.getOptions()!.setUuidOption(new streams.ReadReq.Options.UUIDOption());
    const call = raw.read(request, new Metadata());
    const messages = await collect<ReadResp>(call);
    expect(recordedIds(messages)).toEqual(ids);
  });
});

describe('the ends of a stream, told to readers that know the messages', () => {
  const told = async (spec: RawRead) =>
    (await messagesOf({ ...spec, compatibility: 1 })).map((message) => {
      const event = message.getEvent()?.getEvent();
      if (event !== undefined) return Number(event.getStreamRevision());
      if (message.hasStreamNotFound()) return 'not found';
      const kind = message.getContentCase();
      const { FIRST_STREAM_POSITION, LAST_STREAM_POSITION } = streams.ReadResp.ContentCase;
      if (kind === FIRST_STREAM_POSITION) return `first ${message.getFirstStreamPosition()}`;
      if (kind === LAST_STREAM_POSITION) return `last ${message.getLastStreamPosition()}`;
      return 'other';
    });

  it.each<[string, RawRead, unknown[]]>([
    ['forwards from the start', {}, [0, 1, 2, 'last 2']],
    ['cut by the count', { count: 2 }, [0, 1, 'last 2']],
    ['backwards from the end', { backwards: true, from: 'end' }, [2, 1, 0, 'last 2']],
    ['from the revision to come', { from: 3n }, ['last 2']],
    ['from beyond that', { from: 9n }, ['first 3', 'last 2']],
  ])('%s', async (_case, spec, expected) => {
    const { stream } = await streamOf(3);
    expect(await told({ ...spec, stream })).toEqual(expected);
  });

  it('of a stream whose beginning is truncated by more than a page', async () => {
    const { stream } = await streamOf(60);
    await store.client.setStreamMetadata(stream, { truncateBefore: 58 });
    expect(await told({ stream })).toEqual(['first 58', 58, 59, 'last 59']);
    expect(await told({ stream, from: 40n })).toEqual([58, 59, 'last 59']);
  });

  it('of a missing stream are not told', async () => {
    expect(await told({ stream: uniqueStream('missing') })).toEqual(['not found']);
  });

  it('are not sent to others', async () => {
    const { stream } = await streamOf(1);
    expect((await readRaw(raw, { stream })).map(({ kind }) => kind)).toEqual(['event']);
  });
});

describe('the end as the largest number of 64 bits', () => {
  const largest = 2n ** 64n - 1n;

  it('is where a subscription to a stream begins, and a read backwards', async () => {
    const { stream } = await streamOf(3);
    const call = new RawCall(raw, { stream, from: largest, subscribe: true });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    await store.client.appendToStream(stream, numbered(3));
    await call.until((seen) => seen.some(isEvent));
    call.cancel();
    await call.ended;
    expect(call.seen.filter(isEvent).map(({ revision }) => revision)).toEqual([3n]);
    const back = await readRaw(raw, { stream, from: largest, backwards: true, count: 1 });
    expect(back.filter(isEvent).map(({ revision }) => revision)).toEqual([3n]);
  });

  it('is where a subscription to $all begins, and a read backwards', async () => {
    const { stream } = await streamOf(1);
    const from = { commit: largest, prepare: largest };
    const call = new RawCall(raw, { from, subscribe: true });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    await store.client.appendToStream(stream, numbered(1));
    await call.until((seen) => seen.some(isEvent));
    call.cancel();
    await call.ended;
    expect(call.seen.map(({ kind }) => kind)).toEqual(['confirmation', 'caught-up', 'event']);
    const back = await readRaw(raw, { from, backwards: true, count: 1 });
    expect(back.filter(isEvent).map((event) => [event.stream, event.revision])).toEqual([
      [stream, 1n],
    ]);
  });
});

describe('a filtered subscription from the end', () => {
  it('has no checkpoint before it is caught up', async () => {
    await streamOf(1);
    const call = new RawCall(raw, {
      from: 'end',
      subscribe: true,
      filter: { on: 'type', regex: '^[^$].*' },
    });
    await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
    call.cancel();
    await call.ended;
    expect(call.seen.map(({ kind }) => kind)).toEqual(['confirmation', 'caught-up']);
  });

  it('and through the client sees what comes', async () => {
    const { stream } = await streamOf(1);
    const watch = new Watch(
      store.client.subscribeToAll({ fromPosition: END, filter: excludeSystemEvents() }),
    );
    await watch.live();
    await store.client.appendToStream(stream, numbered(7));
    await watch.until(({ events }) => events.length === 1);
    expect(watch.numbers).toEqual([7]);
    await watch.stop();
  });
});

describe('a read of one stream with a filter', () => {
  it('is refused', async () => {
    const { stream } = await streamOf(1);
    const call = new RawCall(raw, { stream, filter: { on: 'type', prefixes: ['a'] } });
    expect((await call.ended).code).toBe(3);
  });
});
