import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A strong entity tag for a representation.
 * @param revision what the representation was made from: view revision, date, version.
 */
export function entityTag(revision: string): string {
  return `"${createHash('sha256').update(revision).digest('base64url').slice(0, 22)}"`;
}

/** Whether If-None-Match names the tag; a weak prefix is ignored, as RFC 9110 13.1.2 says for GET. */
export function isNotModified(ifNoneMatch: string | string[] | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const text = Array.isArray(ifNoneMatch) ? ifNoneMatch.join(',') : ifNoneMatch;
  if (text.trim() === '*') return true;
  return text.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag);
}

export interface Representation {
  readonly body: string | Buffer;
  readonly tag: string;
  readonly contentType?: string;
  /** Left out: kept by anyone, asked after each time. */
  readonly cacheControl?: string;
}

/** Sends a representation with its tag, or 304 when the client has it already. */
export function sendConditional(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
): void {
  void reply.headers({
    ETag: representation.tag,
    'Cache-Control': representation.cacheControl ?? 'public, no-cache',
    Vary: 'Accept, Accept-Language',
  });
  if (isNotModified(request.headers['if-none-match'], representation.tag)) {
    void reply.status(304).send();
    return;
  }
  void reply
    .type(representation.contentType ?? 'application/json; charset=utf-8')
    .send(representation.body);
}
