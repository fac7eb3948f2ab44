import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ANY, NO_STREAM, STREAM_EXISTS, WrongExpectedVersionError } from '@eventstore/db-client';
import type {
  AppendExpectedRevision,
  AppendResult,
  AppendToStreamOptions,
  JSONEventData,
} from '@eventstore/db-client';
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
import { rejection } from './outcomes.ts';
import type { StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

const paths: [string, AppendToStreamOptions][] = [
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
];

const events = (count: number, from = 0): JSONEventData[] =>
  range(from, from + count).map((n) => numbered(n));

const stored = async (stream: string): Promise<unknown[]> =>
  (await collect(store.client.readStream(stream))).map(facts);

describe.each(paths)('sending an append again by %s', (_path, how) => {
  const append = (
    stream: string,
    what: JSONEventData[],
    expectedRevision: AppendExpectedRevision,
  ): Promise<AppendResult> =>
    store.client.appendToStream(stream, what, { ...how, expectedRevision });

  it.each<[string, AppendExpectedRevision]>([
    ['no_stream', NO_STREAM],
    ['any', ANY],
  ])('that created the stream, %s: the first answer again', async (_case, expected) => {
    const stream = uniqueStream('again');
    const first = events(3);
    const answer = await append(stream, first, expected);
    expect(await append(stream, first, expected)).toEqual(answer);
    await append(stream, events(2, 3), ANY);
    expect(await append(stream, first, expected)).toEqual(answer);
    expect((await stored(stream)).slice(0, 3)).toEqual(expectedFacts(stream, first));
    expect(await stored(stream)).toHaveLength(5);
  });

  it.each<[string, AppendExpectedRevision]>([
    ['the revision it followed', 1n],
    ['stream_exists', STREAM_EXISTS],
    ['any', ANY],
  ])('to an existing stream, %s: the first answer again', async (_case, expected) => {
    const stream = uniqueStream('again');
    const [before, first, after] = [events(2), events(3, 2), events(2, 5)];
    await append(stream, before, NO_STREAM);
    const answer = await append(stream, first, expected);
    expect(answer.nextExpectedRevision).toBe(4n);
    await append(stream, after, ANY);
    expect(await append(stream, first, expected)).toEqual(answer);
    expect(await stored(stream)).toEqual(expectedFacts(stream, [...before, ...first, ...after]));
  });

  it('a prefix of it only: the answer for what was sent', async () => {
    const stream = uniqueStream('prefix');
    const first = events(3);
    await append(stream, first, NO_STREAM);
    const part = await append(stream, first.slice(0, 2), NO_STREAM);
    expect(part.nextExpectedRevision).toBe(1n);
    const [, second] = await collect(store.client.readStream(stream));
    expect(part.position).toEqual(second!.event!.position);
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });

  it('part of it from the middle, by the revision it followed', async () => {
    const stream = uniqueStream('middle');
    const first = events(4);
    await append(stream, first, NO_STREAM);
    const part = await append(stream, first.slice(1, 3), 0n);
    expect(part.nextExpectedRevision).toBe(2n);
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });

  const partial: [string, AppendExpectedRevision, (first: JSONEventData[]) => JSONEventData[]][] = [
    ['known then new, no_stream', NO_STREAM, (first) => [first[0]!, numbered(9)]],
    ['all known then one more, no_stream', NO_STREAM, (first) => [...first, numbered(9)]],
    ['known then new, any', ANY, (first) => [first[0]!, numbered(9)]],
    ['known then new, stream_exists', STREAM_EXISTS, (first) => [first[2]!, numbered(9)]],
    ['known but at another revision', 0n, (first) => [first[0]!, first[1]!]],
    ['known in another order, no_stream', NO_STREAM, (first) => [first[1]!, first[0]!, first[2]!]],
    ['new then known, by a past revision', 0n, (first) => [numbered(9), first[2]!]],
  ];
  it.each(partial)('%s: wrong expected version, nothing stored', async (_case, expected, make) => {
    const stream = uniqueStream('partial');
    const first = events(3);
    await append(stream, first, NO_STREAM);
    const { streamName, expectedVersion, actualVersion } = await rejection(
      append(stream, make(first), expected),
      WrongExpectedVersionError,
    );
    expect({ streamName, expectedVersion, actualVersion }).toEqual({
      streamName: stream,
      expectedVersion: expected,
      actualVersion: 2n,
    });
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });

  it('an id known in another stream is a new event here', async () => {
    const [one, other] = [uniqueStream('one'), uniqueStream('other')];
    const same = events(2);
    await append(one, same, NO_STREAM);
    expect((await append(other, same, ANY)).nextExpectedRevision).toBe(1n);
    expect(await stored(other)).toEqual(expectedFacts(other, same));
    expect(await stored(one)).toEqual(expectedFacts(one, same));
  });

  it('known ids after the last event, by its revision: that is a new append', async () => {
    const stream = uniqueStream('twice');
    const first = events(2);
    await append(stream, first, NO_STREAM);
    expect((await append(stream, first, 1n)).nextExpectedRevision).toBe(3n);
    expect(await stored(stream)).toEqual(expectedFacts(stream, [...first, ...first]));
  });

  it('with the same id twice in one append keeps both', async () => {
    const stream = uniqueStream('double');
    const [event] = events(1);
    const answer = await append(stream, [event!, event!], NO_STREAM);
    expect(answer.nextExpectedRevision).toBe(1n);
    expect(await append(stream, [event!, event!], NO_STREAM)).toEqual(answer);
    expect(await stored(stream)).toEqual(expectedFacts(stream, [event!, event!]));
  });

  it('with the same id several times is found where that stands first', async () => {
    const stream = uniqueStream('first-place');
    const [event] = events(1);
    const six = Array.from({ length: 6 }, () => event!);
    const first = await append(stream, six, ANY);
    expect(first.nextExpectedRevision).toBe(5n);
    const again = await append(stream, six, ANY);
    expect(again.nextExpectedRevision).toBe(0n);
    expect(again.position!.commit < first.position!.commit).toBe(true);
    expect(await stored(stream)).toEqual(expectedFacts(stream, six));
  });

  it('compares ids, not content', async () => {
    const stream = uniqueStream('content');
    const [event] = events(1);
    const answer = await append(stream, [event!], NO_STREAM);
    const changed = { ...event!, type: 'Other', data: { n: 99 } };
    expect(await append(stream, [changed], NO_STREAM)).toEqual(answer);
    expect(await stored(stream)).toEqual(expectedFacts(stream, [event!]));
  });

  it('many times at once stores it once', async () => {
    const stream = uniqueStream('burst');
    const first = events(3);
    const clients = [store.client, store.connect()];
    const answers = await Promise.all(
      range(0, 20).map((n) => clients[n % 2]!.appendToStream(stream, first, how)),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });
});

describe('a retry by the other path', () => {
  it('has the first answer', async () => {
    const stream = uniqueStream('cross');
    const first = events(2);
    const answer = await store.client.appendToStream(stream, first, paths[0]![1]);
    expect(await store.client.appendToStream(stream, first, paths[1]![1])).toEqual(answer);
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });
});

describeEmbedded('a retry after the server was restarted', () => {
  it.each<[string, AppendExpectedRevision]>([
    ['no_stream', NO_STREAM],
    ['any', ANY],
  ])('%s: the first answer again', async (_case, expected) => {
    const stream = uniqueStream('restarted');
    const first = events(3);
    const answer = await store.client.appendToStream(stream, first, { expectedRevision: expected });
    await store.restart();
    expect(
      await store.client.appendToStream(stream, first, { expectedRevision: expected }),
    ).toEqual(answer);
    expect(await stored(stream)).toEqual(expectedFacts(stream, first));
  });

  it.each<[string, AppendExpectedRevision]>([
    ['a revision', 1n],
    ['stream_exists', STREAM_EXISTS],
  ])('%s: the first answer again', async (_case, expected) => {
    const stream = uniqueStream('restarted');
    await store.client.appendToStream(stream, events(2));
    const first = events(3, 2);
    const answer = await store.client.appendToStream(stream, first, { expectedRevision: expected });
    await store.restart();
    expect(
      await store.client.appendToStream(stream, first, { expectedRevision: expected }),
    ).toEqual(answer);
    expect(await stored(stream)).toHaveLength(5);
  });
});
