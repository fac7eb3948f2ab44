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
import { oneValue, onlyKnown, Problem, TakesForms } from '#http';
import { inLanguage, languageOf, sendPage, wantsPage, type Language } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import type { ToldBack } from '../subscriptions/manage-page.tsx';
import { UnknownSubscription } from '../subscriptions/refusals.ts';
import { AskPage, DonePage } from '../subscriptions/result-page.tsx';
import { SecretAddress } from '../subscriptions/secret-address.ts';
import { Subscribing } from '../subscriptions/subscribing.ts';
import { opensByToken } from '../subscriptions/subscriptions.schema.ts';
import { UnknownSubscriptionFilter } from '../subscriptions/unknown-subscription.filter.ts';
import { subscriptionWords } from '../subscriptions/words.ts';
import type { ContactRow } from './contact-tables.ts';
import { ContactPage } from './contact-page.tsx';
import { contactWords } from './contact-words.ts';
import type { ContactUse } from './contacts.ts';
import { mayResume, standingOf, type WebhookStanding } from './webhook-standing.ts';

type QueryString = Record<string, unknown>;

/** The contact that a link opens, and how its webhook stands. */
interface OpenedContact {
  readonly contact: ContactRow;
  readonly standing: WebhookStanding;
  /** Of the link, as an address holds it. */
  readonly token: string;
}

/**
 * The links in mail to the contact of a webhook. They show how it stands, resume it and end the messages, and nothing
 * else: the subscription, its whole address and its secret belong to who made it. A GET only asks.
 */
@ApiTags('subscriptions')
@UseInterceptors(SecretAddress)
@UseFilters(UnknownSubscriptionFilter)
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.opened(id, 'contact-look', query);
    if (wantsPage(request)) this.show(opened, { id, request, reply });
    else void reply.status(200).send(opened.standing);
  }

  @Post('resumption')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Go on with a webhook that was paused because it failed' })
  async resume(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.opened(id, 'contact-look', query);
    const said = contactWords[languageOf(request)];
    if (opened.standing.state !== 'active') {
      const row = await this.runtime.parts.subscriptions.find(id);
      if (row === undefined || !mayResume(row)) {
        if (!wantsPage(request)) throw new Problem('conflict', contactWords.en.notResumed);
        const told = { tone: 'bad', sentence: said.notResumed } as const;
        this.show(opened, { id, request, reply, told, status: 409 });
        return;
      }
      await this.subscribing.begin(row);
    }
    if (!wantsPage(request)) {
      void reply.status(200).send({ next: said.resumed });
      return;
    }
    const told = { tone: 'good', sentence: said.resumed } as const;
    this.show(await this.opened(id, 'contact-look', query), { id, request, reply, told });
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
    const action = inLanguage(address, language);
    const button = subscriptionWords[language].confirm.confirm;
    const lead = confirmAbout(standing.host);
    sendPage(reply, <AskPage {...{ language, address, title, lead, action, button }} />);
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
    const action = inLanguage(address, language);
    const asked = { language, address, title, action, lead: unsubscribeAbout(standing.host) };
    sendPage(reply, <AskPage {...asked} button={title} danger />);
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

  private show(
    { standing, token }: OpenedContact,
    asked: {
      readonly id: string;
      readonly request: FastifyRequest;
      readonly reply: FastifyReply;
      readonly told?: ToldBack;
      readonly status?: number;
    },
  ): void {
    const { id, request, reply, told = null, status = 200 } = asked;
    const language = languageOf(request);
    const at = `/subscriptions/${id}/contact`;
    const address = `${at}?token=${token}`;
    const resume = inLanguage(`${at}/resumption?token=${token}`, language);
    sendPage(reply, <ContactPage {...{ language, address, standing, resume, told }} />, status);
  }

  private say(language: Language, sentence: string, reply: FastifyReply): void {
    const { title } = contactWords[language];
    const page = { language, address: '/subscriptions', title, sentence };
    sendPage(reply, <DonePage {...page} tone="good" again={false} />);
  }

  /** The contact that a link opens, and how its webhook stands. */
  private async opened(id: string, use: ContactUse, query: QueryString): Promise<OpenedContact> {
    onlyKnown(query, ['token']);
    const token = oneValue('token', query['token']) ?? '';
    const { contacts, subscriptions } = this.runtime.parts;
    const row = await subscriptions.find(id);
    const contact = row === undefined ? undefined : await contacts.opened(row, use, token);
    if (contact === undefined || row === undefined)
      throw new UnknownSubscription(
        'This link opens nothing: the contact may have been erased or replaced already, or the subscription with it.',
        'contact',
      );
    const { timeline } = this.runtime.reader;
    const standing = await standingOf(row, { subscriptions, timeline });
    return { contact, standing, token: encodeURIComponent(token) };
  }
}
