import { bytesField, fieldOf, fieldsOf, framed, numberField, textField } from './protobuf.ts';

/** How the content of an event is named when it is read; anything else that a client says is binary. */
export const jsonContent = 'application/json';
export const binaryContent = 'application/octet-stream';

/** An event as a client proposes it. */
export interface ProposedEvent {
  /** Canonical lower-case UUID. */
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly customMetadata: Buffer;
}

/** Where an event stands once it is appended. */
export interface Place {
  readonly stream: string;
  /** The number the client sees; a tombstone's is 2^63-1. */
  readonly revision: number | bigint;
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Number of the event that tombstones a stream, on the wire. */
export const tombstoneRevision = 9223372036854775807n;

const metadataEntry = (key: string, value: string): Buffer =>
  bytesField(6, textField(1, key), textField(2, value));

/**
 * The whole answer message of a read for one event, with gRPC's prefix: what a read sends is these bytes
 * as they were stored. (ReadResp.event = 1, ReadEvent.event = 1, ReadEvent.commit_position = 3.)
 */
export function frameOf(event: ProposedEvent, place: Place): Buffer {
  const recorded = bytesField(
    1,
    bytesField(1, textField(2, event.id)),
    bytesField(2, textField(3, place.stream)),
    numberField(3, place.revision, false),
    numberField(4, place.position),
    numberField(5, place.position),
    metadataEntry('type', event.type),
    metadataEntry('content-type', event.contentType),
    metadataEntry('created', `${place.created}0000`),
    event.customMetadata.length > 0 ? bytesField(7, event.customMetadata) : Buffer.alloc(0),
    event.data.length > 0 ? bytesField(8, event.data) : Buffer.alloc(0),
  );
  return framed(bytesField(1, recorded, numberField(3, place.position)));
}

/** The RecordedEvent inside a frame. */
export function recordedEventIn(frame: Buffer): Buffer {
  const readEvent = fieldOf(fieldsOf(frame.subarray(5)), 1)?.bytes ?? Buffer.alloc(0);
  return fieldOf(fieldsOf(readEvent), 1)?.bytes ?? Buffer.alloc(0);
}

/** The data of the event inside a frame. */
export function dataIn(frame: Buffer): Buffer {
  return fieldOf(fieldsOf(recordedEventIn(frame)), 8)?.bytes ?? Buffer.alloc(0);
}

/** Whether the event inside a frame was appended as JSON. */
export function isJsonIn(frame: Buffer): boolean {
  return fieldsOf(recordedEventIn(frame)).some(({ number, bytes }) => {
    if (number !== 6) return false;
    const entry = fieldsOf(bytes);
    return (
      fieldOf(entry, 1)?.bytes.toString() === 'content-type' &&
      fieldOf(entry, 2)?.bytes.toString() === jsonContent
    );
  });
}

/** A UUID message in its structured form: two halves of 64 bits. */
function structuredId(id: string): Buffer {
  const hex = id.replaceAll('-', '');
  const half = (from: number): bigint => BigInt(`0x${hex.slice(from, from + 16)}`);
  return bytesField(1, numberField(1, half(0)), numberField(2, half(16)));
}

/**
 * A frame as readers want it that ask for structured ids, as all official clients but Node's do. The stored
 * id is always the first field of a recorded event, a message that holds 36 characters.
 */
export function withStructuredIds(frame: Buffer): Buffer {
  const readEvent = fieldsOf(fieldOf(fieldsOf(frame.subarray(5)), 1)?.bytes ?? Buffer.alloc(0));
  const parts = readEvent.map(({ number, value, bytes }) =>
    number === 3
      ? numberField(3, value)
      : bytesField(
          number,
          bytesField(1, structuredId(bytes.toString('latin1', 4, 40))),
          bytes.subarray(40),
        ),
  );
  return framed(bytesField(1, ...parts));
}

/** A read's message for a resolved link: `target` null when the event it points at is gone. */
export function linkFrame(link: Buffer, target: Buffer | null, position: number): Buffer {
  const parts = [bytesField(2, recordedEventIn(link)), numberField(3, position)];
  if (target !== null) parts.unshift(bytesField(1, recordedEventIn(target)));
  return framed(bytesField(1, ...parts));
}
