import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DeadlineExceededError,
  MaxAppendSizeExceededError,
  StreamNotFoundError,
  UnknownError,
  binaryEvent,
} from '@eventstore/db-client';
import type { AppendToStreamOptions } from '@eventstore/db-client';
import type {
  AppendReq,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type ClientWritableStream, status } from '@grpc/grpc-js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import { bytesOf, rejection, serviceError } from './outcomes.ts';
import { identifier, rawStreams, shared, streams } from './raw.ts';
import { appendHeader, appendMessage as message } from './raw-append.ts';
import {
  collect,
  describeEmbedded,
  range,
  startStoreUnderTest,
  succeeded,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const google = emptyMessages;
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

const sized = (bytes: number) =>
  binaryEvent({ type: 'Sized', data: new Uint8Array(bytes).fill(bytes % 251) });

describe.each<[string, AppendToStreamOptions]>([
  ['BatchAppend', {}],
  ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
])('the maximum append size by %s', (_path, how) => {
  it('lets an event of almost that size through, byte for byte', async () => {
    const stream = uniqueStream('large');
    const event = sized(LIMIT - 1000);
    await store.client.appendToStream(stream, event, how);
    const [read] = await collect(store.client.readStream(stream));
    const data = bytesOf(read!.event!.data);
    expect(data.equals(Buffer.from(event.data))).toBe(true);
  });

  it.each([
    ['one event', [LIMIT + 1]],
    ['the sum of several events', [LIMIT / 2, LIMIT / 4, LIMIT / 4, 1]],
    ['far more than that', [3 * LIMIT, 3 * LIMIT, 3 * LIMIT]],
  ])('is exceeded by %s: refused, nothing stored', async (_case, sizes) => {
    const stream = uniqueStream('too-large');
    const error = await rejection(
      store.client.appendToStream(stream, sizes.map(sized), how),
      MaxAppendSizeExceededError,
    );
    expect(error.maxAppendSize).toBe(LIMIT);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    const next = await store.client.appendToStream(stream, sized(10), how);
    expect(succeeded(next, 0n)).toBe(true);
  });

  it('counts metadata as well', async () => {
    const event = { ...sized(LIMIT / 2), metadata: new Uint8Array(LIMIT / 2 + 1) };
    await rejection(
      store.client.appendToStream(uniqueStream('metadata'), event, how),
      MaxAppendSizeExceededError,
    );
  });
});

describeEmbedded('a maximum append size of its own', () => {
  it('is what the refusal says', async () => {
    const small = await startStoreUnderTest(5000);
    try {
      const ok = await small.client.appendToStream('s', sized(4000));
      expect(succeeded(ok, 0n)).toBe(true);
      const error = await rejection(
        small.client.appendToStream('s', sized(5001)),
        MaxAppendSizeExceededError,
      );
      expect(error.maxAppendSize).toBe(5000);
    } finally {
      await small.stop();
    }
  });
});

describeEmbedded('a message larger than a record of the log can be', () => {
  const largest = 16 * 1024 * 1024 - 10_000;

  it.each<[string, AppendToStreamOptions]>([
    ['BatchAppend', { batchAppendSize: 32 * 1024 * 1024 }],
    ['Append', { credentials: { username: 'admin', password: 'changeit' } }],
  ])(
    'is refused by %s whatever an append may hold, and the largest is stored',
    async (_path, how) => {
      const large = await startStoreUnderTest(largest);
      try {
        const error = await rejection(
          large.client.appendToStream('s', sized(largest + 1), how),
          UnknownError,
        );
        expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
        const event = sized(largest - 1000);
        expect(succeeded(await large.client.appendToStream('s', event, how), 0n)).toBe(true);
        const [read] = await collect(large.client.readStream('s'));
        expect(bytesOf(read!.event!.data).equals(Buffer.from(event.data))).toBe(true);
      } finally {
        await large.stop();
      }
    },
  );
});

describe('an append sent in chunks', () => {
  it('arrives as one', async () => {
    const stream = uniqueStream('chunks');
    const events = range(0, 20).map((n) => sized(1000 + n));
    const result = await store.client.appendToStream(stream, events, { batchAppendSize: 3000 });
    expect(succeeded(result, 19n)).toBe(true);
    const read = await collect(store.client.readStream(stream));
    expect(read.map(({ event }) => event!.id)).toEqual(events.map(({ id }) => id));
  });

  it('is invisible until its last chunk, and never seen if the call ends before', async () => {
    const stream = uniqueStream('unfinished');
    const call = raw.batchAppend();
    const answers: BatchAppendResp[] = [];
    call.on('error', () => undefined);
    const ended = new Promise((resolve) => call.on('status', resolve));
    const answered = new Promise<void>((resolve) => {
      call.on('data', (answer: BatchAppendResp) => {
        answers.push(answer);
        resolve();
      });
    });
    call.write(batch({ stream, correlation: 'a', types: ['One', 'Two'], final: false }));
    // A whole append on the same call, answered after the chunk above was read.
    call.write(batch({ stream: `${stream}-whole`, correlation: 'b', types: ['X'], final: true }));
    await answered;
    expect(answers.map((answer) => answer.getCorrelationId()!.getString())).toEqual([uuid('b')]);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    call.cancel();
    await ended;
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
  });
});

describe('deadlines', () => {
  it('already passed on a batch: refused, nothing stored', async () => {
    const stream = uniqueStream('late');
    await rejection(
      store.client.appendToStream(stream, sized(1), { deadline: -5000 }),
      DeadlineExceededError,
    );
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
  });

  it('already passed on a unary call', async () => {
    await rejection(
      store.client.deleteStream(uniqueStream('late'), { deadline: -5 }),
      DeadlineExceededError,
    );
  });
});

describe('what the official client never sends', () => {
  it('an event without a type is refused by both paths, nothing stored', async () => {
    const stream = uniqueStream('untyped');
    const error = await serviceError(appendRaw(appendHeader(stream), message({})));
    expect(error.code).toBe(3);
    expect(error.metadata.get('exception')).toEqual(['missing-required-metadata-property']);
    expect(String(error.metadata.get('required-metadata-properties')[0]).length).toBeGreaterThan(0);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
  });

  it('an append without options or without events ends with an error, not a hang', async () => {
    const noOptions = await serviceError(appendRaw(message({ type: 'T' })));
    expect(noOptions.code).toBeGreaterThan(0);
    const noRevision = new streams.AppendReq();
    const options = new streams.AppendReq.Options();
    options.setStreamIdentifier(identifier('x'));
    noRevision.setOptions(options);
    const error = await serviceError(appendRaw(noRevision, message({ type: 'T' })));
    expect(error.code).toBeGreaterThan(0);
  });

  it('an id that is no UUID is refused, nothing stored', async () => {
    const stream = uniqueStream('bad-id');
    const bad = message({ type: 'T', id: 'not-a-uuid' });
    const error = await serviceError(appendRaw(appendHeader(stream), bad));
    expect(error.code).toBeGreaterThan(0);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
  });

  it('a structured id is the same id as its text form', async () => {
    const stream = uniqueStream('structured');
    const id = randomUUID();
    const bits = BigInt(`0x${id.replaceAll('-', '')}`);
    const structured = new shared.UUID.Structured();
    structured.setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)));
    structured.setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
    const event = message({ type: 'T' });
    event.getProposedMessage()!.getId()!.setStructured(structured);
    await appendRaw(appendHeader(stream), event);
    const [read] = await collect(store.client.readStream(stream));
    expect(read!.event!.id).toBe(id);
  });
});

describeEmbedded('a refused append whose sender has more to say', () => {
  /** An append refused at its first message, whose sender then sends on every 20 ms. */
  async function refused(then: (call: ClientWritableStream<AppendReq>) => void) {
    const sender = new AbortController();
    const began = Date.now();
    const told = serviceError(
      new Promise((resolve, reject) => {
        const call = raw.append((error, response) => (error ? reject(error) : resolve(response)));
        call.on('error', () => undefined);
        call.write(appendHeader(uniqueStream('refused')));
        call.write(message({}));
        void (async () => {
          for (let n = 0; n < 15; n++) {
            await setTimeout(20);
            if (!sender.signal.aborted) call.write(message({ type: 'T' }));
          }
          then(call);
        })();
      }),
    );
    const { code } = await told;
    sender.abort();
    return { code, took: Date.now() - began };
  }

  // .NET's client, answered while it waits to send, can miss that the call is over, and hangs.
  it('is answered once it has ended', async () => {
    const { code, took } = await refused((call) => call.end());
    expect(code).toBe(status.INVALID_ARGUMENT);
    expect(took).toBeGreaterThanOrEqual(300);
  });

  it('is answered as well when the sender falls silent without an end', async () => {
    const { code, took } = await refused(() => undefined);
    expect(code).toBe(status.INVALID_ARGUMENT);
    expect(took).toBeGreaterThanOrEqual(300);
    expect(took).toBeLessThan(2000);
  });
});

const uuid = (letter: string): string => `${letter.repeat(8)}-0000-4000-8000-000000000000`;

function batch(spec: {
  stream: string;
  correlation: string;
  types: string[];
  final: boolean;
}): BatchAppendReq {
  const request = new streams.BatchAppendReq();
  const correlation = new shared.UUID();
  correlation.setString(uuid(spec.correlation));
  request.setCorrelationId(correlation);
  const options = new streams.BatchAppendReq.Options();
  options.setStreamIdentifier(identifier(spec.stream));
  options.setAny(new google.Empty());
  request.setOptions(options);
  for (const type of spec.types) {
    const proposed = new streams.BatchAppendReq.ProposedMessage();
    const id = new shared.UUID();
    id.setString(randomUUID());
    proposed.setId(id);
    proposed.getMetadataMap().set('type', type);
    proposed.getMetadataMap().set('content-type', 'application/json');
    proposed.setData(Buffer.from('{}'));
    request.addProposedMessages(proposed);
  }
  request.setIsFinal(spec.final);
  return request;
}

function appendRaw(...requests: AppendReq[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = raw.append((error, response) => (error ? reject(error) : resolve(response)));
    call.on('error', () => undefined);
    for (const request of requests) call.write(request);
    call.end();
  });
}
