/** What a stream's metadata says about which of its events can still be read. */
export interface StreamMetadata {
  readonly maxCount: number | null;
  /** Seconds. */
  readonly maxAge: number | null;
  /** First revision that can be read; Infinity: the stream is deleted (softly). */
  readonly truncateBefore: number | null;
}

export const noMetadata: StreamMetadata = { maxCount: null, maxAge: null, truncateBefore: null };
/** A metadata stream shows its last event only. */
export const metadataOfMetadata: StreamMetadata = { ...noMetadata, maxCount: 1 };

/** `$tb` of a softly deleted stream, as it is written. */
export const deletedMark = '9223372036854775807';

const wholeNumber = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 ? Math.floor(value) : null;

/** Reads the JSON of a `$metadata` event; what is not understood limits nothing, as in EventStoreDB. */
export function metadataFrom(data: Buffer): StreamMetadata {
  let json: unknown;
  try {
    json = JSON.parse(data.toString());
  } catch {
    return noMetadata;
  }
  if (typeof json !== 'object' || json === null) return noMetadata;
  const values = json as Record<string, unknown>;
  const before = wholeNumber(values['$tb']);
  return {
    maxCount: wholeNumber(values['$maxCount']),
    maxAge: wholeNumber(values['$maxAge']),
    truncateBefore: before !== null && before >= Number(deletedMark) ? Infinity : before,
  };
}

/** The metadata's JSON with another `$tb`, keeping everything else that was there. */
export function withTruncateBefore(data: Buffer | null, before: string): Buffer {
  let rest = '';
  try {
    const json: unknown = JSON.parse(data?.toString() ?? '{}');
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) {
      const kept: Record<string, unknown> = { ...json };
      delete kept['$tb'];
      const text = JSON.stringify(kept).slice(1, -1);
      rest = text === '' ? '' : `,${text}`;
    }
  } catch {
    // Metadata that is not JSON limited nothing, so there is nothing to keep.
  }
  // Written by hand: the mark is larger than any number JSON.stringify writes exactly.
  return Buffer.from(`{"$tb":${before}${rest}}`);
}
