import type {
  CallHandler,
  ExecutionContext,
  INestApplication,
  NestInterceptor,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
} from '@opentelemetry/api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { contextOf, isTraced, readTraceparent, tracer } from '#tracing';

/**
 * Whose `traceparent` a request's span is a child of: that of callers who are `known` (signed in, or with an
 * access token), or of `all`, where a proxy before the register writes the header itself.
 */
export type TraceCallers = 'known' | 'all';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A request that came: when, and its span once it has one. */
interface Arrival {
  readonly at: number;
  readonly ticks: number;
  /** What an SDK of the operator's own, which follows requests itself, put around it. */
  readonly around: Context;
  span: Span | null;
}

const arrivals = new WeakMap<object, Arrival>();
const known = new WeakSet<object>();

/** Says that a guard has made sure who sends a request, so that it may go on in a trace of its sender's. */
export function callerIsKnown(request: FastifyRequest): void {
  known.add(request);
}

/** The span of a request; undefined where there are no traces, or it was refused before it got one. */
export function spanOf(request: FastifyRequest): Span | undefined {
  return arrivals.get(request)?.span ?? undefined;
}

/**
 * The span that a request's is made in, and those it only points at. What a stranger sends is pointed at: as a
 * parent it would let anybody decide what is sampled, and write into traces whose ids subscribers are told.
 */
function parentOf(
  request: FastifyRequest,
  { around }: Arrival,
  callers: TraceCallers,
): { readonly parent: Context; readonly links: Link[] } {
  if (trace.getSpan(around) !== undefined) return { parent: around, links: [] };
  const caller = readTraceparent(request.headers['traceparent']);
  if (caller === null) return { parent: ROOT_CONTEXT, links: [] };
  if (callers === 'all' || known.has(request)) return { parent: contextOf(caller), links: [] };
  return { parent: ROOT_CONTEXT, links: [{ context: caller }] };
}

/** Begins the span. Named by route: addresses as sent hold tokens, and what people look for. */
function begin(request: FastifyRequest, arrival: Arrival, callers: TraceCallers): Span {
  const method = methods.has(request.method) ? request.method : '_OTHER';
  const route = request.is404 ? undefined : request.routeOptions.url;
  const attributes: Attributes = {
    'http.request.method': method,
    ...(route !== undefined && { 'http.route': route }),
  };
  const { parent, links } = parentOf(request, arrival, callers);
  const options = { kind: SpanKind.SERVER, startTime: arrival.at, attributes, links };
  return tracer().startSpan(route === undefined ? method : `${method} ${route}`, options, parent);
}

function end(span: Span, { at, ticks }: Arrival, { statusCode, raw }: FastifyReply): void {
  if (!raw.headersSent) span.setAttribute('error.type', 'closed-by-client');
  else {
    span.setAttribute('http.response.status_code', statusCode);
    // As the conventions say: what the caller did wrong is no error of the server's.
    if (statusCode >= 500)
      span.setAttribute('error.type', String(statusCode)).setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end(at + performance.now() - ticks);
}

/** Begins the span after the guards, because only they know the caller, and answers inside it. */
class AnswersInSpan implements NestInterceptor {
  private readonly callers: TraceCallers;

  constructor(callers: TraceCallers) {
    this.callers = callers;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const arrival = arrivals.get(request);
    if (arrival === undefined) return next.handle();
    const span = (arrival.span ??= begin(request, arrival, this.callers));
    return context.with(trace.setSpan(context.active(), span), () => next.handle());
  }
}

/** A server span for every request, where spans go anywhere. Must be called before other hooks and the routes. */
export function spanRequests(application: INestApplication, callers: TraceCallers): void {
  if (!isTraced()) return;
  const app = application as NestFastifyApplication;
  app.useGlobalInterceptors(new AnswersInSpan(callers));
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const around = context.active();
      const arrival: Arrival = { at: Date.now(), ticks: performance.now(), around, span: null };
      arrivals.set(request, arrival);
      // Not Fastify's own hook: a stream that its reader leaves never finishes.
      reply.raw.once('close', () =>
        end((arrival.span ??= begin(request, arrival, callers)), arrival, reply),
      );
      done();
    });
}
