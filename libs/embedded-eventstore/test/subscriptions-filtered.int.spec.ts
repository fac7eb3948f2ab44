import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { END, eventTypeFilter, excludeSystemEvents, streamNameFilter } from '@eventstore/db-client';
import type { Filter, Position } from '@eventstore/db-client';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { RawCall, isEvent, rawStreams } from './raw.ts';
import type { RawFilter, Seen } from './raw.ts';
import { numbered, range, startStoreUnderTest, uniqueStream } from './store-under-test.ts';
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

const append = (stream: string, from: number, to: number, type?: string) =>
  store.client.appendToStream(
    stream,
    range(from, to).map((n) => numbered(n, type)),
  );

describe('a filtered subscription', () => {
  const filters: [string, (stem: string) => Filter, number[]][] = [
    [
      'stream name, prefix',
      (stem) => streamNameFilter({ prefixes: [`${stem}-a`, 'none'] }),
      [0, 1, 2, 6, 7, 8, 9, 12],
    ],
    [
      'stream name, regex',
      (stem) => streamNameFilter({ regex: `^${stem}-[bx]$` }),
      [3, 4, 5, 10, 13],
    ],
    [
      'event type, prefix',
      (stem) => eventTypeFilter({ prefixes: [`Sig${stem}`] }),
      [0, 1, 2, 9, 10],
    ],
    [
      'event type, regex',
      (stem) => eventTypeFilter({ regex: `^Rat.*${stem.slice(-8)}$` }),
      [3, 4, 5, 6, 7, 8, 12, 13],
    ],
  ];
  it.each(filters)('by %s: past and live, and nothing else', async (_case, filter, expected) => {
    const stem = uniqueStream('filtered');
    const [signed, ratified] = [`Sig${stem}`, `Rat${stem}`];
    const start = (await append(`${stem}-marker`, 0, 1)).position!;
    await append(`${stem}-a`, 0, 3, signed);
    await append(`${stem}-b`, 3, 6, ratified);
    await append(`${stem}-a`, 6, 9, ratified);
    const past = expected.filter((n) => n < 9);
    const watch = new Watch(
      store.client.subscribeToAll({ fromPosition: start, filter: filter(stem) }),
    );
    await watch.live();
    await watch.until(({ events }) => events.length === past.length);
    expect(watch.numbers).toEqual(past);
    await append(`${stem}-a`, 9, 10, signed);
    await append(`${stem}-b`, 10, 11, signed);
    await append(`${stem}-c`, 11, 12, 'Numbered');
    await append(`${stem}-a`, 12, 13, ratified);
    await append(`${stem}-b`, 13, 14, ratified);
    await watch.until(({ events }) => events.length === expected.length);
    expect(watch.numbers).toEqual(expected);
    await watch.stop();
  });

  it('that excludes system events sees none', async () => {
    const stream = uniqueStream('no-system');
    const watch = new Watch(store.client.subscribeToAll({ filter: excludeSystemEvents() }));
    await watch.live();
    await store.client.setStreamMetadata(stream, { maxCount: 5 });
    await append(stream, 0, 1);
    await watch.until(({ events }) => events.at(-1)?.event?.streamId === stream);
    expect(watch.events.length).toBeGreaterThan(3);
    expect(watch.events.filter(({ event }) => event!.type.startsWith('$'))).toEqual([]);
    await watch.stop();
  });
});

const checkpointPositions = (seen: Seen[]): bigint[] =>
  seen.flatMap((s) => (s.kind === 'checkpoint' ? [s.position] : []));

/** The messages of a raw filtered subscription after a marker, until it caught up. */
async function subscribeAfterMarker(
  label: string,
  others: number,
  filter: Omit<RawFilter, 'on' | 'prefixes'>,
): Promise<{ call: RawCall; stream: string; marker: Position; last: Position }> {
  const stream = uniqueStream(label);
  const marker = (await append(`${stream}-marker`, 0, 1)).position!;
  const last = (await append(`${stream}-noise`, 0, others)).position!;
  const call = new RawCall(raw, {
    from: marker,
    subscribe: true,
    filter: { on: 'stream', prefixes: [`${stream}-wanted`], ...filter },
  });
  await call.until((seen) => seen.some(({ kind }) => kind === 'caught-up'));
  return { call, stream, marker, last };
}

describe('checkpoints', () => {
  it('come once just before caught-up, at or after the last event looked at', async () => {
    const { call, last } = await subscribeAfterMarker('end', 5, {});
    call.cancel();
    await call.ended;
    const kinds = call.seen.map(({ kind }) => kind);
    expect(kinds[0]).toBe('confirmation');
    expect(kinds.slice(-2)).toEqual(['checkpoint', 'caught-up']);
    expect(checkpointPositions(call.seen).at(-1)).toBeGreaterThanOrEqual(last.commit);
  });

  it('come about every window times interval of events looked at, in catch-up', async () => {
    const { call, marker } = await subscribeAfterMarker('interval', 500, {
      max: 10,
      multiplier: 5,
    });
    call.cancel();
    await call.ended;
    const found = checkpointPositions(call.seen);
    // 500 events looked at, one checkpoint per 50, and the one at the end of catching up.
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(found.length).toBeLessThanOrEqual(12);
    expect(found[0]).toBeGreaterThan(marker.commit);
    expect(found).toEqual([...new Set(found)].toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('come live too, and a subscription resumed from one misses nothing', async () => {
    const { call, stream } = await subscribeAfterMarker('live', 5, { max: 10, multiplier: 1 });
    const before = checkpointPositions(call.seen).length;
    await append(`${stream}-wanted`, 0, 1);
    for (const n of range(0, 10)) await append(`${stream}-noise`, n * 5, n * 5 + 5);
    await call.until((seen) => checkpointPositions(seen).length >= before + 5);
    call.cancel();
    await call.ended;
    const all = checkpointPositions(call.seen);
    expect(all).toEqual([...new Set(all)].toSorted((a, b) => (a < b ? -1 : 1)));
    const resumeAt = all[before]!;
    const wanted = call.seen.find(isEvent)!;
    const again = new Watch(
      store.client.subscribeToAll({
        fromPosition: { commit: resumeAt, prepare: resumeAt },
        filter: streamNameFilter({ prefixes: [`${stream}-wanted`] }),
      }),
    );
    await again.live();
    await append(`${stream}-wanted`, 1, 2);
    await again.until(({ events }) => events.length > 0 && events.at(-1)!.event!.revision === 1n);
    expect(again.numbers).toEqual(wanted.position <= resumeAt ? [1] : [0, 1]);
    await again.stop();
  });

  it('reach the client, which waits for its own handler', async () => {
    const stream = uniqueStream('client');
    const { position } = await append(`${stream}-marker`, 0, 1);
    await append(`${stream}-noise`, 0, 130);
    const reached: Position[] = [];
    let running = 0;
    const filter = streamNameFilter({
      prefixes: [stream],
      checkpointInterval: 1,
      checkpointReached: async (_subscription, at) => {
        running += 1;
        expect(running).toBe(1);
        reached.push(at);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      },
    });
    const watch = new Watch(store.client.subscribeToAll({ fromPosition: position!, filter }));
    await watch.live();
    await watch.until(({ events }) => events.length === 130);
    expect(watch.numbers).toEqual(range(0, 130));
    expect(reached.length).toBeGreaterThanOrEqual(4);
    expect(reached.at(-1)!.commit).toBeGreaterThanOrEqual(
      watch.events.at(-1)!.event!.position!.commit,
    );
    await watch.stop();
  });

  it('from the end: confirmation, then caught-up, then only what matches', async () => {
    const stream = uniqueStream('from-end');
    await append(`${stream}-wanted`, 0, 2);
    const filter = streamNameFilter({ prefixes: [`${stream}-wanted`] });
    const watch = new Watch(store.client.subscribeToAll({ fromPosition: END, filter }));
    await watch.live();
    await append(`${stream}-noise`, 0, 50);
    await append(`${stream}-wanted`, 2, 4);
    await watch.until(({ events }) => events.length === 2);
    expect(watch.numbers).toEqual([2, 3]);
    await watch.stop();
  });
});
