import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { codingFor, encodedBody, largestEncodedHere } from './encoding.ts';

/**
 * A strong entity tag for a representation.
 * @param revision what the representation was made from: view revision, date, version.
 */
export function entityTag(revision: string): string {
  return `"${createHash('sha256').update(revision).digest('base64url').slice(0, 22)}"`;
}

/** The tag of the same representation when it is sent in parts and may be compressed on the way. */
export const weakened = (tag: string): string => (tag.startsWith('W/') ? tag : `W/${tag}`);

/** A tag without its weakness and its coding: two with the same are of the same representation. */
const bare = (tag: string): string =>
  tag
    .trim()
    .replace(/^W\//, '')
    .replace(/~(br|gzip)"$/, '"');

/** Whether If-None-Match names the tag; weakness and coding do not count, as RFC 9110 13.1.2 says for GET. */
export function isNotModified(ifNoneMatch: string | string[] | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const text = Array.isArray(ifNoneMatch) ? ifNoneMatch.join(',') : ifNoneMatch;
  if (text.trim() === '*') return true;
  const wanted = bare(tag);
  return text.split(',').some((candidate) => bare(candidate) === wanted);
}

/** What an answer may depend on besides its address. */
export const varies = 'Accept, Accept-Language, Accept-Encoding, Accept-Datetime';

export interface Representation {
  readonly body: string | Buffer;
  readonly tag: string;
  readonly contentType?: string;
  /** Left out: kept by anyone, asked after each time. */
  readonly cacheControl?: string;
}

/**
 * Sends a representation with its tag, or 304 when the client has it already. A coding has a tag of its own
 * (`"..~br"`), because a strong tag names the bytes; a large body is compressed on the way and has a weak one.
 * @param onReady told of the body once all headers are set, before it is sent
 */
export function sendConditional(
  request: FastifyRequest,
  reply: FastifyReply,
  representation: Representation,
  onReady?: (body: string | Buffer) => void,
): void {
  const { body, tag, contentType, cacheControl } = representation;
  const coding = codingFor(request.headers['accept-encoding']);
  const ready = coding === null ? null : encodedBody(body, coding);
  const isLarge = body.length > largestEncodedHere;
  void reply.headers({
    ETag: ready !== null ? `${tag.slice(0, -1)}~${coding}"` : isLarge ? weakened(tag) : tag,
    'Cache-Control': cacheControl ?? 'public, no-cache',
    Vary: varies,
  });
  if (isNotModified(request.headers['if-none-match'], tag)) {
    void reply.status(304).send();
    return;
  }
  if (ready !== null && coding !== null) void reply.header('Content-Encoding', coding);
  void reply.type(contentType ?? 'application/json; charset=utf-8');
  onReady?.(ready ?? body);
  void reply.send(ready ?? body);
}
