import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** One key out of which the keys for each use are derived. */
interface Key {
  readonly id: string;
  readonly sealing: Buffer;
  readonly naming: Buffer;
}

const derived = (secret: Buffer, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `treaty-ledger notifier ${use}`, 32));

const keyOf = (secret: Buffer): Key => ({
  id: createHash('sha256').update(derived(secret, 'id')).digest('base64url').slice(0, 8),
  sealing: derived(secret, 'sealing'),
  naming: derived(secret, 'naming'),
});

/**
 * Seals addresses and secrets for the database (AES-256-GCM), and names them by keyed hashes so that they can
 * be found without being readable. The first key seals; the others still open what they sealed.
 */
export class Sealing {
  private readonly keys: readonly [Key, ...Key[]];

  /** @param secrets 32 bytes each, the one in use first */
  constructor(secrets: readonly Buffer[]) {
    const [first, ...others] = secrets.map(keyOf);
    if (first === undefined) throw new Error('SECRETS_KEY holds no key.');
    this.keys = [first, ...others];
  }

  /** Seals a text for one use: it can't be opened for another subscriber or field. */
  seal(text: string, use: string): string {
    const [{ id, sealing }] = this.keys;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(use));
    const sealed = Buffer.concat([
      cipher.update(text, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `${id}.${Buffer.concat([nonce, sealed]).toString('base64url')}`;
  }

  /** @throws Error when the key is not held any more, or the text was changed */
  open(sealed: string, use: string): string {
    const [id = '', content = ''] = sealed.split('.');
    const key = this.keys.find((one) => one.id === id);
    if (key === undefined)
      throw new Error(
        `A record was sealed with the key ${id}, which SECRETS_KEY does not hold; add that key after the new one.`,
      );
    const bytes = Buffer.from(content, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key.sealing, bytes.subarray(0, 12))
      .setAAD(Buffer.from(use))
      .setAuthTag(bytes.subarray(-16));
    return decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Whether a text is sealed with the key in use, or waits to be sealed again. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${this.keys[0].id}.`);
  }

  /** A name for an address that tells nothing about it, the same each time. */
  nameOf(text: string): string {
    return this.named(this.keys[0], text);
  }

  /** A token that needs no row: made from the words, and good as long as a key is held. */
  tokenFor(...words: readonly string[]): string {
    return this.named(this.keys[0], words.join('\0'));
  }

  isTokenFor(token: string, ...words: readonly string[]): boolean {
    return this.keys.some((key) => isSame(this.named(key, words.join('\0')), token));
  }

  private named({ naming }: Key, text: string): string {
    return createHmac('sha256', naming).update(text).digest('base64url');
  }
}

/** Compares two texts in a time that tells nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** A token for a person to keep, and what is stored of it. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashOfToken(token) };
}

export const hashOfToken = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/**
 * The keys of SECRETS_KEY (base64 or hex, 32 bytes each, separated by commas, the one in use first), or those
 * of a file in the data folder, made at the first start and readable by its owner alone.
 * @throws Error with one sentence for a key that is none
 */
export function openSealing(setting: string | undefined, folder: string): Sealing {
  return new Sealing((setting ?? keysInFile(folder)).split(',').map(secretOf));
}

function secretOf(text: string): Buffer {
  const word = text.trim();
  const bytes = Buffer.from(word, /^[0-9a-f]{64}$/i.test(word) ? 'hex' : 'base64');
  if (bytes.length === 32) return bytes;
  throw new Error(
    'SECRETS_KEY must be keys of 32 bytes in base64, separated by commas, the one in use first; make one with: openssl rand -base64 32.',
  );
}

function keysInFile(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'secrets.key');
  if (!existsSync(file)) {
    // Of two processes that start together, one links its whole file into place and the other reads that.
    const own = `${file}.${process.pid}`;
    writeFileSync(own, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
    try {
      linkSync(own, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    rmSync(own);
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
