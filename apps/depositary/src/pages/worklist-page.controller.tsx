import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { numberParameter, onlyKnown } from '#http';
import { sendPage, wantsPage } from '#pages';
import { CaseDesk } from '../cases/case-desk.ts';
import { NotificationDesk } from '../notifications/notification-desk.ts';
import { Needs, officerOf, type Officer } from '../staff/officer.ts';
import { isPermitted, permissions, type Permission } from '../staff/permissions.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { openStates } from '../worklist/worklist.ts';
import { WorklistDesk } from '../worklist/worklist-desk.ts';
import { DeskContexts } from './desk-context.ts';
import { WorklistPage, type Work } from './worklist-page.tsx';

/** The permissions of an officer's roles. */
const permissionsOf = ({ roles }: Officer): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((one) => isPermitted(roles, one));

/** Where an officer arrives who signed in: what must I do today. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Controller('depositary')
export class WorklistPageController {
  constructor(
    private readonly worklist: WorklistDesk,
    private readonly cases: CaseDesk,
    private readonly notifications: NotificationDesk,
    private readonly contexts: DeskContexts,
  ) {}

  @Get()
  @Needs('read-cases')
  @ApiOperation({
    summary: 'Who is signed in, and what that permits; as a page, what is to be done',
  })
  async arrive(
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['days']);
    const officer = officerOf(request);
    const days = numberParameter('days', query['days'], { from: 0, to: 400 }) ?? 30;
    if (!wantsPage(request)) {
      void reply
        .header('Cache-Control', 'no-store')
        .send({ ...officer, permissions: permissionsOf(officer) });
      return;
    }
    const context = await this.contexts.of(request);
    sendPage(reply, <WorklistPage context={context} work={await this.workOf(officer, days)} />);
  }

  private async workOf(officer: Officer, days: number): Promise<Work> {
    const [{ items }, cases, drafts] = await Promise.all([
      this.worklist.of(officer, days),
      this.cases.list({ states: openStates, limit: 1000 }),
      this.notifications.list(['draft', 'issuing'], 1000),
    ]);
    return {
      items,
      days,
      cases: new Map(cases.map((file) => [file.id, file])),
      drafts: new Map(drafts.map((draft) => [draft.id, draft.subject])),
    };
  }
}
