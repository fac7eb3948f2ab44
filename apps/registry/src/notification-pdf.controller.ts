import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, isNotModified, onlyKnown, sendConditional } from '#http';
import { languageOf, notificationFileName, notificationPdf } from '#pages';
import { notificationDocument } from '#views';
import { notFound } from './missing.ts';
import { takes } from './parameters.ts';
import { pageVersion } from './queries/answer.ts';
import { RegisterViews } from './register-views.ts';

/** A depositary notification as it is circulated: a tagged PDF, in English or French. */
@ApiTags('notifications')
@Controller('notifications')
export class NotificationPdfController {
  constructor(private readonly views: RegisterViews) {}

  @Get(':number.pdf')
  @ApiOperation({ summary: 'A depositary notification as a PDF' })
  @ApiProduces('application/pdf')
  @takes({})
  async pdf(
    @Param('number') number: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const language = languageOf(request);
    const document = notificationDocument(await this.views.states(undefined), number, language);
    if (document === null)
      throw notFound({
        en: `No notification ${number.slice(0, 60)} was issued; /notifications lists those that were.`,
        fr: `Aucune notification ${number.slice(0, 60)} n’a été émise ; /notifications donne la liste de celles qui l’ont été.`,
      });
    const tag = entityTag(
      [pageVersion, 'notification.pdf', number, language, ...document.correctedBy].join('\n'),
    );
    void reply.headers({
      'Content-Language': language,
      'Content-Disposition': `inline; filename="${notificationFileName(number, language)}"`,
    });
    const body = isNotModified(request.headers['if-none-match'], tag)
      ? ''
      : await notificationPdf(document, language);
    sendConditional(request, reply, { body, tag, contentType: 'application/pdf' });
  }
}
