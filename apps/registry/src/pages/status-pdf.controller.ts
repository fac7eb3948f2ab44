import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, isNotModified, onlyKnown, sendConditional } from '#http';
import { languageOf } from '#pages';
import { notFound, noTreaty } from '../missing.ts';
import { Publication } from '../publication.ts';
import { RegisterViews } from '../register-views.ts';
import { takes, timeParameterDescriptions } from '../parameters.ts';
import { timeParameters, timesOf } from '../times.ts';
import { Today } from '../today.ts';
import { pageVersion } from '../queries/answer.ts';
import { statusPdf } from './status-pdf.ts';

/** Documents kept ready to send: some hundred kilobytes each. */
const keptDocuments = 40;

/** The status table as a PDF: tagged, in English or French, at any moment. */
@ApiTags('treaties')
@Controller('treaties')
export class StatusPdfController {
  private readonly kept = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly views: RegisterViews,
    private readonly clock: Today,
    private readonly publication: Publication,
  ) {}

  @Get(':treaty/status.pdf')
  @ApiOperation({ summary: 'Status table as a PDF for print' })
  @ApiProduces('application/pdf')
  @takes(timeParameterDescriptions)
  async pdf(
    @Param('treaty') treaty: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, timeParameters);
    const language = languageOf(request);
    const { atLeast, ...times } = timesOf(query, this.clock.today());
    const states = await this.views.states(atLeast);
    const origin = this.publication.originOf(request);
    const found = statusPdf(states, { treaty, ...times }, language, origin);
    if (found === null) throw notFound(noTreaty(treaty));
    const key = [
      pageVersion,
      'status.pdf',
      treaty,
      language,
      origin,
      times.asOf,
      times.asKnownAt ?? '',
      found.revision,
    ].join('\n');
    const tag = entityTag(key);
    const name = `${treaty.replace(/[^A-Za-z0-9-]+/g, '-')}-${times.asOf}-${language}.pdf`;
    void reply.headers({
      'Content-Language': language,
      'Content-Disposition': `inline; filename="${name}"`,
    });
    const body = isNotModified(request.headers['if-none-match'], tag)
      ? ''
      : await this.document(key, found.make);
    sendConditional(request, reply, { body, tag, contentType: 'application/pdf' });
  }

  /** Made once, also for those who ask while it is made; one that could not be made is not kept. */
  private document(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    const oldest = this.kept.keys().next();
    if (this.kept.size > keptDocuments && !oldest.done) this.kept.delete(oldest.value);
    return made;
  }
}
