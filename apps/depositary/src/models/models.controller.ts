import { Controller, Get, Param, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, Problem, SeeOther, wordParameter } from '#http';
import { wantsPage } from '#pages';
import { Ledger } from '#ledger';
import { actionKinds, type ActionKind } from '#treaty';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { modelInstrument, modelOf } from './model-instruments.ts';

const kinds = Object.keys(actionKinds) as ActionKind[];

/** Staff: model instruments to send to a State that asks how to do it. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@Needs('read-cases')
@Controller('depositary/model-instruments')
export class ModelInstrumentsController {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @ApiOperation({ summary: 'For which kinds of action there are models' })
  list(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): { models: object[] } {
    if (wantsPage(request)) throw new SeeOther('/depositary/desk/model-instruments');
    onlyKnown(query, []);
    return {
      models: kinds.map((kind) => ({
        kind,
        label: actionKinds[kind].label,
        model: modelOf[kind],
        address: `/depositary/model-instruments/${kind}`,
      })),
    };
  }

  @Get(':kind')
  @ApiOperation({ summary: 'A model as plain text, with what the register knows filled in' })
  async model(
    @Param('kind') word: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['treaty', 'participant']);
    const kind = kinds.find((one) => one === word);
    if (kind === undefined)
      throw new Problem('not-found', 'There is no such kind of action; the list names them.');
    const language = wordParameter('lang', query['lang'], ['en', 'fr']) ?? 'en';
    const id = oneValue('treaty', query['treaty']);
    const treaty = id === undefined ? null : (await this.ledger.loadTreaty(id)).record.registered;
    if (id !== undefined && treaty === null)
      throw new Problem('invalid-parameter', 'treaty: the register has no treaty with this id.', {
        field: 'treaty',
      });
    const participant = oneValue('participant', query['participant']) ?? null;
    const text = modelInstrument(
      { kind, language, treaty, participant },
      await this.ledger.participants(),
    );
    await reply
      .headers({
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Language': language,
        'Content-Disposition': `attachment; filename="${kind}-${language}.txt"`,
      })
      .send(text);
  }
}
