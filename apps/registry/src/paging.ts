import type { FastifyRequest } from 'fastify';
import { numberParameter, oneValue } from '#http';
import type { LazyPage } from '#views';
import { pageIn, type PageOfAnswer } from './pages/with-page.ts';
import { answerVersion, type Answer } from './queries/answer.ts';

export const pageParameters = ['limit', 'cursor'] as const;

/** Rows on a page when nothing is asked, and at most. */
const usualRows = 100;
const mostRows = 1000;

export interface PageAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

/** `?limit=100&cursor=...`: the cursor is what the page before gave as `next`. */
export function pageOf(query: Readonly<Record<string, unknown>>): PageAsked {
  return {
    limit: numberParameter('limit', query['limit'], { from: 1, to: mostRows }) ?? usualRows,
    cursor: oneValue('cursor', query['cursor']) ?? null,
  };
}

/** A page as an answer, with its next page as a link (RFC 8288). */
export function withLinks(
  request: FastifyRequest,
  page: (LazyPage & PageOfAnswer) | null,
): Answer | null {
  if (page === null) return null;
  const headers: Record<string, string> = {};
  if (page.next !== null) {
    const address = new URL(request.url, 'http://register.invalid');
    address.searchParams.set('cursor', page.next);
    headers['Link'] = `<${address.pathname}${address.search}>; rel="next"`;
  }
  const key = [answerVersion, request.url, page.revision].join('\n');
  return { key, body: page.body, headers, ...pageIn(page) };
}
