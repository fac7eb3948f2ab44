import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, positionParameter, wordParameter } from '#http';
import { actionKinds, type ActionKind } from '#treaty';
import { takes, type Parameters } from '../parameters.ts';
import { RegisterViews } from '../register-views.ts';
import { wantedBy } from './event-filter.ts';
import { StreamListeners } from './stream-listeners.ts';

const kinds = Object.keys(actionKinds) as ActionKind[];

/** Milliseconds after which a client that lost its connection comes back. */
const comeBackAfter = 3000;

const streamParameters: Parameters = {
  after: {
    description:
      'Position after which to begin, for the first connection; 0 begins with the first event; from now when left out',
  },
  treaty: { description: 'Only what is about a treaty', example: 'XVIII-16' },
  participant: { description: 'Only what is about a participant', example: 'FRA' },
  kind: { description: 'Only what is about a kind of action', enum: kinds },
};

/** Public: the ledger as server-sent events, from any position to whatever is recorded next. */
@ApiTags('ledger')
@Controller('stream')
export class StreamController {
  constructor(
    private readonly views: RegisterViews,
    private readonly listeners: StreamListeners,
  ) {}

  @Get()
  @takes(streamParameters)
  @ApiOperation({
    summary: 'Events as they are recorded (server-sent events), from any position on',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Position of the last event that was received; EventSource sends it by itself',
  })
  @ApiProduces('text/event-stream')
  async stream(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(streamParameters));
    const filter = {
      treaty: oneValue('treaty', query['treaty']) ?? null,
      participant: oneValue('participant', query['participant']) ?? null,
      kind: wordParameter('kind', query['kind'], kinds) ?? null,
    };
    const after =
      positionParameter('Last-Event-ID', request.headers['last-event-id']) ??
      positionParameter('after', query['after']);
    const states = await this.views.states(undefined);
    this.listeners.admit();
    const from = BigInt(after ?? this.views.position ?? 0);
    void reply.headers({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      // Proxies that gather answers before they pass them on are asked not to.
      'X-Accel-Buffering': 'no',
    });
    if (request.method === 'HEAD') return void reply.send();
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    reply.raw.write(`retry: ${comeBackAfter}\nid: ${from}\n\n`);
    this.listeners.add(reply.raw, wantedBy(filter, states), from);
  }
}
