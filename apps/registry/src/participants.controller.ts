import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown } from '#http';
import { languageOf } from '#pages';
import { participantAnswer, participantList } from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import {
  participantParameters,
  participantsAsked,
  type QueryString,
} from './lists/list-queries.ts';
import { noParticipant } from './missing.ts';
import { asPeopleAsk } from './pages/form-query.ts';
import { participantsPage } from './pages/list-pages.tsx';
import { participantPage } from './pages/participant-pages.tsx';
import { listAnswer } from './paging.ts';
import { takes, tableParameterDescriptions, timeParameterDescriptions } from './parameters.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { participantColumns, participantTreatiesColumns } from './tables/columns.ts';
import { bodyTable, fileName, listTable } from './tables/list-tables.ts';
import { tableTypes } from './tables/table-types.ts';
import { timesOf } from './times.ts';
import { Today } from './today.ts';

const tableParameters = { ...timeParameterDescriptions, ...tableParameterDescriptions };

/** Public: States and organizations, and what each did. */
@ApiTags('participants')
@Controller()
export class ParticipantsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get('participants')
  @takes(participantParameters.page)
  @ApiOperation({ summary: 'All participants known to the register' })
  @ApiOkResponse({ schema: answerSchema('ParticipantsPage') })
  participants(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request, {
      sort: languageOf(request) === 'fr' ? 'nameFr' : 'name',
      limit: '300',
    });
    const { asked, sort, atLeast } = participantsAsked(filled, this.clock.today(), 'page');
    return this.answering.send(
      new RegisterQuery(atLeast, (states) =>
        listAnswer(request, 'participants', sort, participantList(states, asked), {
          show: (body) => participantsPage(body, asked),
        }),
      ),
      'There is no such page.',
      request,
      reply,
    );
  }

  @Get(['participants.csv', 'participants.xlsx'])
  @takes(participantParameters.table)
  @ApiOperation({ summary: 'All participants known to the register, as a table' })
  @ApiProduces(...tableTypes)
  participantsTable(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { asked, atLeast } = participantsAsked(query, this.clock.today(), 'table');
    const { asOf, asKnownAt } = asked;
    return this.answering.sendTable(
      new RegisterQuery(atLeast, (states) =>
        listTable(participantList(states, asked), {
          name: fileName('participants', asOf),
          title: 'Participants',
          columns: participantColumns,
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

  @Get('participants/:code')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'One participant: names, dates, and where it stands in each treaty' })
  @ApiOkResponse({ schema: answerSchema('Participant') })
  participant(
    @Param('code') code: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(timeParameterDescriptions));
    return this.answering.send(this.one(code, query, request), noParticipant(code), request, reply);
  }

  @Get(['participants/:code.csv', 'participants/:code.xlsx'])
  @takes(tableParameters)
  @ApiOperation({ summary: 'Where one participant stands in each treaty, as a table' })
  @ApiProduces(...tableTypes)
  participantTable(
    @Param('code') code: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(tableParameters));
    return this.answering.sendTable(
      this.one(code, query, request),
      noParticipant(code),
      request,
      reply,
    );
  }

  private one(code: string, query: QueryString, request: FastifyRequest): RegisterQuery {
    const { asOf, asKnownAt, atLeast } = timesOf(query, this.clock.today());
    return new RegisterQuery(atLeast, (states) => {
      const found = participantAnswer(states, { code, asOf, asKnownAt });
      if (found === null) return null;
      const key = [answerVersion, 'participant', code, asOf, asKnownAt ?? '', found.revision];
      const what = {
        name: fileName(code, 'treaties', asOf),
        title: `Treaties of ${code}`,
        columns: participantTreatiesColumns,
        asOf,
        asKnownAt,
        address: request.url,
      };
      const answer = bodyTable(
        key.join('\n'),
        found.body,
        what,
        (body) => body['treaties'] as readonly object[],
      );
      return { ...answer, page: participantPage(states, { code, asOf, asKnownAt }) };
    });
  }
}
