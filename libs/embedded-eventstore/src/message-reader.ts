import { gunzipSync, inflateSync } from 'node:zlib';
import { GrpcError, grpcStatus } from './grpc-status.ts';

/** Bytes of one message at most: what EventStoreDB takes, the largest record of its log. */
export const largestMessage = 16 * 1024 * 1024 - 10_000;
const prefixLength = 5;

const decompress: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: largestMessage }),
  deflate: (bytes) => inflateSync(bytes, { maxOutputLength: largestMessage }),
};

/** The encodings that a client may send messages in, for `grpc-accept-encoding`. */
export const acceptedEncodings = 'identity,gzip,deflate';

const tooLarge = (): GrpcError =>
  new GrpcError(
    grpcStatus.resourceExhausted,
    `Received message exceeds the maximum of ${largestMessage} bytes.`,
  );

/** Puts messages together from the bytes of a call: each has five bytes before it, and may be compressed. */
export class MessageReader {
  private readonly encoding: string;
  private held: Buffer[] = [];
  private heldLength = 0;
  /** Bytes without which there is no use in looking again. */
  private needed = prefixLength;

  constructor(encoding: string) {
    this.encoding = encoding;
  }

  /** Nothing of a message that has begun is waiting for its rest. */
  get empty(): boolean {
    return this.heldLength === 0;
  }

  /** The messages that are whole now. @throws GrpcError for what is no message */
  *take(chunk: Buffer): Generator<Buffer> {
    this.held.push(chunk);
    this.heldLength += chunk.length;
    if (this.heldLength < this.needed) return;
    let rest = this.held.length === 1 ? chunk : Buffer.concat(this.held);
    this.needed = prefixLength;
    while (rest.length >= prefixLength) {
      const length = rest.readUInt32BE(1);
      if (length > largestMessage) throw tooLarge();
      if (rest.length < prefixLength + length) {
        this.needed = prefixLength + length;
        break;
      }
      yield this.plain(rest[0] ?? 0, rest.subarray(prefixLength, prefixLength + length));
      rest = rest.subarray(prefixLength + length);
    }
    this.held = rest.length === 0 ? [] : [rest];
    this.heldLength = rest.length;
  }

  private plain(flag: number, bytes: Buffer): Buffer {
    if (flag === 0) return bytes;
    if (flag !== 1) throw new GrpcError(grpcStatus.internal, 'Unexpected compressed flag value.');
    const read = decompress[this.encoding];
    if (read === undefined)
      throw new GrpcError(
        grpcStatus.unimplemented,
        `Unsupported grpc-encoding value '${this.encoding}'. Supported encodings: ${acceptedEncodings}`,
        { 'grpc-accept-encoding': acceptedEncodings },
      );
    try {
      return read(bytes);
    } catch (error) {
      if (error instanceof RangeError) throw tooLarge();
      throw new GrpcError(grpcStatus.internal, 'A compressed message cannot be read.');
    }
  }
}
