import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, Problem, TakesForms } from '#http';
import { languageOf, sendPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { AskPage, ResultPage } from './pages.tsx';
import { Subscribing } from './subscribing.ts';
import { opensByToken } from './subscriptions.schema.ts';
import { subscriptionWords } from './words.ts';

type QueryString = Record<string, unknown>;

/** The links in mail. A GET only asks: programs that look at links in advance must change nothing. */
@ApiTags('subscriptions')
@Controller('subscriptions/:subscription')
export class MailLinksController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly subscribing: Subscribing,
  ) {}

  @Get('confirmation')
  @opensByToken()
  @ApiOperation({ summary: 'Asks whether the subscription is to begin' })
  askToConfirm(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.ask('confirm', id, { query, request, reply });
  }

  @Post('confirmation')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Begins the subscription' })
  async confirm(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.check('confirm', id, query);
    const row = await this.runtime.parts.subscriptions.find(id);
    if (row === undefined) throw gone();
    if (row.state === 'pending') await this.subscribing.begin(row);
    this.say('confirmed', request, reply);
  }

  @Get('unsubscription')
  @opensByToken()
  @ApiOperation({ summary: 'Asks whether the subscription is to end' })
  askToUnsubscribe(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.ask('unsubscribe', id, { query, request, reply });
  }

  /** One click (RFC 8058): a mail program posts `List-Unsubscribe=One-Click` here, without asking again. */
  @Post('unsubscription')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Ends the subscription and erases it' })
  async unsubscribe(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.check('unsubscribe', id, query);
    await this.runtime.parts.subscriptions.erase(id);
    this.say('unsubscribed', request, reply);
  }

  private ask(
    what: 'confirm' | 'unsubscribe',
    id: string,
    asked: { query: QueryString; request: FastifyRequest; reply: FastifyReply },
  ): void {
    const { query, request, reply } = asked;
    const token = this.check(what, id, query);
    const language = languageOf(request);
    const path = what === 'confirm' ? 'confirmation' : 'unsubscription';
    const address = `/subscriptions/${id}/${path}?token=${token}`;
    const title = subscriptionWords[language][what];
    sendPage(reply, AskPage({ language, address, title, action: `${address}&lang=${language}` }));
  }

  private say(
    what: 'confirmed' | 'unsubscribed',
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    const language = languageOf(request);
    const said = subscriptionWords[language];
    const page = { language, address: '/subscriptions', title: said.done, next: said[what] };
    sendPage(reply, ResultPage(page));
  }

  private check(use: 'confirm' | 'unsubscribe', id: string, query: QueryString): string {
    onlyKnown(query, ['token']);
    const token = oneValue('token', query['token']) ?? '';
    if (!this.runtime.parts.subscriptions.isTokenFor(token, use, id)) throw gone();
    return encodeURIComponent(token);
  }
}

const gone = (): Problem =>
  new Problem('not-found', 'This link opens no subscription; it may have been deleted already.');
