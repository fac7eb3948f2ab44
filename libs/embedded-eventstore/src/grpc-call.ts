import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { GrpcError, grpcStatus } from './grpc-status.ts';
import { MessageReader } from './message-reader.ts';
import { MalformedMessage } from './protobuf.ts';

const units: Readonly<Record<string, number>> = {
  H: 3_600_000,
  M: 60_000,
  S: 1000,
  m: 1,
  u: 0.001,
  n: 0.000_001,
};

/** gRPC's `grpc-timeout` as milliseconds; Infinity when there is none. */
export function timeoutOf(header: string | string[] | undefined): number {
  const match = /^(\d{1,8})([HMSmun])$/.exec(String(header ?? ''));
  return match === null ? Infinity : Number(match[1]) * (units[match[2] ?? ''] ?? 1);
}

/**
 * `grpc-message` may hold only printable ASCII, without a space at either end (clients drop such a header
 * unread); the rest is percent-encoded.
 */
const encoded = (message: string): string =>
  Array.from(Buffer.from(message), (byte) =>
    byte >= 0x20 && byte <= 0x7e && byte !== 0x25
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  )
    .join('')
    .replace(/^ | $/g, '%20');

/** Header values can't hold every stream name; HTTP/2 would refuse the whole answer, or clients the header. */
const headerSafe = (value: string): string =>
  /^(?! )[\x20-\x7e]*(?<! )$/.test(value) ? value : encoded(value);

/**
 * How long a refused caller who still sends is heard out, in milliseconds: until it has been quiet for the
 * first, and for the second at most.
 */
const patience = { quiet: 100, longest: 2000 };

/** One gRPC call over an HTTP/2 stream: messages in, messages out, then a status. */
export class GrpcCall {
  readonly stream: ServerHttp2Stream;
  readonly deadline: number;
  private readonly reader: MessageReader;
  private started = false;
  private ended = false;
  private trailers: Record<string, string> = {};
  private timer: NodeJS.Timeout | null = null;
  private readonly endListeners: (() => void)[] = [];

  constructor(stream: ServerHttp2Stream, headers: IncomingHttpHeaders) {
    this.stream = stream;
    this.reader = new MessageReader(String(headers['grpc-encoding'] ?? 'identity'));
    const timeout = timeoutOf(headers['grpc-timeout']);
    this.deadline = timeout === Infinity ? Infinity : Date.now() + timeout;
    if (timeout !== Infinity) {
      this.timer = setTimeout(
        () => this.fail(new GrpcError(grpcStatus.deadlineExceeded, 'Deadline Exceeded')),
        Math.min(timeout, 2_147_483_647),
      );
    }
    stream.on('error', () => undefined);
    stream.on('close', () => this.finish());
    stream.on('wantTrailers', () => {
      if (!stream.destroyed) stream.sendTrailers(this.trailers);
    });
  }

  /** This machine's address on the call's connection: one at which the caller reaches it. */
  get localAddress(): string {
    return this.stream.session?.socket.localAddress ?? '';
  }

  /** True once the call is over, whoever ended it. */
  get over(): boolean {
    return this.ended;
  }

  /** Calls back when the call is over: cancelled, answered, or its connection lost. */
  onEnd(listener: () => void): void {
    if (this.ended) listener();
    else this.endListeners.push(listener);
  }

  /** Calls back for each whole message; errors thrown by it end the call. */
  onMessage(onMessage: (message: Buffer) => void, onHalfClose: () => void): void {
    this.stream.on('data', (chunk: Buffer) => {
      if (this.ended) return;
      try {
        for (const message of this.reader.take(chunk)) {
          onMessage(message);
          if (this.ended) return;
        }
      } catch (error) {
        this.fail(error);
      }
    });
    this.stream.on('end', () => {
      // Node ends the readable side of a stream that was reset, or whose connection broke, like one whose
      // sender finished: what came till then is a part, and must not be taken for the whole.
      if (this.ended || this.stream.aborted) return;
      try {
        if (!this.reader.empty) throw new GrpcError(grpcStatus.internal, 'Incomplete message.');
        onHalfClose();
      } catch (error) {
        this.fail(error);
      }
    });
  }

  /** Sends framed messages; false: wait for `drained` before sending more. */
  write(frames: Buffer): boolean {
    if (this.ended || this.stream.destroyed) return true;
    this.start();
    return this.stream.write(frames);
  }

  /** Settles when the peer took what was written, or the call is over. */
  async drained(): Promise<void> {
    if (this.ended || !this.stream.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      this.stream.once('drain', resolve);
      this.onEnd(resolve);
    });
  }

  private start(): void {
    if (this.started) return;
    this.started = true;
    this.stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
  }

  /** Ends the call with status 0. */
  end(): void {
    if (this.ended) return;
    this.close({ 'grpc-status': '0' });
    this.finish();
  }

  /** Ends the call with an error; what is no GrpcError is the peer's malformed message or our fault. */
  fail(error: unknown): void {
    const known =
      error instanceof GrpcError
        ? error
        : error instanceof MalformedMessage
          ? new GrpcError(grpcStatus.internal, `The message cannot be read: ${error.message}.`)
          : new GrpcError(grpcStatus.unknown, `Exception was thrown by handler. ${String(error)}`);
    const trailers: Record<string, string> = {
      'grpc-status': String(known.status),
      'grpc-message': encoded(known.message),
    };
    for (const [key, value] of Object.entries(known.trailers)) trailers[key] = headerSafe(value);
    if (this.ended) return;
    if (this.stream.readableEnded) this.close(trailers);
    else this.hearOut(() => this.close(trailers));
    this.finish();
  }

  /**
   * Calls back when the caller has sent its last, which nobody reads. .NET's client, answered while it waits
   * to send more, may never notice that the call is over.
   */
  private hearOut(then: () => void): void {
    const done = (): void => {
      clearTimeout(quiet);
      clearTimeout(longest);
      this.stream.off('data', heard).off('end', done).off('close', done);
      then();
    };
    const heard = (): void => void quiet.refresh();
    const quiet = setTimeout(done, patience.quiet);
    const longest = setTimeout(done, patience.longest);
    this.stream.on('data', heard).on('end', done).on('close', done);
  }

  private close(trailers: Record<string, string>): void {
    if (this.stream.destroyed || this.stream.writableEnded) return;
    if (this.started) {
      this.trailers = trailers;
      this.stream.end();
    } else {
      this.stream.respond(
        { ':status': 200, 'content-type': 'application/grpc', ...trailers },
        { endStream: true },
      );
    }
    // What a caller still sends is let through, so that it can end.
    if (!this.stream.readableEnded) this.stream.resume();
  }

  /** Drops the connection's stream at once: the last resort when closing. */
  abort(): void {
    this.finish();
    if (!this.stream.destroyed) this.stream.close(constants.NGHTTP2_CANCEL);
  }

  private finish(): void {
    if (this.ended) return;
    this.ended = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const listener of this.endListeners.splice(0)) listener();
  }
}
