import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown, TakesForms, wordParameter } from '#http';
import { sendPage } from '#pages';
import { isCalendarDate } from '#treaty';
import { CaseDesk } from '../cases/case-desk.ts';
import type { CaseChange, CaseFile } from '../cases/case-file.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { faultsOf, sentenceOf } from './case-faults.ts';
import { CheckPage } from './check-page.tsx';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { QueryPage } from './case-form-page.tsx';
import { CasePages, leadTo, statusOf } from './case-pages.ts';
import type { DecisionState } from './decision.tsx';
import { DeskContexts, type DeskContext } from './desk-context.ts';
import { dateIn, numberIn, textIn, type FormFields } from './form-fields.ts';

const wait = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** When a case is published, as the form of the approver says it: null for at once. */
function publicationIn(
  { said }: DeskContext,
  form: FormFields,
): { publishAt: string | null } | { fault: { field: string; sentence: string } } {
  const day = dateIn(form, 'publish');
  if (textIn(form, 'when', 20) !== 'later') {
    // A time was typed and "at once" left: which of the two is meant only the officer knows.
    const isTyped = day !== null || textIn(form, 'time', 10) !== '';
    return isTyped
      ? { fault: { field: 'when', sentence: said.check.whenUnclear } }
      : { publishAt: null };
  }
  if (!isCalendarDate(day)) {
    const why = day === null ? said.faults.missing : said.faults.date;
    return { fault: { field: 'publish-day', sentence: `${said.check.laterDate} ${why}.` } };
  }
  const time = textIn(form, 'time', 10);
  if (!wait.test(time)) return { fault: { field: 'time', sentence: said.check.badTime } };
  return { publishAt: `${day}T${time}:00.000Z` };
}

/** Pages for officers: what is decided about a case, and what is asked of the State. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk/cases/:id')
export class CaseDecisionsController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly pages: CasePages,
    private readonly contexts: DeskContexts,
    private readonly reads: ReadYourWrites,
  ) {}

  @Post('submission')
  @TakesForms()
  @Needs('prepare-cases')
  async submit(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    try {
      await this.desk.submit(id, numberIn(form, 'version'), context.officer);
      leadTo(reply, context, `/cases/${id}/check`);
    } catch (error) {
      if (!(error instanceof DeskRefused)) throw error;
      if (error.kind === 'not-found') throw error;
      if (error.kind === 'moved') return await this.pages.sendRefused(context, id, error, reply);
      const file = await this.desk.get(id);
      const shown = await this.pages.shown(context, file);
      const faults = faultsOf(context, error);
      sendPage(
        reply,
        <CheckPage
          context={context}
          shown={shown}
          preview={null}
          faults={faults}
          decision={{}}
          record={await this.pages.record(file)}
          twins={await this.pages.twinsOf(file)}
        />,
        422,
      );
    }
  }

  @Post('approval')
  @TakesForms()
  @Needs('approve-cases')
  async approve(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const typed: DecisionState = {
      when: textIn(form, 'when', 20),
      day: dateIn(form, 'publish'),
      time: textIn(form, 'time', 10),
    };
    const publication = publicationIn(context, form);
    if ('fault' in publication) {
      const decision = { ...typed, faults: [publication.fault] };
      const file = await this.desk.get(id);
      return this.pages.sendCheck(context, file, reply, { decision, status: 422 });
    }
    const version = numberIn(form, 'version');
    const revision = numberIn(form, 'revision');
    try {
      const file = await this.desk.approve(
        id,
        {
          version,
          revision: Number.isNaN(revision) ? null : revision,
          digest: textIn(form, 'digest', 40),
          publishAt: publication.publishAt,
        },
        context.officer,
      );
      const position = file.outcome?.position ?? null;
      if (position !== null) await this.reads.waitFor(position);
      leadTo(reply, context, `/cases/${id}/check`);
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      // The same approval sent twice is one approval: the second is shown what the first did.
      const { approved } = await this.desk.get(id);
      if (approved?.subject === context.officer.subject && approved.version === version)
        return leadTo(reply, context, `/cases/${id}/check`);
      await this.pages.sendRefused(context, id, error, reply, typed);
    }
  }

  @Post('return')
  @TakesForms()
  @Needs('approve-cases')
  async sendBack(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const reason = textIn(form, 'reason', 4000);
    try {
      const change = { type: 'send-back', reason } as const;
      await this.desk.change(id, numberIn(form, 'version'), change, context.officer);
      leadTo(reply, context, '/cases');
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      await this.pages.sendRefused(context, id, error, reply, { reason });
    }
  }

  @Get('query')
  @Needs('read-cases')
  async query(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['told']);
    const context = await this.contexts.of(request);
    const told = wordParameter('told', query['told'], ['saved']);
    const shown = await this.pages.shown(context, await this.desk.get(id));
    const saved = told === undefined ? null : context.said.frame.saved;
    sendPage(reply, <QueryPage context={context} shown={shown} told={saved} />);
  }

  @Post('question')
  @TakesForms()
  @Needs('prepare-cases')
  ask(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const question = textIn(form, 'question', 4000);
    return this.words(id, form, 'question', { type: 'ask', question }, request, reply);
  }

  @Post('answer')
  @TakesForms()
  @Needs('prepare-cases')
  answer(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = textIn(form, 'answer', 4000);
    return this.words(id, form, 'answer', { type: 'answer', answer }, request, reply);
  }

  @Post('withdrawal')
  @TakesForms()
  @Needs('prepare-cases')
  withdraw(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reason = textIn(form, 'withdrawal', 4000);
    return this.words(id, form, 'withdrawal', { type: 'withdraw', reason }, request, reply);
  }

  /** A change that consists of words; refused, they are shown again with why. */
  private async words(
    id: string,
    form: FormFields,
    name: 'question' | 'answer' | 'withdrawal',
    change: CaseChange,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    try {
      const changed = await this.desk.change(
        id,
        numberIn(form, 'version'),
        change,
        context.officer,
      );
      leadTo(reply, context, pathAfter(changed));
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      const shown = await this.pages.shown(context, await this.desk.get(id));
      const faults = [{ field: name, sentence: sentenceOf(context, error) }];
      const typed = textIn(form, name, 4000);
      sendPage(
        reply,
        <QueryPage context={context} shown={shown} faults={faults} typed={typed} />,
        statusOf(error),
      );
    }
  }
}

const pathAfter = ({ id, state }: CaseFile): string =>
  state === 'draft'
    ? `/cases/${id}`
    : state === 'withdrawn'
      ? `/cases/${id}/check`
      : `/cases/${id}/query?told=saved`;
