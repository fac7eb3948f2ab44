import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamNotFoundError } from '@eventstore/db-client';
import durationMessages from 'google-protobuf/google/protobuf/duration_pb.js';
import timestampMessages from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { rawStreams, streams } from './raw.ts';
import { RawBatchCall, errorOf, halvesOf, idFromHalves, rawBatch, textId } from './raw-batch.ts';
import { collect, startStoreUnderTest, uniqueStream } from './store-under-test.ts';
import { rejection } from './outcomes.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const LIMIT = 1_048_576;
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

const correlation = () => textId(randomUUID());
const revisionIn = (answer: BatchAppendResp) => answer.getSuccess()?.getCurrentRevision();
const streamIn = (answer: BatchAppendResp) =>
  Buffer.from(answer.getStreamIdentifier()?.getStreamName_asU8() ?? '').toString();

function withDuration(stream: string, seconds: number, nanos = 0, final = true) {
  const request = rawBatch({ correlation: correlation(), stream, final });
  const duration = new durationMessages.Duration();
  duration.setSeconds(seconds);
  duration.setNanos(nanos);
  // The installed client's classes are from before the field had its new number and type.
  const options = request.getOptions()!;
  const bytes = Buffer.concat([
    Buffer.from(options.serializeBinary()),
    Buffer.from([0x3a, duration.serializeBinary().length]),
    Buffer.from(duration.serializeBinary()),
  ]);
  return { request, bytes };
}

/** BatchAppendReq with its options given as bytes. */
function requestOf({ request, bytes }: ReturnType<typeof withDuration>) {
  request.clearOptions();
  const whole = Buffer.from(request.serializeBinary());
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
  const made = Buffer.concat([whole, Buffer.from([0x12, ...varint(bytes.length)]), bytes]);
  // An object that serializes as these bytes do.
  const carrier = new streams.BatchAppendReq();
  carrier.serializeBinary = () => new Uint8Array(made);
  return carrier;
}

describe('ids in halves', () => {
  it('are given back as they came: the correlation in its form, the events by their ids', async () => {
    const stream = uniqueStream('halves');
    const call = new RawBatchCall(raw);
    const [first, second, event] = [randomUUID(), randomUUID(), randomUUID()];
    call.send(rawBatch({ correlation: halvesOf(first), stream, ids: [halvesOf(event)] }));
    call.send(rawBatch({ correlation: textId(second), stream }));
    const answers = [await call.answer(0), await call.answer(1)];
    const correlations = answers.map((answer) => answer.getCorrelationId()!);
    expect(correlations.map(idFromHalves)).toEqual([first, undefined]);
    expect(correlations.map((id) => id.getString())).toEqual(['', second]);
    expect(answers.map(revisionIn)).toEqual(['0', '1']);
    const [read] = await collect(store.client.readStream(stream));
    expect(read!.event!.id).toBe(event);
    expect(await call.end()).toBe(0);
  });
});

describe('one append of many that is wrong', () => {
  it('is answered for itself: the call and the other appends go on', async () => {
    const stream = uniqueStream('one-of-many');
    const call = new RawBatchCall(raw);
    const empty = '';
    call.send(rawBatch({ correlation: correlation(), stream: empty }));
    call.send(rawBatch({ correlation: correlation(), stream, expected: 'none' }));
    call.send(rawBatch({ correlation: textId('no-uuid'), stream }));
    call.send(rawBatch({ correlation: correlation(), stream, ids: [textId('neither')] }));
    call.send(rawBatch({ correlation: correlation(), stream, types: [''] }));
    call.send(rawBatch({ correlation: correlation(), stream, ids: [textId(nil)] }));
    call.send(rawBatch({ correlation: correlation(), stream }));
    const last = await call.answer(6);
    expect(
      call.answers.slice(0, 6).map((answer) => [errorOf(answer)?.[0], errorOf(answer)?.[2]]),
    ).toEqual(Array.from({ length: 6 }, () => [3, 'BadRequest']));
    expect(revisionIn(last)).toBe('0');
    expect(await call.end()).toBe(0);
  });

  it('a chunk of an append that nobody began is passed over', async () => {
    const stream = uniqueStream('nobody');
    const call = new RawBatchCall(raw);
    call.send(rawBatch({ correlation: correlation() }));
    call.send(rawBatch({ correlation: correlation(), stream }));
    expect(revisionIn(await call.answer(0))).toBe('0');
    expect(await call.end()).toBe(0);
    expect(call.answers).toHaveLength(1);
  });

  it('too large is said before its last chunk, whose rest is passed over', async () => {
    const stream = uniqueStream('early');
    const call = new RawBatchCall(raw);
    const id = correlation();
    call.send(rawBatch({ correlation: id, stream, size: LIMIT, final: false }));
    expect(errorOf(await call.answer(0))).toEqual([
      3,
      'MaximumAppendSizeExceeded',
      'MaximumAppendSizeExceeded',
    ]);
    call.send(rawBatch({ correlation: id, size: 2, final: true }));
    call.send(rawBatch({ correlation: correlation(), stream }));
    expect(revisionIn(await call.answer(1))).toBe('0');
    expect(await call.end()).toBe(0);
  });

  it('names the stream, and what was expected to the last digit', async () => {
    const stream = uniqueStream('exact');
    const call = new RawBatchCall(raw);
    const far = 2n ** 63n - 1n;
    call.send(rawBatch({ correlation: correlation(), stream, expected: far }));
    const answer = await call.answer(0);
    expect([streamIn(answer), errorOf(answer)]).toEqual([
      stream,
      [6, 'WrongExpectedVersion', 'WrongExpectedVersion'],
    ]);
    const details = Buffer.from(answer.getError()!.getDetails()!.getValue_asU8());
    // current_no_stream {}, expected_stream_position 2^63-1.
    expect(details.toString('hex')).toBe('120018ffffffffffffffff7f');
    expect(await call.end()).toBe(0);
  });

  it('the largest revision of 64 bits means none', async () => {
    const stream = uniqueStream('none');
    const call = new RawBatchCall(raw);
    call.send(rawBatch({ correlation: correlation(), stream, expected: 2n ** 64n - 1n }));
    expect(revisionIn(await call.answer(0))).toBe('0');
    expect(await call.end()).toBe(0);
  });
});

describe('a deadline as a duration', () => {
  it('that is not over lets the append through', async () => {
    const stream = uniqueStream('in-time');
    const call = new RawBatchCall(raw);
    call.send(requestOf(withDuration(stream, 60)));
    expect(revisionIn(await call.answer(0))).toBe('0');
    expect(await call.end()).toBe(0);
  });

  it.each([
    ['of nothing', 0, 0],
    ['of less than nothing', -5, 0],
  ])('%s is over: nothing is stored', async (_case, seconds, nanos) => {
    const stream = uniqueStream('over');
    const call = new RawBatchCall(raw);
    call.send(requestOf(withDuration(stream, seconds, nanos)));
    expect(errorOf(await call.answer(0))).toEqual([4, 'Timeout', 'Timeout']);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    expect(await call.end()).toBe(0);
  });

  it('ends an append whose last chunk does not come', async () => {
    const stream = uniqueStream('unfinished');
    const call = new RawBatchCall(raw);
    call.send(requestOf(withDuration(stream, 0, 200_000_000, false)));
    const answer = await call.answer(0);
    expect([streamIn(answer), errorOf(answer)]).toEqual([stream, [4, 'Timeout', 'Timeout']]);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    expect(await call.end()).toBe(0);
  });
});

describe('a deadline as an instant', () => {
  it('that is this very millisecond has passed: nothing is stored', async () => {
    const stream = uniqueStream('now');
    const call = new RawBatchCall(raw);
    // Many, for the clock often goes on before one is read.
    for (let n = 0; n < 50; n += 1) {
      const request = rawBatch({ correlation: correlation(), stream });
      const deadline = new timestampMessages.Timestamp();
      const now = Date.now();
      deadline.setSeconds(Math.floor(now / 1000));
      deadline.setNanos((now % 1000) * 1_000_000 + 999_900);
      request.getOptions()!.setDeadline(deadline);
      call.send(request);
      expect(errorOf(await call.answer(n))).toStrictEqual([4, 'Timeout', 'Timeout']);
    }
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    expect(await call.end()).toBe(0);
  });
});

describe('a content type that is not known', () => {
  it('is binary', async () => {
    const stream = uniqueStream('content-type');
    const call = new RawBatchCall(raw);
    for (const contentType of ['application/vnd.depositary', 'application/json; charset=utf-8', ''])
      call.send(rawBatch({ correlation: correlation(), stream, contentType }));
    call.send(rawBatch({ correlation: correlation(), stream }));
    await call.answer(3);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(({ event }) => event!.isJson)).toEqual([false, false, false, true]);
    expect(await call.end()).toBe(0);
  });
});

const nil = '00000000-0000-0000-0000-000000000000';
