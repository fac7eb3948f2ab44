import { Body, Controller, Get, Post, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { oneValue, onlyKnown, TakesForms, wordParameter } from '#http';
import { sendPage, type FormFault } from '#pages';
import { findParticipant } from '#treaty';
import { caseKinds, type CaseContent, type CaseKind } from '../cases/case-content.ts';
import { CaseDesk } from '../cases/case-desk.ts';
import { caseStates } from '../cases/case-file.ts';
import { Needs } from '../staff/officer.ts';
import { StaffGuard } from '../staff/staff.guard.ts';
import { isActionKind } from './case-fields.ts';
import { CasesPage, NewCasePage, type Opening } from './case-lists.tsx';
import { participantInWords } from './case-words.tsx';
import { leadTo } from './case-pages.ts';
import { DeskContexts, quoted, type DeskContext } from './desk-context.ts';
import { participantIn, textIn, type FormFields } from './form-fields.ts';
import { titleIn, TreatyTitles } from './treaty-titles.ts';

type QueryString = Record<string, unknown>;

/** The kind of case that a choice of the form means, and what the case holds at once. */
function openingOf({
  what,
  participant,
  action,
}: Opening): { kind: CaseKind; content: CaseContent } | null {
  if (isActionKind(what))
    return { kind: 'instrument', content: { acts: [{ kind: what, participant }] } };
  const kind = caseKinds.find((one) => `case:${one}` === what);
  if (kind === undefined || kind === 'instrument') return null;
  // The checklist asks what signatures need, from the first moment.
  if (kind === 'ceremony') return { kind, content: { acts: [{ kind: 'signature' }] } };
  return {
    kind,
    content: {
      ...(participant !== null && { participant }),
      ...(action !== '' && { action }),
    },
  };
}

/** Pages for officers: all cases, and a new one. */
@ApiExcludeController()
@UseGuards(StaffGuard)
@Controller('depositary/desk')
export class CaseListsController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly titles: TreatyTitles,
    private readonly contexts: DeskContexts,
  ) {}

  @Get('cases')
  @Needs('read-cases')
  async list(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['state']);
    const context = await this.contexts.of(request);
    const state = wordParameter(
      'state',
      query['state'] === '' ? undefined : query['state'],
      caseStates,
    );
    const states = state === undefined ? undefined : [state];
    const cases = await this.desk.list({ states, limit: 500 });
    sendPage(reply, <CasesPage context={context} cases={cases} state={state ?? ''} />);
  }

  @Get('cases/new')
  @Needs('prepare-cases')
  async blank(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['treaty', 'what', 'action']);
    const context = await this.contexts.of(request);
    const all = await this.titles.all();
    await this.send(context, reply, {
      treaty:
        oneValue('treaty', query['treaty']) ?? (all.length === 1 ? (all[0]?.treaty ?? '') : ''),
      what: oneValue('what', query['what']) ?? '',
      participant: null,
      action: oneValue('action', query['action']) ?? '',
    });
  }

  @Post('cases/new')
  @TakesForms()
  @Needs('prepare-cases')
  async open(
    @Body() form: FormFields = {},
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const context = await this.contexts.of(request);
    const { said, participants } = context;
    const typed: Opening = {
      treaty: textIn(form, 'treaty', 400),
      what: textIn(form, 'what', 100),
      participant: participantIn(form, 'participant', participants),
      action: textIn(form, 'action', 200),
    };
    const treaty = await this.titles.find(typed.treaty);
    const opening = openingOf(typed);
    const faults: FormFault[] = [];
    if (treaty === null) faults.push({ field: 'treaty', sentence: said.faults.unknownTreaty });
    if (opening === null) faults.push({ field: 'what', sentence: said.faults.chooseKind });
    const { participant } = typed;
    if (participant !== null && !Object.hasOwn(participants.byCode, participant))
      faults.push({
        field: 'participant',
        sentence: `${quoted(context, participant.slice(0, 60))} ${said.form.unknownParticipant}.`,
      });
    if (treaty === null || opening === null || faults.length > 0)
      return this.send(context, reply, typed, faults);
    const file = await this.desk.open(
      opening.kind,
      treaty.treaty,
      opening.content,
      context.officer,
    );
    leadTo(reply, context, `/cases/${file.id}`);
  }

  @Get('recognised')
  @Needs('read-cases')
  async recognised(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['participant', 'treaty']);
    const context = await this.contexts.of(request);
    const words = oneValue('participant', query['participant']);
    const treaty = await this.titles.find(oneValue('treaty', query['treaty']) ?? '');
    const code = words === undefined ? null : findParticipant(context.participants, words)?.code;
    const recognised =
      code != null
        ? participantInWords(context, code)
        : treaty === null
          ? null
          : `${treaty.treaty}: ${titleIn(treaty, context.language)}`;
    void reply.header('Cache-Control', 'no-store').send({ recognised });
  }

  private async send(
    context: DeskContext,
    reply: FastifyReply,
    typed: Opening,
    faults: readonly FormFault[] = [],
  ): Promise<void> {
    const treaties = await this.titles.all();
    const shown = { treaties, typed, faults };
    sendPage(reply, <NewCasePage context={context} {...shown} />, faults.length > 0 ? 422 : 200);
  }
}
