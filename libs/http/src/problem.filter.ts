import { ArgumentsHost, Catch, ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { traceIds } from '#tracing';
import { Problem, SeeOther } from './problem.ts';
import { spanOf } from './request-spans.ts';

/** Turns an error of another library into a problem, or leaves it: the first that answers wins. */
export type ProblemMapper = (error: unknown) => Problem | null;

/** Sends a problem as a page to a client that wants pages; false: it wants none, and nothing was sent. */
export type ProblemPage = (
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
) => boolean;

interface FastifyFault {
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
}

/** What Fastify itself refuses before a controller is reached, in words that say what to do. */
const ofFastify: ProblemMapper = (error) => {
  const { code, statusCode, message } = (error ?? {}) as FastifyFault;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413)
    return new Problem('body-too-large', 'The body is larger than this address takes; send less.', {
      detailFr: 'La requête dépasse ce que cette adresse admet ; envoyez moins.',
    });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415)
    return new Problem(
      'unsupported-media-type',
      'Send the body as "Content-Type: application/json".',
    );
  if (code === 'FST_ERR_CTP_EMPTY_JSON_BODY')
    return new Problem('invalid-json', 'The body is empty; send a JSON object.');
  if (error instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new Problem('invalid-json', `The body is not JSON: ${String(message)}.`);
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH')
    return new Problem('not-found', 'The address cannot be read; check its spelling and escapes.', {
      detailFr: 'L’adresse ne peut pas être lue ; vérifiez comment elle est écrite.',
    });
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new Problem('invalid-request', String(message));
  return null;
};

/** How Fastify words a body that is no JSON; Nest passes its errors on by status and message alone. */
const aboutJson =
  /valid JSON|JSON at position|JSON input|body cannot be empty|forbidden prototype/i;

/** Nest's own exceptions: an unknown route, mostly. */
const ofNest: ProblemMapper = (error) => {
  if (!(error instanceof HttpException)) return null;
  const status = error.getStatus();
  if (status === 404)
    return new Problem('not-found', 'There is nothing at this address; / lists what there is.', {
      detailFr: 'Il n’y a rien à cette adresse ; l’accueil du registre dit ce qu’il y a.',
    });
  if (status === 503)
    return new Problem('starting-up', error.message, { headers: { 'Retry-After': '1' } });
  if (status === 400 && aboutJson.test(error.message))
    return new Problem('invalid-json', `The body is not a JSON object: ${error.message}.`);
  if (status >= 400 && status < 500) {
    return ofFastify({ statusCode: status, message: error.message }) ?? null;
  }
  return null;
};

/** The one place where an error becomes an answer. What nobody foresaw is logged and told as our fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');
  private readonly mappers: readonly ProblemMapper[];
  private readonly page: ProblemPage | undefined;

  /** @param page how a problem is shown to a person; left out: as JSON to everyone */
  constructor(mappers: readonly ProblemMapper[] = [], page?: ProblemPage) {
    this.mappers = [...mappers, ofNest, ofFastify];
    this.page = page;
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    if (error instanceof SeeOther) {
      const reply = http.getResponse<FastifyReply>();
      void reply.header('Cache-Control', 'no-store').redirect(error.location, 303);
      return;
    }
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const problem = this.problemOf(error, request);
    if (!reply.sent && this.page?.(problem, request, reply) === true) return;
    sendProblem(problem, request, reply);
  }

  /** The problem to answer with; logs what nobody foresaw, with the trace it is found in where there is one. */
  problemOf(error: unknown, request?: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    for (const mapper of this.mappers) {
      const problem = mapper(error);
      if (problem !== null) return problem;
    }
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const { trace_id: id } = traceIds(request === undefined ? undefined : spanOf(request));
    this.logger.error(id === undefined ? told : `[trace_id=${id}] ${told}`);
    return new Problem(
      'internal',
      'The register failed while answering, and its log says why; nothing was half recorded, so the request may be repeated.',
      {
        detailFr:
          'Le registre a échoué en répondant, et son journal dit pourquoi ; rien n’a été inscrit à moitié, la requête peut donc être répétée.',
      },
    );
  }
}

/** The address asked for, without what opens a subscription: who gets a problem writes it into a log. */
const instanceOf = ({ url }: FastifyRequest): string => url.replace(/([?&]token=)[^&]*/g, '$1');

/** Writes a problem as RFC 9457 says; `instance` is the address asked for. */
export function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  void reply
    .status(problem.details.status)
    .headers({ 'Cache-Control': 'no-store', ...problem.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problem.details, instance: instanceOf(request) }));
}
