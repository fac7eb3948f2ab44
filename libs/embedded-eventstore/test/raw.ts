import { credentials, Metadata, status as statusCodes } from '@grpc/grpc-js';
import type { ClientReadableStream, ServiceError, StatusObject } from '@grpc/grpc-js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import type { StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import streamMessages from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';

// CommonJS modules: their names are taken from the default export.
export const shared = sharedMessages;
export const streams = streamMessages;
const services = streamServices;

/** What the official client can't send: filters on reads, broken messages, cancels at a chosen moment. */
export const empty = () => new shared.Empty();

export function identifier(name: string): StreamIdentifier {
  const id = new shared.StreamIdentifier();
  id.setStreamName(Buffer.from(name, 'utf8'));
  return id;
}

export function rawStreams(target: { host: string; port: number }): StreamsClient {
  return new services.StreamsClient(`${target.host}:${target.port}`, credentials.createInsecure(), {
    'grpc.max_receive_message_length': 17 * 1024 * 1024,
  });
}

export interface RawFilter {
  on: 'stream' | 'type';
  regex?: string;
  prefixes?: string[];
  max?: number;
  multiplier?: number;
}

export interface RawRead {
  stream?: string;
  from?: 'start' | 'end' | bigint | { commit: bigint; prepare: bigint };
  backwards?: boolean;
  count?: number;
  subscribe?: boolean;
  resolveLinks?: boolean;
  filter?: RawFilter;
  structuredIds?: boolean;
  compatibility?: number;
}

export function readRequest(spec: RawRead): ReadReq {
  const options = new streams.ReadReq.Options();
  const { from = 'start' } = spec;
  if (spec.stream === undefined) options.setAll(allOptions(from));
  else options.setStream(streamOptions(spec.stream, from));
  const { BACKWARDS, FORWARDS } = streams.ReadReq.Options.ReadDirection;
  options.setReadDirection(spec.backwards === true ? BACKWARDS : FORWARDS);
  options.setResolveLinks(spec.resolveLinks === true);
  if (spec.subscribe === true) {
    options.setSubscription(new streams.ReadReq.Options.SubscriptionOptions());
  } else options.setCount(String(spec.count ?? Number.MAX_SAFE_INTEGER));
  const uuid = new streams.ReadReq.Options.UUIDOption();
  if (spec.structuredIds === true) uuid.setStructured(empty());
  else uuid.setString(empty());
  options.setUuidOption(uuid);
  if (spec.filter === undefined) options.setNoFilter(empty());
  else options.setFilter(filterOptions(spec.filter));
  if (spec.compatibility !== undefined) {
    const control = new streams.ReadReq.Options.ControlOption();
    control.setCompatibility(spec.compatibility);
    options.setControlOption(control);
  }
  const request = new streams.ReadReq();
  request.setOptions(options);
  return request;
}

function allOptions(from: NonNullable<RawRead['from']>): ReadReq.Options.AllOptions {
  const all = new streams.ReadReq.Options.AllOptions();
  if (from === 'start') all.setStart(empty());
  else if (from === 'end') all.setEnd(empty());
  else if (typeof from === 'object') {
    const position = new streams.ReadReq.Options.Position();
    position.setCommitPosition(String(from.commit));
    position.setPreparePosition(String(from.prepare));
    all.setPosition(position);
  }
  return all;
}

function streamOptions(
  name: string,
  from: NonNullable<RawRead['from']>,
): ReadReq.Options.StreamOptions {
  const stream = new streams.ReadReq.Options.StreamOptions();
  stream.setStreamIdentifier(identifier(name));
  if (from === 'start') stream.setStart(empty());
  else if (from === 'end') stream.setEnd(empty());
  else if (typeof from === 'bigint') stream.setRevision(String(from));
  return stream;
}

function filterOptions(filter: RawFilter): ReadReq.Options.FilterOptions {
  const options = new streams.ReadReq.Options.FilterOptions();
  const expression = new streams.ReadReq.Options.FilterOptions.Expression();
  if (filter.regex !== undefined) expression.setRegex(filter.regex);
  if (filter.prefixes !== undefined) expression.setPrefixList(filter.prefixes);
  if (filter.on === 'stream') options.setStreamIdentifier(expression);
  else options.setEventType(expression);
  if (filter.max === undefined) options.setCount(empty());
  else options.setMax(filter.max);
  options.setCheckpointintervalmultiplier(filter.multiplier ?? 1);
  return options;
}

export type Seen =
  | { kind: 'event'; stream: string; revision: bigint; type: string; position: bigint }
  | { kind: 'checkpoint'; position: bigint }
  | { kind: 'confirmation' | 'caught-up' | 'fell-behind' | 'stream-not-found' | 'other' };

export function seen(message: ReadResp): Seen {
  const event = message.getEvent()?.getEvent();
  if (event !== undefined) {
    return {
      kind: 'event',
      stream: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? '').toString('utf8'),
      revision: BigInt(event.getStreamRevision()),
      type: event.getMetadataMap().get('type') ?? '',
      position: BigInt(event.getCommitPosition()),
    };
  }
  const checkpoint = message.getCheckpoint();
  if (checkpoint !== undefined) {
    return { kind: 'checkpoint', position: BigInt(checkpoint.getCommitPosition()) };
  }
  if (message.hasConfirmation()) return { kind: 'confirmation' };
  if (message.hasCaughtUp()) return { kind: 'caught-up' };
  if (message.hasFellBehind()) return { kind: 'fell-behind' };
  if (message.hasStreamNotFound()) return { kind: 'stream-not-found' };
  return { kind: 'other' };
}

/** A call whose messages are kept in order and can be waited for. */
export class RawCall {
  readonly messages: ReadResp[] = [];
  readonly seen: Seen[] = [];
  readonly ended: Promise<StatusObject>;
  readonly #call: ClientReadableStream<ReadResp>;
  #wake: (() => void)[] = [];

  constructor(client: StreamsClient, spec: RawRead) {
    this.#call = client.read(readRequest(spec), new Metadata(), { deadline: Infinity });
    this.#call.on('data', (message: ReadResp) => {
      this.messages.push(message);
      this.seen.push(seen(message));
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.ended = new Promise((resolve) => {
      this.#call.on('error', (error: ServiceError) => resolve(error));
      this.#call.on('status', (status: StatusObject) => resolve(status));
    });
  }

  /** Resolves once `enough` holds for the messages so far; the test's own time limit ends the wait. */
  async until(enough: (seen: Seen[]) => boolean): Promise<Seen[]> {
    while (!enough(this.seen)) {
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    return this.seen;
  }

  cancel(): void {
    this.#call.cancel();
  }
}

export async function readRaw(client: StreamsClient, spec: RawRead): Promise<Seen[]> {
  const call = new RawCall(client, spec);
  const status = await call.ended;
  if (status.code !== statusCodes.OK) throw Object.assign(new Error(status.details), status);
  return call.seen;
}

export const isEvent = (s: Seen): s is Extract<Seen, { kind: 'event' }> => s.kind === 'event';
