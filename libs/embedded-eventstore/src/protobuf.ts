/**
 * The few parts of protobuf's wire format that the store needs. Requests and answers are small and always
 * the same shapes, and an event is framed once, when it is appended: reading never decodes it again.
 */

const emptyBytes: Buffer = Buffer.alloc(0);

/** Thrown for bytes that are no protobuf message; the call then ends with INTERNAL, as grpc does. */
export class MalformedMessage extends Error {}

export interface Field {
  readonly number: number;
  /** Varint value, or 0 for a length-delimited field. Above 2^53 the nearest double, and `exact` is set. */
  readonly value: number;
  /** The varint as it is, where a double can't hold it. */
  readonly exact?: bigint;
  /** Content of a length-delimited field, a view on the message; empty for a varint. */
  readonly bytes: Buffer;
}

/** The fields of a message in order. @throws MalformedMessage */
export function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let result = 0;
    let scale = 1;
    for (let index = 0; index < 10; index += 1) {
      const byte = message[at];
      if (byte === undefined) throw new MalformedMessage('a number is cut short');
      at += 1;
      result += (byte & 0x7f) * scale;
      if (byte < 0x80) return result;
      scale *= 128;
    }
    throw new MalformedMessage('a number is too long');
  };
  const numberFrom = (number: number): Field => {
    const start = at;
    const value = varint();
    if (Number.isSafeInteger(value)) return { number, value, bytes: emptyBytes };
    return { number, value, exact: exactVarint(message, start), bytes: emptyBytes };
  };
  while (at < message.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number === 0) throw new MalformedMessage('a field has number 0');
    switch (tag % 8) {
      case 0:
        fields.push(numberFrom(number));
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (length > message.length - at) throw new MalformedMessage('a field is cut short');
        fields.push({ number, value: 0, bytes: message.subarray(at, at + length) });
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw new MalformedMessage(`a field has the unknown wire type ${tag % 8}`);
    }
  }
  if (at > message.length) throw new MalformedMessage('a field is cut short');
  return fields;
}

/** A varint that is known to be whole, of up to 64 bits. */
function exactVarint(message: Buffer, start: number): bigint {
  let result = 0n;
  let at = start;
  for (let shift = 0n; ; shift += 7n) {
    const byte = message[at] ?? 0;
    at += 1;
    result |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, result);
  }
}

/** The last field with a number, as protobuf reads a repeated singular field. */
export function fieldOf(fields: readonly Field[], number: number): Field | undefined {
  return fields.findLast((field) => field.number === number);
}

/** Bytes that a varint takes. */
export function varintLength(value: number | bigint): number {
  if (typeof value === 'bigint') return Math.max(1, Math.ceil(value.toString(2).length / 7));
  let length = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) length += 1;
  return length;
}

/** Writes a varint at an offset and answers the offset after it. */
export function putVarint(target: Buffer, offset: number, value: number | bigint): number {
  let at = offset;
  if (typeof value === 'bigint') {
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) target[at++] = Number(rest & 127n) | 128;
    target[at++] = Number(rest);
    return at;
  }
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) target[at++] = (rest % 128) | 128;
  target[at++] = rest;
  return at;
}

/** A varint field; left out when 0 unless it belongs to a oneof (`always`). */
export function numberField(number: number, value: number | bigint, always = true): Buffer {
  if (!always && Number(value) === 0) return emptyBytes;
  const target = Buffer.allocUnsafe(varintLength(number * 8) + varintLength(value));
  putVarint(target, putVarint(target, 0, number * 8), value);
  return target;
}

/** A length-delimited field out of parts. */
export function bytesField(number: number, ...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const head = Buffer.allocUnsafe(varintLength(number * 8) + varintLength(length));
  putVarint(head, putVarint(head, 0, number * 8 + 2), length);
  return Buffer.concat([head, ...parts]);
}

/** A text field. */
export function textField(number: number, text: string): Buffer {
  return bytesField(number, Buffer.from(text));
}

/** A message with gRPC's prefix: one byte "not compressed", four bytes length. */
export function framed(...parts: readonly Uint8Array[]): Buffer {
  let length = 0;
  for (const part of parts) length += part.length;
  const head = Buffer.allocUnsafe(5);
  head[0] = 0;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, ...parts]);
}
