import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as a collector sees it, with where it came from. */
export interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of its trace. */
  readonly parentSpanId: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly failed: boolean;
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;

/** Attributes of OTLP's JSON, each value as text. */
const attributesOf = (given: readonly any[] = []): Record<string, string> =>
  Object.fromEntries(given.map(({ key, value }) => [key, String(Object.values(value)[0])]));

function spansIn(body: string): CollectedSpan[] {
  return JSON.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }: any) =>
    scopeSpans.flatMap(({ spans }: any) =>
      spans.map((span: any) => ({
        service: attributesOf(resource.attributes)['service.name'],
        name: span.name,
        kind: kinds[span.kind],
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        attributes: attributesOf(span.attributes),
        links: (span.links ?? []).map(({ traceId, spanId }: any) => ({ traceId, spanId })),
        failed: span.status?.code === 2,
      })),
    ),
  );
}

/** A collector on loopback that takes OTLP over HTTP at /v1/traces and keeps what it got. */
export class TraceCollector {
  /** Bodies as they came, with the type they came under. */
  readonly received: { readonly type: string; readonly body: Buffer }[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/v1/traces') return void response.writeHead(404).end();
      const type = request.headers['content-type'] ?? '';
      this.received.push({ type, body: Buffer.concat(chunks) });
      response.writeHead(200, { 'Content-Type': type }).end(type.includes('json') ? '{}' : '');
    });
  });

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Spans that came as JSON. */
  get spans(): CollectedSpan[] {
    return this.received.flatMap(({ body }) => spansIn(body.toString()));
  }

  async listen(port = 0): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}
