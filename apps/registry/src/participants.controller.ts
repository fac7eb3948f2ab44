import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown } from '#http';
import { participantAnswer, participantsPage } from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import { pageOf, pageParameters, withLinks } from './paging.ts';
import { participantsPage as participantsList } from './pages/list-pages.tsx';
import { participantPage } from './pages/participant-pages.tsx';
import { withPage } from './pages/with-page.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { timeParameters, timesOf } from './times.ts';
import { Today } from './today.ts';

type QueryString = Record<string, unknown>;

/** Public: States and organizations, and what each did. */
@ApiTags('participants')
@Controller('participants')
export class ParticipantsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All participants known to the register' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiOkResponse({ schema: answerSchema('ParticipantsPage') })
  participants(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, [...pageParameters, ...timeParameters]);
    const times = timesOf(query, this.clock.today());
    const page = pageOf(query);
    const asked = new RegisterQuery(times.atLeast, (states) =>
      withLinks(
        request,
        withPage(
          participantsPage(states, { ...page, ...times }),
          participantsList(states, { ...page, ...times }),
        ),
      ),
    );
    return this.answering.send(asked, 'There is no such page.', request, reply);
  }

  @Get(':code')
  @ApiOperation({ summary: 'One participant: names, dates, and where it stands in each treaty' })
  @ApiOkResponse({ schema: answerSchema('Participant') })
  participant(
    @Param('code') code: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, timeParameters);
    const times = timesOf(query, this.clock.today());
    const asked = new RegisterQuery(times.atLeast, (states) => {
      const found = participantAnswer(states, { code, ...times });
      if (found === null) return null;
      const key = [
        answerVersion,
        'participant',
        code,
        times.asOf,
        times.asKnownAt ?? '',
        found.revision,
      ];
      const page = participantPage(states, { code, ...times });
      return { key: key.join('\n'), body: found.body, page };
    });
    return this.answering.send(
      asked,
      `No participant has the code ${code.slice(0, 20)}; /participants lists them.`,
      request,
      reply,
    );
  }
}
