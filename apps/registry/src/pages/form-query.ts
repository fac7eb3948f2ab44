import type { FastifyRequest } from 'fastify';
import { wantsPage } from '#pages';

type QueryString = Readonly<Record<string, unknown>>;

/**
 * The query of an address as a form sends it, where people ask: fields left empty ask for nothing.
 * @param usual what a page asks for where its address does not say
 */
export function asPeopleAsk(
  query: QueryString,
  request: FastifyRequest,
  usual: QueryString = {},
): QueryString {
  if (!wantsPage(request)) return query;
  const filled = Object.entries(query).filter(([, value]) => value !== '');
  return { ...usual, ...Object.fromEntries(filled) };
}
