type Environment = Readonly<Record<string, string | undefined>>;

/** Samplers of the OpenTelemetry standard that are offered. */
const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

export type SamplerName = (typeof samplers)[number];

/** How traces are made and where they go, from the standard's own variables. */
export interface TracingSettings {
  readonly exporters: readonly ('otlp' | 'console')[];
  readonly protocol: 'http/protobuf' | 'http/json';
  /** Where the collector is, without path and credentials: to be shown. */
  readonly collector: string;
  readonly sampler: SamplerName;
  /** Part of the traces that a ratio sampler keeps, 0 to 1. */
  readonly ratio: number;
  /** Milliseconds and numbers of spans; left out: the SDK's own. */
  readonly batches: {
    readonly scheduledDelayMillis?: number;
    readonly exportTimeoutMillis?: number;
    readonly maxQueueSize?: number;
    readonly maxExportBatchSize?: number;
  };
}

/** Shown to a person: what was set, cut short. */
const quoted = (value: string): string => JSON.stringify(value.slice(0, 40));

class Reading {
  readonly complaints: string[] = [];
  private readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** The first of these variables that is set; an empty value counts as not set. */
  first(...names: readonly string[]): { readonly name: string; readonly value: string } | null {
    for (const name of names) {
      const value = this.environment[name]?.trim();
      if (value !== undefined && value !== '') return { name, value };
    }
    return null;
  }

  number(name: string, fits: (value: number) => boolean, range: string): number | undefined {
    const set = this.first(name);
    if (set === null) return undefined;
    const value = Number(set.value);
    if (Number.isFinite(value) && fits(value)) return value;
    this.complaints.push(
      `${name} is ${quoted(set.value)}, which is no ${range}; the usual value is used.`,
    );
    return undefined;
  }
}

const endpoints = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const;

/** Which exporters are wanted: with an endpoint OTLP, unless another is named. Empty: no traces. */
function exportersOf(reading: Reading): TracingSettings['exporters'] {
  const named = reading.first('OTEL_TRACES_EXPORTER');
  if (named === null) return reading.first(...endpoints) === null ? [] : ['otlp'];
  const words = [...new Set(named.value.split(',').map((word) => word.trim()))];
  for (const word of words)
    if (!['otlp', 'console', 'none'].includes(word))
      reading.complaints.push(
        `OTEL_TRACES_EXPORTER names ${quoted(word)}, which the register does not have; it has otlp, console and none.`,
      );
  return (['otlp', 'console'] as const).filter((one) => words.includes(one));
}

/** Whether spans can be sent as was set; what keeps them from it is a complaint. */
function reachable(reading: Reading): Pick<TracingSettings, 'protocol' | 'collector'> | null {
  const endpoint = reading.first(...endpoints);
  const url = URL.parse(endpoint?.value ?? 'http://localhost:4318');
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    // Not shown: it may hold a password.
    reading.complaints.push(
      `${endpoint?.name ?? ''} is no address such as http://127.0.0.1:4318, so no traces are sent.`,
    );
    return null;
  }
  const { name, value } = reading.first(
    'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
    'OTEL_EXPORTER_OTLP_PROTOCOL',
  ) ?? { name: '', value: 'http/protobuf' };
  if (value !== 'http/protobuf' && value !== 'http/json') {
    reading.complaints.push(
      `${name} is ${quoted(value)}, which the register does not speak, so no traces are sent; set it to http/protobuf, and the endpoint to the collector's port for that (4318).`,
    );
    return null;
  }
  return { protocol: value, collector: url.origin };
}

function samplerOf(reading: Reading): SamplerName {
  const { value } = reading.first('OTEL_TRACES_SAMPLER') ?? { value: 'parentbased_always_on' };
  const found = samplers.find((name) => name === value);
  if (found === undefined)
    reading.complaints.push(
      `OTEL_TRACES_SAMPLER is ${quoted(value)}, which the register does not have; parentbased_always_on is used.`,
    );
  return found ?? 'parentbased_always_on';
}

function batchesOf(reading: Reading): TracingSettings['batches'] {
  const isCount = (value: number): boolean => Number.isInteger(value) && value > 0;
  const isTime = (value: number): boolean => Number.isInteger(value) && value >= 0;
  const count = (name: string) => reading.number(name, isCount, 'whole number above 0');
  const time = (name: string) => reading.number(name, isTime, 'number of milliseconds');
  const given = {
    scheduledDelayMillis: time('OTEL_BSP_SCHEDULE_DELAY'),
    exportTimeoutMillis: time('OTEL_BSP_EXPORT_TIMEOUT'),
    maxQueueSize: count('OTEL_BSP_MAX_QUEUE_SIZE'),
    maxExportBatchSize: count('OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/**
 * Reads the variables of the OpenTelemetry standard. Platforms set them for everything that they run, so a value
 * that does not fit is, as the standard says, a complaint of one sentence and never a reason not to start.
 * @returns settings null: no traces are wanted, or none can be sent
 */
export function readTracingSettings(environment: Environment): {
  readonly settings: TracingSettings | null;
  readonly complaints: readonly string[];
} {
  const reading = new Reading(environment);
  const { complaints } = reading;
  if (reading.first('OTEL_SDK_DISABLED')?.value.toLowerCase() === 'true')
    return { settings: null, complaints };
  const exporters = exportersOf(reading);
  if (exporters.length === 0) return { settings: null, complaints };
  const reached = exporters.includes('otlp')
    ? reachable(reading)
    : { protocol: 'http/protobuf' as const, collector: '' };
  if (reached === null) return { settings: null, complaints };
  const sampler = samplerOf(reading);
  const isPart = (value: number): boolean => value >= 0 && value <= 1;
  const ratio = reading.number('OTEL_TRACES_SAMPLER_ARG', isPart, 'number from 0 to 1') ?? 1;
  return {
    settings: { exporters, ...reached, sampler, ratio, batches: batchesOf(reading) },
    complaints,
  };
}
