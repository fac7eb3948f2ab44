import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Ledger } from '#ledger';
import { HealthParts } from './health-parts.ts';
import { RegisterViews } from './register-views.ts';

/** Whether the process can answer, and from which position. 503 when it can't. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly ledger: Ledger,
    private readonly views: RegisterViews,
    private readonly parts: HealthParts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Health of the ledger connection and of the views' })
  health(@Res({ passthrough: true }) reply: FastifyReply): object {
    const views = this.views.health();
    const ledger = this.ledger.health();
    const parts = this.parts.health();
    const fit =
      views.state === 'live' && ledger.connected && Object.values(parts).every((part) => part.fit);
    void reply.status(fit ? 200 : 503).header('Cache-Control', 'no-store');
    return { status: fit ? 'ok' : 'unavailable', ledger, views, ...parts };
  }
}
