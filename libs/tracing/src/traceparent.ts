import { isSpanContextValid, type SpanContext } from '@opentelemetry/api';

const form = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * The span that a `traceparent` names (W3C Trace Context, version 00 and what later versions keep of it). Anybody
 * may have written it: null for whatever is not well formed, which is then left alone and never an error.
 */
export function readTraceparent(value: unknown): SpanContext | null {
  const found = typeof value === 'string' && value.length <= 200 ? form.exec(value) : null;
  const [, version = '', traceId = '', spanId = '', flags = '', more] = found ?? [];
  if (found === null || version === 'ff' || (version === '00' && more !== undefined)) return null;
  const span = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(span) ? span : null;
}

/** A span as a `traceparent`: `00-<32 hex digits>-<16 hex digits>-<2 hex digits>`. */
export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
