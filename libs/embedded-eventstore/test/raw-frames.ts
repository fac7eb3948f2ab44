import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

const frame = (type: number, flags: number, id: number, payload = Buffer.alloc(0)): Buffer => {
  const { length } = payload;
  const head = [length >> 16, length >> 8, length, type, flags, 0, 0, 0, id];
  return Buffer.concat([Buffer.from(head.map((byte) => byte & 255)), payload]);
};

/** A header written out, as HPACK allows: neither indexed nor compressed. */
const literal = (name: string, value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, name.length]),
    Buffer.from(name),
    Buffer.from([value.length]),
    Buffer.from(value),
  ]);

/**
 * One gRPC call written frame by frame, on a connection of its own. Node's own HTTP/2 client finishes what
 * it sends before it resets a call, so it can't give up halfway.
 */
export class RawFrames {
  readonly #socket: Socket;
  readonly #closed: Promise<unknown>;
  #received = Buffer.alloc(0);

  constructor({ host, port }: { host: string; port: number }, path: string) {
    this.#socket = createConnection({ host, port });
    this.#socket.on('error', () => undefined);
    this.#closed = once(this.#socket, 'close');
    this.#socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
    });
    const headers = Object.entries({
      ':method': 'POST',
      ':scheme': 'http',
      ':path': path,
      ':authority': 'store',
      te: 'trailers',
      'content-type': 'application/grpc',
    }).map(([name, value]) => literal(name, value));
    this.#socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    this.#socket.write(Buffer.concat([frame(4, 0, 0), frame(1, 4, 1, Buffer.concat(headers))]));
  }

  /** Sends whole messages, each in a frame. */
  send(...messages: { serializeBinary(): Uint8Array }[]): void {
    for (const message of messages) {
      const bytes = Buffer.from(message.serializeBinary());
      const prefix = Buffer.alloc(5);
      prefix.writeUInt32BE(bytes.length, 1);
      this.#socket.write(frame(0, 0, 1, Buffer.concat([prefix, bytes])));
    }
  }

  /** Says that nothing more comes. */
  finish(): void {
    this.#socket.write(frame(0, 1, 1));
  }

  /** Gives the call up (RST_STREAM, CANCEL). */
  reset(): void {
    this.#socket.write(frame(3, 0, 1, Buffer.from([0, 0, 0, 8])));
  }

  /** Settles once the server read everything so far: it answers a ping after what came before. */
  async read(mark: string): Promise<void> {
    this.#socket.write(frame(6, 0, 0, Buffer.from(mark)));
    while (!this.#received.includes(frame(6, 1, 0, Buffer.from(mark))))
      await once(this.#socket, 'data');
  }

  /** Closes the connection, and settles when the server closed it as well. */
  async hangUp(): Promise<void> {
    this.#socket.end();
    await this.#closed;
  }
}
