import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, onlyKnown, sendConditional } from '#http';
import { notFound, noTreaty } from './missing.ts';
import { Publication } from './publication.ts';
import { answerVersion } from './queries/answer.ts';
import { RegisterViews } from './register-views.ts';

/** Public: which earlier states a treaty's resources have (RFC 7089), one for each second in which they changed. */
@ApiTags('memento')
@Controller('timemap')
export class TimemapController {
  constructor(
    private readonly views: RegisterViews,
    private readonly publication: Publication,
  ) {}

  @Get(['treaties/:treaty', 'treaties/:treaty/:resource'])
  @ApiOperation({ summary: 'The states of a resource of a treaty that can be asked for' })
  @ApiProduces('application/link-format')
  async timemap(
    @Param('treaty') treaty: string,
    @Param('resource') _resource: string,
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const { treaties } = await this.views.states(undefined);
    const history = treaties.byId.get(treaty)?.history;
    if (history === undefined) throw notFound(noTreaty(treaty));
    const path = (request.url.split('?')[0] ?? '').replace(/^\/timemap/, '');
    const origin = this.publication.originOf(request);
    const revision = history.at(-1)?.position ?? '';
    const instants = new Set(history.map(({ recordedAt }) => wholeSecond(recordedAt)));
    const body = linksOf(origin, path, [...instants]);
    const tag = entityTag([answerVersion, 'timemap', origin, path, revision].join('\n'));
    sendConditional(request, reply, { body, tag, contentType: 'application/link-format' });
  }
}

/** The first whole second at which an event was known: HTTP dates have no smaller part. */
const wholeSecond = (recordedAt: string): number => Math.ceil(Date.parse(recordedAt) / 1000) * 1000;

function linksOf(origin: string, path: string, instants: readonly number[]): string {
  const [first, last] = [instants[0] ?? 0, instants.at(-1) ?? 0].map((at) =>
    new Date(at).toUTCString(),
  );
  const mementos = instants.map((at, index) => {
    const instant = new Date(at);
    const rel = [
      ...(index === 0 ? ['first'] : []),
      ...(index === instants.length - 1 ? ['last'] : []),
      'memento',
    ].join(' ');
    return `<${origin}${path}?asKnownAt=${instant.toISOString()}>; rel="${rel}"; datetime="${instant.toUTCString()}"`;
  });
  return [
    `<${origin}${path}>; rel="original timegate"`,
    `<${origin}/timemap${path}>; rel="self"; type="application/link-format"; from="${first}"; until="${last}"`,
    ...mementos,
  ].join(',\n');
}
