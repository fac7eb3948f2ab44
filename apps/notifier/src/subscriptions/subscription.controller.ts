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
import { TakesForms, wordParameter } from '#http';
import { languageOf, wantsPage } from '#pages';
import { calendarDate, isCalendarDate } from '#treaty';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { afterEvent, isAfter, positionIn, type Place } from '../occurrences/place.ts';
import type { DeliveryRow, SubscriberRow } from '../subscribers/tables.ts';
import { verifier } from '../webhooks/mac.ts';
import type { ShownContact } from './contact-section.tsx';
import { failureSaid } from './failures.ts';
import { faultSaid, Refusal, refusedFields } from './refusals.ts';
import { SecretAddress } from './secret-address.ts';
import { Subscribing } from './subscribing.ts';
import {
  notConfirmed,
  refuseWhereNothingGoesOut,
  SubscriptionDoings,
  type QueryString,
} from './subscription-doings.ts';
import { SubscriptionPages } from './subscription-pages.tsx';
import { doneWords, opensByToken, saysWhatWasDone } from './subscriptions.schema.ts';
import { UnknownSubscriptionFilter } from './unknown-subscription.filter.ts';
import { inBoth, subscriptionWords } from './words.ts';

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
    private readonly doings: SubscriptionDoings,
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
    const opened = await this.doings.opened(asked);
    if (!wantsPage(request)) {
      const { subscriptions } = this.runtime.parts;
      const { row } = opened;
      const deliveries = await subscriptions.deliveriesOf(id);
      const contact = await this.pages.contactOf(row);
      const about = { target: subscriptions.targetOf(row), contact, deliveries };
      void reply.status(200).send(shown(row, about));
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
    await this.doings.opened({ id, query, request, reply });
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
    this.pages.sendAskToErase(await this.doings.opened({ id, query, request, reply }));
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
    const opened = await this.doings.opened({ id, query, request, reply });
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
    return this.doings.carryOut({ id, query, request, reply }, async (row) => {
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
    return this.doings.carryOut({ id, query, request, reply }, async (row) => {
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
    return this.doings.carryOut({ id, query, request, reply }, async (row, language) => {
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
    return this.doings.carryOut({ id, query, request, reply }, async (row, language) => {
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
    return this.doings.carryOut({ id, query, request, reply }, async (row, language) => {
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
    return this.doings.carryOut(asked, async (row) => {
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
}

const notFrom = (detail: string, sentence: Parameters<typeof faultSaid>[0]): Refusal =>
  refusedFields([{ field: 'from', detail, said: faultSaid(sentence) }]);

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
