import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseFilters,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, SeeOther, TakesForms, wordParameter } from '#http';
import { languageOf, wantsPage, type Language } from '#pages';
import { calendarDate, isCalendarDate } from '#treaty';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { afterEvent, isAfter, positionIn, type Place } from '../occurrences/place.ts';
import type { DeliveryRow, SubscriberRow } from '../subscribers/tables.ts';
import { verifier } from '../webhooks/mac.ts';
import { failureSaid } from './failures.ts';
import type { ToldBack } from './manage-page.tsx';
import { faultSaid, Refusal, refusedFields, UnknownSubscription } from './refusals.ts';
import { SecretAddress } from './secret-address.ts';
import { addressOf, SubscriptionPages, type OpenedPage } from './subscription-pages.tsx';
import { Subscribing } from './subscribing.ts';
import { doneWords, opensByToken, saysWhatWasDone, type Done } from './subscriptions.schema.ts';
import { UnknownSubscriptionFilter } from './unknown-subscription.filter.ts';
import { inBoth, subscriptionWords } from './words.ts';

type QueryString = Record<string, unknown>;

/** What came of a request: the answer for a program, and what a page says. */
interface Outcome {
  readonly body: object;
  /** A word where the page is asked for by GET then, so that loading it again repeats nothing. */
  readonly page: Done | ToldBack;
}

interface Asked {
  readonly id: string;
  readonly query: QueryString;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * One subscription, for who holds its management token (`Authorization: Bearer`, or `?token=` in a link). Answers are
 * sent here and not by Nest, which would send once more while a large page is still being compressed.
 */
@ApiTags('subscriptions')
@ApiBearerAuth()
@UseInterceptors(SecretAddress)
@UseFilters(UnknownSubscriptionFilter)
@Controller('subscriptions/:subscription')
export class SubscriptionController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly subscribing: Subscribing,
    private readonly pages: SubscriptionPages,
  ) {}

  @Get()
  @opensByToken()
  @saysWhatWasDone()
  @ApiOperation({ summary: 'The subscription and its last deliveries' })
  async show(
    @Param('subscription') id: string,
    @Query() { done, ...query }: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const what = wordParameter('done', done, doneWords);
    const asked = { id, query, request, reply };
    const opened = await this.opened(asked);
    if (!wantsPage(request)) {
      const { subscriptions } = this.runtime.parts;
      const { row } = opened;
      const deliveries = await subscriptions.deliveriesOf(id);
      void reply.status(200).send(shown(row, subscriptions.targetOf(row), deliveries));
      return;
    }
    const words = subscriptionWords[languageOf(request)].done;
    await this.pages.sendManage(opened, {
      told: what === undefined ? null : { tone: 'good', sentence: words[what] },
    });
  }

  @Delete()
  @opensByToken()
  @ApiOperation({ summary: 'Erase the subscription and everything about it' })
  async erase(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.opened({ id, query, request, reply });
    await this.eraseAll(id);
    void reply.status(204).send();
  }

  @Get('erasure')
  @opensByToken()
  @ApiOperation({ summary: 'Asks whether the subscription is to be erased' })
  async askToErase(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.pages.sendAskToErase(await this.opened({ id, query, request, reply }));
  }

  @Post('erasure')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'The same as DELETE, for a form' })
  async erasure(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const opened = await this.opened({ id, query, request, reply });
    await this.eraseAll(id);
    if (wantsPage(request)) this.pages.sendErased(opened);
    else void reply.status(200).send({ next: subscriptionWords.en.erase.erasedLead });
  }

  @Post('pause')
  @TakesForms()
  @opensByToken()
  @ApiOperation({ summary: 'Stop deliveries until resumed' })
  pause(
    @Param('subscription') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.carryOut({ id, query, request, reply }, async (row) => {
      refuseWhereNothingGoesOut(row);
      await this.runtime.parts.subscriptions.pause(id, 'asked');
      return { body: { next: subscriptionWords.en.done.paused }, page: 'paused' };
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.carryOut({ id, query, request, reply }, async (row) => {
      refuseWhereNothingGoesOut(row);
      await this.subscribing.begin(row);
      return { body: { next: subscriptionWords.en.done.resumed }, page: 'resumed' };
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.carryOut({ id, query, request, reply }, async (row, language) => {
      if (row.channel !== 'webhook') throw notConfirmed();
      const { verified, next, said } = await this.subscribing.verify(row);
      const page = { tone: verified ? 'good' : 'warn', sentence: said[language] } as const;
      return { body: { next }, page };
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.carryOut({ id, query, request, reply }, async (row, language) => {
      refuseWhereNothingGoesOut(row);
      const answer = await this.subscribing.ping(row);
      const { delivered, code, detail } = answer;
      const { done, next } = subscriptionWords[language];
      const sentence = delivered
        ? `${done.pinged} ${next.called(code)}`
        : `${done.notPinged} ${failureSaid(detail)[language]}`;
      return {
        body: { next: detail, ...answer },
        page: { tone: delivered ? 'good' : 'bad', sentence },
      };
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.carryOut({ id, query, request, reply }, async (row, language) => {
      const secrets = await this.runtime.parts.subscriptions.rotateSecrets(row);
      if (secrets === null)
        throw new Refusal(
          'not-offered',
          'Mail carries no mac, so there is no secret to change.',
          faultSaid((words) => words.notWebhook),
        );
      const secret = verifier(secrets);
      const said = inBoth(({ done }) => done.newSecret);
      return {
        body: { next: said.en, secret },
        page: { tone: 'good', sentence: said[language], secret },
      };
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
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { from: typed } = (body ?? {}) as QueryString;
    const asked = { id, query, request, reply, typed };
    return this.carryOut(asked, async (row) => {
      refuseWhereNothingGoesOut(row);
      const from = this.placeIn(typed);
      await this.runtime.parts.subscriptions.replay(id, from, await this.runtime.fannedOutTo());
      this.runtime.parts.notifier.nudge();
      const next = subscriptionWords.en.done.replayed;
      return { body: { next, after: positionIn(from) }, page: 'replayed' };
    });
  }

  private placeIn(typed: unknown): Place {
    const { reader, clock } = this.runtime;
    const { timeline } = reader;
    const text = typeof typed === 'number' ? String(typed) : typed;
    if (isCalendarDate(text)) {
      const today = clock.dateAt(clock.now());
      if (text > today)
        throw notFrom(`that day is still to come; write ${today} or an earlier day.`, (words) =>
          words.fromAhead(today),
        );
      return afterEvent(timeline.positionBefore(calendarDate(text)));
    }
    if (typeof text !== 'string' || !/^\d{1,19}$/.test(text))
      throw notFrom(
        'write a ledger position (digits) or a date (YYYY-MM-DD).',
        (words) => words.from,
      );
    const position = text.replace(/^0+(?=\d)/, '');
    const { position: last } = timeline;
    // Who is told from beyond the end on would miss what comes until then.
    if (isAfter(position, last))
      throw notFrom(`the ledger ends at position ${last}; write that or an earlier one.`, (words) =>
        words.fromBeyond(last),
      );
    return afterEvent(position);
  }

  private async eraseAll(id: string): Promise<void> {
    await this.runtime.parts.subscriptions.erase(id);
    this.runtime.parts.webhooks.forget();
  }

  /** Does something for who holds the token, and answers a program with JSON and a person with a page. */
  private async carryOut(
    asked: Asked & { readonly typed?: unknown },
    work: (row: SubscriberRow, language: Language) => Promise<Outcome>,
  ): Promise<void> {
    const { request, reply, typed } = asked;
    const opened = await this.opened(asked);
    const language = languageOf(request);
    try {
      const { body, page } = await work(opened.row, language);
      if (!wantsPage(request)) void reply.status(200).send(body);
      else if (typeof page === 'string') throw new SeeOther(`${addressOf(opened)}&done=${page}`);
      else await this.pages.sendManage(opened, { told: page });
    } catch (error) {
      if (!(error instanceof Refusal) || !wantsPage(request)) throw error;
      const sentence = error.said[language];
      const isOfField = error.details.field === 'from';
      await this.pages.sendManage(opened, {
        status: error.details.status,
        ...(isOfField
          ? { wrong: { typed: typeof typed === 'string' ? typed.slice(0, 100) : '', sentence } }
          : { told: { tone: 'bad', sentence } }),
      });
    }
  }

  private async opened({ id, query, request, reply }: Asked): Promise<OpenedPage> {
    onlyKnown(query, ['token']);
    const token = tokenOf(query, request);
    const row =
      token === undefined ? undefined : await this.runtime.parts.subscriptions.opened(id, token);
    if (row !== undefined && token !== undefined) return { request, reply, row, token };
    throw new UnknownSubscription(
      'No subscription is opened by this link; it may have been deleted, or the token is another one.',
    );
  }
}

function tokenOf(query: QueryString, { headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer (\S{1,200})$/.exec(headers.authorization ?? '')?.[1];
  return bearer ?? oneValue('token', query['token']);
}

const notFrom = (detail: string, sentence: Parameters<typeof faultSaid>[0]): Refusal =>
  refusedFields([{ field: 'from', detail, said: faultSaid(sentence) }]);

const notConfirmed = (): Refusal =>
  new Refusal(
    'conflict',
    'The subscription is not confirmed yet: answer the challenge, or use the link in the message.',
    faultSaid((words) => words.notConfirmed),
  );

/** @throws Refusal for a subscription that is not confirmed, or was ended by its receiver for good */
function refuseWhereNothingGoesOut({ state }: SubscriberRow): void {
  if (state === 'pending') throw notConfirmed();
  if (state === 'stopped')
    throw new Refusal(
      'conflict',
      'The receiver answered 410, so it wants no more deliveries for good; subscribe again.',
      faultSaid((words) => words.stopped),
    );
}

/** A subscription as a program sees it. */
const shown = (row: SubscriberRow, target: string, deliveries: readonly DeliveryRow[]) => ({
  id: row.id,
  channel: row.channel,
  target,
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
  deliveries: deliveries.map(({ number: _number, place, at, ...one }) => ({
    ...one,
    at: new Date(at).toISOString(),
    position: positionIn(place),
  })),
});
