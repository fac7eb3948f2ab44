import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problem } from '#http';
import { assetAt } from './assets.ts';

/** The styles and modules of pages, under names that change with their content. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const asset = assetAt(`/assets/${name}`);
    if (asset === null) throw new Problem('not-found', 'There is no such file.');
    void reply
      .headers({ 'Cache-Control': 'public, max-age=31536000, immutable' })
      .type(asset.mediaType)
      .send(asset.body);
  }
}
