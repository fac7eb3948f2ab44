import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from '@opentelemetry/api';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

/** Makes the register's spans; without an OpenTelemetry SDK in the process they are nothing and cost nothing. */
export const tracer = (): Tracer => trace.getTracer('treaty-ledger');

/** Whether spans of this process go anywhere: it has an SDK, its own or one that the operator loaded before it. */
export function isTraced(): boolean {
  // A span that never ends is never sent.
  return isSpanContextValid(tracer().startSpan('probe', { root: true }).spanContext());
}

/**
 * Does work inside a span, which ends with it. An error passes through; the span then has the error's kind and
 * not its message, which may hold addresses.
 * @param options.parent instead of the span around; ROOT_CONTEXT for a trace of its own
 */
export function inSpan<Result>(
  name: string,
  { parent = context.active(), ...options }: SpanOptions & { readonly parent?: Context },
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  return tracer().startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      const kind = error instanceof Error ? error.constructor.name : typeof error;
      span.setAttribute('error.type', kind).setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** The context in which what is done belongs to a span of another process or time; a trace of its own for null. */
export function contextOf(span: SpanContext | null): Context {
  return span === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, span);
}

/** A span as the `traceparent` that is kept beside what it made; nothing where there is no trace. */
export function traceparentOf(span: Span | undefined = trace.getActiveSpan()): {
  traceparent?: string;
} {
  const found = span?.spanContext();
  return found === undefined || !isSpanContextValid(found)
    ? {}
    : { traceparent: writeTraceparent(found) };
}

/** Goes on in the trace in which something was written down, unless it is still being done in it. */
export function continuing<Result>(traceparent: unknown, work: () => Result): Result {
  if (trace.getActiveSpan() !== undefined) return work();
  return context.with(contextOf(readTraceparent(traceparent)), work);
}

/** The fields by which a log line is found from a span, and a span from a log line; none where there is no trace. */
export function traceIds(span: Span | undefined = trace.getActiveSpan()): {
  trace_id?: string;
  span_id?: string;
} {
  const found = span?.spanContext();
  return found === undefined || !isSpanContextValid(found)
    ? {}
    : { trace_id: found.traceId, span_id: found.spanId };
}
