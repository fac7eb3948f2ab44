import { pino, type Logger } from 'pino';
import { traceIds } from '#tracing';

/**
 * The notifier's log: JSON lines. A subscriber is named by its id only; whatever may hold an address is never
 * handed over, and what libraries put into their errors is left out but for its code. What is said within a trace
 * names it (`trace_id`, `span_id`).
 */
export function notifierLog(destination?: { write(line: string): void }): Logger {
  const options = {
    name: 'notifier',
    level: 'info',
    base: { pid: process.pid },
    mixin: () => traceIds(),
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** What a log line says about an error: its kind and code. Messages of the network and of mail hold addresses. */
export function errorInLog(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { name, code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  const where = error.stack?.split('\n').find((line) => line.trimStart().startsWith('at '));
  return { error: name, code: code ?? errcode, where: where?.trim() };
}
