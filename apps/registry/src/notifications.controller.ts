import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  dateParameter,
  knownAtParameter,
  numberParameter,
  oneValue,
  onlyKnown,
  positionParameter,
} from '#http';
import {
  notificationAnswer,
  notificationsPage,
  type NotificationsAsked,
  type ViewStates,
} from '#views';
import { answerSchema } from './answers.schema.ts';
import { Answering } from './answering.ts';
import { noNotification, noTreaty } from './missing.ts';
import { asPeopleAsk } from './pages/form-query.ts';
import {
  notificationPage,
  notificationsPage as listOfNotifications,
} from './pages/notification-pages.tsx';
import { pageOf, withLinks } from './paging.ts';
import {
  pageParameterDescriptions,
  takes,
  timeParameterDescriptions,
  type Parameters,
} from './parameters.ts';
import { answerVersion, type Answer } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { timesOf } from './times.ts';
import { Today } from './today.ts';

type QueryString = Readonly<Record<string, unknown>>;

const { asKnownAt, atLeast } = timeParameterDescriptions;

const ofTreatyParameters: Parameters = {
  year: { description: 'Year of the series', example: 2026 },
  participant: { description: 'Code of a participant of whose actions it tells', example: 'FRA' },
  from: { description: 'First date of notification', format: 'date' },
  to: { description: 'Last date of notification', format: 'date' },
  q: { description: 'Words that begin words of its number, subject or text' },
  ...pageParameterDescriptions,
  ...timeParameterDescriptions,
};
const listParameters: Parameters = {
  treaty: { description: 'Number of a treaty', example: 'XVIII-16' },
  ...ofTreatyParameters,
};
const oneParameters: Parameters = { asKnownAt, atLeast };

/** Public: what the depositary circulated, as it was issued. Nothing here ever changes; corrigenda are added. */
@ApiTags('notifications')
@Controller()
export class NotificationsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get('notifications')
  @takes(listParameters)
  @ApiOperation({ summary: 'Depositary notifications, the latest first' })
  @ApiOkResponse({ schema: answerSchema('NotificationsPage') })
  notifications(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    onlyKnown(filled, Object.keys(listParameters));
    const treaty = oneValue('treaty', filled['treaty']) ?? null;
    return this.page(filled, treaty, request, reply);
  }

  @Get('treaties/:treaty/notifications')
  @takes(ofTreatyParameters)
  @ApiOperation({ summary: 'Depositary notifications about one treaty, the latest first' })
  @ApiOkResponse({ schema: answerSchema('NotificationsPage') })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    onlyKnown(filled, Object.keys(ofTreatyParameters));
    return this.page(filled, treaty, request, reply, true);
  }

  @Get('notifications/:number')
  @takes(oneParameters)
  @ApiOperation({ summary: 'One depositary notification as issued, and what corrects it' })
  @ApiOkResponse({ schema: answerSchema('Notification') })
  notification(
    @Param('number') number: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, Object.keys(oneParameters));
    const asKnownAt = knownAtParameter('asKnownAt', query['asKnownAt']) ?? null;
    const asked = new RegisterQuery(positionParameter('atLeast', query['atLeast']), (states) => {
      const found = notificationAnswer(states, number, { asKnownAt });
      if (found === null) return null;
      const key = [answerVersion, 'notification', number, asKnownAt ?? '', found.revision];
      return { key: key.join('\n'), body: found.body, page: notificationPage(found.body) };
    });
    return this.answering.send(asked, noNotification(number), request, reply);
  }

  private page(
    query: QueryString,
    treaty: string | null,
    request: FastifyRequest,
    reply: FastifyReply,
    mustExist = false,
  ): Promise<void> {
    const { asOf, asKnownAt, atLeast } = timesOf(query, this.clock.today());
    const asked: NotificationsAsked = {
      treaty,
      year: numberParameter('year', query['year'], { from: 1945, to: 9999 }) ?? null,
      participant: oneValue('participant', query['participant']) ?? null,
      from: dateParameter('from', query['from']) ?? null,
      to: dateParameter('to', query['to']) ?? null,
      words: oneValue('q', query['q']) ?? null,
      asOf,
      asKnownAt,
      ...pageOf(query),
    };
    const answer = new RegisterQuery(atLeast, (states) =>
      mustExist && !states.treaties.byId.has(treaty ?? '')
        ? null
        : this.list(states, asked, request),
    );
    return this.answering.send(answer, noTreaty(treaty), request, reply);
  }

  private list(
    states: ViewStates,
    asked: NotificationsAsked,
    request: FastifyRequest,
  ): Answer | null {
    const found = notificationsPage(states, asked);
    return withLinks(request, {
      ...found,
      page: listOfNotifications(states, asked, found.body),
      pageRevision: asked.treaty === null ? '' : treatyRevision(states, asked.treaty),
    });
  }
}

/** The page of one treaty's notifications bears its title and the last position about it. */
const treatyRevision = ({ treaties }: ViewStates, treaty: string): string =>
  treaties.byId.get(treaty)?.history.at(-1)?.position ?? '';
