import { isTraced } from './spans.ts';
import { readTracingSettings } from './tracing-settings.ts';

/** What makes the traces of this process. */
export interface Tracing {
  /** Where traces go, in one sentence; null: there are none. */
  readonly sentence: string | null;
  /** Sends what waits, for a bounded time. Never throws. */
  close(): Promise<void>;
}

const nothing = (sentence: string | null): Tracing => ({
  sentence,
  close: () => Promise.resolve(),
});

/**
 * Makes the spans of this process go where the standard's variables say (`OTEL_EXPORTER_OTLP_ENDPOINT`, ...). The
 * SDK is loaded only then. One that the operator loaded before, by `--import`, is left in charge.
 * @param service the name of what runs here, unless OTEL_SERVICE_NAME gives another
 * @param complain told in one sentence of a variable that does not fit, and of a collector that is away
 */
export async function openTracing(
  environment: Readonly<Record<string, string | undefined>>,
  service: string,
  complain: (sentence: string) => void,
): Promise<Tracing> {
  if (isTraced()) return nothing('Traces are made by the OpenTelemetry SDK that was loaded first.');
  const { settings, complaints } = readTracingSettings(environment);
  for (const complaint of complaints) complain(complaint);
  if (settings === null) return nothing(null);
  const { exporters, collector } = settings;
  try {
    const { startSdk } = await import('./sdk.ts');
    const close = await startSdk(settings, service, complain);
    const where = exporters.map((one) => (one === 'otlp' ? collector : 'this terminal'));
    return { sentence: `Traces go to ${where.join(' and ')}.`, close };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complain(`No traces are made, and nothing else is affected: ${reason}`);
    return nothing(null);
  }
}
