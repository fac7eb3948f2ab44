import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { metadataOf } from '#ledger';
import { contextOf, inSpan, readTraceparent, traceIds } from '#tracing';
import type { Answer, Channel } from '../engine/channel.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';

const held = ({ recorded }: Occurrence): Readonly<Record<string, unknown>> =>
  recorded === null ? {} : metadataOf(recorded);

/** The span that recorded an occurrence's event, as its metadata holds it; null where there is none. */
const recordingOf = (occurrence: Occurrence) => readTraceparent(held(occurrence)['traceparent']);

const spans = new WeakMap<Answer, Span>();

/** The trace and span of the attempt that came to an answer, for a log line about it. */
export function traceIdsOf(answer: Answer): ReturnType<typeof traceIds> {
  const span = spans.get(answer);
  return span === undefined ? {} : traceIds(span);
}

/**
 * A channel whose every attempt is a span in the trace that recorded the fact, in whichever process and however
 * much later. A digest belongs to no one trace: it has its own, with links to those of its facts. Subscribers are
 * named by id; where they are told is in no trace. Without an SDK the spans are nothing and cost nothing.
 */
export function traced(channel: Channel, name: string): Channel {
  const { atOnce } = channel;
  return {
    ...(atOnce !== undefined && { atOnce }),
    deliver(subscriber, occurrences) {
      const [first, ...more] = occurrences;
      const correlation = held(first)['$correlationId'];
      const attributes: Attributes = {
        'messaging.system': 'eventstoredb',
        'messaging.operation.name': 'deliver',
        'messaging.message.id': first.id,
        'messaging.batch.message_count': occurrences.length,
        'treaty_ledger.channel': name,
        'treaty_ledger.subscriber': subscriber.id,
        'treaty_ledger.position': first.position,
        'treaty_ledger.attempt': subscriber.attempts + 1,
        ...(typeof correlation === 'string' && { 'treaty_ledger.correlation_id': correlation }),
      };
      const recordings = occurrences.map(recordingOf).filter((one) => one !== null);
      const place =
        more.length === 0
          ? { parent: contextOf(recordingOf(first)) }
          : { parent: ROOT_CONTEXT, links: recordings.map((context) => ({ context })) };
      const options = { kind: SpanKind.CONSUMER, attributes, ...place };
      return inSpan(`deliver ${name}`, options, async (span) => {
        // A copy, because a channel may give one and the same answer twice.
        const answer: Answer = { ...(await channel.deliver(subscriber, occurrences)) };
        spans.set(answer, span);
        span.setAttribute('treaty_ledger.outcome', answer.outcome);
        if (answer.outcome !== 'delivered')
          span.setStatus({ code: SpanStatusCode.ERROR, message: answer.detail });
        return answer;
      });
    },
  };
}
