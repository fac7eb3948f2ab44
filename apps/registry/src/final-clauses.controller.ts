import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogueEntry, readCatalogue } from '#catalogue';
import { entityTag, onlyKnown, sendConditional } from '#http';
import {
  clausesInEnglish,
  clausesInFrench,
  notComputed,
  publishedFinalClausesSchema,
} from '#treaty';
import { wantsPage } from '#pages';
import { Answering } from './answering.ts';
import { notFound } from './missing.ts';
import { cataloguePage, clausesPage } from './pages/clauses-pages.tsx';
import { RegisterQuery } from './queries/register-query.handler.ts';

/** Public: the final clauses that are shipped as data, and the shape they are written in. */
@ApiTags('final clauses')
@Controller('final-clauses')
export class FinalClausesController {
  constructor(private readonly answering: Answering) {}

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
    const key = JSON.stringify(finalClauses);
    const answer = { key, body: () => ({ finalClauses }), page: cataloguePage };
    this.answering.sendAnswer(answer, request, reply);
  }

  @Get('schema.json')
  @ApiOperation({ summary: 'JSON Schema of final clauses' })
  schema(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const body = JSON.stringify(publishedFinalClausesSchema());
    const contentType = 'application/schema+json; charset=utf-8';
    sendConditional(request, reply, { body, tag: entityTag(body), contentType });
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
  ): Promise<void> | void {
    onlyKnown(query, []);
    const entry = catalogueEntry(id);
    if (entry === null)
      throw notFound({
        en: `The catalogue has no ${id.slice(0, 64)}; /final-clauses lists what it has.`,
        fr: `Le catalogue ne contient pas ${id.slice(0, 64)} ; /final-clauses donne la liste de ce qu’il contient.`,
      });
    const { finalClauses } = entry;
    const inWords = { en: clausesInEnglish(finalClauses), fr: clausesInFrench(finalClauses) };
    const body = { ...entry, inWords, notComputed: notComputed(finalClauses) };
    const key = JSON.stringify(body);
    const made = { key, body: () => body };
    if (!wantsPage(request)) return this.answering.sendAnswer(made, request, reply);
    // The page leads to the treaty, where there is one.
    const asked = new RegisterQuery(undefined, ({ treaties }) => {
      const isRegistered = treaties.byId.has(entry.treaty);
      return { ...made, page: clausesPage(entry, isRegistered), pageRevision: `${isRegistered}` };
    });
    return this.answering.send(asked, 'There is no such page.', request, reply);
  }
}
