import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

type Result = Parameters<Parameters<SpanExporter['export']>[1]>[0];

interface Outcome {
  readonly code: number;
  readonly error?: Error & { code?: unknown };
}

/** Milliseconds in which a collector that comes and goes is complained of once. */
const quietFor = 10 * 60_000;

/**
 * An exporter that says when the collector stops taking spans and when it takes them again, each in one sentence.
 * Spans that it did not take are lost; the queue before it holds a bounded number and drops the rest.
 */
export class WatchedExporter implements SpanExporter {
  private away = false;
  private lost = 0;
  private saidAt = -Infinity;
  private readonly exporter: SpanExporter;
  private readonly collector: string;
  private readonly say: (line: string) => void;
  private readonly now: () => number;

  constructor(
    exporter: SpanExporter,
    collector: string,
    say: (line: string) => void,
    now: () => number = () => performance.now(),
  ) {
    this.exporter = exporter;
    this.collector = collector;
    this.say = say;
    this.now = now;
  }

  export(spans: ReadableSpan[], done: (result: Result) => void): void {
    this.exporter.export(spans, (result) => {
      this.note(spans.length, result);
      done(result);
    });
  }

  async shutdown(): Promise<void> {
    await this.exporter.shutdown();
  }

  async forceFlush(): Promise<void> {
    await this.exporter.forceFlush?.();
  }

  /** @param outcome with the code 0 for spans that were taken, as the SDK numbers it */
  private note(count: number, { code, error }: Outcome): void {
    if (code !== 0) {
      this.lost += count;
      if (this.away || this.now() - this.saidAt < quietFor) return;
      this.away = true;
      this.saidAt = this.now();
      this.say(
        `The collector of traces at ${this.collector} takes no spans (${reasonOf(error)}); they are lost until it does, and nothing else is affected.`,
      );
    } else if (this.away) {
      this.say(
        `The collector of traces at ${this.collector} takes spans again; ${this.lost} were lost.`,
      );
      this.away = false;
      this.lost = 0;
    }
  }
}

/** The code of an error of the network, or the status that was answered; messages may hold more than that. */
function reasonOf(error: Outcome['error']): string {
  const code = error?.code;
  if (typeof code === 'number') return `it answers ${code}`;
  return typeof code === 'string' ? code : (error?.name ?? 'no reason given');
}
