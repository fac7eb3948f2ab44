import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.ts';
import { sendProblem } from '../problem.filter.ts';

interface KnownRoute {
  readonly path: RegExp;
  readonly methods: Set<string>;
}

/** A route's pattern as a regular expression: `/treaties/:treaty/status.csv`. */
function pathPattern(url: string): RegExp {
  const escaped = url
    .replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/:[A-Za-z]+/g, '[^/]+')
    .replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}

/**
 * Answers what no route takes: OPTIONS with what an address allows, and another method at an address that
 * exists with 405 and Allow. Must be called before the routes are made.
 */
export function answerOtherMethods(fastify: FastifyInstance): void {
  const routes = new Map<string, KnownRoute>();
  fastify.addHook('onRoute', ({ url, method }) => {
    // The path of everything (CORS preflights) is no address.
    if (url === '*' || url === '/*') return;
    const known = routes.get(url) ?? { path: pathPattern(url), methods: new Set<string>() };
    for (const one of [method].flat()) known.methods.add(one);
    routes.set(url, known);
  });
  const allowedAt = (address: string): string[] => {
    const path = address.split('?')[0] ?? address;
    const methods = [...routes.values()].flatMap((route) =>
      route.path.test(path) ? [...route.methods] : [],
    );
    return methods.length === 0 ? [] : [...new Set([...methods, 'OPTIONS'])].toSorted();
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    const { method, headers, url } = request;
    const isQuestion =
      method === 'OPTIONS' && headers['access-control-request-method'] === undefined;
    const allowed =
      isQuestion || (request.is404 && method !== 'GET' && method !== 'OPTIONS')
        ? allowedAt(url)
        : [];
    if (allowed.length === 0) {
      done();
      return;
    }
    const allow = allowed.join(', ');
    if (isQuestion) {
      void reply.status(204).header('Allow', allow).send();
      return;
    }
    const problem = new Problem(
      'method-not-allowed',
      `This address takes ${allow}, not ${method}.`,
      { headers: { Allow: allow } },
    );
    sendProblem(problem, request, reply);
  });
}
