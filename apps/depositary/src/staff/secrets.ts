import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 bits that nobody can guess, as text for a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored in place of a secret. A secret of 256 random bits needs no salt and no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * The token that forms of a session carry. It follows from the session's id, so it needs no place of its own,
 * ends with the session, and does not tell the id.
 */
export const formTokenOf = (sessionId: string): string =>
  createHmac('sha256', sessionId).update('form token').digest('base64url');

/** Compares without telling by its time how much was right. */
export function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [given, wanted].map((one) => createHash('sha256').update(one).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
