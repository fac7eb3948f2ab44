import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonEvent, type ResolvedEvent } from '@eventstore/db-client';
import { traceparentOf, tracer } from '#tracing';
import { loadedOf } from '../../../../libs/ledger/src/event-store.ts';
import { linked, SpansUnderTest } from '../../../../libs/tracing/test/spans-under-test.ts';
import type { Answer } from '../engine/channel.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { notifierLog } from './log.ts';
import { traced, traceIdsOf } from './tracing.ts';

/** What an event that was recorded under a trace brings, as it comes back from the store. */
function occurrence(id: string, traceparent?: string): Occurrence {
  const event = {
    ...jsonEvent({
      type: 'participant-dissolved.v1',
      data: { participant: 'CSK', date: '1992-12-31', successors: ['CZE', 'SVK'] },
      metadata: { ...(traceparent !== undefined && { traceparent }) },
    }),
    streamId: 'participants',
    revision: 1n,
    created: new Date(0),
    position: { commit: 7n, prepare: 7n },
  };
  const { recorded } = loadedOf({ event } as unknown as ResolvedEvent)!;
  return { what: 'register', id, position: '7', recorded } as unknown as Occurrence;
}

const subscriber = { id: 'sub-1', attempts: 2 } as SubscriberRow;
const delivered: Answer = { outcome: 'delivered', code: 204 };

describe('a delivery', () => {
  const spans = new SpansUnderTest();
  beforeEach(() => spans.start());
  afterEach(() => spans.stop());
  const recording = (name: string): { id: string; traceparent: string } => {
    const span = tracer().startSpan(name);
    span.end();
    const { traceId, spanId } = span.spanContext();
    return { id: `${traceId} ${spanId}`, traceparent: traceparentOf(span).traceparent ?? '' };
  };
  const channel = (answer: Answer) => traced({ deliver: () => Promise.resolve(answer) }, 'webhook');

  it('is in the trace that recorded the fact, whatever else goes on', async () => {
    const { traceparent } = recording('append');
    await tracer().startActiveSpan('something else', async (span) => {
      await channel(delivered).deliver(subscriber, [occurrence('a', traceparent)]);
      span.end();
    });
    expect(spans.shape).toStrictEqual([
      'append < ',
      'deliver webhook < append',
      'something else < ',
    ]);
  });

  it('of a fact without a trace, or with a broken one, is the first of its own', async () => {
    await channel(delivered).deliver(subscriber, [occurrence('a')]);
    await channel(delivered).deliver(subscriber, [occurrence('a', '00-broken')]);
    expect(spans.shape).toStrictEqual(['deliver webhook < ', 'deliver webhook < ']);
  });

  it('of a digest has a trace of its own, that points at each of its facts', async () => {
    const [one, two] = [recording('append'), recording('append')];
    await channel(delivered).deliver(subscriber, [
      occurrence('a', one.traceparent),
      occurrence('b'),
      occurrence('c', two.traceparent),
    ]);
    expect(spans.shape.at(-1)).toBe('deliver webhook < ');
    expect(linked(spans.ended.at(-1)?.links ?? [])).toStrictEqual([one.id, two.id]);
  });

  it('that fails is a failed span, and a log line about its answer leads to it', async () => {
    const { traceparent } = recording('append');
    const detail = 'The receiver answered 500.';
    const failed: Answer = { outcome: 'failed', code: 500, detail, retryAfter: null };
    const lines: string[] = [];
    const log = notifierLog({ write: (line) => void lines.push(line) });
    const deliver = () => {
      log.info('about to');
      return Promise.resolve(failed);
    };
    const answers = [1, 2].map(() =>
      traced({ deliver }, 'webhook').deliver(subscriber, [occurrence('a', traceparent)]),
    );
    for (const answer of await Promise.all(answers)) log.warn({ ...traceIdsOf(answer) }, 'failed');
    log.info('outside');
    const attempts = spans.ended.slice(1);
    expect(attempts.map(({ status }) => status)).toStrictEqual(
      [1, 2].map(() => ({ code: 2, message: detail })),
    );
    const ids = attempts.map((span) => {
      const { traceId, spanId } = span.spanContext();
      return { trace_id: traceId, span_id: spanId };
    });
    const said = lines.map((line) => {
      const { trace_id, span_id } = JSON.parse(line);
      return trace_id === undefined ? {} : { trace_id, span_id };
    });
    expect(said).toStrictEqual([...ids, ...ids, {}]);
  });
});
