import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ConsoleSpanExporter,
  ParentBasedSampler,
  SimpleSpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type Sampler,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { TracingSettings } from './tracing-settings.ts';
import { WatchedExporter } from './watched-exporter.ts';

/** How long a stop waits for the last spans, in milliseconds. */
const patience = 3000;

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  const [parentBased, name] = sampler.startsWith('parentbased_')
    ? [true, sampler.slice('parentbased_'.length)]
    : [false, sampler];
  const root =
    name === 'always_on'
      ? new AlwaysOnSampler()
      : name === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio);
  return parentBased ? new ParentBasedSampler({ root }) : root;
}

/** The exporter reads the rest of its variables itself: headers, certificates, compression, timeout. */
async function otlpExporter({ protocol }: TracingSettings): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
}

/** What the SDK says of its variables while it starts; later it would repeat itself with every batch. */
async function hearing<Result>(
  complain: (sentence: string) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const say = (message: string): void => complain(`Traces: ${message}`);
  const quiet = (): void => undefined;
  const logger = { error: say, warn: say, info: quiet, debug: quiet, verbose: quiet };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  try {
    return await work();
  } finally {
    diag.disable();
  }
}

/** Loads the SDK into this process. @returns what sends the last spans, within three seconds */
export function startSdk(
  settings: TracingSettings,
  service: string,
  complain: (sentence: string) => void,
): Promise<() => Promise<void>> {
  return hearing(complain, async () => {
    const processors: SpanProcessor[] = [];
    for (const one of settings.exporters) {
      if (one === 'console')
        processors.push(new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }));
      else {
        const exporter = new WatchedExporter(
          await otlpExporter(settings),
          settings.collector,
          complain,
        );
        processors.push(new BatchSpanProcessor({ exporter, ...settings.batches }));
      }
    }
    const provider = new TracerProvider({
      sampler: samplerOf(settings),
      spanProcessors: processors,
      resource: defaultResource()
        .merge(resourceFromAttributes({ 'service.name': service }))
        .merge(detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })),
    });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(provider);
    return () => closed(provider);
  });
}

/** A collector that is away keeps nobody from stopping; it was complained of already. */
async function closed(provider: TracerProvider): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, patience);
  await Promise.race([provider.shutdown().catch(() => undefined), late]);
  clearTimeout(timer);
}
