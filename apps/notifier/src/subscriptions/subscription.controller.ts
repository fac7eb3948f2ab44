import { Body, Controller, Delete, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, oneValue, onlyKnown, Problem, TakesForms } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { calendarDate, isCalendarDate } from '#treaty';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { afterEvent, positionIn, type Place } from '../occurrences/place.ts';
import type { DeliveryRow, SubscriberRow } from '../subscribers/tables.ts';
import { verifier } from '../webhooks/mac.ts';
import { ManagePage, ResultPage, type ShownContact } from './pages.tsx';
import { Subscribing } from './subscribing.ts';
import { NameContactDto } from './subscription.dto.ts';
import { opensByToken } from './subscriptions.schema.ts';
import { subscriptionWords } from './words.ts';

type QueryString = Record<string, unknown>;

/** One subscription, for who holds its management token (`Authorization: Bearer`, or `?token=` in a link). */
@ApiTags('subscriptions')
@ApiBearerAuth()
@Controller('subscriptions/:subscription')
export class SubscriptionController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly subscribing: Subscribing,
  ) {}

  @Get()
  @opensByToken()
  @ApiOperation({ summary: 'The subscription and its last deliveries' })
  async show(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const row = await this.opened(id, query, request);
    const { subscriptions } = this.runtime.parts;
    const deliveries = await subscriptions.deliveriesOf(id);
    const target = subscriptions.targetOf(row);
    const contact = await this.contactOf(row);
    void reply.header('Cache-Control', 'no-store');
    if (!wantsPage(request)) return shown(row, { target, contact, deliveries });
    const language = languageOf(request);
    const token = encodeURIComponent(tokenOf(query, request) ?? '');
    const doing = (what: string) => `/subscriptions/${id}/${what}?lang=${language}&token=${token}`;
    const address = `/subscriptions/${id}?token=${token}`;
    const { isOffered: mailOffered } = this.runtime.parts.contactMail;
    const page = { language, address, row, target, contact, deliveries, doing, mailOffered };
    sendPage(reply, ManagePage(page));
    return undefined;
  }

  @Delete()
  @opensByToken()
  @ApiOperation({ summary: 'Erase the subscription and everything about it' })
  async erase(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.opened(id, query, request);
    await this.eraseAll(id);
    void reply.status(204);
  }

  @Post('erasure')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'The same as DELETE, for a form' })
  erasure(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply, gone: true }, async (_row, said) => {
      await this.eraseAll(id);
      return { next: said.erased };
    });
  }

  @Post('pause')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Stop deliveries until resumed' })
  pause(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (_row, said) => {
      await this.runtime.parts.subscriptions.pause(id, 'asked');
      return { next: `${said.done}: ${said.paused}.` };
    });
  }

  @Post('resumption')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Go on where deliveries stopped' })
  resume(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row, said) => {
      if (row.state === 'pending') throw notConfirmed();
      await this.subscribing.begin(row);
      return { next: `${said.done}: ${said.active}.` };
    });
  }

  @Post('verification')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Send the challenge to the webhook again' })
  verify(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row) => {
      if (row.channel !== 'webhook') throw notConfirmed();
      return { next: await this.subscribing.verify(row) };
    });
  }

  @Post('ping')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Send a signed test event' })
  ping(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row) => {
      if (row.state === 'pending') throw notConfirmed();
      const answer = await this.subscribing.ping(row);
      return { next: answer.detail, ...answer };
    });
  }

  @Post('secrets')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'A new secret; the old one signs beside it for a day' })
  rotate(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row, said) => {
      const secrets = await this.runtime.parts.subscriptions.rotateSecrets(row);
      if (secrets === null)
        throw new Problem('not-offered', 'Mail carries no mac, so there is no secret to change.');
      return { next: said.done, secret: verifier(secrets) };
    });
  }

  @Post('replay')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Deliver everything after a position, or from a date on, again' })
  replay(
    @Param('subscription') id: string,
    @Body() body: unknown,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row, said) => {
      if (row.state === 'pending') throw notConfirmed();
      const from = this.placeIn((body ?? {}) as QueryString);
      await this.runtime.parts.subscriptions.replay(id, from, await this.runtime.fannedOutTo());
      this.runtime.parts.notifier.nudge();
      return { next: said.done, after: positionIn(from) };
    });
  }

  @Post('contact')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Name who is told by mail when the webhook fails' })
  @ApiBody({ type: NameContactDto })
  nameContact(
    @Param('subscription') id: string,
    @Body() body: unknown,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row, said) => {
      const wanted = { type: 'body', metatype: NameContactDto } as const;
      const { contact } = (await bodyPipe.transform(body, wanted)) as NameContactDto;
      const { asked } = await this.subscribing.nameContact(row, contact);
      return { next: asked ? said.contactAsked : said.contactAlready };
    });
  }

  @Delete('contact')
  @opensByToken()
  @ApiOperation({ summary: 'Erase the contact; the subscription stays' })
  async eraseContact(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.eraseContactOf(await this.opened(id, query, request));
    void reply.status(204);
  }

  @Post('contact/erasure')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'The same as DELETE of the contact, for a form' })
  contactErasure(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    return this.carryOut(id, query, { request, reply }, async (row, said) => {
      await this.eraseContactOf(row);
      return { next: said.contactErased };
    });
  }

  private async contactOf(row: SubscriberRow): Promise<ShownContact | null> {
    const { contacts } = this.runtime.parts;
    const contact = await contacts.of(row);
    return contact === undefined
      ? null
      : { address: contacts.addressOf(contact), state: contact.state, namedAt: contact.named_at };
  }

  private async eraseContactOf(row: SubscriberRow): Promise<void> {
    const { contacts } = this.runtime.parts;
    const contact = await contacts.of(row);
    if (contact !== undefined) await contacts.erase(contact);
  }

  private placeIn({ from }: QueryString): Place {
    const text = typeof from === 'number' ? String(from) : from;
    if (isCalendarDate(text))
      return afterEvent(this.runtime.reader.timeline.positionBefore(calendarDate(text)));
    if (typeof text === 'string' && /^\d{1,19}$/.test(text)) return afterEvent(text);
    const detail = 'write a ledger position (digits) or a date (YYYY-MM-DD).';
    throw new Problem('invalid-fields', `from: ${detail}`, {
      field: 'from',
      errors: [{ field: 'from', detail }],
    });
  }

  private async eraseAll(id: string): Promise<void> {
    await this.runtime.parts.subscriptions.erase(id);
    this.runtime.parts.webhooks.forget();
  }

  /** Does something for who holds the token, and answers a program with JSON and a person with a page. */
  private async carryOut(
    id: string,
    query: QueryString,
    asked: { request: FastifyRequest; reply: FastifyReply; gone?: boolean },
    work: (
      row: SubscriberRow,
      said: (typeof subscriptionWords)['en' | 'fr'],
    ) => Promise<{ next: string; secret?: string }>,
  ): Promise<object | undefined> {
    const { request, reply, gone = false } = asked;
    const row = await this.opened(id, query, request);
    const language = languageOf(request);
    const said = subscriptionWords[language];
    const result = await work(row, said);
    void reply.status(200).header('Cache-Control', 'no-store');
    if (!wantsPage(request)) return result;
    const token = encodeURIComponent(tokenOf(query, request) ?? '');
    const manage = gone ? null : `/subscriptions/${id}?lang=${language}&token=${token}`;
    const { next, secret = null } = result;
    const page = { language, address: `/subscriptions`, title: said.manage, next, secret, manage };
    sendPage(reply, ResultPage(page));
    return undefined;
  }

  private async opened(
    id: string,
    query: QueryString,
    request: FastifyRequest,
  ): Promise<SubscriberRow> {
    onlyKnown(query, ['token']);
    const token = tokenOf(query, request);
    const row =
      token === undefined ? undefined : await this.runtime.parts.subscriptions.opened(id, token);
    if (row !== undefined) return row;
    throw new Problem(
      'not-found',
      'No subscription is opened by this link; it may have been deleted, or the token is another one.',
    );
  }
}

function tokenOf(query: QueryString, { headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1];
  return bearer ?? oneValue('token', query['token']);
}

const notConfirmed = (): Problem =>
  new Problem(
    'conflict',
    'The subscription is not confirmed yet: answer the challenge, or use the link in the message.',
  );

/** A subscription as a program sees it. */
const shown = (
  row: SubscriberRow,
  about: { target: string; contact: ShownContact | null; deliveries: readonly DeliveryRow[] },
) => ({
  id: row.id,
  channel: row.channel,
  target: about.target,
  state: row.state,
  reason: row.reason,
  filter: JSON.parse(row.filter) as object,
  language: row.language,
  rhythm: row.rhythm,
  timeZone: row.time_zone,
  position: positionIn(row.place),
  attempts: row.attempts,
  failingSince: row.failing_since === null ? null : new Date(row.failing_since).toISOString(),
  nextAttemptAt: row.due_at === null ? null : new Date(row.due_at).toISOString(),
  contact:
    about.contact === null
      ? null
      : { ...about.contact, namedAt: new Date(about.contact.namedAt).toISOString() },
  deliveries: about.deliveries.map(({ number: _number, place, at, ...one }) => ({
    ...one,
    at: new Date(at).toISOString(),
    position: positionIn(place),
  })),
});
