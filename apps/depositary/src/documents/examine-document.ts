import { fileTypeFromBuffer } from 'file-type';
import type { InEveryLanguage } from '#pages';

/** Largest document taken, in bytes: a scan of a long instrument in colour. */
export const mostBytes = 25 * 1024 * 1024;

/** What may be uploaded: what scanners make and what ministries send. */
const looksWhole: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'application/pdf': (bytes) => {
    const end = bytes.subarray(-2048).toString('latin1');
    return (
      bytes.subarray(0, 5).toString('latin1') === '%PDF-' && /startxref\s+\d+\s+%%EOF/.test(end)
    );
  },
  'image/png': (bytes) =>
    bytes.subarray(12, 16).toString('latin1') === 'IHDR' &&
    bytes.subarray(-8, -4).toString('latin1') === 'IEND',
  'image/jpeg': (bytes) => bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > bytes.length - 1024,
  'image/tiff': (bytes) => {
    const little = bytes[0] === 0x49;
    const first = little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
    if (first < 8 || first + 2 > bytes.length) return false;
    const entries = little ? bytes.readUInt16LE(first) : bytes.readUInt16BE(first);
    return entries > 0 && first + 2 + entries * 12 <= bytes.length;
  },
};

export type Examined = { readonly mediaType: string } | { readonly fault: InEveryLanguage<string> };

/**
 * What a document is, by its content: neither its name nor what the browser says counts. Beside the first
 * bytes, its structure must go to the end, so that a scan that was cut off is noticed at once.
 */
export async function examineDocument(bytes: Buffer): Promise<Examined> {
  if (bytes.length === 0)
    return {
      fault: {
        en: 'The document is empty; choose the file again.',
        fr: 'Le document est vide ; choisissez de nouveau le fichier.',
      },
    };
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const whole = found === undefined ? undefined : looksWhole[found.mime];
  if (found === undefined || whole === undefined)
    return {
      fault: {
        en: `The document is ${found === undefined ? 'of no type that is known' : found.mime}; upload a PDF, PNG, JPEG or TIFF.`,
        fr: `Le document est ${found === undefined ? 'd’un type inconnu' : `du type ${found.mime}`} ; téléversez un PDF, PNG, JPEG ou TIFF.`,
      },
    };
  let isWhole = false;
  try {
    isWhole = whole(bytes);
  } catch {
    // A field lies beyond the end: it is cut off.
  }
  return isWhole
    ? { mediaType: found.mime }
    : {
        fault: {
          en: `The document begins as ${found.mime} but does not end as one; upload it again whole.`,
          fr: `Le document commence comme un ${found.mime} et ne finit pas comme tel ; téléversez-le de nouveau en entier.`,
        },
      };
}
