import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown } from '#http';
import { actionAnswer, actionList } from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import {
  actionParameters,
  actionsAsked,
  allActionsParameters,
  type QueryString,
} from './lists/list-queries.ts';
import { noTreaty } from './missing.ts';
import { actionPage } from './pages/action-page.tsx';
import { actionsPage } from './pages/actions-page.tsx';
import { asPeopleAsk } from './pages/form-query.ts';
import { listAnswer } from './paging.ts';
import { takes, timeParameterDescriptions } from './parameters.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { actionColumns } from './tables/columns.ts';
import { fileName, listTable } from './tables/list-tables.ts';
import { tableTypes } from './tables/table-types.ts';
import { timeParameters, timesOf } from './times.ts';
import { Today } from './today.ts';

/** Public: every action under an address that never changes, and lists of them. */
@ApiTags('actions')
@Controller()
export class ActionsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get('actions')
  @takes(allActionsParameters.page)
  @ApiOperation({ summary: 'What participants did, about all treaties' })
  @ApiOkResponse({ schema: answerSchema('ActionsPage') })
  actions(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page(null, query, request, reply);
  }

  @Get(['actions.csv', 'actions.xlsx'])
  @takes(allActionsParameters.table)
  @ApiOperation({ summary: 'What participants did, about all treaties, as a table' })
  @ApiProduces(...tableTypes)
  actionsTable(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.table(null, query, request, reply);
  }

  @Get('actions/:action')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'One action with its history and corrections' })
  @ApiOkResponse({ schema: answerSchema('Action') })
  action(
    @Param('action') action: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, timeParameters);
    const { atLeast, ...times } = timesOf(query, this.clock.today());
    const asked = new RegisterQuery(atLeast, (states) => {
      const found = actionAnswer(states, action, times);
      if (found === null) return null;
      const { asOf, asKnownAt } = times;
      const key = [answerVersion, 'action', action, asOf, asKnownAt ?? '', found.revision];
      return {
        key: key.join('\n'),
        body: found.body,
        page: actionPage(states, action, times),
        pageRevision: String(states.participants.history.length),
      };
    });
    return this.answering.send(
      asked,
      { en: 'No action has that id.', fr: 'Aucun acte n’a cet identifiant.' },
      request,
      reply,
    );
  }

  @Get('treaties/:treaty/actions')
  @takes(actionParameters.page)
  @ApiOperation({ summary: 'What participants did about a treaty, in order' })
  @ApiOkResponse({ schema: answerSchema('ActionsPage') })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.page(treaty, query, request, reply);
  }

  @Get(['treaties/:treaty/actions.csv', 'treaties/:treaty/actions.xlsx'])
  @takes(actionParameters.table)
  @ApiOperation({ summary: 'What participants did about a treaty, as a table' })
  @ApiProduces(...tableTypes)
  ofTreatyTable(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.table(treaty, query, request, reply);
  }

  private page(
    treaty: string | null,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const today = this.clock.today();
    const filled = asPeopleAsk(query, request, treaty === null ? latestFirst : {});
    const { asked, sort, atLeast } = actionsAsked(filled, treaty, today, 'page');
    return this.answering.send(
      new RegisterQuery(atLeast, (states) =>
        listAnswer(request, 'actions', sort, actionList(states, asked), {
          show: (body) => actionsPage(states, asked, body, today),
          revision: today,
        }),
      ),
      noTreaty(asked.treaty),
      request,
      reply,
    );
  }

  private table(
    treaty: string | null,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { asked, atLeast } = actionsAsked(query, treaty, this.clock.today(), 'table');
    const { asOf, asKnownAt } = asked;
    return this.answering.sendTable(
      new RegisterQuery(atLeast, (states) =>
        listTable(actionList(states, asked), {
          name: fileName(asked.treaty, 'actions', asOf),
          title: asked.treaty === null ? 'Actions' : `Actions, ${asked.treaty}`,
          columns: actionColumns,
          asOf,
          asKnownAt,
          address: request.url,
        }),
      ),
      noTreaty(asked.treaty),
      request,
      reply,
    );
  }
}

/** People look at all actions to see what is new. */
const latestFirst = { sort: '-recorded' };
