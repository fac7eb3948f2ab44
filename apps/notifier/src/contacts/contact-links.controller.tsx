import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, Problem, TakesForms } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { AskPage, ResultPage } from '../subscriptions/pages.tsx';
import { Subscribing } from '../subscriptions/subscribing.ts';
import { opensByToken } from '../subscriptions/subscriptions.schema.ts';
import type { ContactRow } from './contact-tables.ts';
import { ContactPage } from './contact-page.tsx';
import { contactWords } from './contact-words.ts';
import type { ContactUse } from './contacts.ts';
import { mayResume, standingOf, type WebhookStanding } from './webhook-standing.ts';

type QueryString = Record<string, unknown>;

/**
 * The links in mail to the contact of a webhook. They show how it stands, resume it and end the messages, and nothing
 * else: the subscription, its whole address and its secret belong to who made it. A GET only asks.
 */
@ApiTags('subscriptions')
@Controller('subscriptions/:subscription/contact')
export class ContactLinksController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly subscribing: Subscribing,
  ) {}

  @Get()
  @opensByToken()
  @ApiOperation({ summary: 'How the webhook stands, for its contact' })
  async look(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookStanding | undefined> {
    const { standing, token } = await this.opened(id, 'contact-look', query);
    void reply.header('Cache-Control', 'no-store');
    if (!wantsPage(request)) return standing;
    const language = languageOf(request);
    const at = `/subscriptions/${id}/contact`;
    const address = `${at}?token=${token}`;
    const resume = `${at}/resumption?lang=${language}&token=${token}`;
    sendPage(reply, ContactPage({ language, address, standing, resume }));
    return undefined;
  }

  @Post('resumption')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Go on with a webhook that was paused because it failed' })
  async resume(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const { standing } = await this.opened(id, 'contact-look', query);
    if (standing.state !== 'active') {
      const row = await this.runtime.parts.subscriptions.find(id);
      if (row === undefined || !mayResume(row))
        throw new Problem(
          'conflict',
          'The contact resumes a webhook that was paused because it failed; this one was paused by who owns it, or is gone.',
        );
      await this.subscribing.begin(row);
    }
    const language = languageOf(request);
    const said = contactWords[language];
    void reply.status(200).header('Cache-Control', 'no-store');
    if (!wantsPage(request)) return { next: said.resumed };
    this.say(language, said.resumed, reply);
    return undefined;
  }

  @Get('confirmation')
  @opensByToken()
  @ApiOperation({ summary: 'Asks whether the address is the contact' })
  async askToConfirm(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { standing, token } = await this.opened(id, 'contact-confirm', query);
    const language = languageOf(request);
    const { confirmSubject: title, confirmAbout } = contactWords[language];
    const address = `/subscriptions/${id}/contact/confirmation?token=${token}`;
    const action = `${address}&lang=${language}`;
    sendPage(
      reply,
      AskPage({ language, address, title, action, about: confirmAbout(standing.host) }),
    );
  }

  @Post('confirmation')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Confirms that the address is the contact' })
  async confirm(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { contact } = await this.opened(id, 'contact-confirm', query);
    await this.runtime.parts.contacts.confirm(contact);
    this.runtime.parts.notifier.nudge();
    const language = languageOf(request);
    this.say(language, contactWords[language].confirmed, reply);
  }

  @Get('unsubscription')
  @opensByToken()
  @ApiOperation({ summary: 'Asks whether the contact is to be told nothing more' })
  async askToUnsubscribe(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { standing, token } = await this.opened(id, 'contact-unsubscribe', query);
    const language = languageOf(request);
    const { unsubscribe: title, unsubscribeAbout } = contactWords[language];
    const address = `/subscriptions/${id}/contact/unsubscription?token=${token}`;
    const action = `${address}&lang=${language}`;
    sendPage(
      reply,
      AskPage({ language, address, title, action, about: unsubscribeAbout(standing.host) }),
    );
  }

  /** One click (RFC 8058): a mail program posts `List-Unsubscribe=One-Click` here, without asking again. */
  @Post('unsubscription')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Erases the contact; the subscription stays' })
  async unsubscribe(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { contact } = await this.opened(id, 'contact-unsubscribe', query);
    await this.runtime.parts.contacts.erase(contact);
    const language = languageOf(request);
    this.say(language, contactWords[language].unsubscribed, reply);
  }

  private say(language: 'en' | 'fr', next: string, reply: FastifyReply): void {
    const { title } = contactWords[language];
    sendPage(reply, ResultPage({ language, address: '/subscriptions', title, next }));
  }

  /** The contact that a link opens, and how its webhook stands. */
  private async opened(
    id: string,
    use: ContactUse,
    query: QueryString,
  ): Promise<{ contact: ContactRow; standing: WebhookStanding; token: string }> {
    onlyKnown(query, ['token']);
    const token = oneValue('token', query['token']) ?? '';
    const { contacts, subscriptions } = this.runtime.parts;
    const row = await subscriptions.find(id);
    const contact = row === undefined ? undefined : await contacts.opened(row, use, token);
    if (contact === undefined || row === undefined)
      throw new Problem(
        'not-found',
        'This link opens nothing: the contact may have been erased or replaced already, or the subscription with it.',
      );
    const { timeline } = this.runtime.reader;
    const standing = await standingOf(row, { subscriptions, timeline });
    return { contact, standing, token: encodeURIComponent(token) };
  }
}
