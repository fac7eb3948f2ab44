import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { statusTable, treatyList } from '#views';
import { Answering } from './answering.ts';
import {
  statusAsked,
  statusParameters,
  treatiesAsked,
  treatyParameters,
  type QueryString,
} from './lists/list-queries.ts';
import { noTreaty } from './missing.ts';
import { takes } from './parameters.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { statusColumns, treatyColumns } from './tables/columns.ts';
import { bodyTable, fileName, listTable } from './tables/list-tables.ts';
import { tableTypes } from './tables/table-types.ts';
import { Today } from './today.ts';

/** Public: treaties and their status tables to take away, with the filters and times of the same as JSON. */
@ApiTags('treaties')
@ApiProduces(...tableTypes)
@Controller()
export class TreatyTablesController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get(['treaties.csv', 'treaties.xlsx'])
  @takes(treatyParameters.table)
  @ApiOperation({ summary: 'The treaties of the register, as a table' })
  treaties(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { asked, atLeast } = treatiesAsked(query, this.clock.today(), 'table');
    const { asOf, asKnownAt } = asked;
    return this.answering.sendTable(
      new RegisterQuery(atLeast, (states) =>
        listTable(treatyList(states, asked), {
          name: fileName('treaties', asOf),
          title: 'Treaties',
          columns: treatyColumns,
          asOf,
          asKnownAt,
          address: request.url,
        }),
      ),
      'There is no such table.',
      request,
      reply,
    );
  }

  @Get(['treaties/:treaty/status.csv', 'treaties/:treaty/status.xlsx'])
  @takes(statusParameters.table)
  @ApiOperation({ summary: 'Status table of a treaty to take away' })
  status(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { asked, atLeast } = statusAsked(query, treaty, this.clock.today(), 'table');
    const { asOf, asKnownAt } = asked;
    const table = new RegisterQuery(atLeast, (states) => {
      const found = statusTable(states, asked);
      if (found === null) return null;
      const key = [answerVersion, request.url, asOf, found.revision].join('\n');
      const what = {
        name: fileName(treaty, 'status', asOf),
        title: `Status of ${treaty} as of ${asOf}`,
        columns: statusColumns,
        asOf,
        asKnownAt,
        address: request.url,
      };
      return bodyTable(key, found.body, what, (body) =>
        (body['participants'] as readonly object[]).map((row) => ({ treaty, ...row })),
      );
    });
    return this.answering.sendTable(table, noTreaty(treaty), request, reply);
  }
}
