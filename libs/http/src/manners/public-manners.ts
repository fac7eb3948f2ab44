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
 * What every client may count on: other methods answered, requests counted, pages of other origins let in to
 * read, and large answers compressed. Must be called before the routes are made.
 */
export async function addPublicManners(
  fastify: FastifyInstance,
  { mostRequests, deprecated, staff }: PublicManners,
): Promise<void> {
  answerOtherMethods(fastify);
  await limitRate(fastify, mostRequests);
  announceDeprecations(fastify, deprecated);
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
  await fastify.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    customTypes: /json|text|xml|javascript/,
    // The best quality takes a second for what a client waits for; this one is nearly as small.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  });
}
