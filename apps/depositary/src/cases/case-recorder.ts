import { Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { Ledger, LedgerUnavailable, uuidFrom, type TogetherResult } from '#ledger';
import type { InEveryLanguage } from '#pages';
import { continuing } from '#tracing';
import type { NotificationWords } from '../notifications/draft-notification.ts';
import { Clock } from '../clock.ts';
import { changeCase, recordingKeyOf, type CaseFile, type Hand } from './case-file.ts';
import { CasePreviewing } from './case-previewing.ts';
import { CaseStore, type Alongside } from './case-store.ts';
import { commandsOfCase } from './commands-of-case.ts';
import { DeskClock, Steps } from './desk-clock.ts';
import { DeskRefused } from './desk-refused.ts';
import type { DeskTables } from './desk-tables.ts';

/** What was approved, written down before the ledger is touched: enough to go on after a crash anywhere. */
export interface RecordingPlan {
  /** Of the treaty on which it was approved; null while it waits for its time. */
  readonly revision: number | null;
  readonly digest: string;
  /** Notifications to draft once it is recorded; their actions have the ids that the key gives them. */
  readonly notifications: readonly NotificationWords[];
  /** The trace of the approval, where it had one: what is recorded later belongs to it. */
  readonly traceparent?: string;
}

/** Who changes a case when no officer does. */
const register: Hand = { subject: 'register', name: 'The register' };
const mostTries = 5;

/**
 * Brings approved cases into the ledger, each once. The order is: the plan and the approval by one commit; the
 * append under the case's key; the outcome by one commit. A crash after the first is taken up at the next
 * start; a crash after the second repeats the append, which the ledger answers with what it has.
 */
@Injectable()
export class CaseRecorder {
  private readonly running = new Map<string, Promise<CaseFile>>();

  constructor(
    private readonly store: CaseStore,
    private readonly ledger: Ledger,
    private readonly previewing: CasePreviewing,
    private readonly today: Clock,
    private readonly clock: DeskClock,
    private readonly steps: Steps,
  ) {}

  /** What an approval writes beside the changed case. */
  plan(file: CaseFile, plan: RecordingPlan): Alongside {
    return async (transaction) => {
      await transaction
        .insertInto('desk_outbox')
        .values({
          key: recordingKeyOf(file),
          case_id: file.id,
          due_at: file.publishAt ?? this.clock.now(),
          plan: JSON.stringify(plan),
          done_at: null,
          fault: null,
        })
        .execute();
    };
  }

  /** Records everything whose time has come; what fails stays for the next time, with the reason. */
  async recordDue(): Promise<number> {
    await this.store.settled();
    const rows = await this.store.database.kysely
      .selectFrom('desk_outbox')
      .select(['key', 'case_id'])
      .where('done_at', 'is', null)
      .where('due_at', '<=', this.clock.now())
      .orderBy('due_at')
      .limit(500)
      .execute();
    let recorded = 0;
    for (const { key, case_id: id } of rows) {
      try {
        const file = await this.record(id);
        if (file.state === 'recorded') recorded += 1;
        // Taken back before its time came, and perhaps approved anew under another key.
        if (recordingKeyOf(file) !== key)
          await this.store.database.kysely
            .transaction()
            .execute((transaction) => finish(transaction, key, this.clock.now()));
      } catch (error) {
        if (error instanceof DeskRefused) continue;
        await this.note(key, error instanceof Error ? error.message : String(error));
        if (error instanceof LedgerUnavailable) break;
      }
    }
    return recorded;
  }

  /**
   * Records one approved case; the same one asked for twice at once is done once.
   * @param justApproved what was written down this moment, so that it need not be read back
   */
  record(
    id: string,
    justApproved?: { readonly file: CaseFile; readonly plan: RecordingPlan },
  ): Promise<CaseFile> {
    const known = this.running.get(id);
    if (known !== undefined) return known;
    const work = (
      justApproved === undefined
        ? this.takeUp(id)
        : this.carryOut(justApproved.file, justApproved.plan, true)
    ).finally(() => this.running.delete(id));
    this.running.set(id, work);
    return work;
  }

  private async takeUp(id: string): Promise<CaseFile> {
    let file = await this.store.get(id);
    const key = recordingKeyOf(file);
    const row = await this.store.database.kysely
      .selectFrom('desk_outbox')
      .select('plan')
      .where('key', '=', key)
      .where('done_at', 'is', null)
      .where('due_at', '<=', this.clock.now())
      .executeTakeFirst();
    // Withdrawn, sent back, or recorded by another process meanwhile: nothing is to be done.
    if (row === undefined || !['approved', 'scheduled'].includes(file.state)) return file;
    let plan = JSON.parse(row.plan) as RecordingPlan;
    if (file.state === 'scheduled') ({ file, plan } = await this.begin(file, key, plan));
    return this.carryOut(file, plan);
  }

  /** @param answerFirst the ledger has it, so the caller need not wait until the outcome is noted here too */
  private async carryOut(
    file: CaseFile,
    approved: RecordingPlan,
    answerFirst = false,
  ): Promise<CaseFile> {
    const key = recordingKeyOf(file);
    let plan = approved;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const result = await this.append(file, key, plan);
      this.steps.passed('appended');
      if (result.outcome === 'recorded')
        return await this.done(file, key, plan, result, answerFirst);
      if (result.outcome !== 'moved') throw await this.sendBack(file, key, whyNot(result));
      const now = await this.previewing.preview(file, key);
      if (now.digest !== plan.digest)
        throw await this.sendBack(file, key, {
          en: 'The treaty changed, and the outcome with it.',
          fr: 'Le traité a changé, et le résultat avec lui.',
        });
      plan = { ...plan, revision: now.revision };
    }
    throw await this.sendBack(file, key, {
      en: 'The treaty changed again and again at this moment.',
      fr: 'Le traité n’a cessé de changer à ce moment.',
    });
  }

  private append(file: CaseFile, key: string, plan: RecordingPlan): Promise<TogetherResult> {
    return continuing(plan.traceparent, () =>
      this.ledger.transactTogether(file.treaty, commandsOfCase(file).commands, {
        actor: file.approved?.subject ?? register.subject,
        today: this.today.today(),
        idempotencyKey: key,
        correlationId: file.id,
        revision: plan.revision,
      }),
    );
  }

  /**
   * A case that waited for its time is looked at again when it comes: the treaty may have moved, and then its
   * notifications say so. The new plan is on disk before the append, for a start after a crash between them,
   * and the case is taken from the hands of whoever would withdraw it.
   */
  private async begin(
    file: CaseFile,
    key: string,
    plan: RecordingPlan,
  ): Promise<{ file: CaseFile; plan: RecordingPlan }> {
    const preview = await this.previewing.preview(file, key);
    const { revision, digest, notifications } = preview;
    const fresh =
      preview.outcome === 'recorded'
        ? { ...plan, revision, digest, notifications }
        : { ...plan, revision };
    const decision = changeCase(file, file.version, { type: 'begin' }, register, this.clock.now());
    if (decision.outcome === 'refused') return { file, plan };
    await this.replace(file, decision.file, 'begin', {}, async (transaction) => {
      await transaction
        .updateTable('desk_outbox')
        .set({ plan: JSON.stringify(fresh) })
        .where('key', '=', key)
        .execute();
    });
    this.steps.passed('begun');
    return { file: decision.file, plan: fresh };
  }

  private async done(
    file: CaseFile,
    key: string,
    plan: RecordingPlan,
    result: Extract<TogetherResult, { outcome: 'recorded' | 'unchanged' }>,
    answerFirst: boolean,
  ): Promise<CaseFile> {
    const at = this.clock.now();
    const drafts = plan.notifications.map((_, index) =>
      uuidFrom('notification-draft', key, String(index)),
    );
    const actions = result.events.flatMap(({ event }) =>
      event.type === 'actionRecorded' ? [event.action] : [],
    );
    const outcome = { actions, position: result.position, recordedAt: at, drafts };
    const change = { type: 'record', outcome } as const;
    const decision = changeCase(file, file.version, change, register, at);
    if (decision.outcome === 'refused') return this.store.get(file.id);
    const written = this.replace(
      file,
      decision.file,
      'record',
      { actions, drafts },
      async (transaction) => {
        await finish(transaction, key, at);
        for (const [index, words] of plan.notifications.entries())
          await transaction
            .insertInto('desk_notifications')
            .values({
              id: drafts[index] ?? '',
              version: 1,
              state: 'draft',
              treaty: file.treaty,
              case_id: file.id,
              words: JSON.stringify(words),
              notification: null,
              changed_at: at,
              changed_by: register.subject,
            })
            .execute();
      },
    );
    const noted = written.then(() => this.steps.passed('recorded'));
    if (answerFirst) {
      this.store.later(noted);
      return decision.file;
    }
    try {
      await noted;
    } catch (error) {
      // Another process recorded the same case under the same key, and wrote the same outcome first.
      if (error instanceof DeskRefused) return this.store.get(file.id);
      throw error;
    }
    return decision.file;
  }

  /** Back to the approver, with the reason; the key is not used again, for the next approval has another. */
  private async sendBack(
    file: CaseFile,
    key: string,
    { en, fr }: InEveryLanguage<string>,
  ): Promise<DeskRefused> {
    const at = this.clock.now();
    const reason = `${en} Look at the preview again; nothing was recorded.`;
    const reasonFr = `${fr} Regardez de nouveau l’aperçu ; rien n’a été inscrit.`;
    const why = { reason, reasonFr };
    const decision = changeCase(file, file.version, { type: 'look-again', ...why }, register, at);
    if (decision.outcome === 'changed')
      await this.replace(file, decision.file, 'look-again', why, (transaction) =>
        finish(transaction, key, at),
      );
    return new DeskRefused('moved', 'outcome-moved', reason);
  }

  private replace(
    before: CaseFile,
    after: CaseFile,
    what: string,
    detail: Record<string, unknown>,
    alongside: Alongside,
  ): Promise<void> {
    const entry = { ...register, version: after.version, at: this.clock.now(), what, detail };
    return this.store.replace(before, after, entry, alongside);
  }

  private async note(key: string, fault: string): Promise<void> {
    await this.store.database.kysely
      .updateTable('desk_outbox')
      .set({ fault: fault.slice(0, 2000) })
      .where('key', '=', key)
      .execute();
  }
}

/** Why the ledger took nothing of an approved case. */
function whyNot(
  result: Exclude<TogetherResult, { outcome: 'recorded' | 'moved' }>,
): InEveryLanguage<string> {
  if (!('rows' in result))
    return {
      en: 'The ledger holds all of this already.',
      fr: 'Le registre contient déjà tout cela.',
    };
  const refusal = result.rows[0]?.refusals[0];
  return refusal === undefined
    ? { en: 'The rules refuse it.', fr: 'Les règles s’y opposent.' }
    : { en: refusal.sentence, fr: refusal.sentenceFr };
}

async function finish(
  transaction: Transaction<DeskTables>,
  key: string,
  at: string,
): Promise<void> {
  await transaction
    .updateTable('desk_outbox')
    .set({ done_at: at, fault: null })
    .where('key', '=', key)
    .execute();
}
