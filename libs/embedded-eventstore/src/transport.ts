import { createServer as createHttp1 } from 'node:http';
import {
  createServer as createHttp2,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { GrpcCall } from './grpc-call.ts';
import type { PlainAnswer } from './plain-http.ts';

const preface = Buffer.from('PRI * HTTP/2.0');

export interface Transport {
  readonly port: number;
  /** Ends every call through `endCall`, then the connections; bounded. */
  close(endCall: (call: GrpcCall) => void): Promise<void>;
}

export interface Handlers {
  onCall(path: string, call: GrpcCall): void;
  /** A request that is no gRPC; `localAddress` is the one that it arrived at. */
  onPlain(method: string, url: string, localAddress: string): PlainAnswer;
}

/** One port, as EventStoreDB's: HTTP/2 with prior knowledge for gRPC, HTTP/1.1 for everything else. */
export async function listen(host: string, port: number, handlers: Handlers): Promise<Transport> {
  const calls = new Set<GrpcCall>();
  const sessions = new Set<ServerHttp2Session>();
  const sockets = new Set<Socket>();
  const http1 = createHttp1((request, response) => {
    request.resume();
    const { method = '', url = '/' } = request;
    const { status, body } = handlers.onPlain(method, url, request.socket.localAddress ?? '');
    response.writeHead(status, contentType(body));
    response.end(method === 'HEAD' ? undefined : body);
  });
  const http2 = createHttp2({
    settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: 4096 },
    maxSessionMemory: 128,
    // A reader that leaves early resets its stream; Node takes a thousand of them for an attack, and closes
    // the connection with everything else that runs on it.
    streamResetBurst: 1_000_000,
    streamResetRate: 100_000,
  });
  http2.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(8 * 1024 * 1024);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => undefined);
  });
  http2.on('sessionError', () => undefined);
  http2.on('stream', (stream, headers) => {
    const { ':method': method = '', ':path': path = '/', 'content-type': type = '' } = headers;
    if (method !== 'POST' || !type.startsWith('application/grpc')) {
      answerPlainly(stream as ServerHttp2Stream, handlers, method, path);
      return;
    }
    const call = new GrpcCall(stream as ServerHttp2Stream, headers);
    calls.add(call);
    call.onEnd(() => calls.delete(call));
    handlers.onCall(path, call);
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

const contentType = (body: string): Record<string, string> =>
  body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' };

/** Tools may ask over HTTP/2 what they ask over HTTP/1.1, on the one connection they have. */
function answerPlainly(
  stream: ServerHttp2Stream,
  handlers: Handlers,
  method: string,
  path: string,
): void {
  stream.on('error', () => undefined);
  stream.resume();
  const { status, body } = handlers.onPlain(
    method,
    path,
    stream.session?.socket.localAddress ?? '',
  );
  stream.respond({ ':status': status, ...contentType(body) });
  stream.end(method === 'HEAD' ? undefined : body);
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
