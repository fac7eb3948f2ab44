import { Body, Controller, Get, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, onlyKnown, TakesForms } from '#http';
import { languageOf, sendPage, wantsPage, type Language } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { topics } from '../subscribers/filter.ts';
import { nameOf, titleOf } from '../words/sentences.ts';
import { allNamed, participantNamed, suggested, treatyNamedBy } from './register-names.ts';
import { Refusal, refusedFields, type RefusedField } from './refusals.ts';
import { ResultPage } from './result-page.tsx';
import { SecretAddress } from './secret-address.ts';
import {
  distinctFaults,
  emptyForm,
  faultsIn,
  prefilledIn,
  readTyped,
  requestOf,
  strangersIn,
  typedIn,
  type Typed,
} from './subscribe-form.ts';
import { SubscribePage } from './subscribe-page.tsx';
import { SubscribeDto } from './subscription.dto.ts';
import { Subscribing, type Subscribed } from './subscribing.ts';
import { prefills } from './subscriptions.schema.ts';
import { subscriptionWords } from './words.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Public: subscribing, without an account. Answers are sent here and not by Nest, which would send once more while a
 * large page is still being compressed.
 */
@ApiTags('subscriptions')
@Controller('subscriptions')
export class SubscriptionsController {
  constructor(
    private readonly subscribing: Subscribing,
    private readonly runtime: NotifierRuntime,
  ) {}

  @Get()
  @prefills()
  @ApiOperation({ summary: 'What may be subscribed to, and how' })
  offered(
    @Query() query: Fields,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const mailOffered = this.runtime.parts.mail.isOffered;
    const language = languageOf(request);
    const { lang: _lang, ...asked } = query;
    const typed = prefilledIn(asked, emptyForm(language, mailOffered));
    if (!wantsPage(request)) {
      void reply.send({
        channels: ['webhook', ...(mailOffered ? ['mail'] : [])],
        topics,
        rhythms: mailOffered ? ['immediate', 'daily', 'weekly'] : ['immediate'],
        macs: ['v1', 'v1a'],
        contact: mailOffered,
        subscribe: 'POST /subscriptions',
      });
      return;
    }
    void reply.header('Vary', 'Accept, Accept-Language');
    const { faults: all } = readTyped(typed, this.runtime.reader.states());
    // A link fills in no address to send to.
    const faults = all.filter(({ field }) => field !== 'target');
    const status = faults.length === 0 ? 200 : 400;
    this.showForm(typed, { faults, status }, { request, reply });
  }

  @Post()
  @TakesForms()
  @UseInterceptors(SecretAddress)
  @ApiOperation({ summary: 'Subscribe a webhook or a mail address' })
  @ApiBody({ type: SubscribeDto })
  async subscribe(
    @Body() body: unknown,
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    if ((request.headers['content-type'] ?? '').startsWith('application/x-www-form'))
      return this.subscribeByForm((body ?? {}) as Fields, { request, reply });
    const wanted = (await bodyPipe.transform(body, {
      type: 'body',
      metatype: SubscribeDto,
    })) as SubscribeDto;
    this.sendMade(await this.subscribing.subscribe(wanted), wanted, reply);
  }

  /** What a form asks for; one that is refused is shown again with everything that was typed. */
  private async subscribeByForm(fields: Fields, asked: Asked): Promise<void> {
    const isPage = wantsPage(asked.request);
    // A box that is not ticked is not sent; a program that sends no topics wants the usual ones.
    const usual = isPage || 'topics' in fields ? {} : { topics: emptyForm('en', false).topics };
    const typed = { ...typedIn(fields), ...usual };
    const { more } = fields;
    if (isPage && typeof more === 'string') {
      this.showForm(typed, { faults: [], status: 200, more }, asked);
      return;
    }
    const read = readTyped(typed, this.runtime.reader.states());
    const { wanted, faults } = await requestOf(read.request);
    const wrong = [...strangersIn(fields), ...read.faults, ...faults];
    try {
      if (wanted !== null && wrong.length > 0)
        wrong.push(...(await this.subscribing.faultsOf(wanted)));
      const [first, ...others] = distinctFaults(wrong);
      if (first !== undefined) throw refusedFields([first, ...others]);
      if (wanted === null) throw new Error('A request was neither made nor refused.');
      const made = await this.subscribing.subscribe(wanted);
      if (isPage) this.showResult(made, wanted, asked);
      else this.sendMade(made, wanted, asked.reply);
    } catch (error) {
      if (!(error instanceof Refusal) || !isPage) throw error;
      this.showRefused(error, typed, asked);
    }
  }

  private showRefused(refusal: Refusal, typed: Typed, asked: Asked): void {
    const { details, headers, said } = refusal;
    void asked.reply.headers({ ...headers });
    const language = languageOf(asked.request);
    const isStarting = details.code === 'starting-up';
    this.showForm(
      typed,
      {
        faults: isStarting ? [] : faultsIn(refusal),
        notice: isStarting ? said[language] : null,
        // That the mail server refused an address is no fault of ours, as 502 would say to a proxy.
        status: details.code === 'mail-not-sent' ? 422 : details.status,
      },
      asked,
    );
  }

  private showForm(
    typed: Typed,
    about: {
      readonly faults: readonly RefusedField[];
      readonly status: number;
      readonly more?: string;
      readonly notice?: string | null;
    },
    { request, reply }: Asked,
  ): void {
    const language = languageOf(request);
    const states = this.runtime.reader.states();
    const { faults, status, more = null, notice = null } = about;
    const page = SubscribePage({
      language,
      address: request.method === 'GET' ? request.url : '/subscriptions',
      mailOffered: this.runtime.parts.mail.isOffered,
      typed: {
        ...typed,
        participants: typed.participants.map((words) => this.asName(words, language)),
      },
      faults: faults.map(({ field, said }) => ({ field, sentence: said[language] })),
      more,
      notice,
      suggested: suggested(states, language),
      recognised: {
        treaties: (words) =>
          (allNamed(words, (one) => treatyNamedBy(states, one)) ?? [])
            .map((treaty) => titleOf(states, treaty, language))
            .filter((title) => title !== words)
            .join('; ') || null,
        participants: (words) =>
          (allNamed(words, (one) => participantNamed(states, one)) ?? [])
            .map((code) => nameOf(states.participants.register, code, language))
            .filter((name) => name !== words)
            .join(', ') || null,
      },
    });
    sendPage(reply, page, status);
  }

  /** A code as the name that people know; other words as they are. */
  private asName(words: string, language: Language): string {
    const { register } = this.runtime.reader.states().participants;
    return Object.hasOwn(register.byCode, words) ? nameOf(register, words, language) : words;
  }

  private showResult(made: Subscribed, { mac }: SubscribeDto, { request, reply }: Asked): void {
    const language = languageOf(request);
    const { row, secret, said, contactAsked } = made;
    void reply.header('Location', `/subscriptions/${row.id}`);
    const page = ResultPage({
      language,
      address: '/subscriptions',
      states: this.runtime.reader.states(),
      row,
      target: this.runtime.parts.subscriptions.targetOf(row),
      mac: secret === null ? null : mac,
      sentence: said[language],
      also: contactAsked ? subscriptionWords[language].done['contact-asked'] : null,
      link: this.linkOf(made),
      secret,
    });
    sendPage(reply, page, 201);
  }

  private sendMade(made: Subscribed, { mac: scheme }: SubscribeDto, reply: FastifyReply): void {
    const { row, token, secret, next, contactAsked } = made;
    void reply
      .status(201)
      .header('Location', `/subscriptions/${row.id}`)
      .send({
        id: row.id,
        state: row.state,
        next,
        ...(token !== null && { token, manage: this.linkOf(made) }),
        ...(secret !== null && { mac: { scheme, secret } }),
        ...(contactAsked && { contact: { state: 'pending' } }),
      });
  }

  /** The address that opens a subscription; null where its token goes by mail. */
  private linkOf({ row, token }: Subscribed): string | null {
    return token === null
      ? null
      : `${this.runtime.settings.publicUrl()}/subscriptions/${row.id}?token=${token}`;
  }
}
