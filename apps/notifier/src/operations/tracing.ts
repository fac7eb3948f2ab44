import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
} from '@opentelemetry/api';
import { metadataOf } from '#ledger';
import type { Answer, Channel } from '../engine/channel.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';

const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The trace of the request that recorded an occurrence's event, as its metadata holds it. */
export function recordingContext({ recorded }: Occurrence): Context {
  const held = recorded === null ? undefined : metadataOf(recorded)['traceparent'];
  const found = typeof held === 'string' ? traceparent.exec(held) : null;
  const [, traceId = '', spanId = '', flags = ''] = found ?? [];
  if (found === null) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

/**
 * A channel whose every attempt is a span in the trace of the request that recorded the fact. Without an
 * OpenTelemetry SDK in the process the spans are nothing and cost nothing.
 */
export function traced(channel: Channel, name: string): Channel {
  const tracer = trace.getTracer('treaty-ledger/notifier');
  return {
    deliver(subscriber, occurrences) {
      const [first] = occurrences;
      const metadata = first.recorded === null ? {} : metadataOf(first.recorded);
      const correlation = metadata['$correlationId'];
      const attributes: Attributes = {
        'messaging.system': name,
        'messaging.message.id': first.id,
        'treaty_ledger.subscriber': subscriber.id,
        'treaty_ledger.position': first.position,
        'treaty_ledger.attempt': subscriber.attempts + 1,
        ...(typeof correlation === 'string' && { 'treaty_ledger.correlation_id': correlation }),
      };
      const options = { kind: SpanKind.PRODUCER, attributes };
      return tracer.startActiveSpan(
        `deliver ${name}`,
        options,
        recordingContext(first),
        async (span) => {
          const answer: Answer = await channel.deliver(subscriber, occurrences);
          if (answer.outcome !== 'delivered')
            span.setStatus({ code: SpanStatusCode.ERROR, message: answer.detail });
          span.setAttribute('treaty_ledger.outcome', answer.outcome);
          span.end();
          return answer;
        },
      );
    },
  };
}
