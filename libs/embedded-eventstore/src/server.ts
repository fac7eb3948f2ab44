import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveAppend, serveBatchAppend, serveDelete, serveUnary } from './appending.ts';
import { openDatabase } from './database.ts';
import { EventLog } from './event-log.ts';
import type { GrpcCall } from './grpc-call.ts';
import { GrpcError, grpcStatus, serverNotReady } from './grpc-status.ts';
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

/** Opens the store and serves it. @throws StoreNotOpened, or the error of listening */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const database = openDatabase(options.dataDir);
  let transport: Transport;
  const instance = randomUUID();
  try {
    const log = new EventLog(database);
    const reading = new Reading(log, new StoredPages(database));
    const { maxAppendSize } = options;
    let port = options.port;
    const unary = (answer: () => Buffer) => (call: GrpcCall) =>
      serveUnary(call, () => {
        call.write(answer());
        call.end();
      });
    const routes = new Map<string, (call: GrpcCall) => void>([
      [
        '/event_store.client.streams.Streams/Read',
        (call) => reading.serve(call, (...of) => new Subscription(...of).run()),
      ],
      [
        '/event_store.client.streams.Streams/Append',
        (call) => serveAppend(call, log, maxAppendSize),
      ],
      [
        '/event_store.client.streams.Streams/BatchAppend',
        (call) => serveBatchAppend(call, log, maxAppendSize),
      ],
      ['/event_store.client.streams.Streams/Delete', (call) => serveDelete(call, log, 'delete')],
      [
        '/event_store.client.streams.Streams/Tombstone',
        (call) => serveDelete(call, log, 'tombstone'),
      ],
      [
        '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
        unary(() => supportedMethods),
      ],
      [
        '/event_store.client.gossip.Gossip/Read',
        unary(() => clusterInfo(instance, options.host, port)),
      ],
    ]);
    transport = await listen(options.host, options.port, {
      onCall: (path, call) => {
        const route = routes.get(path);
        if (route === undefined)
          call.fail(new GrpcError(grpcStatus.unimplemented, 'Service is unimplemented.'));
        else route(call);
      },
      onHttp1: (request, response) => answerHttp1(request, response, options.host, port),
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

/** The few HTTP/1.1 addresses that tools and the client ask. */
function answerHttp1(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  port: number,
): void {
  request.resume();
  const path = (request.url ?? '/').split('?')[0];
  const json = (body: object): void => {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : JSON.stringify(body));
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(404).end();
    return;
  }
  if (path === '/health/live') response.writeHead(204).end();
  else if (path === '/ping') json({ text: 'Ping request successfully handled' });
  else if (path === '/info')
    json({
      esVersion: serverVersion,
      state: 'leader',
      features: { projections: false, userManagement: false, atomPub: false },
      authentication: { type: 'insecure' },
    });
  else if (path === '/gossip')
    json({
      members: [{ state: 'Leader', isAlive: true, httpEndPointIp: host, httpEndPointPort: port }],
      serverIp: host,
      serverPort: port,
    });
  else response.writeHead(404).end();
}
