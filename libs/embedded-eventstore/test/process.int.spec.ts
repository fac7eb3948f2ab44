import { rm } from 'node:fs/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startEmbeddedEventStore } from '../src/index.ts';
import { runServerProcess, startServerProcess } from './server-process.ts';
import {
  closeClient,
  collect,
  describeEmbedded,
  numbered,
  temporaryFolder,
} from './store-under-test.ts';

describeEmbedded('the store as a process of its own', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await temporaryFolder('process');
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('prints its address, serves, and ends with code 0 when asked to', async () => {
    const server = await startServerProcess(dataDir);
    const client = EventStoreDBClient.connectionString(server.connectionString);
    await client.appendToStream('s', numbered(0));
    await closeClient(client);
    const { code, output } = await server.end('SIGTERM');
    expect({ code, lines: output.trim().split('\n').length }).toEqual({ code: 0, lines: 1 });
    const again = await startEmbeddedEventStore({ dataDir });
    const reader = EventStoreDBClient.connectionString(again.connectionString);
    expect(await collect(reader.readStream('s'))).toHaveLength(1);
    await closeClient(reader);
    await again.close();
  });

  it('ends on SIGTERM although clients are connected and subscribed', async () => {
    const server = await startServerProcess(dataDir);
    const client = EventStoreDBClient.connectionString(server.connectionString);
    const subscription = client.subscribeToAll();
    const failed = new Promise<Error>((resolve) => subscription.on('error', resolve));
    await new Promise<void>((resolve) => subscription.on('caughtUp', () => resolve()));
    expect((await server.end('SIGTERM')).code).toBe(0);
    expect((await failed).constructor.name).toMatch(/UnavailableError|CancelledError/);
    await closeClient(client);
  });

  it('is refused on a folder that another process uses, in a clear sentence', async () => {
    const server = await startServerProcess(dataDir);
    const { code, output } = await runServerProcess(dataDir);
    expect(code).not.toBe(0);
    expect(output).toContain(dataDir);
    expect(output).toMatch(/already|in use|another/i);
    expect(output).not.toMatch(/\n\s+at .*\n\s+at /);
    await expect(startEmbeddedEventStore({ dataDir })).rejects.toThrow(dataDir);
    const client = EventStoreDBClient.connectionString(server.connectionString);
    expect((await client.appendToStream('s', numbered(0))).nextExpectedRevision).toBe(0n);
    await closeClient(client);
    await server.end('SIGTERM');
  });

  it('leaves a folder that can be used at once after it was killed', async () => {
    const server = await startServerProcess(dataDir);
    const client = EventStoreDBClient.connectionString(server.connectionString);
    await client.appendToStream('s', numbered(0));
    await closeClient(client);
    expect((await server.end('SIGKILL')).signal).toBe('SIGKILL');
    const again = await startServerProcess(dataDir);
    const reader = EventStoreDBClient.connectionString(again.connectionString);
    expect(await collect(reader.readStream('s'))).toHaveLength(1);
    await closeClient(reader);
    await again.end('SIGTERM');
  });
});
