import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StreamNotFoundError } from '@eventstore/db-client';
import { rejection } from './outcomes.ts';
import { appendHeader, appendMessage } from './raw-append.ts';
import { RawFrames } from './raw-frames.ts';
import { collect, numbered, startStoreUnderTest, uniqueStream } from './store-under-test.ts';
import type { StoreUnderTest } from './store-under-test.ts';

let store: StoreUnderTest;
beforeAll(async () => {
  store = await startStoreUnderTest();
});
afterAll(() => store.stop());

/** Writes are carried out one after the other: what was to be stored before this one is stored then. */
const everythingStored = () => store.client.appendToStream(uniqueStream('after'), numbered(0));

describe('an append of which a part was sent', () => {
  const begun = async (stream: string): Promise<RawFrames> => {
    const call = new RawFrames(store, '/event_store.client.streams.Streams/Append');
    call.send(
      appendHeader(stream),
      appendMessage({ type: 'First' }),
      appendMessage({ type: 'Second' }),
    );
    await call.read('12345678');
    return call;
  };

  it('is stored once its sender finished', async () => {
    const stream = uniqueStream('finished');
    const call = await begun(stream);
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    call.finish();
    await call.read('abcdefgh');
    await everythingStored();
    const read = await collect(store.client.readStream(stream));
    expect(read.map(({ event }) => event!.type)).toStrictEqual(['First', 'Second']);
    await call.hangUp();
  });

  it('is not stored when its sender gives up', async () => {
    const stream = uniqueStream('given-up');
    const call = await begun(stream);
    call.reset();
    await call.read('abcdefgh');
    await everythingStored();
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
    await call.hangUp();
  });

  it('is not stored when its connection ends', async () => {
    const stream = uniqueStream('hung-up');
    const call = await begun(stream);
    await call.hangUp();
    await everythingStored();
    await rejection(collect(store.client.readStream(stream)), StreamNotFoundError);
  });
});
