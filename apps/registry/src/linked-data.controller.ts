import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, onlyKnown, sendConditional } from '#http';
import { treatyAnswer } from '#views';
import { Answering } from './answering.ts';
import { registerAsCatalogue, treatyAsLegislation } from './linked-data.ts';
import { noTreaty } from './missing.ts';
import { takes, timeParameterDescriptions } from './parameters.ts';
import { Publication } from './publication.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { timesOf } from './times.ts';
import { Today } from './today.ts';

const contentType = 'application/ld+json; charset=utf-8';

/** Public: the register and its treaties in the words of DCAT and schema.org. */
@ApiTags('linked data')
@ApiProduces('application/ld+json')
@Controller()
export class LinkedDataController {
  constructor(
    private readonly answering: Answering,
    private readonly publication: Publication,
    private readonly clock: Today,
  ) {}

  @Get('dataset.jsonld')
  @ApiOperation({ summary: 'The data sets of the register (DCAT)' })
  dataset(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    onlyKnown(query, []);
    const { licence } = this.publication;
    const origin = this.publication.originOf(request);
    const body = Buffer.from(JSON.stringify(registerAsCatalogue({ origin, licence })));
    sendConditional(request, reply, { body, tag: entityTag(String(body)), contentType });
  }

  @Get('treaties/:treaty.jsonld')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'A treaty as legislation (schema.org)' })
  treaty(
    @Param('treaty') treaty: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(timeParameterDescriptions));
    const { asOf, asKnownAt, atLeast } = timesOf(query, this.clock.today());
    const asked = new RegisterQuery(atLeast, (states) => {
      const found = treatyAnswer(states, { treaty, asOf, asKnownAt });
      if (found === null) return null;
      const key = [answerVersion, 'treaty', treaty, asOf, asKnownAt ?? '', found.revision];
      return {
        key: key.join('\n'),
        body: found.body,
        linked: (context) => treatyAsLegislation(found.body(), context),
      };
    });
    return this.answering.sendLinked(asked, noTreaty(treaty), request, reply);
  }
}
