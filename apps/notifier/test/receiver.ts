import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Behaviour = (request: Received, response: ServerResponse) => void;

/** A subscriber's server on loopback that notes what it gets and answers as a test says. */
export interface Receiver {
  readonly address: string;
  readonly received: Received[];
  /** How it answers; a path may have its own way. */
  behave(behaviour: Behaviour, path?: string): void;
  /** Ids of what it got at a path, in order. */
  idsAt(path: string): string[];
  close(): Promise<void>;
}

export const ok: Behaviour = (_request, response) => void response.writeHead(204).end();

/** Gives the challenge back, as the owner of a webhook would have it do; everything else is taken. */
export const willing: Behaviour = (request, response) => {
  const { data } = JSON.parse(request.body) as { data: { challenge?: string } };
  if (data.challenge === undefined) return ok(request, response);
  response.writeHead(200, { 'Content-Type': 'application/json' });
  return void response.end(JSON.stringify({ challenge: data.challenge }));
};

export const failing: Behaviour = (_request, response) => void response.writeHead(500).end();

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const behaviours = new Map<string, Behaviour>();
  let usual: Behaviour = ok;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const one = { path, headers: request.headers, body: Buffer.concat(chunks).toString() };
      received.push(one);
      (behaviours.get(path) ?? usual)(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    received,
    behave(behaviour, path) {
      if (path === undefined) usual = behaviour;
      else behaviours.set(path, behaviour);
    },
    idsAt: (path) =>
      received
        .filter((one) => one.path === path)
        .map(({ headers }) => String(headers['webhook-id'])),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
