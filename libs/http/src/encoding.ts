import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type ContentCoding = 'br' | 'gzip';

/** Smaller bodies gain nothing from compression, in bytes. */
const smallest = 1024;
/** Larger ones are compressed on the way, off this thread, in bytes. */
export const largestEncodedHere = 128 * 1024;

/** The coding to answer with: the best that the client takes, or none. */
export function codingFor(acceptEncoding: string | string[] | undefined): ContentCoding | null {
  const accepted = String(acceptEncoding ?? '')
    .toLowerCase()
    .slice(0, 400)
    .split(',')
    .map((part) => part.trim().split(/\s*;\s*/))
    .filter(([, weight]) => weight === undefined || !/^q=0(\.0*)?$/.test(weight))
    .map(([coding]) => coding);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}

const encoded = new WeakMap<Buffer, Map<ContentCoding, Buffer>>();

/**
 * A body in a coding, made once for a buffer that is kept.
 * @returns null for one that is sent as it is
 */
export function encodedBody(given: string | Buffer, coding: ContentCoding): Buffer | null {
  const body = Buffer.isBuffer(given) ? given : Buffer.from(given);
  const known = encoded.get(body)?.get(coding);
  if (known !== undefined) return known;
  if (body.length < smallest || body.length > largestEncodedHere) return null;
  const made =
    coding === 'gzip'
      ? gzipSync(body)
      : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  const codings = encoded.get(body) ?? new Map<ContentCoding, Buffer>();
  encoded.set(body, codings.set(coding, made));
  return made;
}
