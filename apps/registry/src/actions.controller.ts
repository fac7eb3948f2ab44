import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateParameter, oneValue, onlyKnown, positionParameter, wordParameter } from '#http';
import { actionKinds, type ActionKind } from '#treaty';
import { actionAnswer, actionsPage } from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import { pageOf, pageParameters, withLinks } from './paging.ts';
import { actionPage } from './pages/action-page.tsx';
import { actionsPage as actionsList } from './pages/actions-page.tsx';
import { withPage } from './pages/with-page.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { Today } from './today.ts';

type QueryString = Record<string, unknown>;
const kinds = Object.keys(actionKinds) as ActionKind[];

/** Public: every action under an address that never changes, and lists of them. */
@ApiTags('actions')
@Controller()
export class ActionsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get('actions/:action')
  @ApiOperation({ summary: 'One action with its history and corrections' })
  @ApiOkResponse({ schema: answerSchema('Action') })
  action(
    @Param('action') action: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['atLeast']);
    const atLeast = positionParameter('atLeast', query['atLeast']);
    const asked = new RegisterQuery(atLeast, (states) => {
      const found = actionAnswer(states, action);
      if (found === null) return null;
      return {
        key: [answerVersion, 'action', action, found.revision].join('\n'),
        body: found.body,
        page: actionPage(states, action),
        pageRevision: String(states.participants.history.length),
      };
    });
    return this.answering.send(asked, 'No action has that id.', request, reply);
  }

  @Get('treaties/:treaty/actions')
  @ApiOperation({ summary: 'What participants did about a treaty, in order' })
  @ApiQuery({ name: 'participant', required: false, description: 'Code of a participant' })
  @ApiQuery({ name: 'kind', required: false, enum: kinds })
  @ApiQuery({ name: 'from', required: false, description: 'First legal date' })
  @ApiQuery({ name: 'to', required: false, description: 'Last legal date' })
  @ApiQuery({ name: 'sort', required: false, enum: ['recorded', 'date', '-date'] })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiOkResponse({ schema: answerSchema('ActionsPage') })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['participant', 'kind', 'from', 'to', 'sort', 'atLeast', ...pageParameters]);
    const asked = {
      treaty,
      participant: oneValue('participant', query['participant']) ?? null,
      kind: wordParameter('kind', query['kind'], kinds) ?? null,
      from: dateParameter('from', query['from']) ?? null,
      to: dateParameter('to', query['to']) ?? null,
      sort: wordParameter('sort', query['sort'], ['recorded', 'date', '-date']) ?? 'recorded',
      ...pageOf(query),
    };
    const atLeast = positionParameter('atLeast', query['atLeast']);
    return this.answering.send(
      new RegisterQuery(atLeast, (states) =>
        withLinks(
          request,
          withPage(
            actionsPage(states, asked),
            actionsList(states, asked, this.clock.today()),
            `${states.participants.history.length} ${this.clock.today()}`,
          ),
        ),
      ),
      `The register has no treaty ${treaty.slice(0, 64)}; /treaties lists them.`,
      request,
      reply,
    );
  }
}
