import compress from '@fastify/compress';
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { constants } from 'node:zlib';
import { answerOtherMethods } from './allowed-methods.ts';
import { announceDeprecations, type DeprecatedRoute } from './deprecations.ts';
import { limitRate } from './rate-limit.ts';

export interface PublicManners {
  /** Requests a minute that one address may make; 0: any number. */
  readonly mostRequests: number;
  readonly deprecated: readonly DeprecatedRoute[];
  /** Hooks that may answer as soon as a request is counted. */
  readonly answerFirst?: (fastify: FastifyInstance) => void;
  /** Beginning of the addresses that only pages of this register may use. */
  readonly staff: string;
}

/** What a program in a page of another origin may read besides the body. */
const exposed = [
  'ETag',
  'Link',
  'Location',
  'Last-Modified',
  'Memento-Datetime',
  'Ledger-Position',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Deprecation',
  'Sunset',
  'Content-Disposition',
];

/**
 * What every client may count on: pages of other origins let in to read, requests counted, other methods
 * answered, and large answers compressed. Must be called before the routes are made.
 */
export async function addPublicManners(
  fastify: FastifyInstance,
  { mostRequests, deprecated, answerFirst, staff }: PublicManners,
): Promise<void> {
  await limitRate(fastify, mostRequests);
  answerFirst?.(fastify);
  // Before preflights are: OPTIONS without their headers is a question about methods.
  answerOtherMethods(fastify);
  await fastify.register(cors, {
    delegator: (request, decide) => {
      const isPublic = request.url === undefined || !request.url.startsWith(staff);
      decide(null, {
        origin: isPublic ? '*' : false,
        methods: ['GET', 'HEAD', 'OPTIONS'],
        allowedHeaders: ['Accept', 'Accept-Datetime', 'If-None-Match', 'Last-Event-ID'],
        exposedHeaders: exposed,
        maxAge: 86_400,
      });
    },
  });
  announceDeprecations(fastify, deprecated);
  await fastify.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    customTypes: /json|text|xml|javascript/,
    // The best quality takes a second for what a client waits for; this one is nearly as small.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  });
}
