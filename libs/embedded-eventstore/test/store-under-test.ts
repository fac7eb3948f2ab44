import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import type {
  AllStreamResolvedEvent,
  AppendExpectedRevision,
  AppendResult,
  DeleteResult,
  JSONEventData,
  ResolvedEvent,
} from '@eventstore/db-client';
import { describe } from '@jest/globals';
import { Channel } from '@grpc/grpc-js';
import { startEmbeddedEventStore } from '../src/index.ts';

/** The same suite runs against any EventStoreDB: `CONTRACT_EVENTSTORE_URL=esdb://host:2113?tls=false`. */
export const externalUrl = process.env['CONTRACT_EVENTSTORE_URL'];

/** For what only the embedded store promises: files, restarts, a process of its own. */
export const describeEmbedded = externalUrl === undefined ? describe : describe.skip;

export interface StoreUnderTest {
  readonly connectionString: string;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly client: EventStoreDBClient;
  /** One more client, closed with the store. `parameters` go into the connection string. */
  connect(parameters?: string): EventStoreDBClient;
  /** Stops the server and starts it on the same folder; `client` is a new one afterwards. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Deletes and tombstones as the client takes them: its types leave `stream_exists` out. */
export interface Remover {
  deleteStream(
    stream: string,
    options?: { expectedRevision?: AppendExpectedRevision },
  ): Promise<DeleteResult>;
  tombstoneStream(
    stream: string,
    options?: { expectedRevision?: AppendExpectedRevision },
  ): Promise<DeleteResult>;
}

/** The client has no close of its own: `dispose` ends its calls and leaves the channel open. */
export async function closeClient(client: EventStoreDBClient): Promise<void> {
  await client.dispose();
  const getChannel: unknown = Reflect.get(client, 'getChannel');
  if (typeof getChannel !== 'function') throw new Error('the client has no channel to close');
  const channel: unknown = await getChannel();
  if (channel instanceof Channel) channel.close();
}

export async function temporaryFolder(label: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `embedded-eventstore-${label}-`));
}

export async function startStoreUnderTest(maxAppendSize?: number): Promise<StoreUnderTest> {
  return externalUrl === undefined ? startEmbedded(maxAppendSize) : useExternal(externalUrl);
}

async function startEmbedded(maxAppendSize?: number): Promise<StoreUnderTest> {
  const dataDir = await temporaryFolder('contract');
  const options = maxAppendSize === undefined ? { dataDir } : { dataDir, maxAppendSize };
  let server = await startEmbeddedEventStore(options);
  const clients: EventStoreDBClient[] = [];
  const connect = (parameters = ''): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(`${server.connectionString}${parameters}`);
    clients.push(client);
    return client;
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(clients.splice(0).map(closeClient));
    await server.close();
  };
  let client = connect();
  return {
    get connectionString() {
      return server.connectionString;
    },
    get host() {
      return server.host;
    },
    get port() {
      return server.port;
    },
    dataDir,
    get client() {
      return client;
    },
    connect,
    async restart() {
      await closeAll();
      server = await startEmbeddedEventStore(options);
      client = connect();
    },
    async stop() {
      await closeAll();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function useExternal(url: string): StoreUnderTest {
  const { hostname, port } = new URL(url.replace(/^esdb(\+discover)?:/, 'http:'));
  const clients: EventStoreDBClient[] = [];
  const connect = (parameters = ''): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(`${url}${parameters}`);
    clients.push(client);
    return client;
  };
  return {
    connectionString: url,
    host: hostname,
    port: Number(port || 2113),
    dataDir: '',
    client: connect(),
    connect,
    restart: () => Promise.reject(new Error('only the embedded store can be restarted')),
    stop: async () => {
      await Promise.all(clients.map(closeClient));
    },
  };
}

export const uniqueStream = (label: string): string => `${label}-${randomUUID()}`;

/** The JSON event of the tests: numbered, so that order and content can be compared. */
export const numbered = (n: number, type = 'Numbered'): JSONEventData =>
  jsonEvent({ id: randomUUID(), type, data: { n } });

export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

/** What an appended event looks like when it is read back, without the instant and the positions. */
export function facts({ event }: ResolvedEvent | AllStreamResolvedEvent): unknown {
  if (event === undefined) return undefined;
  const { streamId, id, revision, type, data, metadata, isJson } = event;
  return { streamId, id, revision, type, data, metadata, isJson };
}

export const expectedFacts = (
  streamId: string,
  events: readonly JSONEventData[],
  firstRevision = 0,
): unknown[] =>
  events.map(({ id, type, data, metadata }, i) => ({
    streamId,
    id,
    revision: BigInt(firstRevision + i),
    type,
    data,
    metadata,
    isJson: true,
  }));

export const succeeded = (result: AppendResult, revision: bigint): boolean =>
  result.success &&
  result.nextExpectedRevision === revision &&
  typeof result.position?.commit === 'bigint' &&
  result.position.commit === result.position.prepare;
