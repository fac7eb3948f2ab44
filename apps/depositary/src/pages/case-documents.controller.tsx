import { Body, Controller, Get, Param, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { numberParameter, onlyKnown, TakesForms, wordParameter } from '#http';
import { sendPage, type FormFault } from '#pages';
import { documentRoles } from '#treaty';
import { CaseDesk } from '../cases/case-desk.ts';
import type { CaseFile } from '../cases/case-file.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { readSignatures } from '../cases/signatures-table.ts';
import { DocumentDesk } from '../documents/document-desk.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { sentenceOf } from './case-faults.ts';
import { CaseFormPage } from './case-form-page.tsx';
import { CasePages, leadTo, statusOf } from './case-pages.ts';
import { DeskContexts, type DeskContext } from './desk-context.ts';
import { DocumentsPage } from './documents-page.tsx';
import { numberIn, textIn, type FormFields } from './form-fields.ts';
import { uploadedIn } from './uploads.ts';

type QueryString = Record<string, unknown>;

const versionIn = (query: QueryString): number =>
  numberParameter('version', query['version'], { from: 1, to: 999_999 }) ?? 0;

/** Pages for officers: what is uploaded to a case, documents and tables of signatures. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk/cases/:id')
export class CaseDocumentsController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly documents: DocumentDesk,
    private readonly pages: CasePages,
    private readonly contexts: DeskContexts,
  ) {}

  @Get('documents')
  @Needs('read-cases')
  async list(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['told']);
    const context = await this.contexts.of(request);
    const told = wordParameter('told', query['told'], ['saved']);
    await this.send(context, id, reply, [], 200, told !== undefined);
  }

  @Post('documents')
  @Needs('prepare-cases')
  async upload(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['version']);
    const context = await this.contexts.of(request);
    const { fields, file } = await uploadedIn(request);
    const { documents } = context.said;
    const refuse = (field: string, sentence: string, status = 422): Promise<void> =>
      this.send(context, id, reply, [{ field, sentence }], status);
    if (file === null) return refuse('document', documents.noFile);
    const language = (fields['language'] ?? '').trim().toLowerCase();
    if (language !== '' && !/^[a-z]{2}$/.test(language))
      return refuse('language', documents.languageHint);
    const role = wordParameter('role', fields['role'], documentRoles) ?? 'instrument';
    const upload = { ...file, role, language: language === '' ? null : language };
    try {
      await this.documents.attach(id, versionIn(query), upload, context.officer);
      leadTo(reply, context, `/cases/${id}/documents?told=saved`);
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      await refuse('document', sentenceOf(context, error), statusOf(error));
    }
  }

  @Post('documents/:sha256/removal')
  @TakesForms()
  @Needs('prepare-cases')
  async remove(
    @Param('id') id: string,
    @Param('sha256') sha256: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    try {
      const change = { type: 'detach', sha256 } as const;
      await this.desk.change(id, numberIn(form, 'version'), change, context.officer);
      leadTo(reply, context, `/cases/${id}/documents?told=saved`);
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      const faults = [{ field: 'document', sentence: sentenceOf(context, error) }];
      await this.send(context, id, reply, faults, statusOf(error));
    }
  }

  @Post('signatures')
  @TakesForms()
  @Needs('prepare-cases')
  async paste(
    @Param('id') id: string,
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    await this.signatures(
      context,
      id,
      numberIn(form, 'version'),
      textIn(form, 'table', 200_000),
      reply,
    );
  }

  @Post('signatures/file')
  @Needs('prepare-cases')
  async tableFile(
    @Param('id') id: string,
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['version']);
    const context = await this.contexts.of(request);
    const { file } = await uploadedIn(request);
    const table = file === null ? '' : new TextDecoder().decode(file.bytes);
    await this.signatures(context, id, versionIn(query), table, reply);
  }

  /** Puts the rows of a table in the place of those of the ceremony; its faults are told row by row on the form. */
  private async signatures(
    context: DeskContext,
    id: string,
    version: number,
    table: string,
    reply: FastifyReply,
  ): Promise<void> {
    const file = await this.desk.get(id);
    const [first] = file.content.acts ?? [];
    const day = { date: first?.date ?? '', place: first?.place ?? null };
    const read = readSignatures(table, context.participants, day);
    const { noRows } = context.said.ceremony;
    const unusable = read.unusable ?? (read.acts.length === 0 ? { en: noRows, fr: noRows } : null);
    try {
      if (unusable !== null) throw new DeskRefused('fields', 'table-not-read', unusable);
      const change = { type: 'edit', content: { acts: read.acts } } as const;
      await this.desk.change(id, version, change, context.officer);
      leadTo(reply, context, `/cases/${id}?told=rows`);
    } catch (error) {
      if (!(error instanceof DeskRefused) || error.kind === 'not-found') throw error;
      const faults = [{ field: 'table', sentence: sentenceOf(context, error) }];
      const shown = { ...(await this.pages.form(context, file)), faults, moved: null, told: null };
      const page = <CaseFormPage context={context} {...shown} table={table.slice(0, 200_000)} />;
      sendPage(reply, page, statusOf(error));
    }
  }

  private async send(
    context: DeskContext,
    id: string,
    reply: FastifyReply,
    faults: readonly FormFault[],
    status: number,
    saved = false,
  ): Promise<void> {
    const file: CaseFile = await this.desk.get(id);
    const shown = await this.pages.shown(context, file);
    const told = saved ? context.said.frame.saved : null;
    const page = <DocumentsPage context={context} shown={shown} faults={faults} told={told} />;
    sendPage(reply, page, status);
  }
}
