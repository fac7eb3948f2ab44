import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, onlyKnown, TakesForms } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { topics } from '../subscribers/filter.ts';
import { ResultPage, SubscribePage } from './pages.tsx';
import { requestInForm, SubscribeDto } from './subscription.dto.ts';
import { Subscribing } from './subscribing.ts';
import { pageInLanguage } from './subscriptions.schema.ts';
import { subscriptionWords } from './words.ts';

/** Public: subscribing, without an account. */
@ApiTags('subscriptions')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly subscribing: Subscribing,
    private readonly runtime: NotifierRuntime,
  ) {}

  @Get()
  @pageInLanguage()
  @ApiOperation({ summary: 'What may be subscribed to, and how' })
  offered(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): object | undefined {
    onlyKnown(query, []);
    const mailOffered = this.runtime.parts.mail.isOffered;
    if (wantsPage(request)) {
      const page = { language: languageOf(request), address: '/subscriptions', mailOffered };
      void reply.header('Vary', 'Accept');
      sendPage(reply, SubscribePage(page));
      return undefined;
    }
    return {
      channels: ['webhook', ...(mailOffered ? ['mail'] : [])],
      topics,
      rhythms: mailOffered ? ['immediate', 'daily', 'weekly'] : ['immediate'],
      macs: ['v1', 'v1a'],
      contact: mailOffered,
      subscribe: 'POST /subscriptions',
    };
  }

  @Post()
  @TakesForms()
  @ApiOperation({ summary: 'Subscribe a webhook or a mail address' })
  @ApiBody({ type: SubscribeDto })
  async subscribe(
    @Body() body: unknown,
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    onlyKnown(query, []);
    const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form');
    const fields = form ? requestInForm(body as Record<string, unknown>) : body;
    const wanted = (await bodyPipe.transform(fields, {
      type: 'body',
      metatype: SubscribeDto,
    })) as SubscribeDto;
    const { row, token, secret, next, contactAsked } = await this.subscribing.subscribe(wanted);
    const at = `/subscriptions/${row.id}`;
    const manage =
      token === null ? null : `${this.runtime.settings.publicUrl()}${at}?token=${token}`;
    void reply.status(201).headers({ Location: at, 'Cache-Control': 'no-store' });
    if (form && wantsPage(request)) {
      const language = languageOf(request);
      const said = subscriptionWords[language];
      const also = contactAsked ? said.contactAsked : null;
      const page = { language, address: '/subscriptions', next, also, manage, secret };
      sendPage(reply, ResultPage({ ...page, title: said.made }), 201);
      return undefined;
    }
    return {
      id: row.id,
      state: row.state,
      next,
      ...(token !== null && { token, manage }),
      ...(secret !== null && { mac: { scheme: wanted.mac, secret } }),
      ...(contactAsked && { contact: { state: 'pending' } }),
    };
  }
}
