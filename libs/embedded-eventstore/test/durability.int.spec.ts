import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, expect, it } from '@jest/globals';
import { startEmbeddedEventStore } from '../src/index.ts';
import {
  closeClient,
  collect,
  describeEmbedded,
  expectedFacts,
  facts,
  numbered,
  range,
  startStoreUnderTest,
  temporaryFolder,
  uniqueStream,
} from './store-under-test.ts';
import { outcomeName, rejection } from './outcomes.ts';
import { Watch } from './watch.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});
const folder = async (): Promise<string> => {
  const made = await temporaryFolder('durability');
  folders.push(made);
  return made;
};

const failure = (attempt: Promise<unknown>) => rejection(attempt, Error);

/** The database file of a data folder that was used and closed. */
async function usedFolder(): Promise<{ dataDir: string; file: string }> {
  const dataDir = await folder();
  const server = await startEmbeddedEventStore({ dataDir });
  const client = EventStoreDBClient.connectionString(server.connectionString);
  const events = range(0, 500).map((n) => numbered(n));
  await client.appendToStream('kept', events);
  await closeClient(client);
  await server.close();
  const files = await readdir(dataDir);
  const sizes = await Promise.all(
    files.map(async (name) => ({ name, size: (await stat(join(dataDir, name))).size })),
  );
  const largest = sizes.toSorted((a, b) => b.size - a.size)[0]!;
  return { dataDir, file: join(dataDir, largest.name) };
}

describeEmbedded('a restart', () => {
  it('keeps events, positions, order and numbering', async () => {
    const store = await startStoreUnderTest();
    const stream = uniqueStream('kept');
    const events = range(0, 50).map((n) => numbered(n));
    await store.client.appendToStream(stream, events.slice(0, 20));
    const { position } = await store.client.appendToStream(stream, events.slice(20));
    const before = await collect(store.client.readAll());
    await store.restart();
    const read = await collect(store.client.readStream(stream));
    expect(read.map(facts)).toEqual(expectedFacts(stream, events));
    expect(await collect(store.client.readAll())).toEqual(before);
    const next = await store.client.appendToStream(stream, numbered(50), {
      expectedRevision: 49n,
    });
    expect(next.nextExpectedRevision).toBe(50n);
    expect(next.position!.commit).toBeGreaterThan(position!.commit);
    await store.stop();
  });

  it('lets a subscriber go on from the position it had', async () => {
    const store = await startStoreUnderTest();
    const stream = uniqueStream('resumed');
    await store.client.appendToStream(stream, [numbered(0), numbered(1)]);
    const watch = new Watch(store.client.subscribeToAll());
    await watch.until(({ events }) => events.at(-1)?.event?.streamId === stream);
    await watch.until(({ events }) => events.at(-1)?.event?.revision === 1n);
    const fromPosition = watch.events.at(-1)!.event!.position!;
    await store.client.appendToStream(stream, numbered(2));
    await watch.stop();
    await store.restart();
    await store.client.appendToStream(stream, numbered(3));
    const resumed = await new Watch(store.client.subscribeToAll({ fromPosition })).live();
    await resumed.until(({ events }) => events.length === 2);
    expect(resumed.numbers).toEqual([2, 3]);
    await resumed.stop();
    await store.stop();
  });

  it('ends open subscriptions and appends as unavailable, with nothing left half done', async () => {
    const dataDir = await folder();
    const server = await startEmbeddedEventStore({ dataDir });
    const client = EventStoreDBClient.connectionString(server.connectionString);
    const watch = await new Watch(client.subscribeToStream('s')).live();
    const attempts = range(0, 200).map((n) => client.appendToStream('s', numbered(n)));
    const settled = Promise.allSettled(attempts);
    await Promise.race(attempts);
    await server.close();
    const outcomes = await settled;
    const error = await watch.failed();
    expect(error.constructor.name).toMatch(/UnavailableError|CancelledError/);
    for (const attempt of attempts) {
      expect(await outcomeName(attempt)).toMatch(/^(success|UnavailableError|CancelledError)$/);
    }
    await closeClient(client);
    const again = await startEmbeddedEventStore({ dataDir });
    const reader = EventStoreDBClient.connectionString(again.connectionString);
    const read = await collect(reader.readStream('s'));
    const acknowledged = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(read.length).toBeGreaterThanOrEqual(acknowledged);
    expect(read.map(({ event }) => event!.revision)).toEqual(range(0, read.length).map(BigInt));
    await closeClient(reader);
    await again.close();
  }, 20_000);

  it('is met by a client as unavailable while the server is away', async () => {
    const dataDir = await folder();
    const server = await startEmbeddedEventStore({ dataDir });
    const client = EventStoreDBClient.connectionString(server.connectionString);
    await client.appendToStream('s', numbered(0));
    await server.close();
    // The client asks for the features first, and hands that call's error on as it is.
    expect(await failure(client.appendToStream('s', numbered(1)))).toHaveProperty('code', 14);
    const again = await startEmbeddedEventStore({ dataDir, port: server.port });
    expect(again.port).toBe(server.port);
    const { nextExpectedRevision } = await client.appendToStream('s', numbered(1));
    expect(nextExpectedRevision).toBe(1n);
    await closeClient(client);
    await again.close();
  }, 20_000);
});

describeEmbedded('a data folder', () => {
  it('in use is refused to a second store with a sentence that names it; the first goes on', async () => {
    const dataDir = await folder();
    const server = await startEmbeddedEventStore({ dataDir });
    const error = await failure(startEmbeddedEventStore({ dataDir }));
    expect(error.message).toContain(dataDir);
    expect(error.message).toMatch(/already|in use|another/i);
    const client = EventStoreDBClient.connectionString(server.connectionString);
    await client.appendToStream('s', numbered(0));
    expect(await collect(client.readStream('s'))).toHaveLength(1);
    await closeClient(client);
    await server.close();
    const again = await startEmbeddedEventStore({ dataDir });
    await again.close();
  });

  it('that is not there yet is made, with its parents', async () => {
    const dataDir = join(await folder(), 'a', 'b');
    const server = await startEmbeddedEventStore({ dataDir });
    await server.close();
    expect((await readdir(dataDir)).length).toBeGreaterThan(0);
  });

  it('that is a file is refused', async () => {
    const file = join(await folder(), 'file');
    await writeFile(file, 'a note');
    await expect(startEmbeddedEventStore({ dataDir: file })).rejects.toThrow(Error);
    expect(await readFile(file, 'utf8')).toBe('a note');
  });

  it('with a port that is taken is refused, and can be used afterwards', async () => {
    const first = await startEmbeddedEventStore({ dataDir: await folder() });
    const dataDir = await folder();
    const error = await failure(startEmbeddedEventStore({ dataDir, port: first.port }));
    expect(error.message).toContain(String(first.port));
    const second = await startEmbeddedEventStore({ dataDir });
    await second.close();
    await first.close();
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['a text', () => Buffer.from('this is no database\n'.repeat(500))],
    ['a file cut in the middle', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2) - 100)],
    ['a header of zeros', (bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)])],
    ['its last page overwritten', (bytes) => bytes.fill(0x5a, bytes.length - 8192)],
    ['one index page of zeros', (bytes) => bytes.fill(0, 2 * 8192, 3 * 8192)],
    ['pages of zeros', (bytes) => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(200_000)])],
  ])('with %s for its database is refused, and nothing is overwritten', async (_case, damage) => {
    const { dataDir, file } = await usedFolder();
    const damaged = damage(await readFile(file));
    await writeFile(file, damaged);
    const error = await failure(startEmbeddedEventStore({ dataDir }));
    expect(error.message).toContain(dataDir);
    expect(error.message).toMatch(/damaged|cut short|another program/);
    expect((await readFile(file)).equals(damaged)).toBe(true);
  });

  it('with the database of another program is refused, and nothing is overwritten', async () => {
    const { dataDir, file } = await usedFolder();
    await rm(file);
    const foreign = new DatabaseSync(file);
    foreign.exec('create table recipes (name text); insert into recipes values (1)');
    foreign.close();
    const bytes = await readFile(file);
    const error = await failure(startEmbeddedEventStore({ dataDir }));
    expect(error.message).toContain(file);
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });
});

describeEmbedded('a store', () => {
  it('listens on loopback, on a port of its own choice', async () => {
    const servers = [
      await startEmbeddedEventStore({ dataDir: await folder() }),
      await startEmbeddedEventStore({ dataDir: await folder() }),
    ];
    expect(servers.map(({ host }) => host)).toEqual(['127.0.0.1', '127.0.0.1']);
    expect(servers[0]!.port).not.toBe(servers[1]!.port);
    expect(servers[0]!.connectionString).toBe(`esdb://127.0.0.1:${servers[0]!.port}?tls=false`);
    for (const server of servers) await server.close();
  });

  it('may be closed twice', async () => {
    const server = await startEmbeddedEventStore({ dataDir: await folder() });
    await Promise.all([server.close(), server.close()]);
    await expect(server.close()).resolves.toBeUndefined();
  });
});
