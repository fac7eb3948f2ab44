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

/**
 * A limit that was given; undefined when it is none, null when the value makes all of the metadata
 * unreadable: no whole number, or none that 64 bits hold.
 */
const limit = (value: unknown, least: number): number | undefined | null => {
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || Number(value) > Number(deletedMark)) return null;
  return Number(value) >= least ? Number(value) : undefined;
};

/**
 * Reads the JSON of a `$metadata` event. One limit that is no whole number makes EventStoreDB take none of
 * them; one that is whole and too small limits nothing by itself.
 */
export function metadataFrom(data: Buffer): StreamMetadata {
  const text = data.toString();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return noMetadata;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return noMetadata;
  const values = json as Record<string, unknown>;
  const maxCount = limit(values['$maxCount'], 1);
  const maxAge = limit(values['$maxAge'], 1);
  const before = limit(values['$tb'], 0);
  if (maxCount === null || maxAge === null || before === null) return noMetadata;
  // The mark and the numbers around it are one double; only the text tells them apart.
  const deleted = before === Number(deletedMark);
  if (deleted && !text.includes(deletedMark)) return noMetadata;
  return {
    maxCount: maxCount ?? null,
    maxAge: maxAge ?? null,
    truncateBefore: deleted ? Infinity : (before ?? null),
  };
}

/** The metadata of a softly deleted stream. Written by hand: JSON.stringify has no number that large. */
export const deletedMetadata = (): Buffer => Buffer.from(`{"$tb":${deletedMark}}`);

/** Metadata with another `$tb` and everything else as it was; null when it is no JSON object. */
export function withTruncateBefore(data: Buffer | null, before: number): Buffer | null {
  try {
    const json: unknown = JSON.parse(data?.toString() ?? '');
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null;
    return Buffer.from(JSON.stringify({ ...json, $tb: before }));
  } catch {
    return null;
  }
}
