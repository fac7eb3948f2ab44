import { Controller, Get, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { DeskPage, permissionsOf } from './desk.page.tsx';
import { formTokenFor, Needs, officerOf } from './officer.ts';
import { StaffGuard } from './staff.guard.ts';

/** Where an officer arrives who signed in. */
@ApiTags('depositary')
@ApiBearerAuth('accessToken')
@UseGuards(StaffGuard)
@Controller('depositary')
export class DeskController {
  @Get()
  @Needs('read-cases')
  @ApiOperation({ summary: 'Who is signed in, and what that permits' })
  desk(@Query() query: object, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    onlyKnown(query, []);
    const officer = officerOf(request);
    if (!wantsPage(request)) {
      void reply
        .header('Cache-Control', 'no-store')
        .send({ ...officer, permissions: permissionsOf(officer) });
      return;
    }
    const [language, formToken] = [languageOf(request), formTokenFor(request)];
    sendPage(reply, DeskPage({ language, officer, formToken }));
  }
}
