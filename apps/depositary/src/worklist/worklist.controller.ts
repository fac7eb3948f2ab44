import { Controller, Get, Query, Req, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { numberParameter, onlyKnown, SeeOther } from '#http';
import { wantsPage } from '#pages';
import type { CalendarDate } from '#treaty';
import { Needs, officerOf } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { WorklistDesk } from './worklist-desk.ts';
import type { WorkItem } from './worklist.ts';

/** Staff: what must I do today. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@Needs('read-cases')
@Controller('depositary/worklist')
export class WorklistController {
  constructor(private readonly desk: WorklistDesk) {}

  @Get()
  @ApiOperation({ summary: 'What the officer who asks must do today, the most pressing first' })
  async today(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
  ): Promise<{ today: CalendarDate; days: number; items: WorkItem[] }> {
    if (wantsPage(request)) throw new SeeOther('/depositary');
    onlyKnown(query, ['days']);
    const days = numberParameter('days', query['days'], { from: 0, to: 400 }) ?? 30;
    return { days, ...(await this.desk.of(officerOf(request), days)) };
  }
}
