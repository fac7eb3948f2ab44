import {
  Controller,
  Get,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, TakesForms } from '#http';
import { languageOf, sendPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { MailLinkDone, MailLinkPage, type Use } from './mail-link-pages.tsx';
import { UnknownSubscription } from './refusals.ts';
import { SecretAddress } from './secret-address.ts';
import { Subscribing } from './subscribing.ts';
import { opensByToken } from './subscriptions.schema.ts';
import { UnknownSubscriptionFilter } from './unknown-subscription.filter.ts';

type QueryString = Record<string, unknown>;

/** The links in mail. A GET only asks: programs that look at links in advance must change nothing. */
@ApiTags('subscriptions')
@UseInterceptors(SecretAddress)
@UseFilters(UnknownSubscriptionFilter)
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
  ): Promise<void> {
    return this.ask('confirm', id, { query, request, reply });
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
  ): Promise<void> {
    return this.ask('unsubscribe', id, { query, request, reply });
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

  private async ask(
    use: Use,
    id: string,
    asked: { query: QueryString; request: FastifyRequest; reply: FastifyReply },
  ): Promise<void> {
    const { query, request, reply } = asked;
    const token = this.check(use, id, query);
    const row = await this.runtime.parts.subscriptions.find(id);
    // Who unsubscribed already is told so again: the link in an old message is not wrong.
    if (row === undefined && use === 'unsubscribe') return this.say('unsubscribed', request, reply);
    if (row === undefined) throw gone();
    if (row.state !== 'pending' && use === 'confirm')
      return this.say('confirmed-already', request, reply);
    const path = use === 'confirm' ? 'confirmation' : 'unsubscription';
    const address = `/subscriptions/${id}/${path}?token=${token}`;
    const states = this.runtime.reader.states();
    sendPage(reply, MailLinkPage({ use, language: languageOf(request), states, row, address }));
  }

  private say(
    what: Parameters<typeof MailLinkDone>[0]['what'],
    request: FastifyRequest,
    reply: FastifyReply,
  ): void {
    sendPage(reply, MailLinkDone({ what, language: languageOf(request) }));
  }

  private check(use: Use, id: string, query: QueryString): string {
    onlyKnown(query, ['token']);
    const token = oneValue('token', query['token']) ?? '';
    if (!this.runtime.parts.subscriptions.isTokenFor(token, use, id)) throw gone();
    return encodeURIComponent(token);
  }
}

const gone = (): UnknownSubscription =>
  new UnknownSubscription('This link opens no subscription; it may have been deleted already.');
