import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateParameter, knownAtParameter, onlyKnown, positionParameter, Problem } from '#http';
import {
  changesAnswer,
  entryIntoForceAnswer,
  participantInTreatyAnswer,
  statusAnswer,
  treatiesPage,
  treatyAnswer,
  type LazyAnswer,
  type ViewStates,
} from '#views';
import { wantsPage } from '#pages';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import { changesPage } from './pages/changes-page.tsx';
import { forcePage } from './pages/force-page.tsx';
import { treatiesPage as treatiesList } from './pages/list-pages.tsx';
import { participantInTreatyPage } from './pages/participant-pages.tsx';
import { statusFilterParameters, statusPage } from './pages/status-page.tsx';
import { treatyPage } from './pages/treaty-page.tsx';
import { pageIn, withPage, type PageOfAnswer } from './pages/with-page.ts';
import { answerVersion, type Answer } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { pageOf, pageParameters, withLinks } from './paging.ts';
import { timeParameters, timesOf, type Times } from './times.ts';
import { Today } from './today.ts';

type QueryString = Record<string, unknown>;

const asTimes = (): MethodDecorator => (target, key, descriptor) => {
  ApiQuery({
    name: 'asOf',
    required: false,
    description: 'Legal date, YYYY-MM-DD; today when left out',
  })(target, key, descriptor);
  ApiQuery({
    name: 'asKnownAt',
    required: false,
    description: 'Instant or ledger position: the register as it was known then',
  })(target, key, descriptor);
  ApiQuery({
    name: 'atLeast',
    required: false,
    description: 'Ledger position the answer must reflect',
  })(target, key, descriptor);
};

/** Public: treaties, their status tables and their entry into force. */
@ApiTags('treaties')
@Controller('treaties')
export class TreatiesController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All treaties of the register' })
  @ApiQuery({ name: 'limit', required: false })
  @ApiQuery({ name: 'cursor', required: false })
  @ApiOkResponse({ schema: answerSchema('TreatiesPage') })
  treaties(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, [...pageParameters, ...timeParameters]);
    const times = timesOf(query, this.clock.today());
    const page = pageOf(query);
    const answer = new RegisterQuery(times.atLeast, (states) =>
      withLinks(
        request,
        withPage(
          treatiesPage(states, { ...page, ...times }),
          treatiesList(states, { ...page, ...times }),
        ),
      ),
    );
    return this.answering.send(answer, 'There is no such page.', request, reply);
  }

  @Get(':treaty')
  @asTimes()
  @ApiOperation({ summary: 'One treaty: title, adoption, final clauses, where it stands' })
  @ApiOkResponse({ schema: answerSchema('Treaty') })
  treaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.about('treaty', treaty, query, request, reply, (states, times) =>
      withPage(
        treatyAnswer(states, { treaty, ...times }),
        treatyPage(states, { treaty, ...times }),
        String(states.notifications.ofTreaty.get(treaty)?.length ?? 0),
      ),
    );
  }

  @Get(':treaty/status')
  @asTimes()
  @ApiOperation({ summary: 'Status table: every participant and where it stands' })
  @ApiOkResponse({ schema: answerSchema('Status') })
  status(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.about('status', treaty, query, request, reply, (states, times) =>
      withPage(
        statusAnswer(states, { treaty, ...times }),
        statusPage(states, { treaty, ...times }),
      ),
    );
  }

  @Get(':treaty/entry-into-force')
  @asTimes()
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
  @asTimes()
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
  @ApiQuery({
    name: 'from',
    required: false,
    description: 'Legal date; that of `to` when left out',
  })
  @ApiQuery({ name: 'to', required: false, description: 'Legal date; today when left out' })
  @ApiQuery({
    name: 'fromKnownAt',
    required: false,
    description: 'Instant or position of what was known at the first point; all when left out',
  })
  @ApiQuery({ name: 'toKnownAt', required: false, description: 'The same for the second point' })
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
    onlyKnown(query, ['from', 'to', 'fromKnownAt', 'toKnownAt', 'atLeast']);
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
        { field: 'from' },
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
    answer: (states: ViewStates, times: Times) => (LazyAnswer & PageOfAnswer) | null,
  ): Promise<void> {
    // The page of the status table is sorted and filtered by its address; programs get every row.
    const more = name === 'status' && wantsPage(request) ? statusFilterParameters : [];
    onlyKnown(query, [...timeParameters, ...more]);
    const times = timesOf(query, this.clock.today());
    return this.ask(name, treaty, times, request, reply, (states) => answer(states, times));
  }

  private ask(
    name: string,
    treaty: string,
    { asOf, asKnownAt, atLeast }: Times,
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (states: ViewStates) => (LazyAnswer & PageOfAnswer) | null,
  ): Promise<void> {
    const query = new RegisterQuery(atLeast, (states): Answer | null => {
      const found = answer(states);
      if (found === null) return null;
      const key = [answerVersion, name, treaty, asOf, asKnownAt ?? '', found.revision].join('\n');
      return { key, body: found.body, ...pageIn(found) };
    });
    const missing = `The register has no treaty ${treaty.slice(0, 64)}${asKnownAt === null ? '' : ' as known then'}, or nothing of it at this address; /treaties lists them.`;
    return this.answering.send(query, missing, request, reply);
  }
}
