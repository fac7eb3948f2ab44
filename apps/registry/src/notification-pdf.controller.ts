import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, isNotModified, onlyKnown, sendConditional } from '#http';
import { languageOf, notificationPdf } from '#pages';
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
    const { notifications, treaties } = await this.views.states(undefined);
    const place = notifications.byNumber.get(number);
    const issued = place === undefined ? undefined : notifications.issued[place];
    if (issued === undefined)
      throw notFound({
        en: `No notification ${number.slice(0, 60)} was issued; /notifications lists those that were.`,
        fr: `Aucune notification ${number.slice(0, 60)} n’a été émise ; /notifications donne la liste de celles qui l’ont été.`,
      });
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
