import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotifierRuntime } from '../notifier-runtime.ts';

/** Whether a notifier that runs as a process of its own can deliver. */
@ApiTags('health')
@Controller('health')
export class NotifierHealthController {
  constructor(private readonly runtime: NotifierRuntime) {}

  @Get()
  @ApiOperation({ summary: 'Health of the notifier' })
  health(@Res({ passthrough: true }) reply: FastifyReply): object {
    const { fit, ...notifier } = this.runtime.health();
    void reply.status(fit ? 200 : 503).header('Cache-Control', 'no-store');
    return { status: fit ? 'ok' : 'unavailable', notifier };
  }
}
