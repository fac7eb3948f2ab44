import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import {
  entityTag,
  isNotModified,
  numberParameter,
  onlyKnown,
  positionParameter,
  sendConditional,
  varies,
  weakened,
  type Representation,
} from '#http';
import { answerVersion } from '../queries/answer.ts';
import { takes, type Parameters } from '../parameters.ts';
import { RegisterViews } from '../register-views.ts';
import { LedgerReader } from './ledger-reader.ts';

const contentType = 'application/x-ndjson; charset=utf-8';
/** Most events of one page: a page is held in memory, the whole ledger never is. */
const mostEvents = 1000;

const eventsParameters: Parameters = {
  after: { description: 'Position after which to begin: that of the last line you have' },
  limit: {
    description: `Most events to answer with, from 1 to ${mostEvents}; all of them when left out`,
    type: 'integer',
    example: 100,
  },
};

/** Public: the whole ledger in order, one JSON object a line. */
@ApiTags('ledger')
@Controller('events')
export class EventsController {
  constructor(
    private readonly views: RegisterViews,
    private readonly reader: LedgerReader,
  ) {}

  @Get()
  @takes(eventsParameters)
  @ApiOperation({ summary: 'The whole ledger in order, or the part after a position (NDJSON)' })
  @ApiProduces('application/x-ndjson')
  async events(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(eventsParameters));
    const after = positionParameter('after', query['after']) ?? '0';
    const limit = numberParameter('limit', query['limit'], { from: 1, to: mostEvents });
    await this.views.states(undefined);
    const head = this.views.position ?? '0';
    void reply.header('Ledger-Position', head);
    if (limit === undefined) return this.sendAll(after, head, request, reply);
    const page = await this.reader.page(after, limit, head);
    if (page.closed)
      void reply.header('Link', `</events?after=${page.last}&limit=${limit}>; rel="next"`);
    const tag = entityTag([answerVersion, 'events', after, page.last, page.lastId].join('\n'));
    sendConditional(request, reply, {
      body: page.lines,
      tag,
      contentType,
      // What is between two positions never changes; only how it is written might, so not for ever.
      ...(page.closed && { cacheControl: 'public, max-age=86400' }),
    } satisfies Representation);
  }

  /** Everything that the views hold now, read page by page as fast as the client takes it. */
  private sendAll(after: string, head: string, request: FastifyRequest, reply: FastifyReply): void {
    const tag = weakened(entityTag([answerVersion, 'events', after, head].join('\n')));
    void reply.headers({ ETag: tag, 'Cache-Control': 'public, no-cache', Vary: varies });
    if (isNotModified(request.headers['if-none-match'], tag)) return void reply.status(304).send();
    void reply.type(contentType);
    // A stream that nobody reads must not be begun: HEAD would read the whole ledger for nothing.
    if (request.method === 'HEAD') return void reply.send();
    void reply.send(Readable.from(this.reader.lines(after, head), { objectMode: false }));
  }
}
