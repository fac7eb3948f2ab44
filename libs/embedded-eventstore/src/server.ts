import { randomUUID } from 'node:crypto';
import { serveAppend, serveDelete, serveUnary } from './appending.ts';
import { BatchAppending } from './batch-appending.ts';
import type { DatabaseSync } from 'node:sqlite';
import { damaged, openDatabase } from './database.ts';
import { EventLog } from './event-log.ts';
import type { GrpcCall } from './grpc-call.ts';
import { GrpcError, grpcStatus, serverNotReady } from './grpc-status.ts';
import { plainAnswer } from './plain-http.ts';
import { bytesField, framed, numberField, textField } from './protobuf.ts';
import { Reading } from './reading.ts';
import { StoredPages } from './stored-pages.ts';
import { Subscription } from './subscription.ts';
import { listen, type Transport } from './transport.ts';

export const defaultMaxAppendSize = 1_048_576;
/** What the server says it is, so that clients use what it serves of that version. */
export const serverVersion = '24.2.0';

export interface ServerOptions {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly maxAppendSize: number;
}

export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

const method = (service: string, name: string, ...features: string[]): Buffer =>
  bytesField(
    1,
    textField(1, name),
    textField(2, service),
    ...features.map((feature) => textField(3, feature)),
  );

/** Only what is served is named; a client takes the rest for not there. */
const supportedMethods = framed(
  method('event_store.client.streams.streams', 'read', 'position', 'events'),
  method('event_store.client.streams.streams', 'append'),
  method('event_store.client.streams.streams', 'batchappend', 'deadline_duration'),
  method('event_store.client.streams.streams', 'delete'),
  method('event_store.client.streams.streams', 'tombstone'),
  method('event_store.client.gossip.gossip', 'read'),
  method('event_store.client.server_features.serverfeatures', 'getsupportedmethods'),
  textField(2, serverVersion),
);

type Routes = ReadonlyMap<string, (call: GrpcCall) => void>;

const unary = (answer: (call: GrpcCall) => Buffer) => (call: GrpcCall) =>
  serveUnary(call, () => {
    call.write(answer(call));
    call.end();
  });

function routesOf(
  log: EventLog,
  reading: Reading,
  maxAppendSize: number,
  gossip: (call: GrpcCall) => Buffer,
): Routes {
  const streams = '/event_store.client.streams.Streams';
  return new Map<string, (call: GrpcCall) => void>([
    [`${streams}/Read`, (call) => reading.serve(call, (...of) => new Subscription(...of).run())],
    [`${streams}/Append`, (call) => serveAppend(call, log, maxAppendSize)],
    [`${streams}/BatchAppend`, (call) => new BatchAppending(call, log, maxAppendSize).serve()],
    [`${streams}/Delete`, (call) => serveDelete(call, log, 'delete')],
    [`${streams}/Tombstone`, (call) => serveDelete(call, log, 'tombstone')],
    [
      '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
      unary(() => supportedMethods),
    ],
    ['/event_store.client.gossip.Gossip/Read', unary(gossip)],
  ]);
}

/** The log looks at what is stored, and so may be the first to find damage. @throws StoreNotOpened */
function openLog(database: DatabaseSync, dataDir: string): EventLog {
  try {
    return new EventLog(database);
  } catch (error) {
    throw damaged(dataDir, error);
  }
}

/** Opens the store and serves it. @throws StoreNotOpened, or the error of listening */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, maxAppendSize } = options;
  const database = openDatabase(options.dataDir);
  let transport: Transport;
  const instance = randomUUID();
  try {
    const log = openLog(database, options.dataDir);
    const reading = new Reading(log, new StoredPages(database));
    let { port } = options;
    const routes = routesOf(log, reading, maxAppendSize, ({ localAddress }) =>
      clusterInfo(instance, reachableHost(host, localAddress), port),
    );
    transport = await listen(host, port, {
      onCall: (path, call) => {
        const route = routes.get(path);
        if (route === undefined) call.fail(unimplemented(path, [...routes.keys()]));
        else route(call);
      },
      onPlain: (httpMethod, url, localAddress) =>
        plainAnswer(httpMethod, url, {
          version: serverVersion,
          instance,
          host: reachableHost(host, localAddress),
          port,
          lastPosition: log.lastPosition,
        }),
    });
    port = transport.port;
    return {
      port,
      async close() {
        log.drain();
        await transport.close((call) => call.fail(serverNotReady()));
        log.drain();
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

const serviceOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

function unimplemented(path: string, served: readonly string[]): GrpcError {
  const what = served.some((known) => serviceOf(known) === serviceOf(path)) ? 'Method' : 'Service';
  return new GrpcError(grpcStatus.unimplemented, `${what} is unimplemented.`);
}

/** A store that listens on every address is reached at the one that the caller found. */
function reachableHost(host: string, localAddress: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  return localAddress.replace(/^::ffff:/, '') || host;
}

/** Where this single node is reached: itself, alive, leader (state 8). */
function clusterInfo(instance: string, host: string, port: number): Buffer {
  const hex = instance.replaceAll('-', '');
  const half = (from: number): bigint => BigInt(`0x${hex.slice(from, from + 16)}`);
  const id = bytesField(1, bytesField(1, numberField(1, half(0)), numberField(2, half(16))));
  const endPoint = bytesField(5, textField(1, host), numberField(2, port));
  const ticks = BigInt(Date.now()) * 10_000n;
  return framed(
    bytesField(1, id, numberField(2, ticks), numberField(3, 8), numberField(4, 1), endPoint),
  );
}
