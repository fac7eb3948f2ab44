import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, isNotModified, onlyKnown, Problem, sendConditional } from '#http';
import { languageOf, notificationPdf } from '#pages';
import { pageVersion } from './queries/answer.ts';
import { RegisterViews } from './register-views.ts';

/** A depositary notification as it is circulated: a tagged PDF, in English or French. */
@ApiTags('notifications')
@Controller('notifications')
export class NotificationPdfController {
  constructor(private readonly views: RegisterViews) {}

  @Get(':notification.pdf')
  @ApiOperation({ summary: 'A depositary notification as a PDF' })
  @ApiProduces('application/pdf')
  @ApiQuery({ name: 'lang', required: false, enum: ['en', 'fr'] })
  async pdf(
    @Param('notification') number: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const language = languageOf(request);
    const { notifications, treaties } = await this.views.states(undefined);
    const place = notifications.byNumber.get(number);
    const issued = place === undefined ? undefined : notifications.issued[place];
    if (issued === undefined)
      throw new Problem(
        'not-found',
        `No notification ${number.slice(0, 60)} was issued; /notifications lists those that were.`,
      );
    const { event, recordedAt } = issued;
    const correctedBy = notifications.issued.flatMap(({ event: other }) =>
      other.corrects === number ? [other.notification] : [],
    );
    const tag = entityTag(
      [pageVersion, 'notification.pdf', number, language, ...correctedBy].join('\n'),
    );
    void reply.headers({
      'Content-Language': language,
      'Content-Disposition': `inline; filename="${number.replace(/[^A-Za-z0-9.-]+/g, '-')}-${language}.pdf"`,
    });
    const registered = treaties.byId.get(event.treaty)?.record.registered ?? null;
    const title = registered?.title ?? event.treaty;
    const body = isNotModified(request.headers['if-none-match'], tag)
      ? ''
      : await notificationPdf(
          {
            notification: event.notification,
            dateOfNotification: event.dateOfNotification,
            treaty: event.treaty,
            title: language === 'fr' ? (registered?.titleFr ?? title) : title,
            depositary: registered?.depositary ?? null,
            subject: event.subject[language],
            text: event.text[language],
            corrects: event.corrects,
            correctedBy,
            madeFrom: recordedAt,
          },
          language,
        );
    sendConditional(request, reply, { body, tag, contentType: 'application/pdf' });
  }
}
