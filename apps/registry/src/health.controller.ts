import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Ledger } from '#ledger';
import { RegisterViews } from './register-views.ts';

/** Whether the process can answer, and from which position. 503 when it can't. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly ledger: Ledger,
    private readonly views: RegisterViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Health of the ledger connection and of the views' })
  health(@Res({ passthrough: true }) reply: FastifyReply): object {
    const views = this.views.health();
    const ledger = this.ledger.health();
    const fit = views.state === 'live' && ledger.connected;
    void reply.status(fit ? 200 : 503).header('Cache-Control', 'no-store');
    return { status: fit ? 'ok' : 'unavailable', ledger, views };
  }
}
