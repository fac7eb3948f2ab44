export { openTracing, type Tracing } from './open-tracing.ts';
export {
  contextOf,
  continuing,
  inSpan,
  isTraced,
  traceIds,
  traceparentOf,
  tracer,
} from './spans.ts';
export { readTraceparent, writeTraceparent } from './traceparent.ts';
