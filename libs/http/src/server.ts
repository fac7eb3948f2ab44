import type { INestApplication } from '@nestjs/common';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { readForms } from './form-bodies.ts';
import { Problem } from './problem.ts';
import {
  ProblemFilter,
  sendProblem,
  type ProblemMapper,
  type ProblemPage,
} from './problem.filter.ts';
import { spanRequests, type TraceCallers } from './request-spans.ts';
import { noteRoutes } from './routes.ts';
import { unstorableText } from './storable-text.ts';

/** Largest body taken, in bytes: ten times the longest reservation known in the UN's tables. */
export const bodyLimit = 256 * 1024;

/** A Fastify adapter that reads JSON bodies (and forms where a route takes them), and bounds everything that a stranger may send. */
export function fastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit,
    // A proxy on this machine names its clients; a stranger's X-Forwarded-For is not believed.
    trustProxy: 'loopback',
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    forceCloseConnections: true,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(new ProblemFilter().problemOf(error), request, reply),
  });
}

/** What every surface shares: problems for errors, spans, and headers that forbid a browser to guess. */
export function prepare(
  application: INestApplication,
  mappers: readonly ProblemMapper[],
  page?: ProblemPage,
  traceCallers: TraceCallers = 'known',
): void {
  const app = application as NestFastifyApplication;
  const filter = new ProblemFilter(mappers, page);
  app.useGlobalFilters(filter);
  const fastify = app.getHttpAdapter().getInstance();
  noteRoutes(application);
  spanRequests(application, traceCallers);
  fastify.removeContentTypeParser(['text/plain']);
  readForms(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      // Other sites are told nothing; the register's own forms keep their Origin, which `no-referrer` takes away.
      'Referrer-Policy': 'same-origin',
    });
    // A body on GET or HEAD has no meaning here, and Fastify would read it.
    if (request.method === 'TRACE' || request.method === 'CONNECT')
      sendProblem(new Problem('method-not-allowed', 'Use GET, HEAD or POST.'), request, reply);
    else done();
  });
  fastify.addHook('preValidation', (request, reply, done) => {
    const problem = unstorableText(request.body);
    if (problem === null) done();
    else if (page?.(problem, request, reply) !== true) sendProblem(problem, request, reply);
  });
}
