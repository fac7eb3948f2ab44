import type { FastifyInstance } from 'fastify';

/** A route that will go, and what takes its place. */
export interface DeprecatedRoute {
  /** As it is registered: `/treaties/:treaty/status`. */
  readonly route: string;
  /** Calendar date from which it is deprecated, and on which it goes, if that is known. */
  readonly deprecatedFrom: string;
  readonly goesOn: string | null;
  /** Address that explains it. */
  readonly explanation: string;
}

/** Tells whoever uses a deprecated route, in every answer (RFC 9745 Deprecation, RFC 8594 Sunset). */
export function announceDeprecations(
  fastify: FastifyInstance,
  deprecated: readonly DeprecatedRoute[],
): void {
  if (deprecated.length === 0) return;
  const headers = new Map(
    deprecated.map(({ route, deprecatedFrom, goesOn, explanation }) => [
      route,
      {
        Deprecation: `@${Date.parse(`${deprecatedFrom}T00:00:00Z`) / 1000}`,
        ...(goesOn !== null && { Sunset: new Date(`${goesOn}T00:00:00Z`).toUTCString() }),
        link: `<${explanation}>; rel="deprecation"; type="text/html"`,
      },
    ]),
  );
  fastify.addHook('onSend', async (request, reply) => {
    const found = headers.get(request.routeOptions.url ?? '');
    if (found === undefined) return;
    const { link, ...told } = found;
    const links = [reply.getHeader('Link'), link].filter((one) => one !== undefined);
    void reply.headers({ ...told, Link: links.join(', ') });
  });
}
