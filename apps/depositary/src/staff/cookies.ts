import type { FastifyReply, FastifyRequest } from 'fastify';

export type CookieName = 'session' | 'sign-in';

/**
 * The name that a browser keeps a cookie under. Over https it begins with `__Host-`: browsers then take it only
 * from this very host, over https and for every path, so no neighbouring subdomain can plant one.
 */
export const cookieNameAt = (origin: string, name: CookieName): string =>
  origin.startsWith('https:') ? `__Host-${name}` : name;

/** A cookie's value, or null. One that was sent twice counts as not sent: somebody planted the other. */
export function cookieOf(
  { headers }: Pick<FastifyRequest, 'headers'>,
  origin: string,
  name: CookieName,
): string | null {
  const wanted = `${cookieNameAt(origin, name)}=`;
  const found = (headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(wanted));
  const value = found.length === 1 ? found[0]?.slice(wanted.length) : undefined;
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
}

/** Adds a cookie that no script reads and that no other site's form or frame sends. */
export function setCookie(
  reply: FastifyReply,
  origin: string,
  name: CookieName,
  value: string,
  seconds: number,
): void {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  void reply.header(
    'Set-Cookie',
    `${cookieNameAt(origin, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`,
  );
}

/** Takes a cookie back. */
export const clearCookie = (reply: FastifyReply, origin: string, name: CookieName): void =>
  setCookie(reply, origin, name, '', 0);
