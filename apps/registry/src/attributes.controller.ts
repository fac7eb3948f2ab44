import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown } from '#http';
import { attributesAnswer, attributeAnswer, type LazyAnswer, type ViewStates } from '#views';
import { Answering } from './answering.ts';
import { takes, timeParameterDescriptions } from './parameters.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { timeParameters, timesOf } from './times.ts';
import { Today } from './today.ts';

type QueryString = Record<string, unknown>;

/** Public: figures about participants that final clauses refer to, with their sources and dates. */
@ApiTags('attributes')
@Controller('attributes')
export class AttributesController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get()
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'Which figures there are' })
  attributes(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.ask('attributes', query, request, reply, attributesAnswer, '');
  }

  @Get(':attribute')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'All tables of one figure' })
  attribute(
    @Param('attribute') attribute: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.ask(
      `attribute ${attribute}`,
      query,
      request,
      reply,
      (states, asKnownAt) => attributeAnswer(states, attribute, asKnownAt),
      `No figures are recorded as ${attribute.slice(0, 64)}; /attributes lists what there is.`,
    );
  }

  private ask(
    name: string,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (states: ViewStates, asKnownAt: string | null) => LazyAnswer | null,
    missing: string,
  ): Promise<void> {
    onlyKnown(query, timeParameters);
    const { asKnownAt, atLeast } = timesOf(query, this.clock.today());
    const asked = new RegisterQuery(atLeast, (states) => {
      const found = answer(states, asKnownAt);
      if (found === null) return null;
      const key = [answerVersion, name, asKnownAt ?? '', found.revision].join('\n');
      return { key, body: found.body };
    });
    return this.answering.send(asked, missing, request, reply);
  }
}
