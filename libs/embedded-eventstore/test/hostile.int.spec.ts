import { createConnection } from 'node:net';
import { connect as connectHttp2 } from 'node:http2';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, credentials } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import {
  collect,
  describeEmbedded,
  numbered,
  range,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import { numberOf } from './outcomes.ts';
import type { StoreUnderTest } from './store-under-test.ts';

const frame = (length: number, type: number, flags: number, id: number): Buffer =>
  Buffer.from([length >> 16, length >> 8, length, type, flags, 0, 0, 0, id].map((b) => b & 255));
const same = (value: Buffer): Buffer => value;

describeEmbedded('bytes that are no protocol', () => {
  let store: StoreUnderTest;
  const stream = uniqueStream('hostile');
  let appended = 0;
  beforeAll(async () => {
    store = await startStoreUnderTest();
  });
  afterAll(() => store.stop());

  /** The connection that was open all the time, and a new one, both still work. */
  async function stillServes(): Promise<void> {
    await store.client.appendToStream(stream, numbered(appended), {
      expectedRevision: appended === 0 ? 'no_stream' : BigInt(appended - 1),
    });
    appended += 1;
    const fresh = store.connect();
    const read = await collect(fresh.readStream(stream));
    expect(read.map(numberOf)).toEqual(range(0, appended));
  }

  /** Sends the bytes and hangs up: when the server does, or after it had them all. */
  function send(...chunks: (Buffer | string)[]): Promise<void> {
    return new Promise((resolve) => {
      const socket = createConnection({ host: store.host, port: store.port });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.resume();
      for (const chunk of chunks) socket.write(chunk);
      socket.end(() => setImmediate(() => socket.destroySoon()));
    });
  }

  const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
  const cases: [string, () => (Buffer | string)[]][] = [
    ['nothing at all', () => []],
    ['random bytes', () => range(0, 20).map(() => randomBytes(4096))],
    ['a TLS greeting', () => [Buffer.from('16030100a5010000a10303', 'hex'), randomBytes(160)]],
    ['half a preface', () => [preface.slice(0, 10)]],
    ['a preface and random bytes', () => [preface, randomBytes(10_000)]],
    ['a frame that claims to be huge', () => [preface, frame(0xffffff, 0, 0, 1), randomBytes(100)]],
    [
      'data for a stream never opened',
      () => [preface, frame(0, 4, 0, 0), frame(5, 0, 1, 9), '12345'],
    ],
    ['a half request', () => ['GET /info HTTP/1.1\r\nHost: x\r\n']],
    ['a request line without end', () => ['GET /', 'a'.repeat(200_000)]],
    ['a body with a wrong length', () => ['POST /x HTTP/1.1\r\nContent-Length: -1\r\n\r\nabc']],
    ['zero bytes', () => [Buffer.alloc(65_536)]],
  ];
  it.each(cases)('%s: the store goes on', async (_case, bytes) => {
    for (let n = 0; n < 5; n += 1) await send(...bytes());
    await stillServes();
  });

  it('a thousand connections that say nothing do not stop others', async () => {
    const sockets = await Promise.all(
      range(0, 1000).map(
        () =>
          new Promise<ReturnType<typeof createConnection>>((resolve, reject) => {
            const socket = createConnection({ host: store.host, port: store.port });
            socket.on('connect', () => resolve(socket));
            socket.on('error', reject);
          }),
      ),
    );
    await stillServes();
    for (const socket of sockets) socket.destroy();
    await stillServes();
  }, 20_000);

  const paths = ['Read', 'Append', 'BatchAppend', 'Delete', 'Tombstone'].map(
    (method) => `/event_store.client.streams.Streams/${method}`,
  );
  const messages: [string, Buffer][] = [
    ['an empty message', Buffer.alloc(0)],
    ['a message cut short', Buffer.from([0x0a, 0x7f, 0x01])],
    ['bytes of no message', randomBytes(300)],
    ['the wrong wire types', Buffer.from('08011801220548656c6c6f', 'hex')],
    ['a very long varint', Buffer.alloc(64, 0xff)],
  ];
  for (const path of paths) {
    it.each(messages)(`${path} given %s ends with an error`, async (_case, message) => {
      const client = new Client(`${store.host}:${store.port}`, credentials.createInsecure());
      const call = client.makeBidiStreamRequest(path, same, same, { deadline: Date.now() + 4000 });
      const status = new Promise<ServiceError | undefined>((resolve) => {
        call.on('error', (error: ServiceError) => resolve(error));
        call.on('end', () => resolve(undefined));
      });
      const answers: unknown[] = [];
      call.on('data', (answer) => answers.push(answer));
      call.write(message);
      call.end();
      const error = await status;
      client.close();
      // A batch may be answered with an error message instead of a status; silence is not enough.
      if (error === undefined) expect(answers).toHaveLength(1);
      else expect([2, 3, 9, 12, 13]).toContain(error.code);
      await stillServes();
    });
  }

  it('an HTTP/2 request that is no gRPC is answered', async () => {
    const session = connectHttp2(`http://${store.host}:${store.port}`);
    const call = session.request({ ':method': 'GET', ':path': '/anything' });
    call.resume();
    const answered = await new Promise((resolve, reject) => {
      call.on('response', (headers) => resolve(headers));
      for (const part of [call, session]) part.on('error', reject);
    });
    session.destroy();
    expect(answered).toMatchObject({ ':status': expect.any(Number) });
    await stillServes();
  });
});
