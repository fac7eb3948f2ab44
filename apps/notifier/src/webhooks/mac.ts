import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';

/** `v1`: HMAC-SHA256 with a secret that both know. `v1a`: Ed25519, of which the receiver has the public key only. */
export const macSchemes = ['v1', 'v1a'] as const;
export type MacScheme = (typeof macSchemes)[number];

/** What deliveries are signed with: a second secret for the time in which the receiver changes over. */
export interface MacSecrets {
  readonly scheme: MacScheme;
  /** `whsec_` or `whsk_` and base64, as Standard Webhooks writes them. */
  readonly current: string;
  readonly previous: string | null;
  /** Until when deliveries carry macs by both, in milliseconds since 1970. */
  readonly previousUntil: number;
}

/** How long a replaced secret goes on to sign beside the new one. */
export const overlap = 24 * 3_600_000;

/** A new secret. */
export function newSecret(scheme: MacScheme): string {
  if (scheme === 'v1') return `whsec_${randomBytes(32).toString('base64')}`;
  const { privateKey } = generateKeyPairSync('ed25519');
  const { d } = privateKey.export({ format: 'jwk' });
  return `whsk_${Buffer.from(d ?? '', 'base64url').toString('base64')}`;
}

/** What the receiver verifies with: the secret itself, or for `v1a` the public key (`whpk_`). */
export function verifier({ scheme, current }: Pick<MacSecrets, 'scheme' | 'current'>): string {
  if (scheme === 'v1') return current;
  const { x } = createPublicKey(privateKeyOf(current)).export({ format: 'jwk' });
  return `whpk_${Buffer.from(x ?? '', 'base64url').toString('base64')}`;
}

/** The secrets after a change: the old one goes on for a day, so that no delivery fails meanwhile. */
export function rotated(secrets: MacSecrets, now: number): MacSecrets {
  const { scheme, current } = secrets;
  return { scheme, current: newSecret(scheme), previous: current, previousUntil: now + overlap };
}

/** PKCS #8 around the 32 bytes of an Ed25519 key (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const keys = new Map<string, KeyObject>();

function privateKeyOf(secret: string): KeyObject {
  const held = keys.get(secret);
  if (held !== undefined) return held;
  const seed = Buffer.from(secret.slice('whsk_'.length), 'base64');
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  if (keys.size > 1000) keys.clear();
  keys.set(secret, key);
  return key;
}

function macBy(scheme: MacScheme, secret: string, content: string): string {
  if (scheme === 'v1a')
    return `v1a,${sign(null, Buffer.from(content), privateKeyOf(secret)).toString('base64')}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

/** The headers of Standard Webhooks 1.0 for one attempt. */
export function macHeaders(
  secrets: MacSecrets,
  { id, body, now }: { id: string; body: string; now: number },
): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const content = `${id}.${timestamp}.${body}`;
  const { scheme, current, previous, previousUntil } = secrets;
  const both = previous !== null && now < previousUntil ? [current, previous] : [current];
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': both.map((secret) => macBy(scheme, secret, content)).join(' '),
  };
}
