import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuditTrail, Needs, officerOf, StaffGuard, type FormFields } from '#depositary';
import {
  dateParameter,
  numberParameter,
  oneValue,
  onlyKnown,
  positionParameter,
  Problem,
  TakesForms,
  wordParameter,
} from '#http';
import { sendPage, wantsPage } from '#pages';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { positionIn } from '../occurrences/place.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { attemptsCursor, attentionCursor, attentionStates } from './attention.ts';
import { overviewOf, subscriberOf } from './deliveries-answers.ts';
import {
  addressOf,
  deliveriesContext,
  pathOf,
  type DeliveriesContext,
} from './deliveries-frame.tsx';
import { OverviewPage } from './overview-page.tsx';
import { blankResend, doneIn, readResend, typedIn } from './resend-form.ts';
import {
  isBeyond,
  mostCounted,
  planOf,
  sendAgain,
  whyNotSendable,
  type NotSendable,
  type Resend,
} from './resending.ts';
import { hasNow, SubscriberPage, UnknownPage, type Done } from './subscriber-page.tsx';

type QueryString = Record<string, unknown>;

const limitQuery = ApiQuery({
  name: 'limit',
  required: false,
  description: 'Rows on a page: 1 to 500',
  schema: { type: 'integer', minimum: 1, maximum: 500 },
});
const cursorQuery = ApiQuery({
  name: 'cursor',
  required: false,
  description: 'What the page before gave as "next"',
  schema: { type: 'string' },
});

/** Staff: how deliveries go, what fails, and sending again. Subscribers are ids here, never addresses. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Needs('tend-deliveries')
@Controller('depositary/deliveries')
export class DeliveriesController {
  constructor(
    private readonly runtime: NotifierRuntime,
    private readonly trail: AuditTrail,
  ) {}

  @Get()
  @limitQuery
  @cursorQuery
  @ApiQuery({
    name: 'state',
    required: false,
    description: 'Only those that fail (active), are paused, or are stopped',
    schema: { type: 'string', enum: [...attentionStates] },
  })
  @ApiOperation({ summary: 'Lag, failures, and the subscribers that need attention' })
  async overview(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isPage = wantsPage(request);
    onlyKnown(query, ['limit', 'cursor', 'state', ...(isPage ? ['subscriber'] : [])]);
    const limit = limitIn(query) ?? 100;
    const after = attentionCursor(query['cursor']);
    const state = wordParameter('state', query['state'], attentionStates);
    void reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept' });
    if (!isPage) {
      await reply.send(await overviewOf(this.runtime, { state, after, limit }));
      return;
    }
    const context = deliveriesContext(request, this.runtime.clock.now());
    const wanted = (oneValue('subscriber', query['subscriber']) ?? '').trim();
    if (wanted !== '') {
      await reply.redirect(addressOf(context, pathOf(wanted.toLowerCase().slice(0, 100))), 303);
      return;
    }
    const overview = await overviewOf(this.runtime, { state, after, limit });
    const asked = { state, limit: oneValue('limit', query['limit']), isLater: after !== null };
    sendPage(reply, <OverviewPage context={context} overview={overview} asked={asked} />);
  }

  @Get(':subscriber')
  @limitQuery
  @cursorQuery
  @ApiOperation({ summary: 'One subscriber, and the last attempts to tell it' })
  async ofSubscriber(
    @Param('subscriber') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const isPage = wantsPage(request);
    onlyKnown(query, ['limit', 'cursor', ...(isPage ? ['sent', 'after', 'from', 'count'] : [])]);
    const before = attemptsCursor(query['cursor']);
    const limit = limitIn(query) ?? (isPage ? 50 : 500);
    void reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept' });
    const row = await this.find(id);
    if (!isPage) {
      if (row === undefined) throw unknownSubscriber();
      await reply.send(await subscriberOf(this.runtime, row, { before, limit }));
      return;
    }
    const context = deliveriesContext(request, this.runtime.clock.now());
    if (row === undefined) {
      sendPage(reply, <UnknownPage context={context} id={id} />, 404);
      return;
    }
    const subscriber = await subscriberOf(this.runtime, row, { before, limit });
    const not = whyNotSendable(row);
    const typed = blankResend(hasNow(subscriber) ? 'now' : '');
    const form = { typed, faults: [], asked: null, not };
    const shown = { context, subscriber, done: doneOf(query), isLater: before !== null };
    sendPage(reply, <SubscriberPage {...shown} {...form} />);
  }

  @Post(':subscriber/resend')
  @TakesForms()
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'Send everything after this position of the ledger again',
    schema: { type: 'string', pattern: '^[0-9]{1,19}$' },
  })
  @ApiQuery({
    name: 'from',
    required: false,
    description: 'Send everything recorded on this date or later again',
    schema: { type: 'string', format: 'date' },
  })
  @ApiOperation({
    summary: 'Try again now, or send everything after a position, or from a date on, again',
  })
  async resend(
    @Param('subscriber') id: string,
    @Query() query: QueryString,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    void reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept' });
    if (isForm(request)) {
      onlyKnown(query, []);
      await this.resendByForm(id, (body ?? {}) as FormFields, request, reply);
      return;
    }
    const wanted = wantedIn(query, body);
    const row = await this.find(id);
    if (row === undefined) throw unknownSubscriber();
    const not = whyNotSendable(row);
    if (not !== null) throw new Problem('conflict', notSent[not]);
    if (wanted.what === 'after' && isBeyond(this.runtime, wanted.position))
      throw new Problem(
        'invalid-parameter',
        `after: the ledger is at position ${this.runtime.reader.timeline.position}, and the subscriber would miss what comes until a later one.`,
        { field: 'after' },
      );
    const plan = await planOf(this.runtime, row, wanted);
    await sendAgain(this.runtime, this.trail, { row, wanted, plan }, officerOf(request));
    const { from, deliveries, leftOut } = plan;
    const answer = { subscriber: id, after: positionIn(from), deliveries, leftOut };
    await reply.status(202).send(answer);
  }

  /** Leads to the subscriber's page, which says what was done; or shows it again with what is wrong. */
  private async resendByForm(
    id: string,
    form: FormFields,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const now = this.runtime.clock.now();
    const context = deliveriesContext(request, now, pathOf(id));
    const row = await this.find(id);
    if (row === undefined) {
      sendPage(reply, <UnknownPage context={context} id={id} />, 404);
      return;
    }
    const not = whyNotSendable(row);
    const typed = typedIn(form);
    if (not !== null) {
      const shown = { typed, faults: [], asked: null, not };
      await this.sendRefused(reply, context, row, shown, 409);
      return;
    }
    const { words: said, language } = context;
    const read = await readResend(this.runtime, row, typed, { said, language });
    if ('faults' in read) {
      await this.sendRefused(reply, context, row, { typed, not, ...read }, 422);
      return;
    }
    const { wanted, plan } = read;
    await sendAgain(this.runtime, this.trail, { row, wanted, plan }, officerOf(request));
    await reply.redirect(addressOf(context, pathOf(id), doneIn(wanted, plan)), 303);
  }

  private async sendRefused(
    reply: FastifyReply,
    context: DeliveriesContext,
    row: SubscriberRow,
    form: Pick<Parameters<typeof SubscriberPage>[0], 'typed' | 'faults' | 'asked' | 'not'>,
    status: number,
  ): Promise<void> {
    const subscriber = await subscriberOf(this.runtime, row, { before: null, limit: 50 });
    const shown = { context, subscriber, done: null, isLater: false, isRefused: true };
    sendPage(reply, <SubscriberPage {...shown} {...form} />, status);
  }

  /** What is no id at all is not asked of the database. */
  private async find(id: string): Promise<SubscriberRow | undefined> {
    return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
      ? await this.runtime.parts.subscriptions.find(id)
      : undefined;
  }
}

const limitIn = (query: QueryString): number | undefined =>
  numberParameter('limit', query['limit'], { from: 1, to: 500 });

const isForm = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

const unknownSubscriber = (): Problem =>
  new Problem('not-found', 'No subscriber has that id; its owner may have deleted it.');

const notSent: Readonly<Record<NotSendable, string>> = {
  pending: 'The subscriber has not confirmed that it wants to be told: nothing is sent to it.',
  stopped: 'The subscriber said that it is gone: nothing is sent to it.',
  asked: 'The subscriber paused its own deliveries: nothing is sent to it until it resumes them.',
};

/** What a program wants sent again. @throws Problem */
function wantedIn(query: QueryString, body: unknown): Resend {
  onlyKnown(query, ['after', 'from']);
  const position = positionParameter('after', query['after']);
  const date = dateParameter('from', query['from']);
  // What nobody reads must not look as if it had been.
  if (typeof body === 'object' && body !== null && Object.keys(body).length > 0)
    throw new Problem(
      'invalid-fields',
      'This address reads no fields of a body: give after (a position) or from (a date) in the address.',
    );
  if (position !== undefined && date !== undefined)
    throw new Problem('invalid-parameter', 'from: give after or from, not both.', {
      field: 'from',
    });
  if (position !== undefined) return { what: 'after', position: String(BigInt(position)) };
  return date === undefined ? { what: 'now' } : { what: 'from', date };
}

/** What the address says that a form did. @throws Problem for what no form led to */
function doneOf(query: QueryString): Done | null {
  const what = wordParameter('sent', query['sent'], ['now', 'after', 'from']);
  const after = positionParameter('after', query['after']) ?? '';
  const from = dateParameter('from', query['from']) ?? '';
  const count = numberParameter('count', query['count'], { from: 0, to: mostCounted }) ?? null;
  if (what === undefined) return null;
  const isWhole = (what !== 'after' || after !== '') && (what !== 'from' || from !== '');
  return isWhole ? { what, after, from, count } : null;
}
