import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyPipe, numberParameter, oneValue, onlyKnown, SeeOther, wordParameter } from '#http';
import { wantsPage } from '#pages';
import { Ledger } from '#ledger';
import { ReadYourWrites } from '../read-your-writes.ts';
import { Needs, officerOf } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { CaseDesk } from './case-desk.ts';
import { caseStates, type CaseChange, type CaseFile } from './case-file.ts';
import type { CasePreview } from './case-preview.ts';
import type { HistoryEntry } from './case-store.ts';
import {
  ApprovalDto,
  EditCaseDto,
  OpenCaseDto,
  SignaturesDto,
  VersionDto,
  WordsDto,
} from './case.dto.ts';
import { DeskRefused } from './desk-refused.ts';
import { formFaults, formItemsOf, type FormFault, type FormItem } from './due-form.ts';
import { readSignatures } from './signatures-table.ts';

type QueryString = Record<string, unknown>;

/** Staff: case files, from an instrument received to its record. Every change names the version it is about. */
@ApiTags('desk')
@UseGuards(StaffGuard)
@UsePipes(bodyPipe)
@Controller('depositary/cases')
export class CasesController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly ledger: Ledger,
    private readonly reads: ReadYourWrites,
  ) {}

  @Get()
  @Needs('read-cases')
  @ApiOperation({ summary: 'Cases, the latest first' })
  async list(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
  ): Promise<{ cases: CaseFile[] }> {
    // The page for people has an address of its own.
    if (wantsPage(request)) throw new SeeOther('/depositary/desk/cases');
    onlyKnown(query, ['state', 'treaty', 'limit']);
    const state = wordParameter('state', query['state'], caseStates);
    const cases = await this.desk.list({
      states: state === undefined ? undefined : [state],
      treaty: oneValue('treaty', query['treaty']),
      limit: numberParameter('limit', query['limit'], { from: 1, to: 1000 }) ?? 100,
    });
    return { cases };
  }

  @Post()
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Open a case for an instrument that was received' })
  async open(
    @Body() { kind, treaty, content = {} }: OpenCaseDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseFile> {
    const file = await this.desk.open(kind, treaty, content, officerOf(request));
    void reply.header('Location', `/depositary/cases/${file.id}`);
    return file;
  }

  @Get(':id')
  @Needs('read-cases')
  @ApiOperation({ summary: 'One case with its draft, its documents and where it stands' })
  get(@Param('id') id: string, @Req() request: FastifyRequest): Promise<CaseFile> {
    if (wantsPage(request)) throw new SeeOther(`/depositary/desk/cases/${encodeURIComponent(id)}`);
    return this.desk.get(id);
  }

  @Get(':id/history')
  @Needs('read-cases')
  @ApiOperation({ summary: 'Who changed what, and when' })
  async history(@Param('id') id: string): Promise<{ history: HistoryEntry[] }> {
    return { history: await this.desk.history(id) };
  }

  @Get(':id/form')
  @Needs('read-cases')
  @ApiOperation({ summary: 'The checklist for due and proper form, and what it still lacks' })
  async form(@Param('id') id: string): Promise<{ items: FormItem[]; faults: FormFault[] }> {
    const { kind, content, documents } = await this.desk.get(id);
    return {
      items: formItemsOf(kind, content),
      faults: formFaults(kind, content, documents),
    };
  }

  @Get(':id/preview')
  @Needs('read-cases')
  @ApiOperation({ summary: 'All that approving the case would do; nothing is stored' })
  preview(@Param('id') id: string): Promise<CasePreview> {
    return this.desk.preview(id);
  }

  @Patch(':id')
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Save a draft' })
  async edit(
    @Param('id') id: string,
    @Body() { version, content }: EditCaseDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.change(id, version, { type: 'edit', content }, request);
  }

  @Post(':id/signatures')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Put the signatures of a ceremony from a table into the draft' })
  async signatures(
    @Param('id') id: string,
    @Body() { version, table, date, place = null }: SignaturesDto,
    @Req() request: FastifyRequest,
  ): Promise<{ case: CaseFile; faults: readonly FormFault[] }> {
    const read = readSignatures(table, await this.ledger.participants(), { date, place });
    if (read.unusable !== null)
      throw new DeskRefused('fields', 'table-not-read', read.unusable, { faults: read.faults });
    const content = { acts: read.acts };
    const file = await this.change(id, version, { type: 'edit', content }, request);
    return { case: file, faults: read.faults };
  }

  @Post(':id/submission')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Hand the case to a second officer' })
  submit(
    @Param('id') id: string,
    @Body() { version }: VersionDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.desk.submit(id, version, officerOf(request));
  }

  @Post(':id/queries')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Note a question put to the State' })
  ask(
    @Param('id') id: string,
    @Body() { version, words }: WordsDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.change(id, version, { type: 'ask', question: words }, request);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Note what the State answered' })
  answer(
    @Param('id') id: string,
    @Body() { version, words }: WordsDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.change(id, version, { type: 'answer', answer: words }, request);
  }

  @Post(':id/approval')
  @HttpCode(200)
  @Needs('approve-cases')
  @ApiOperation({ summary: 'Approve what the preview showed; it is recorded now or at its time' })
  async approve(
    @Param('id') id: string,
    @Body() { version, revision, digest, publishAt = null }: ApprovalDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseFile> {
    const at = publishAt === null ? null : new Date(publishAt).toISOString();
    const file = await this.desk.approve(
      id,
      { version, revision, digest, publishAt: at },
      officerOf(request),
    );
    const position = file.outcome?.position ?? null;
    if (position !== null) {
      void reply.header('Ledger-Position', position);
      await this.reads.waitFor(position);
    }
    return file;
  }

  @Post(':id/return')
  @HttpCode(200)
  @Needs('approve-cases')
  @ApiOperation({ summary: 'Send the case back with a reason' })
  sendBack(
    @Param('id') id: string,
    @Body() { version, words }: WordsDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.change(id, version, { type: 'send-back', reason: words }, request);
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @Needs('prepare-cases')
  @ApiOperation({ summary: 'Give the case up with a reason' })
  withdraw(
    @Param('id') id: string,
    @Body() { version, words }: WordsDto,
    @Req() request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.change(id, version, { type: 'withdraw', reason: words }, request);
  }

  private change(
    id: string,
    version: number,
    change: CaseChange,
    request: FastifyRequest,
  ): Promise<CaseFile> {
    return this.desk.change(id, version, change, officerOf(request));
  }
}
