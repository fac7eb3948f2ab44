import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, TakesForms, wordParameter } from '#http';
import { Ledger } from '#ledger';
import { notificationPdf, sendPage, type FormFault } from '#pages';
import { DeskRefused } from '../cases/desk-refused.ts';
import { NotificationDesk, type NotificationDraft } from '../notifications/notification-desk.ts';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { sentenceOf } from './case-faults.ts';
import { leadTo, statusOf } from './case-pages.ts';
import { DeskContexts, type DeskContext } from './desk-context.ts';
import { numberIn, textIn, type FormFields } from './form-fields.ts';
import {
  NewNotificationPage,
  NotificationPage,
  NotificationsPage,
  type DraftWords,
} from './notification-pages.tsx';
import { TreatyTitles } from './treaty-titles.ts';

type QueryString = Record<string, unknown>;

const wordsIn = (form: FormFields): DraftWords => ({
  subject: { en: textIn(form, 'subject-en', 1000), fr: textIn(form, 'subject-fr', 1000) },
  text: { en: textIn(form, 'text-en'), fr: textIn(form, 'text-fr') },
});

/** A notification is circulated in both languages, so no part of it may be empty. */
function missingIn({ said }: DeskContext, words: DraftWords): FormFault[] {
  const { notice } = said;
  const fault = (field: string, label: string, text: string): FormFault[] =>
    text === '' ? [{ field, sentence: `${label} ${notice.missing}.` }] : [];
  return [
    ...fault('subject-en', notice.subjectEn, words.subject.en),
    ...fault('text-en', notice.textEn, words.text.en),
    ...fault('subject-fr', notice.subjectFr, words.subject.fr),
    ...fault('text-fr', notice.textFr, words.text.fr),
  ];
}

/** Pages for officers: depositary notifications until they are issued. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk/notifications')
export class NotificationPagesController {
  constructor(
    private readonly desk: NotificationDesk,
    private readonly ledger: Ledger,
    private readonly titles: TreatyTitles,
    private readonly contexts: DeskContexts,
    private readonly reads: ReadYourWrites,
  ) {}

  @Get()
  @Needs('read-cases')
  async list(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const context = await this.contexts.of(request);
    const drafts = await this.desk.list(['draft', 'issuing']);
    const issued = (await this.desk.list(['issued'], 1000)).toReversed().slice(0, 100);
    sendPage(reply, <NotificationsPage context={context} drafts={drafts} issued={issued} />);
  }

  @Get('new')
  @Needs('issue-notifications')
  async blank(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['treaty', 'corrects']);
    const context = await this.contexts.of(request);
    const corrects = oneValue('corrects', query['corrects']) ?? '';
    const subject =
      corrects === '' ? { en: '', fr: '' } : { en: 'Corrigendum', fr: 'Rectificatif' };
    await this.sendNew(context, reply, {
      treaty: oneValue('treaty', query['treaty']) ?? '',
      corrects,
      words: { subject, text: { en: '', fr: '' } },
      faults: [],
    });
  }

  @Post('new')
  @TakesForms()
  @Needs('issue-notifications')
  async open(
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const words = wordsIn(form);
    const typed = textIn(form, 'treaty', 400);
    const corrects = textIn(form, 'corrects', 100);
    const treaty = await this.titles.find(typed);
    const faults = [
      ...(treaty === null
        ? [{ field: 'treaty', sentence: context.said.faults.unknownTreaty }]
        : []),
      ...missingIn(context, words),
    ];
    if (treaty === null || faults.length > 0)
      return this.sendNew(context, reply, { treaty: typed, corrects, words, faults });
    const draft = await this.desk.open(
      treaty.treaty,
      {
        ...words,
        actions: [],
        announcesEntryIntoForce: null,
        corrects: corrects === '' ? null : corrects,
      },
      context.officer,
    );
    leadTo(reply, context, `/notifications/${draft.id}?told=saved`);
  }

  @Get(':id')
  @Needs('read-cases')
  async one(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['told']);
    const context = await this.contexts.of(request);
    const told = wordParameter('told', query['told'], ['saved']);
    await this.sendOne(context, await this.desk.get(id), reply, {
      told: told === undefined ? null : context.said.frame.saved,
    });
  }

  @Get(':id/pdf')
  @Needs('read-cases')
  async pdf(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const { language } = await this.contexts.of(request);
    const draft = await this.desk.get(id);
    const { registered } = (await this.ledger.loadTreaty(draft.treaty)).record;
    const document = {
      notification: draft.notification,
      dateOfNotification: null,
      treaty: draft.treaty,
      title: await this.titles.titleOf(draft.treaty, language),
      depositary: registered?.depositary ?? null,
      subject: draft.subject[language],
      text: draft.text[language],
      corrects: draft.corrects,
      correctedBy: [],
      madeFrom: draft.changedAt,
    };
    void reply
      .headers({
        'Content-Disposition': `inline; filename="draft-${id.slice(0, 8)}-${language}.pdf"`,
        'Content-Language': language,
        'Cache-Control': 'private, no-store',
      })
      .type('application/pdf')
      .send(await notificationPdf(document, language));
  }

  @Post(':id')
  @TakesForms()
  @Needs('issue-notifications')
  async edit(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const typed = wordsIn(form);
    const faults = missingIn(context, typed);
    if (faults.length > 0)
      return this.sendOne(context, await this.desk.get(id), reply, { typed, faults, status: 422 });
    try {
      await this.desk.edit(id, numberIn(form, 'version'), typed, context.officer);
      leadTo(reply, context, `/notifications/${id}?told=saved`);
    } catch (error) {
      await this.sendRefused(context, id, error, reply, typed);
    }
  }

  @Post(':id/issue')
  @TakesForms()
  @Needs('issue-notifications')
  async issue(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    try {
      const version = numberIn(form, 'version');
      const { position } = await this.desk.issue(id, version, context.officer);
      if (position !== null) await this.reads.waitFor(position);
      leadTo(reply, context, `/notifications/${id}`);
    } catch (error) {
      await this.sendRefused(context, id, error, reply);
    }
  }

  /** The page again with why the desk refused, and what was typed. */
  private async sendRefused(
    context: DeskContext,
    id: string,
    error: unknown,
    reply: FastifyReply,
    typed?: DraftWords,
  ): Promise<void> {
    if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
    const faults = [{ field: 'subject-en', sentence: sentenceOf(context, error) }];
    await this.sendOne(context, await this.desk.get(id), reply, {
      faults,
      status: statusOf(error),
      ...(typed !== undefined && { typed }),
    });
  }

  private async sendOne(
    context: DeskContext,
    draft: NotificationDraft,
    reply: FastifyReply,
    more: {
      readonly typed?: DraftWords;
      readonly faults?: readonly FormFault[];
      readonly told?: string | null;
      readonly status?: number;
    },
  ): Promise<void> {
    const { status = 200, ...shown } = more;
    const title = await this.titles.titleOf(draft.treaty, context.language);
    const page = <NotificationPage context={context} draft={draft} title={title} {...shown} />;
    sendPage(reply, page, status);
  }

  private async sendNew(
    context: DeskContext,
    reply: FastifyReply,
    shown: {
      readonly treaty: string;
      readonly corrects: string;
      readonly words: DraftWords;
      readonly faults: readonly FormFault[];
    },
  ): Promise<void> {
    const treaties = await this.titles.all();
    const page = <NewNotificationPage context={context} treaties={treaties} {...shown} />;
    sendPage(reply, page, shown.faults.length > 0 ? 422 : 200);
  }
}
