import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogueEntry, readCatalogue } from '#catalogue';
import { entityTag, onlyKnown, Problem, sendConditional } from '#http';
import {
  clausesInEnglish,
  clausesInFrench,
  notComputed,
  publishedFinalClausesSchema,
} from '#treaty';

/** Public: the final clauses that are shipped as data, and the shape they are written in. */
@ApiTags('final clauses')
@Controller('final-clauses')
export class FinalClausesController {
  @Get()
  @ApiOperation({ summary: 'The catalogue of final clauses' })
  list(@Query() query: object, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    onlyKnown(query, []);
    const finalClauses = [...readCatalogue().values()].map(
      ({ id, treaty, title, depositary, confidence }) => ({
        id,
        treaty,
        title,
        depositary,
        confidence,
      }),
    );
    send({ finalClauses }, request, reply);
  }

  @Get('schema.json')
  @ApiOperation({ summary: 'JSON Schema of final clauses' })
  schema(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    send(publishedFinalClausesSchema(), request, reply, 'application/schema+json; charset=utf-8');
  }

  @Get(':id')
  @ApiOperation({
    summary: 'The final clauses of one treaty: as data, in words, what is not computed',
  })
  entry(
    @Param('id') id: string,
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    onlyKnown(query, []);
    const entry = catalogueEntry(id);
    if (entry === null)
      throw new Problem(
        'not-found',
        `The catalogue has no ${id.slice(0, 64)}; /final-clauses lists what it has.`,
      );
    const { finalClauses } = entry;
    const inWords = { en: clausesInEnglish(finalClauses), fr: clausesInFrench(finalClauses) };
    send({ ...entry, inWords, notComputed: notComputed(finalClauses) }, request, reply);
  }
}

function send(
  value: object,
  request: FastifyRequest,
  reply: FastifyReply,
  contentType?: string,
): void {
  const body = JSON.stringify(value);
  const type = contentType === undefined ? {} : { contentType };
  sendConditional(request, reply, { body, tag: entityTag(body), ...type });
}
