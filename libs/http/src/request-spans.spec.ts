import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Module,
  Param,
  Post,
  UseGuards,
  type ExecutionContext,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AlwaysOffSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import { inSpan } from '#tracing';
import { linked, SpansUnderTest } from '../../tracing/test/spans-under-test.ts';
import { Problem } from './problem.ts';
import { callerIsKnown, type TraceCallers } from './request-spans.ts';
import { fastifyAdapter, prepare } from './server.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${spanId}-01`;

class KnowsOfficers {
  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    if (request.headers.authorization !== 'officer') throw new Problem('not-permitted', 'No.');
    callerIsKnown(request);
    return true;
  }
}

@Controller()
class Desk {
  @Post('desk/:case')
  @UseGuards(KnowsOfficers)
  record(): Promise<string> {
    return inSpan('append', {}, async () => Promise.resolve('done'));
  }

  @Get('cases/:case')
  async read(@Param('case') name: string): Promise<string> {
    await inSpan('look', {}, async () => Promise.resolve());
    if (name === 'broken') throw new Error('of somebody@example.org');
    return name;
  }
}

@Module({ controllers: [Desk] })
class OfDesk {}

describe('a request', () => {
  const spans = new SpansUnderTest();
  const said: string[] = [];
  let app: NestFastifyApplication;
  const started = async (callers?: TraceCallers): Promise<void> => {
    app = await NestFactory.create<NestFastifyApplication>(OfDesk, fastifyAdapter(), {
      logger: { log: () => undefined, warn: () => undefined, error: (line) => said.push(line) },
      bodyParser: false,
    });
    prepare(app, [], undefined, callers);
    await app.listen(0, '127.0.0.1');
  };
  const send = async (method: string, path: string, headers: Record<string, string> = {}) => {
    // The span ends when the response is closed; this listener comes after its.
    const closed = new Promise<void>((resolve) => {
      app
        .getHttpServer()
        .once('request', (_request, response) => response.once('close', () => resolve()));
    });
    await (await fetch((await app.getUrl()) + path, { method, headers })).text();
    await closed;
  };
  beforeEach(() => spans.start());
  afterEach(async () => {
    await app.close();
    spans.stop();
  });

  it('of somebody known is a child of the span that it names, and what it does is in it', async () => {
    await started();
    await send('POST', '/desk/7', { authorization: 'officer', traceparent });
    const [, server] = spans.ended;
    expect(spans.shape).toStrictEqual([
      'append < POST /desk/:case',
      `POST /desk/:case < ${spanId}`,
    ]);
    expect(spans.ended.map((span) => span.spanContext().traceId)).toStrictEqual([traceId, traceId]);
    expect(server?.attributes).toStrictEqual({
      'http.request.method': 'POST',
      'http.route': '/desk/:case',
      'http.response.status_code': 201,
    });
  });

  it.each([
    ['GET', '/cases/7?token=secret', {}, ['look < GET /cases/:case', 'GET /cases/:case < '], 200],
    ['POST', '/desk/7', { authorization: 'thief' }, ['POST /desk/:case < '], 403],
    ['GET', '/no/where', {}, ['GET < '], 404],
  ])('of a stranger, %s %s, begins a trace and points at his', async (...given) => {
    const [method, path, headers, shape, status] = given;
    await started();
    await send(method, path, { ...headers, traceparent });
    const server = spans.ended.at(-1);
    expect(spans.shape).toStrictEqual(shape);
    expect(server?.spanContext().traceId).not.toBe(traceId);
    expect(linked(server?.links ?? [])).toStrictEqual([`${traceId} ${spanId}`]);
    expect([server?.attributes['http.response.status_code'], server?.status.code]).toStrictEqual([
      status,
      0,
    ]);
    expect(JSON.stringify(server?.attributes)).not.toContain('secret');
  });

  it('of anybody is a child of the span it names, where a proxy names it', async () => {
    await started('all');
    await send('GET', '/cases/7', { traceparent });
    expect(spans.shape.at(-1)).toBe(`GET /cases/:case < ${spanId}`);
  });

  it('of a stranger is not sampled because he says so, and that of an officer is', async () => {
    spans.stop();
    spans.start(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    await started();
    await send('GET', '/cases/7', { traceparent });
    expect(spans.shape).toStrictEqual([]);
    await send('POST', '/desk/7', { authorization: 'officer', traceparent });
    expect(spans.shape.length).toBe(2);
  });

  it('that the register fails on is a failed span without the words of the error, and the log names it', async () => {
    await started();
    await send('GET', '/cases/broken');
    const server = spans.ended.at(-1);
    expect([server?.status, server?.attributes['error.type'], server?.events]).toStrictEqual([
      { code: 2 },
      '500',
      [],
    ]);
    expect(said.map((line) => line.split('\n')[0])).toStrictEqual([
      `[trace_id=${server?.spanContext().traceId}] Error: of somebody@example.org`,
    ]);
  });
});
