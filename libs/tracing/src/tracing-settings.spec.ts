import { describe, expect, it } from '@jest/globals';
import { readTracingSettings } from './tracing-settings.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
const usual = {
  exporters: ['otlp'],
  protocol: 'http/protobuf',
  collector: 'http://127.0.0.1:4318',
  sampler: 'parentbased_always_on',
  ratio: 1,
  batches: {},
};

describe('the variables of the standard', () => {
  it.each<[string, Record<string, string>, object | null]>([
    ['none of them', {}, null],
    ['an empty endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, null],
    [
      'a name and a sampler alone',
      { OTEL_SERVICE_NAME: 'a', OTEL_TRACES_SAMPLER: 'always_on' },
      null,
    ],
    ['an endpoint', endpoint, usual],
    ['an endpoint, switched off', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }, null],
    ['an endpoint, and no traces', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, null],
    [
      'the exporter alone',
      { OTEL_TRACES_EXPORTER: 'otlp' },
      { ...usual, collector: 'http://localhost:4318' },
    ],
    [
      'an endpoint for traces, with a password, before the general one',
      { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://me:secret@traces.example/x' },
      { ...usual, collector: 'https://traces.example' },
    ],
    [
      'all the rest',
      {
        ...endpoint,
        OTEL_TRACES_EXPORTER: 'console, otlp',
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
        OTEL_BSP_SCHEDULE_DELAY: '0',
        OTEL_BSP_MAX_QUEUE_SIZE: '100',
      },
      {
        ...usual,
        exporters: ['otlp', 'console'],
        protocol: 'http/json',
        sampler: 'traceidratio',
        ratio: 0.25,
        batches: { scheduledDelayMillis: 0, maxQueueSize: 100 },
      },
    ],
  ])('%s', (_what, environment, settings) => {
    expect(readTracingSettings(environment)).toStrictEqual({ settings, complaints: [] });
  });

  it.each<[Record<string, string>, object | null, string]>([
    [
      { OTEL_TRACES_SAMPLER: 'xray' },
      usual,
      'OTEL_TRACES_SAMPLER is "xray", which the register does not have; parentbased_always_on is used.',
    ],
    [
      { OTEL_TRACES_SAMPLER_ARG: '1.5' },
      usual,
      'OTEL_TRACES_SAMPLER_ARG is "1.5", which is no number from 0 to 1; the usual value is used.',
    ],
    [
      { OTEL_BSP_MAX_QUEUE_SIZE: '0' },
      usual,
      'OTEL_BSP_MAX_QUEUE_SIZE is "0", which is no whole number above 0; the usual value is used.',
    ],
    [
      { OTEL_TRACES_EXPORTER: 'zipkin,otlp' },
      usual,
      'OTEL_TRACES_EXPORTER names "zipkin", which the register does not have; it has otlp, console and none.',
    ],
    [
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      null,
      'OTEL_EXPORTER_OTLP_PROTOCOL is "grpc", which the register does not speak, so no traces are sent; set it to http/protobuf, and the endpoint to the collector\'s port for that (4318).',
    ],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'me:secret@collector:4318' },
      null,
      'OTEL_EXPORTER_OTLP_ENDPOINT is no address such as http://127.0.0.1:4318, so no traces are sent.',
    ],
  ])('that do not fit are one sentence and no failure: %j', (wrong, settings, complaint) => {
    expect(readTracingSettings({ ...endpoint, ...wrong })).toStrictEqual({
      settings,
      complaints: [complaint],
    });
  });
});
