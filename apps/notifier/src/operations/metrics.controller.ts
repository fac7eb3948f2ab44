import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Needs, StaffGuard } from '#depositary';
import { NotifierRuntime } from '../notifier-runtime.ts';

/** Numbers for Prometheus, for staff and this machine only: they tell how many subscribe, and how it goes. No part of the API. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Needs('tend-deliveries')
@Controller('metrics')
export class MetricsController {
  constructor(private readonly runtime: NotifierRuntime) {}

  @Get()
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    const { metrics, notifier } = this.runtime.parts;
    const body = await metrics.text(await this.runtime.lag(), notifier.worker.inFlight);
    void reply.header('Cache-Control', 'no-store').type(metrics.registry.contentType).send(body);
  }
}
