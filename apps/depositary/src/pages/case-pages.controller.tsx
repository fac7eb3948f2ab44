import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown, TakesForms, wordParameter } from '#http';
import { sendPage, wantsPage, type FormFault } from '#pages';
import { mergedContent, type CaseContent } from '../cases/case-content.ts';
import { CaseDesk } from '../cases/case-desk.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { differencesOf, isSameContent } from './case-differences.ts';
import { unknownParticipants } from './case-faults.ts';
import { readCaseForm } from './case-form.ts';
import { isOpen } from './case-frame.tsx';
import { CasePages, leadTo } from './case-pages.ts';
import { CaseFormPage, HistoryPage, type Moved } from './case-form-page.tsx';
import { DeskContexts, type DeskContext } from './desk-context.ts';
import { numberIn, type FormFields } from './form-fields.ts';

type QueryString = Record<string, unknown>;

/** Pages for officers: one case, its form, its check, its history. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk/cases/:id')
export class CasePagesController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly pages: CasePages,
    private readonly contexts: DeskContexts,
  ) {}

  @Get()
  @Needs('read-cases')
  async form(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['told']);
    const context = await this.contexts.of(request);
    const file = await this.desk.get(id);
    if (!isOpen(file)) return leadTo(reply, context, `/cases/${id}/check`);
    const told = wordParameter('told', query['told'], ['saved', 'rows']);
    await this.sendForm(context, file, reply, told === undefined ? null : context.said.frame.saved);
  }

  @Post()
  @TakesForms()
  @Needs('prepare-cases')
  async save(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const file = await this.desk.get(id);
    const { actions } = await this.pages.record(file);
    const { content, pressed } = readCaseForm(file, form, context.participants, actions);
    const version = numberIn(form, 'version');
    try {
      const saved = await this.keep(context, file, version, content);
      if (!wantsPage(request)) {
        const time = `${new Date().toISOString().slice(11, 16)} UTC`;
        void reply.header('Cache-Control', 'no-store').send({ version: saved.version, at: time });
        return;
      }
      const [path, part] = nextOf(pressed, saved);
      leadTo(reply, context, path, part);
    } catch (error) {
      const isMoved = error instanceof DeskRefused && error.code === 'case-version-moved';
      if (!isMoved || !wantsPage(request)) throw error;
      await this.sendMoved(context, id, content, reply);
    }
  }

  @Get('check')
  @Needs('read-cases')
  async check(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const context = await this.contexts.of(request);
    await this.pages.sendCheck(context, await this.desk.get(id), reply);
  }

  @Get('history')
  @Needs('read-cases')
  async history(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const context = await this.contexts.of(request);
    const shown = await this.pages.shown(context, await this.desk.get(id));
    const history = await this.desk.history(id);
    sendPage(reply, <HistoryPage context={context} shown={shown} history={history} />);
  }

  /**
   * Saves what differs. Saving what is there already, on whatever version, changes nothing and makes nobody
   * its editor.
   */
  private keep(
    { officer }: DeskContext,
    file: CaseFile,
    version: number,
    content: CaseContent,
  ): Promise<CaseFile> {
    if (isOpen(file) && isSameContent(file.content, content)) return Promise.resolve(file);
    return this.desk.change(file.id, version, { type: 'edit', content }, officer);
  }

  private async sendForm(
    context: DeskContext,
    file: CaseFile,
    reply: FastifyReply,
    told: string | null,
    moved: Moved | null = null,
  ): Promise<void> {
    const beside = await this.pages.form(context, file);
    const faults = await this.faultsOf(context, file);
    const shown = { ...beside, faults, moved, told };
    sendPage(reply, <CaseFormPage context={context} {...shown} />, moved === null ? 200 : 409);
  }

  /** Participants nobody knows; of a ceremony, everything the law has against its rows as well. */
  private async faultsOf(context: DeskContext, file: CaseFile): Promise<FormFault[]> {
    const unknown = unknownParticipants(context, file.content.acts ?? []);
    const hasRows = (file.content.acts ?? []).some(({ participant }) => participant != null);
    if (file.kind !== 'ceremony' || !hasRows) return unknown;
    const { faults } = await this.pages.outlook(context, file);
    const known = new Set(unknown.map(({ field }) => field));
    return [
      ...unknown,
      ...faults.filter(({ field }) => field.startsWith('act-') && !known.has(field)),
    ];
  }

  /** Somebody else saved first: the form again with what was typed, and both values where they differ. */
  private async sendMoved(
    context: DeskContext,
    id: string,
    content: CaseContent,
    reply: FastifyReply,
  ): Promise<void> {
    const file = await this.desk.get(id);
    const [last] = (await this.desk.history(id)).toReversed();
    const typed = { ...file, content: mergedContent(file.content, content) };
    const moved = {
      name: last?.name ?? '',
      version: file.version,
      differences: differencesOf(context, file.content, typed.content),
    };
    await this.sendForm(context, typed, reply, null, moved);
  }
}

/** Where a button of the form leads. */
function nextOf(pressed: string, { id, content }: CaseFile): [path: string, part: string] {
  const path = `/cases/${id}`;
  if (pressed === 'check') return [`${path}/check`, ''];
  if (pressed === 'documents') return [`${path}/documents`, ''];
  if (pressed === 'add') return [path, `act-${(content.acts?.length ?? 1) - 1}-kind`];
  return [`${path}?told=saved`, ''];
}
