import { randomUUID } from 'node:crypto';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import emptyMessages from 'google-protobuf/google/protobuf/empty_pb.js';
import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { identifier, shared, streams } from './raw.ts';

const google = emptyMessages;

/** An id in the form of clients other than Node's. */
export function halvesOf(id: string): UUID {
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  const structured = new shared.UUID.Structured();
  structured.setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)));
  structured.setLeastSignificantBits(String(BigInt.asIntN(64, bits)));
  const uuid = new shared.UUID();
  uuid.setStructured(structured);
  return uuid;
}

/** The text of an id that came in halves; undefined for any other. */
export function idFromHalves(uuid: UUID | undefined): string | undefined {
  const structured = uuid?.getStructured();
  if (structured === undefined) return undefined;
  const half = (bits: string): string =>
    BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  return `${half(structured.getMostSignificantBits())}${half(
    structured.getLeastSignificantBits(),
  )}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

export function textId(id: string): UUID {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
}

export interface RawBatch {
  correlation: UUID;
  /** Left out: a chunk without options. */
  stream?: string;
  expected?: 'any' | 'none' | bigint;
  types?: string[];
  ids?: UUID[];
  contentType?: string;
  /** Bytes of data of each event. */
  size?: number;
  final?: boolean;
}

export function rawBatch(spec: RawBatch): BatchAppendReq {
  const request = new streams.BatchAppendReq();
  request.setCorrelationId(spec.correlation);
  if (spec.stream !== undefined) {
    const options = new streams.BatchAppendReq.Options();
    options.setStreamIdentifier(identifier(spec.stream));
    if (typeof spec.expected === 'bigint') options.setStreamPosition(String(spec.expected));
    else if (spec.expected !== 'none') options.setAny(new google.Empty());
    request.setOptions(options);
  }
  (spec.types ?? ['T']).forEach((type, n) => {
    const proposed = new streams.BatchAppendReq.ProposedMessage();
    proposed.setId(spec.ids?.[n] ?? textId(randomUUID()));
    proposed.getMetadataMap().set('type', type);
    proposed.getMetadataMap().set('content-type', spec.contentType ?? 'application/json');
    proposed.setData(Buffer.alloc(spec.size ?? 2, '{}'));
    request.addProposedMessages(proposed);
  });
  request.setIsFinal(spec.final ?? true);
  return request;
}

/** One BatchAppend call whose answers are kept in order and can be waited for. */
export class RawBatchCall {
  readonly answers: BatchAppendResp[] = [];
  readonly #call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  #wake: (() => void)[] = [];
  readonly ended: Promise<number>;

  constructor(client: StreamsClient) {
    this.#call = client.batchAppend();
    this.#call.on('error', () => undefined);
    this.#call.on('data', (answer: BatchAppendResp) => {
      this.answers.push(answer);
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.ended = new Promise((resolve) =>
      this.#call.on('status', ({ code }: { code: number }) => resolve(code)),
    );
  }

  send(request: BatchAppendReq): void {
    this.#call.write(request);
  }

  /** The answer after so many; the test's own time limit ends the wait. */
  async answer(index: number): Promise<BatchAppendResp> {
    for (;;) {
      const found = this.answers[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  /** Half-closes, and waits for the status. */
  async end(): Promise<number> {
    this.#call.end();
    return this.ended;
  }
}

/** What an error in an answer says: code, message, and the kind of its details. */
export function errorOf(answer: BatchAppendResp): [number, string, string] | undefined {
  const error = answer.getError();
  if (error === undefined) return undefined;
  const kind = error.getDetails()?.getTypeUrl().split('.').at(-1) ?? '';
  return [error.getCode(), error.getMessage(), kind];
}
