import { Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown } from '#http';
import { Ledger } from '#ledger';
import { sendPage, type FormFault } from '#pages';
import { calendarDate, findParticipant, isCalendarDate } from '#treaty';
import { reconcile } from '../reconcile/reconcile.ts';
import { readStatusFile } from '../reconcile/status-file.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { DeskContexts, type DeskContext } from './desk-context.ts';
import { dateIn } from './form-fields.ts';
import { ModelsPage, ReconcilePage, type Compared } from './other-pages.tsx';
import { ofStatusFile } from './status-file-words.ts';
import { TreatyTitles } from './treaty-titles.ts';
import { uploadedIn } from './uploads.ts';

type QueryString = Record<string, unknown>;

/** Largest status file that is compared, in bytes. */
const largest = 4 * 1024 * 1024;

interface Typed {
  readonly treaty: string;
  readonly asOf: string | null;
  readonly file: string;
}

/** Pages for officers: comparing with a status file, and model instruments. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk')
export class OtherPagesController {
  constructor(
    private readonly ledger: Ledger,
    private readonly titles: TreatyTitles,
    private readonly contexts: DeskContexts,
  ) {}

  @Get('reconciliation')
  @Needs('reconcile')
  async blank(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['treaty']);
    const context = await this.contexts.of(request);
    const typed = {
      treaty: oneValue('treaty', query['treaty']) ?? '',
      asOf: context.today,
      file: '',
    };
    await this.send(context, reply, typed, null, []);
  }

  @Post('reconciliation')
  @Needs('reconcile')
  async compare(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const context = await this.contexts.of(request);
    const { fields, file } = await uploadedIn(request);
    const { faults: said, reconcile: words } = context.said;
    const pasted = (fields['text'] ?? '').trim();
    const text = file === null ? pasted : new TextDecoder().decode(file.bytes);
    const typed = { treaty: fields['treaty'] ?? '', asOf: dateIn(fields, 'asOf'), file: pasted };
    const treaty = await this.titles.find(typed.treaty);
    const faults: FormFault[] = [];
    if (treaty === null) faults.push({ field: 'treaty', sentence: said.unknownTreaty });
    if (!isCalendarDate(typed.asOf))
      faults.push({ field: 'asOf-day', sentence: `${words.asOf} ${said.date}.` });
    if (text.trim() === '') faults.push({ field: 'text', sentence: words.noFile });
    if (text.length > largest) faults.push({ field: 'file', sentence: words.tooLarge });
    if (treaty === null || faults.length > 0 || !isCalendarDate(typed.asOf))
      return this.send(context, reply, typed, null, faults);
    let read;
    try {
      read = readStatusFile(text, treaty.treaty);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const sentence = ofStatusFile(context, error.message);
      return this.send(context, reply, typed, null, [{ field: 'text', sentence }]);
    }
    const { record } = await this.ledger.loadTreaty(treaty.treaty);
    const asOf = calendarDate(typed.asOf);
    const compared = reconcile(record, context.participants, read.entries, asOf);
    await this.send(context, reply, typed, { ...compared, unread: read.unread }, []);
  }

  @Get('model-instruments')
  @Needs('read-cases')
  async models(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['treaty', 'participant']);
    const context = await this.contexts.of(request);
    const words = oneValue('participant', query['participant']) ?? '';
    const treaty = await this.titles.find(oneValue('treaty', query['treaty']) ?? '');
    const page = (
      <ModelsPage
        context={context}
        treaties={await this.titles.all()}
        treaty={treaty?.treaty ?? ''}
        participant={findParticipant(context.participants, words)?.code ?? null}
      />
    );
    sendPage(reply, page);
  }

  private async send(
    context: DeskContext,
    reply: FastifyReply,
    typed: Typed,
    compared: Compared | null,
    faults: readonly FormFault[],
  ): Promise<void> {
    const treaties = await this.titles.all();
    const shown = { treaties, ...typed, compared, faults };
    sendPage(reply, <ReconcilePage context={context} {...shown} />, faults.length > 0 ? 422 : 200);
  }
}
