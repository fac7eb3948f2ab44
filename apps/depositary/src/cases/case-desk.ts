import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { LedgerUnavailable } from '#ledger';
import { traceparentOf } from '#tracing';
import type { CaseContent, CaseKind } from './case-content.ts';
import {
  changeCase,
  openCase,
  recordingKeyOf,
  type CaseChange,
  type CaseFile,
  type CaseRefusal,
  type Hand,
} from './case-file.ts';
import type { CasePreview } from './case-preview.ts';
import { CasePreviewing } from './case-previewing.ts';
import { CaseRecorder } from './case-recorder.ts';
import { CaseStore, type Alongside, type CasesAsked, type HistoryEntry } from './case-store.ts';
import { commandsOfCase } from './commands-of-case.ts';
import { DeskClock, Steps } from './desk-clock.ts';
import { DeskRefused } from './desk-refused.ts';
import { formFaults } from './due-form.ts';

/** What an approval names: the case and the outcome that the approver looked at. */
export interface Approval {
  readonly version: number;
  /** Of the treaty, in the preview. */
  readonly revision: number | null;
  readonly digest: string;
  readonly publishAt: string | null;
}

/** Everything that officers do with cases. Pages and the JSON API call it with who is signed in. */
@Injectable()
export class CaseDesk {
  constructor(
    private readonly store: CaseStore,
    private readonly previewing: CasePreviewing,
    private readonly recorder: CaseRecorder,
    private readonly clock: DeskClock,
    private readonly steps: Steps,
  ) {}

  async open(kind: CaseKind, treaty: string, content: CaseContent, by: Hand): Promise<CaseFile> {
    const at = this.clock.now();
    const { subject, name } = by;
    const file = openCase(randomUUID(), kind, treaty, content, { subject, name }, at);
    await this.store.insert(file, {
      subject,
      name,
      version: 1,
      at,
      what: 'open',
      detail: content as Record<string, unknown>,
    });
    return file;
  }

  get(id: string): Promise<CaseFile> {
    return this.store.get(id);
  }

  list(asked: CasesAsked): Promise<CaseFile[]> {
    return this.store.list(asked);
  }

  history(id: string): Promise<HistoryEntry[]> {
    return this.store.history(id);
  }

  async preview(id: string): Promise<CasePreview> {
    return this.previewing.preview(await this.store.get(id));
  }

  /** Any change that needs no more than the case itself. @throws DeskRefused */
  async change(id: string, version: number, change: CaseChange, by: Hand): Promise<CaseFile> {
    const file = await this.store.get(id);
    return this.carryOut(file, version, change, by);
  }

  /** Hands the case to a second officer. Everything that is missing is told at once. @throws DeskRefused */
  async submit(id: string, version: number, by: Hand): Promise<CaseFile> {
    const file = await this.store.get(id);
    const faults = [
      ...commandsOfCase(file).faults,
      ...formFaults(file.kind, file.content, file.documents),
    ];
    if (faults.length > 0)
      throw new DeskRefused(
        'fields',
        'case-incomplete',
        `The case cannot be submitted yet: ${faults.map(({ field, detail }) => `${field} ${detail}`).join('; ')}.`,
        { faults },
      );
    refuseIfRefused(file.kind, await this.previewing.preview(file));
    return this.carryOut(file, version, { type: 'submit' }, by);
  }

  /**
   * A second officer approves what was looked at, and it is recorded: at once, or when its time comes.
   * @throws DeskRefused four eyes; another version; another outcome than the one looked at
   */
  async approve(id: string, approval: Approval, by: Hand): Promise<CaseFile> {
    const file = await this.store.get(id);
    const { publishAt } = approval;
    const at = this.clock.now();
    const change: CaseChange = { type: 'approve', publishAt };
    // The case itself is judged first: who may not approve learns nothing from the ledger's state.
    const decision = changeCase(file, approval.version, change, by, at);
    if (decision.outcome === 'refused') throw refusedBecause(decision.refusal);
    const approved = decision.file;
    const key = recordingKeyOf(approved);
    const preview =
      this.previewing.lookedAt(key, approval.digest) ?? (await this.previewing.preview(file, key));
    refuseIfRefused(file.kind, preview);
    if (preview.digest !== approval.digest)
      throw new DeskRefused(
        'moved',
        'outcome-moved',
        `The treaty is at revision ${preview.revision ?? 'none'} now, you looked at ${approval.revision ?? 'none'}, and the outcome is another one; look at the preview again.`,
        { field: 'digest' },
      );
    const scheduled = approved.state === 'scheduled';
    const plan = {
      revision: scheduled ? null : preview.revision,
      digest: preview.digest,
      notifications: preview.notifications,
      ...traceparentOf(),
    };
    await this.replace(file, approved, change, by, at, this.recorder.plan(approved, plan));
    this.steps.passed('approved');
    if (scheduled) return approved;
    return this.recorder.record(id, { file: approved, plan }).catch((error: unknown) => {
      // Approved and written down: it is recorded as soon as the ledger is there again.
      if (error instanceof LedgerUnavailable) return approved;
      throw error;
    });
  }

  private async carryOut(
    file: CaseFile,
    version: number,
    change: CaseChange,
    by: Hand,
  ): Promise<CaseFile> {
    const at = this.clock.now();
    const decision = changeCase(file, version, change, by, at);
    if (decision.outcome === 'refused') throw refusedBecause(decision.refusal);
    await this.replace(file, decision.file, change, by, at);
    return decision.file;
  }

  private replace(
    before: CaseFile,
    after: CaseFile,
    change: CaseChange,
    { subject, name }: Hand,
    at: string,
    alongside?: Alongside,
  ): Promise<void> {
    const { type: what, ...detail } = change;
    return this.store.replace(
      before,
      after,
      { subject, name, version: after.version, at, what, detail },
      alongside,
    );
  }
}

function refusedBecause({ code, sentence, field }: CaseRefusal): DeskRefused {
  if (code === 'case-version-moved')
    return new DeskRefused('moved', code, sentence, { field: 'version' });
  if (code === 'case-not-in-state') return new DeskRefused('moved', code, sentence);
  return new DeskRefused('rule', code, sentence, { field });
}

/** Where a refusal's field stands in the content of a case. */
function fieldIn(kind: CaseKind, index: number, field: string | null): string {
  if (kind === 'instrument' || kind === 'ceremony') return `acts[${index}].${field ?? 'kind'}`;
  if (kind === 'correction')
    return field === null || field === 'action' || field === 'reason'
      ? (field ?? 'action')
      : `changes.${field}`;
  return field ?? (kind === 'annulment' ? 'action' : 'date');
}

/** What the rules have against a case, each refusal by its field. @throws DeskRefused */
export function refuseIfRefused(kind: CaseKind, preview: CasePreview): void {
  if (preview.outcome === 'unchanged')
    throw new DeskRefused(
      'rule',
      'nothing-to-record',
      'The ledger holds all of this already; withdraw the case, or correct what is on record.',
    );
  if (preview.outcome !== 'refused') return;
  const faults = preview.rows.flatMap(({ index, refusals }) =>
    refusals.map(({ code, sentence, sentenceFr, field, article, overridable }) => ({
      field: fieldIn(kind, index, field),
      detail: sentence,
      detailFr: sentenceFr,
      code,
      article,
      overridable,
    })),
  );
  const [first] = faults;
  const said = {
    en: first?.detail ?? 'The rules refuse it.',
    fr: first?.detailFr ?? 'Les règles s’y opposent.',
  };
  throw new DeskRefused('rule', first?.code ?? 'refused', said, { faults });
}
