import type { Expected } from './expected-revision.ts';
import { binaryContent, jsonContent, type ProposedEvent } from './event-frame.ts';
import { eventFilter, type EventFilter } from './event-filter.ts';
import { invalidArgument, missingMetadata } from './grpc-status.ts';
import { fieldOf, fieldsOf, type Field } from './protobuf.ts';

/** `end` reads as Infinity and `start` as -1: a position or revision is a number otherwise. */
export interface ReadRequest {
  /** null: $all. */
  readonly stream: string | null;
  readonly from: number;
  readonly backwards: boolean;
  readonly resolveLinks: boolean;
  readonly subscription: boolean;
  readonly count: number;
  readonly filter: EventFilter | null;
  /** Considered events between two checkpoints. */
  readonly checkpointInterval: number;
  /** Event ids as two halves of 64 bits; as text otherwise. */
  readonly structuredIds: boolean;
  /** The reader knows the messages that tell a stream's first and last revision. */
  readonly tellsEnds: boolean;
}

const uuid = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;
const nilUuid = '00000000-0000-0000-0000-000000000000';

/** A UUID message: a text, or two halves. */
export function uuidOf(message: Buffer): string {
  const fields = fieldsOf(message);
  const text = fieldOf(fields, 2);
  if (text !== undefined) {
    const id = text.bytes.toString();
    const parts = uuid.exec(id.toLowerCase());
    if (parts !== null) return parts.slice(1).join('-');
    throw invalidArgument(`"${id.slice(0, 60)}" is not a UUID.`);
  }
  const halves = fieldOf(fields, 1);
  if (halves === undefined) throw invalidArgument('An event or a call has no UUID.');
  return structuredUuid(fieldsOf(halves.bytes));
}

function structuredUuid(fields: readonly Field[]): string {
  const half = (number: number): string => {
    const field = fieldOf(fields, number);
    return (field?.exact ?? BigInt(field?.value ?? 0)).toString(16).padStart(16, '0');
  };
  return (half(1) + half(2)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The name in a StreamIdentifier message. */
export function streamNameOf(field: Field | undefined): string {
  const name = fieldOf(fieldsOf(field?.bytes ?? Buffer.alloc(0)), 3)?.bytes.toString() ?? '';
  if (name === '') throw invalidArgument('The request names no stream.');
  return name;
}

/** How a revision says "none", where a client has no field of its own for that. */
const noRevision = 2n ** 64n - 1n;

/** The expected revision of Append, Delete and Tombstone: revision 2, no stream 3, any 4, exists 5. */
export function expectedOf(fields: readonly Field[]): Expected {
  for (const { number, value, exact } of fields.toReversed()) {
    if (number === 2) return exact === noRevision ? 'no-stream' : (exact ?? value);
    if (number === 3) return 'no-stream';
    if (number === 4) return 'any';
    if (number === 5) return 'stream-exists';
  }
  throw invalidArgument('The request has no expected revision.');
}

/** A ProposedMessage: id 1, metadata map 2, custom metadata 3, data 4. @throws GrpcError */
export function proposedEvent(message: Buffer): ProposedEvent {
  const fields = fieldsOf(message);
  const metadata = new Map(
    fields
      .filter(({ number }) => number === 2)
      .map(({ bytes }): [string, string] => {
        const entry = fieldsOf(bytes);
        return [
          fieldOf(entry, 1)?.bytes.toString() ?? '',
          fieldOf(entry, 2)?.bytes.toString() ?? '',
        ];
      }),
  );
  const type = metadata.get('type');
  const contentType = metadata.get('content-type');
  if (type === undefined) throw missingMetadata('type');
  if (contentType === undefined) throw missingMetadata('content-type');
  const id = uuidOf(fieldOf(fields, 1)?.bytes ?? Buffer.alloc(0));
  if (id === nilUuid) throw invalidArgument('An event has the empty id.');
  if (type === '') throw invalidArgument('An event has an empty type.');
  return {
    id,
    type,
    contentType: contentType === jsonContent ? jsonContent : binaryContent,
    customMetadata: fieldOf(fields, 3)?.bytes ?? Buffer.alloc(0),
    data: fieldOf(fields, 4)?.bytes ?? Buffer.alloc(0),
  };
}

/** Bytes that an event counts for the maximum append size: its type in UTF-16, as EventStoreDB counts. */
export function sizeOf(event: ProposedEvent): number {
  return event.type.length * 2 + event.data.length + event.customMetadata.length;
}

/** A ReadReq. @throws GrpcError for what the protocol doesn't allow */
export function readRequest(message: Buffer): ReadRequest {
  const options = fieldsOf(fieldOf(fieldsOf(message), 1)?.bytes ?? Buffer.alloc(0));
  const inStream = fieldOf(options, 1);
  const inAll = fieldOf(options, 2);
  if (inStream === undefined && inAll === undefined)
    throw invalidArgument('The read names neither a stream nor $all.');
  const backwards = fieldOf(options, 3)?.value === 1;
  const subscription = fieldOf(options, 6) !== undefined;
  if (backwards && subscription) throw invalidArgument('A subscription runs forwards only.');
  const filterField = fieldOf(options, 7);
  if (filterField !== undefined && inStream !== undefined)
    throw invalidArgument('A read of one stream takes no filter.');
  const filter = filterField === undefined ? null : filterOf(filterField.bytes);
  return {
    stream: inStream === undefined ? null : streamNameOf(fieldOf(fieldsOf(inStream.bytes), 1)),
    from: inStream === undefined ? allStart(inAll?.bytes) : streamStart(inStream.bytes),
    backwards,
    resolveLinks: fieldOf(options, 4)?.value === 1,
    subscription,
    count: subscription ? Infinity : (fieldOf(options, 5)?.value ?? 0),
    filter: filter?.filter ?? null,
    checkpointInterval: filter?.interval ?? 0,
    structuredIds:
      fieldOf(fieldsOf(fieldOf(options, 9)?.bytes ?? Buffer.alloc(0)), 2) === undefined,
    tellsEnds:
      (fieldOf(fieldsOf(fieldOf(options, 10)?.bytes ?? Buffer.alloc(0)), 1)?.value ?? 0) >= 1,
  };
}

/** The largest number of 64 bits is how some clients write the end. */
const placeOf = (value: number): number => (value >= 2 ** 64 ? Infinity : value);

/** StreamOptions: revision 2, start 3, end 4. */
function streamStart(message: Buffer): number {
  for (const { number, value } of fieldsOf(message).toReversed()) {
    if (number === 2) return placeOf(value);
    if (number === 3) return -1;
    if (number === 4) return Infinity;
  }
  return -1;
}

/** AllOptions: position 1, start 2, end 3. */
function allStart(message: Buffer = Buffer.alloc(0)): number {
  for (const { number, bytes } of fieldsOf(message).toReversed()) {
    if (number === 1) return placeOf(fieldOf(fieldsOf(bytes), 1)?.value ?? 0);
    if (number === 2) return -1;
    if (number === 3) return Infinity;
  }
  return -1;
}

/** FilterOptions: stream 1 or type 2, window max 3 or count 4, checkpoint multiplier 5. */
function filterOf(message: Buffer): { filter: EventFilter; interval: number } {
  const fields = fieldsOf(message);
  const byStream = fieldOf(fields, 1);
  const expression = fieldsOf((byStream ?? fieldOf(fields, 2))?.bytes ?? Buffer.alloc(0));
  const prefixes = expression
    .filter(({ number }) => number === 2)
    .map(({ bytes }) => bytes.toString());
  const regex = fieldOf(expression, 1)?.bytes.toString() ?? '';
  const window = fieldOf(fields, 3)?.value ?? 32;
  const multiplier = fieldOf(fields, 5)?.value ?? 1;
  if (window < 1) throw invalidArgument('The maximum search window must be greater than 0.');
  if (multiplier < 1)
    throw invalidArgument('The checkpoint interval multiplier must be greater than 0.');
  return {
    filter: eventFilter(byStream === undefined ? 'type' : 'stream', regex, prefixes),
    interval: window * multiplier,
  };
}
