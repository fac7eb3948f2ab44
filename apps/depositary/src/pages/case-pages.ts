import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ledger } from '#ledger';
import { sendPage } from '#pages';
import { entryIntoForceOf, type TreatyRecord } from '#treaty';
import { CaseDesk, refuseIfRefused } from '../cases/case-desk.ts';
import type { CaseFile } from '../cases/case-file.ts';
import type { CasePreview } from '../cases/case-preview.ts';
import type { CaseContent } from '../cases/case-content.ts';
import { openStates } from '../worklist/worklist.ts';
import { commandsOfCase } from '../cases/commands-of-case.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { formFaults } from '../cases/due-form.ts';
import { faultsOf, sentenceOf, type ToldFault } from './case-faults.ts';
import type { ShownCase } from './case-frame.tsx';
import type { CaseFormShown } from './case-form-page.tsx';
import { CheckPage } from './check-page.tsx';
import type { DecisionState } from './decision.tsx';
import { at, type DeskContext } from './desk-context.ts';
import { TreatyTitles } from './treaty-titles.ts';

/** Collects what the pages of a case show. */
@Injectable()
export class CasePages {
  constructor(
    private readonly desk: CaseDesk,
    private readonly ledger: Ledger,
    private readonly titles: TreatyTitles,
  ) {}

  async shown({ language }: DeskContext, file: CaseFile): Promise<ShownCase> {
    const history = await this.desk.history(file.id);
    return {
      file,
      title: await this.titles.titleOf(file.treaty, language),
      names: new Map(history.map(({ subject, name }) => [subject, name])),
    };
  }

  async record(file: CaseFile): Promise<TreatyRecord> {
    return (await this.ledger.loadTreaty(file.treaty)).record;
  }

  /** What the form of a case needs beside its words. */
  async form(
    context: DeskContext,
    file: CaseFile,
  ): Promise<Pick<CaseFormShown, 'shown' | 'record' | 'notified' | 'computed'>> {
    const record = await this.record(file);
    const { action } = file.content;
    const force =
      file.kind === 'official-date'
        ? entryIntoForceOf(record, context.participants, { asOf: context.today })
        : null;
    return {
      shown: await this.shown(context, file),
      record,
      notified: action == null ? [] : await this.titles.notificationsOf(action),
      computed: force?.computedDate ?? null,
    };
  }

  /** What approving would do, and everything that stands in the way of it. */
  async outlook(
    context: DeskContext,
    file: CaseFile,
  ): Promise<{ preview: CasePreview | null; faults: ToldFault[] }> {
    const { kind, content, documents } = file;
    const unread = commandsOfCase(file).faults;
    const lacking = [...unread, ...formFaults(kind, content, documents)];
    const told = (refused: DeskRefused): ToldFault[] => faultsOf(context, refused);
    const faults =
      lacking.length === 0
        ? []
        : told(new DeskRefused('fields', 'case-incomplete', '', { faults: lacking }));
    if (unread.length > 0) return { preview: null, faults };
    try {
      const preview = await this.desk.preview(file.id);
      try {
        refuseIfRefused(kind, preview);
        return { preview, faults };
      } catch (error) {
        if (!(error instanceof DeskRefused)) throw error;
        return { preview: null, faults: [...told(error), ...faults] };
      }
    } catch (error) {
      if (!(error instanceof DeskRefused)) throw error;
      return { preview: null, faults: [...told(error), ...faults] };
    }
  }

  /** Sends the page on which a case is looked at and decided. */
  async sendCheck(
    context: DeskContext,
    file: CaseFile,
    reply: FastifyReply,
    more: {
      readonly decision?: DecisionState;
      readonly told?: string | null;
      readonly status?: number;
    } = {},
  ): Promise<void> {
    const { decision = {}, told = null, status = 200 } = more;
    const isDone = ['approved', 'recorded', 'closed', 'withdrawn'].includes(file.state);
    const outlook = isDone ? { preview: null, faults: [] } : await this.outlook(context, file);
    const shown = await this.shown(context, file);
    const record = isDone ? null : await this.record(file);
    const twins = isDone ? [] : await this.twinsOf(file);
    const page = { context, shown, ...outlook, decision, told, record, twins };
    sendPage(reply, CheckPage(page), status);
  }

  /** Other cases under way about the same act of the same participant. */
  async twinsOf({ id, kind, treaty, content }: CaseFile): Promise<CaseFile[]> {
    const open = await this.desk.list({ states: openStates, treaty, limit: 1000 });
    const actsOf = ({ acts = [] }: CaseContent): string[] =>
      acts.flatMap((act) =>
        act.participant == null ? [] : [`${act.participant} ${act.kind ?? ''}`],
      );
    const own = new Set(actsOf(content));
    return open.filter(
      (other) =>
        other.id !== id &&
        (actsOf(other.content).some((act) => own.has(act)) ||
          (other.kind === kind &&
            content.action != null &&
            other.content.action === content.action)),
    );
  }

  /** Sends the check page again with why the desk refused what was asked. */
  async sendRefused(
    context: DeskContext,
    id: string,
    refused: DeskRefused,
    reply: FastifyReply,
    decision: DecisionState = {},
  ): Promise<void> {
    const file = await this.desk.get(id);
    const sentence = sentenceOf(context, refused);
    const isField = refused.field === 'reason';
    const field = refused.field === 'publishAt' ? 'publish-day' : isField ? 'reason' : 'decision';
    const more = { ...decision, faults: [{ field, sentence }] };
    await this.sendCheck(context, file, reply, { decision: more, status: statusOf(refused) });
  }
}

/** The status of a page that tells of a refusal. */
export const statusOf = ({ kind }: DeskRefused): number =>
  ({ 'not-found': 404, moved: 409, rule: 422, fields: 422 })[kind];

/** Leads on to a page of the desk after a form: reloading it sends nothing again. */
export function leadTo(reply: FastifyReply, context: DeskContext, path: string, part = ''): void {
  void reply
    .header('Cache-Control', 'no-store')
    .redirect(`${at(context, path)}${part === '' ? '' : `#${part}`}`, 303);
}
