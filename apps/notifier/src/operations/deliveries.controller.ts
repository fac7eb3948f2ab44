import { Controller, Get, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs, StaffGuard } from '#depositary';
import { numberParameter, onlyKnown, positionParameter, Problem } from '#http';
import { NotifierRuntime } from '../notifier-runtime.ts';
import { afterEvent, positionIn } from '../occurrences/place.ts';

type QueryString = Record<string, unknown>;
const instant = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();

/** Staff: how deliveries go, what fails, and sending again. Subscribers are ids here, never addresses. */
@ApiTags('depositary')
@UseGuards(StaffGuard)
@Needs('tend-deliveries')
@Controller('depositary/deliveries')
export class DeliveriesController {
  constructor(private readonly runtime: NotifierRuntime) {}

  @Get()
  @ApiOperation({ summary: 'Lag, failures, and the subscribers that need attention' })
  async overview(
    @Query() query: QueryString,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    onlyKnown(query, ['limit']);
    const limit = numberParameter('limit', query['limit'], { from: 1, to: 500 }) ?? 100;
    void reply.header('Cache-Control', 'no-store');
    const rows = await this.runtime.parts.database.kysely
      .selectFrom('subscribers')
      .select(['id', 'channel', 'state', 'reason', 'place', 'attempts', 'failing_since', 'due_at'])
      .where((eb) => eb('attempts', '>', 0).or('state', 'in', ['paused', 'stopped']))
      .orderBy('failing_since')
      .limit(limit)
      .execute();
    return {
      ...(await this.runtime.lag()),
      fannedOutTo: positionIn(await this.runtime.fannedOutTo()),
      ledger: this.runtime.reader.timeline.position,
      attention: rows.map(({ place, failing_since: failing, due_at: due, ...row }) => ({
        ...row,
        position: positionIn(place),
        failingSince: instant(failing),
        nextAttemptAt: instant(due),
      })),
    };
  }

  @Get(':subscriber')
  @ApiOperation({ summary: 'The last attempts to tell one subscriber' })
  async ofSubscriber(
    @Param('subscriber') subscriber: string,
    @Query() query: QueryString,
  ): Promise<object> {
    onlyKnown(query, []);
    const row = await this.found(subscriber);
    const deliveries = await this.runtime.parts.subscriptions.deliveriesOf(subscriber, 500);
    return {
      subscriber,
      state: row.state,
      reason: row.reason,
      position: positionIn(row.place),
      deliveries: deliveries.map(({ number: _number, at, place, ...one }) => ({
        ...one,
        at: instant(at),
        position: positionIn(place),
      })),
    };
  }

  @Post(':subscriber/resend')
  @ApiOperation({ summary: 'Try again now, or send everything after a position again' })
  async resend(
    @Param('subscriber') subscriber: string,
    @Query() query: QueryString,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    onlyKnown(query, ['after']);
    const after = positionParameter('after', query['after']);
    const row = await this.found(subscriber);
    if (row.state === 'pending' || row.state === 'stopped')
      throw new Problem(
        'conflict',
        'The subscriber has not confirmed, or said that it is gone: nothing is sent to it.',
      );
    const { subscriptions, notifier } = this.runtime.parts;
    const from = after === undefined ? row.place : afterEvent(after);
    await subscriptions.replay(subscriber, from, await this.runtime.fannedOutTo());
    notifier.nudge();
    void reply.status(202);
    return { subscriber, after: positionIn(from) };
  }

  private async found(id: string) {
    const row = await this.runtime.parts.subscriptions.find(id);
    if (row === undefined) throw new Problem('not-found', 'No subscriber has that id.');
    return row;
  }
}
