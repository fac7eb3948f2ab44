import { connect } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compressionAlgorithms, credentials } from '@grpc/grpc-js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { RawCall, isEvent, readRequest } from './raw.ts';
import {
  collect,
  describeEmbedded,
  numbered,
  startStoreUnderTest,
  uniqueStream,
} from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

const path = '/event_store.client.streams.Streams/Read';
const framedAs = (flag: number, message: Buffer): Buffer => {
  const head = Buffer.alloc(5, flag);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};

/** A call of one request made by hand: its status and message, and how many bytes of answer. */
async function callWith(encoding: string, body: Buffer) {
  const session = connect(`http://${store.host}:${store.port}`);
  const call = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    'grpc-encoding': encoding,
    te: 'trailers',
  });
  let headers: Record<string, unknown> = {};
  call.on('response', (got) => (headers = { ...headers, ...got }));
  call.on('trailers', (got) => (headers = { ...headers, ...got }));
  let bytes = 0;
  call.on('data', (chunk: Buffer) => (bytes += chunk.length));
  const ended = new Promise((resolve, reject) => {
    call.on('close', resolve);
    for (const part of [call, session]) part.on('error', reject);
  });
  call.end(body);
  await ended;
  session.close();
  return { status: headers['grpc-status'], message: headers['grpc-message'], bytes };
}

describe('compressed messages', () => {
  it.each([
    ['deflate', compressionAlgorithms.deflate],
    ['gzip', compressionAlgorithms.gzip],
  ])('by %s are read as any other', async (_name, algorithm) => {
    const stream = uniqueStream('compressed');
    const { nextExpectedRevision } = await store.client.appendToStream(stream, numbered(0));
    expect(nextExpectedRevision).toBe(0n);
    const client = new streamServices.StreamsClient(
      `${store.host}:${store.port}`,
      credentials.createInsecure(),
      { 'grpc.default_compression_algorithm': algorithm },
    );
    const call = new RawCall(client, { stream });
    expect((await call.ended).code).toBe(0);
    client.close();
    expect(call.seen.filter(isEvent)).toHaveLength(1);
  });

  it('by gzip, sent by hand', async () => {
    const stream = uniqueStream('by-hand');
    await store.client.appendToStream(stream, numbered(0));
    const request = Buffer.from(readRequest({ stream }).serializeBinary());
    const { status, bytes } = await callWith('gzip', framedAs(1, gzipSync(request)));
    expect(status).toBe('0');
    expect(bytes).toBeGreaterThan(100);
  });

  it('by an encoding that is not known are refused, with those that are', async () => {
    const answer = await callWith('br', framedAs(1, Buffer.from('anything')));
    expect(answer.status).toBe('12');
    expect(String(answer.message)).toContain("'br'");
    expect(String(answer.message)).toContain('identity,gzip,deflate');
  });
});

describeEmbedded('compressed messages that are none', () => {
  it.each([
    ['no gzip', 'gzip', framedAs(1, Buffer.from('no gzip at all'))],
    ['marked, in a call without encoding', 'identity', framedAs(1, Buffer.from([10, 0]))],
    ['with a flag that means nothing', 'gzip', framedAs(7, Buffer.from([10, 0]))],
    ['as large as memory once unpacked', 'gzip', framedAs(1, gzipSync(Buffer.alloc(64 << 20)))],
  ])('%s: an error, and the store goes on', async (_case, encoding, body) => {
    const { status } = await callWith(encoding, body);
    expect(['8', '12', '13']).toContain(status);
    const stream = uniqueStream('goes-on');
    await store.client.appendToStream(stream, numbered(0));
    expect(await collect(store.client.readStream(stream))).toHaveLength(1);
  });
});
