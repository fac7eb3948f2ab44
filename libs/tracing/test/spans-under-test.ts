import { context, trace, type Link } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOnSampler,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type Sampler,
} from '@opentelemetry/sdk-trace';

/** Spans of this process, kept in memory in the order in which they ended. */
export class SpansUnderTest {
  private readonly exporter = new InMemorySpanExporter();

  /** From now on, spans are made; one at a time in a test file. */
  start(sampler: Sampler = new AlwaysOnSampler()): void {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const spanProcessors = [new SimpleSpanProcessor({ exporter: this.exporter })];
    trace.setGlobalTracerProvider(new TracerProvider({ sampler, spanProcessors }));
  }

  stop(): void {
    trace.disable();
    context.disable();
    this.exporter.reset();
  }

  get ended(): readonly ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  /** Each span as `name < name of what it is in`, where that is not known by its id; empty for the first of a trace. */
  get shape(): string[] {
    const names = new Map(this.ended.map((span) => [span.spanContext().spanId, span.name]));
    return this.ended.map(({ name, parentSpanContext }) => {
      const id = parentSpanContext?.spanId ?? '';
      return `${name} < ${names.get(id) ?? id}`;
    });
  }
}

/** The ids that a span points at. */
export const linked = (links: readonly Link[]): string[] =>
  links.map(({ context: { traceId, spanId } }) => `${traceId} ${spanId}`);
