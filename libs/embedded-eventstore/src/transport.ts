import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { GrpcCall } from './grpc-call.ts';
import { GrpcError, grpcStatus } from './grpc-status.ts';

const preface = Buffer.from('PRI * HTTP/2.0');

export interface Transport {
  readonly port: number;
  /** Ends every call through `endCall`, then the connections; bounded. */
  close(endCall: (call: GrpcCall) => void): Promise<void>;
}

export interface Handlers {
  onCall(path: string, call: GrpcCall): void;
  onHttp1(request: IncomingMessage, response: ServerResponse): void;
}

/** One port, as EventStoreDB's: HTTP/2 with prior knowledge for gRPC, HTTP/1.1 for everything else. */
export async function listen(host: string, port: number, handlers: Handlers): Promise<Transport> {
  const calls = new Set<GrpcCall>();
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  const http1 = createHttp1((request, response) => handlers.onHttp1(request, response));
  const http2 = createHttp2({
    settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: 4096 },
    maxSessionMemory: 128,
  });
  http2.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(8 * 1024 * 1024);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  http2.on('sessionError', () => undefined);
  http2.on('stream', (stream, headers) => {
    const call = new GrpcCall(stream as ServerHttp2Stream, headers);
    calls.add(call);
    call.onEnd(() => calls.delete(call));
    if (
      headers[':method'] !== 'POST' ||
      !String(headers['content-type']).startsWith('application/grpc')
    ) {
      call.fail(new GrpcError(grpcStatus.internal, 'Only gRPC is served over HTTP/2.'));
      return;
    }
    handlers.onCall(String(headers[':path']), call);
  });

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    sniff(socket, (isHttp2) => (isHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close(endCall) {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const call of calls) endCall(call);
      for (const session of sessions) session.close();
      http1.closeAllConnections();
      const late = setTimeout(() => {
        for (const call of calls) call.abort();
        for (const socket of sockets) socket.destroy();
      }, 500);
      await closed;
      clearTimeout(late);
    },
  };
}

/**
 * Looks at the first bytes of a connection and then gives them back, once, for whoever gets it: bytes
 * given back while still undecided would be offered here again at once, for ever.
 */
function sniff(socket: Socket, then: (isHttp2: boolean) => void): void {
  const patience = setTimeout(() => socket.destroy(), 10_000);
  socket.once('close', () => clearTimeout(patience));
  let held: Buffer = Buffer.alloc(0);
  const leave = (): void => void socket.destroy();
  const look = (): void => {
    const bytes: Buffer | null = socket.read();
    if (bytes === null) return;
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    const compared = Math.min(held.length, preface.length);
    const fits = held.subarray(0, compared).equals(preface.subarray(0, compared));
    if (fits && held.length < preface.length) return;
    clearTimeout(patience);
    socket.off('readable', look);
    socket.off('end', leave);
    socket.unshift(held);
    then(fits);
  };
  socket.on('readable', look);
  socket.on('end', leave);
}
