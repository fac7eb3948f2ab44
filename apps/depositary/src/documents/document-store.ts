import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Keeps documents by their digests: the same bytes are kept once, and what is read is what was stored. */
export abstract class DocumentStore {
  /** Durable once it answers. */
  abstract put(sha256: string, bytes: Uint8Array, mediaType: string): Promise<void>;
  /** null when no document has this digest. @throws Error when what is stored is not what was put */
  abstract get(sha256: string): Promise<Buffer | null>;
}

const digestPattern = /^[0-9a-f]{64}$/;

/** The SHA-256 of a document, as the ledger names it. */
export const digestOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** @throws Error for anything that cannot be the name of a document, so that no path is made of it */
export function checkedDigest(sha256: string): string {
  if (digestPattern.test(sha256)) return sha256;
  throw new Error('A document is named by the 64 hexadecimal digits of its SHA-256.');
}

/** @throws Error when the bytes are not those of the digest: the disk or the storage lost or changed some */
export function intact(sha256: string, bytes: Buffer): Buffer {
  if (digestOf(bytes) === sha256) return bytes;
  throw new Error(
    `The document ${sha256.slice(0, 12)} is not what was stored: its bytes changed. Restore it from a backup; the ledger holds its digest.`,
  );
}

/** Documents in a folder of this machine. A file appears under its name whole and on disk, or not at all. */
export class FolderDocuments extends DocumentStore {
  private readonly folder: string;

  constructor(folder: string) {
    super();
    this.folder = folder;
  }

  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    const { folder, file } = this.placeOf(sha256);
    // There already: the name is the content.
    if (await stat(file).catch(() => null)) return;
    await mkdir(folder, { recursive: true });
    const half = join(folder, `.${randomUUID()}`);
    try {
      const handle = await open(half, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(half, file);
    } catch (error) {
      await rm(half, { force: true });
      throw error;
    }
    // The names are on disk too: the file's, and that of a folder that was just made.
    for (const changed of [folder, this.folder]) await syncFolder(changed);
  }

  async get(sha256: string): Promise<Buffer | null> {
    const { file } = this.placeOf(sha256);
    try {
      return intact(sha256, await readFile(file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  }

  private placeOf(sha256: string): { folder: string; file: string } {
    const name = checkedDigest(sha256);
    const folder = join(this.folder, name.slice(0, 2));
    return { folder, file: join(folder, name) };
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
