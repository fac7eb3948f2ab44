import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem, sendProblem, varies } from '#http';

/**
 * Memento (RFC 7089): every resource that takes `asKnownAt` is its own time gate. Accept-Datetime leads to the
 * address with that instant, whose answer never changes with what is recorded later.
 */

/** Resources that have earlier states: those of treaties, participants and actions. */
const hasStates = /^\/(treaties|participants|actions)(\/|\?|$)/;
/** Feeds, calendars and tables are made from these resources and have no gate of their own. */
const isFile = /\.[a-z]+(\?|$)/;
/** The resources of one treaty, whose every change is known by its instant. */
const ofOneTreaty = /^\/treaties\/[^/?]+(\/|\?|$)/;

const pathOf = (url: string): string => url.split('?')[0] ?? url;

/** The links and the instant of an answer, for who follows Memento. */
export function mementoHeaders({ url, query }: Pick<FastifyRequest, 'url' | 'query'>): {
  readonly link?: string;
  readonly datetime?: string;
} {
  if (!hasStates.test(url) || isFile.test(url)) return {};
  const { asKnownAt } = query as { asKnownAt?: unknown };
  const address = new URL(url, 'http://register.invalid');
  address.searchParams.delete('asKnownAt');
  const original = `${address.pathname}${address.search}`;
  const timeMap = ofOneTreaty.test(url)
    ? `, </timemap${pathOf(url)}>; rel="timemap"; type="application/link-format"`
    : '';
  const link = `<${original}>; rel="original timegate"${timeMap}`;
  if (typeof asKnownAt !== 'string' || /^\d+$/.test(asKnownAt)) return { link };
  const at = new Date(asKnownAt.replace(/ (\d\d:\d\d)$/, '+$1'));
  return Number.isNaN(at.getTime()) ? { link } : { link, datetime: at.toUTCString() };
}

/** Leads requests with Accept-Datetime to the state of the resource that was known then. */
export function openTimeGates(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const asked = request.headers['accept-datetime'];
    if (asked === undefined || !hasStates.test(request.url) || isFile.test(request.url))
      return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
    const address = new URL(request.url, 'http://register.invalid');
    if (address.searchParams.has('asKnownAt')) return undefined;
    const at = new Date(String(asked));
    if (!/^[A-Z][a-z]{2}, \d/.test(String(asked)) || Number.isNaN(at.getTime())) {
      const problem = new Problem(
        'invalid-header',
        'Accept-Datetime: write an HTTP date such as "Tue, 24 Nov 2026 12:00:00 GMT".',
        { field: 'Accept-Datetime' },
      );
      sendProblem(problem, request, reply);
      return reply;
    }
    address.searchParams.set('asKnownAt', at.toISOString());
    const { link } = mementoHeaders(request);
    void reply.headers({ Vary: varies, 'Cache-Control': 'no-cache', ...(link && { Link: link }) });
    return reply.redirect(`${address.pathname}${address.search}`, 302);
  });
}
