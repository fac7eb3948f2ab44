import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateParameter, knownAtParameter, onlyKnown, positionParameter, Problem } from '#http';
import {
  changesAnswer,
  entryIntoForceAnswer,
  participantInTreatyAnswer,
  statusTable,
  treatyAnswer,
  treatyList,
  type LazyAnswer,
  type ViewStates,
} from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import { changesPage } from './pages/changes-page.tsx';
import { forcePage } from './pages/force-page.tsx';
import { asPeopleAsk } from './pages/form-query.ts';
import { treatiesPage } from './pages/list-pages.tsx';
import { participantInTreatyPage } from './pages/participant-pages.tsx';
import { statusPage } from './pages/status-page.tsx';
import { treatyPage } from './pages/treaty-page.tsx';
import { pageIn, withPage, type PageOfAnswer } from './pages/with-page.ts';
import { answerVersion, type Answer } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import {
  statusAsked,
  statusParameters,
  treatiesAsked,
  treatyParameters,
  type QueryString,
} from './lists/list-queries.ts';
import { treatyAsLegislation } from './linked-data.ts';
import { listAnswer } from './paging.ts';
import { takes, timeParameterDescriptions, type Parameters } from './parameters.ts';
import { timesOf, type Times } from './times.ts';
import { Today } from './today.ts';

const changesParameters: Parameters = {
  from: { description: 'Legal date; that of `to` when left out', format: 'date' },
  to: { description: 'Legal date; today when left out', format: 'date' },
  fromKnownAt: {
    description: 'Instant or position of what was known at the first point; all when left out',
  },
  toKnownAt: { description: 'The same for the second point' },
  atLeast: { description: 'Ledger position the answer must reflect' },
};

/** What a view answered, with the same as a page and as linked data where there are such. */
type Made = LazyAnswer & PageOfAnswer & Pick<Answer, 'linked'>;

/** Public: treaties, their status tables and their entry into force. */
@ApiTags('treaties')
@Controller('treaties')
export class TreatiesController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get()
  @takes(treatyParameters.page)
  @ApiOperation({ summary: 'The treaties of the register' })
  @ApiOkResponse({ schema: answerSchema('TreatiesPage') })
  treaties(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    const { asked, sort, atLeast } = treatiesAsked(filled, this.clock.today(), 'page');
    const answer = new RegisterQuery(atLeast, (states) =>
      listAnswer(request, 'treaties', sort, treatyList(states, asked), {
        show: (body) => treatiesPage(body, asked),
      }),
    );
    return this.answering.send(answer, 'There is no such page.', request, reply);
  }

  @Get(':treaty')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'One treaty: title, adoption, final clauses, where it stands' })
  @ApiOkResponse({ schema: answerSchema('Treaty') })
  treaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.about('treaty', treaty, query, request, reply, (states, times) => {
      const found = withPage(
        treatyAnswer(states, { treaty, ...times }),
        treatyPage(states, { treaty, ...times }),
        String(states.notifications.ofTreaty.get(treaty)?.length ?? 0),
      );
      return found === null
        ? null
        : { ...found, linked: (context) => treatyAsLegislation(found.body(), context) };
    });
  }

  @Get(':treaty/status')
  @takes(statusParameters.page)
  @ApiOperation({ summary: 'Status table: every participant and where it stands' })
  @ApiOkResponse({ schema: answerSchema('Status') })
  status(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    const { asked, atLeast } = statusAsked(filled, treaty, this.clock.today(), 'page');
    const { status, participant, name, sort, fields } = asked;
    const rows = ['status', status, participant, name, sort, fields?.join(',')].join(' ');
    const times = { asOf: asked.asOf, asKnownAt: asked.asKnownAt, atLeast };
    return this.ask(rows, treaty, times, request, reply, (states) =>
      withPage(statusTable(states, asked), statusPage(states, asked)),
    );
  }

  @Get(':treaty/entry-into-force')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'When the treaty enters into force, and why' })
  @ApiOkResponse({ schema: answerSchema('EntryIntoForce') })
  entryIntoForce(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.about('entry-into-force', treaty, query, request, reply, (states, times) =>
      withPage(
        entryIntoForceAnswer(states, { treaty, ...times }),
        forcePage(states, { treaty, ...times }),
      ),
    );
  }

  @Get(':treaty/participants/:code')
  @takes(timeParameterDescriptions)
  @ApiOperation({ summary: 'Where one participant stands, with its actions' })
  @ApiOkResponse({ schema: answerSchema('ParticipantInTreaty') })
  participant(
    @Param('treaty') treaty: string,
    @Param('code') code: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.about(`participant ${code}`, treaty, query, request, reply, (states, times) =>
      withPage(
        participantInTreatyAnswer(states, { treaty, code, ...times }),
        participantInTreatyPage(states, { treaty, code, ...times }),
      ),
    );
  }

  @Get(':treaty/changes')
  @takes(changesParameters)
  @ApiOperation({
    summary: 'What differs between two legal dates, two states of knowledge, or both',
  })
  @ApiOkResponse({ schema: answerSchema('Changes') })
  changes(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(changesParameters));
    const { from, to } = this.pointsOf(query);
    const atLeast = positionParameter('atLeast', query['atLeast']);
    const name = ['changes', from.asOf, from.asKnownAt ?? '', to.asKnownAt ?? ''].join(' ');
    return this.ask(name, treaty, { ...to, atLeast }, request, reply, (states) =>
      withPage(
        changesAnswer(states, { treaty, from, to }),
        changesPage(states, { treaty, from, to }),
      ),
    );
  }

  private pointsOf(query: QueryString): Record<'from' | 'to', Omit<Times, 'atLeast'>> {
    const first = dateParameter('from', query['from']);
    const fromKnownAt = knownAtParameter('fromKnownAt', query['fromKnownAt']) ?? null;
    if (first === undefined && fromKnownAt === null)
      throw new Problem(
        'invalid-parameter',
        'from: give the first of the two dates (YYYY-MM-DD), or fromKnownAt, or both.',
        {
          field: 'from',
          detailFr:
            'from : donnez la première des deux dates (AAAA-MM-JJ), ou fromKnownAt, ou les deux.',
        },
      );
    const asOf = dateParameter('to', query['to']) ?? this.clock.today();
    const asKnownAt = knownAtParameter('toKnownAt', query['toKnownAt']) ?? null;
    return { from: { asOf: first ?? asOf, asKnownAt: fromKnownAt }, to: { asOf, asKnownAt } };
  }

  private about(
    name: string,
    treaty: string,
    query: QueryString,
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (states: ViewStates, times: Times) => Made | null,
  ): Promise<void> {
    onlyKnown(query, Object.keys(timeParameterDescriptions));
    const times = timesOf(query, this.clock.today());
    return this.ask(name, treaty, times, request, reply, (states) => answer(states, times));
  }

  private ask(
    name: string,
    treaty: string,
    { asOf, asKnownAt, atLeast }: Times,
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (states: ViewStates) => Made | null,
  ): Promise<void> {
    const query = new RegisterQuery(atLeast, (states): Answer | null => {
      const found = answer(states);
      if (found === null) return null;
      const key = [answerVersion, name, treaty, asOf, asKnownAt ?? '', found.revision].join('\n');
      const lastModified = states.treaties.byId.get(treaty)?.history.at(-1)?.recordedAt;
      const { body, linked } = found;
      return {
        key,
        body,
        lastModified,
        ...(linked !== undefined && { linked }),
        ...pageIn(found),
      };
    });
    const id = treaty.slice(0, 64);
    const missing = {
      en: `The register has no treaty ${id}${asKnownAt === null ? '' : ' as known then'}, or nothing of it at this address; /treaties lists them.`,
      fr: `Le traité ${id} n’est pas au registre${asKnownAt === null ? '' : ' tel qu’on le connaissait alors'}, ou n’a rien à cette adresse ; /treaties donne la liste des traités.`,
    };
    return this.answering.send(query, missing, request, reply);
  }
}
