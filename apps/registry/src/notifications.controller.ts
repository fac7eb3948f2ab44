import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
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
import { asPeopleAsk } from './pages/form-query.ts';
import {
  notificationPage,
  notificationsPage as listOfNotifications,
} from './pages/notification-pages.tsx';
import { pageOf, pageParameters, withLinks } from './paging.ts';
import { answerVersion, type Answer } from './queries/answer.ts';
import { RegisterQuery } from './queries/register-query.handler.ts';
import { timeParameters, timesOf } from './times.ts';
import { Today } from './today.ts';

type QueryString = Readonly<Record<string, unknown>>;

const filters = ['year', 'participant', 'from', 'to', 'q'] as const;

const asFilters = (): MethodDecorator => (target, key, descriptor) => {
  const described: readonly [string, string][] = [
    ['year', 'Year of the series, such as 2026'],
    ['participant', 'Code of a participant of whose actions it tells'],
    ['from', 'First date of notification'],
    ['to', 'Last date of notification'],
    ['q', 'Words that begin words of its number, subject or text'],
    ['limit', 'Rows on a page'],
    ['cursor', 'What the page before gave as "next"'],
    ['asOf', 'Legal date: what was issued up to it'],
    ['asKnownAt', 'Instant or ledger position: what was known then'],
    ['atLeast', 'Ledger position the answer must reflect'],
  ];
  for (const [name, description] of described)
    ApiQuery({ name, required: false, description })(target, key, descriptor);
};

/** Public: what the depositary circulated, as it was issued. Nothing here ever changes; corrigenda are added. */
@ApiTags('notifications')
@Controller()
export class NotificationsController {
  constructor(
    private readonly answering: Answering,
    private readonly clock: Today,
  ) {}

  @Get('notifications')
  @asFilters()
  @ApiQuery({ name: 'treaty', required: false, description: 'Id of a treaty' })
  @ApiOperation({ summary: 'Depositary notifications, the latest first' })
  @ApiOkResponse({ schema: answerSchema('NotificationsPage') })
  notifications(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    onlyKnown(filled, [...filters, 'treaty', ...pageParameters, ...timeParameters]);
    const treaty = oneValue('treaty', filled['treaty']) ?? null;
    return this.page(filled, treaty, request, reply);
  }

  @Get('treaties/:treaty/notifications')
  @asFilters()
  @ApiOperation({ summary: 'Depositary notifications about one treaty, the latest first' })
  @ApiOkResponse({ schema: answerSchema('NotificationsPage') })
  ofTreaty(
    @Param('treaty') treaty: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const filled = asPeopleAsk(query, request);
    onlyKnown(filled, [...filters, ...pageParameters, ...timeParameters]);
    return this.page(filled, treaty, request, reply, true);
  }

  @Get('notifications/:number')
  @ApiQuery({ name: 'asKnownAt', required: false, description: 'Instant or ledger position' })
  @ApiQuery({ name: 'atLeast', required: false, description: 'Ledger position' })
  @ApiOperation({ summary: 'One depositary notification as issued, and what corrects it' })
  @ApiOkResponse({ schema: answerSchema('Notification') })
  notification(
    @Param('number') number: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['asKnownAt', 'atLeast']);
    const asKnownAt = knownAtParameter('asKnownAt', query['asKnownAt']) ?? null;
    const asked = new RegisterQuery(positionParameter('atLeast', query['atLeast']), (states) => {
      const found = notificationAnswer(states, number, { asKnownAt });
      if (found === null) return null;
      const key = [answerVersion, 'notification', number, asKnownAt ?? '', found.revision];
      return { key: key.join('\n'), body: found.body, page: notificationPage(found.body) };
    });
    const missing = `No notification has the number ${number.slice(0, 80)}; /notifications lists them.`;
    return this.answering.send(asked, missing, request, reply);
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
    const missing = `The register has no treaty ${treaty?.slice(0, 64) ?? ''}; /treaties lists them.`;
    return this.answering.send(answer, missing, request, reply);
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
