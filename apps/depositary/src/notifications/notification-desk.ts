import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Ledger } from '#ledger';
import type { CirculatedText } from '#treaty';
import { Clock } from '../clock.ts';
import { changeCase, type Hand } from '../cases/case-file.ts';
import { CaseStore } from '../cases/case-store.ts';
import { DeskClock, Steps } from '../cases/desk-clock.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import type { DeskTables } from '../cases/desk-tables.ts';
import type { NotificationWords } from './draft-notification.ts';

/** `draft`: its words may change; `issuing`: they may not, it is getting its number; `issued`: it has one. */
export type DraftState = 'draft' | 'issuing' | 'issued' | 'dropped';

/** A notification at the desk, until it is issued. What was issued is the ledger's and never changes. */
export interface NotificationDraft extends NotificationWords {
  readonly id: string;
  readonly version: number;
  readonly state: DraftState;
  readonly treaty: string;
  readonly case: string | null;
  /** Its number once it is issued. */
  readonly notification: string | null;
  readonly changedAt: string;
  readonly changedBy: string;
}

/** A draft as it was issued, and where the ledger holds it; null: it had been issued before. */
export interface Issued {
  readonly draft: NotificationDraft;
  readonly position: string | null;
}

export interface DraftEdit {
  readonly subject?: CirculatedText;
  readonly text?: CirculatedText;
}

type Row = DeskTables['desk_notifications'];

const draftOf = (row: Row): NotificationDraft => ({
  ...(JSON.parse(row.words) as NotificationWords),
  id: row.id,
  version: row.version,
  state: row.state as DraftState,
  treaty: row.treaty,
  case: row.case_id,
  notification: row.notification,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});

/**
 * Edits and issues depositary notifications. Issuing first freezes the words by a commit, then appends to the
 * year's stream under the draft's id, then notes the number: a crash anywhere is taken up at the next start,
 * and the ledger answers a draft that it holds with the number it has.
 */
@Injectable()
export class NotificationDesk {
  constructor(
    private readonly store: CaseStore,
    private readonly ledger: Ledger,
    private readonly today: Clock,
    private readonly clock: DeskClock,
    private readonly steps: Steps,
  ) {}

  private get kysely(): CaseStore['database']['kysely'] {
    return this.store.database.kysely;
  }

  async list(states: readonly DraftState[], limit = 200): Promise<NotificationDraft[]> {
    await this.store.settled();
    const rows = await this.kysely
      .selectFrom('desk_notifications')
      .selectAll()
      .where('state', 'in', states)
      .orderBy('changed_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(draftOf);
  }

  /** @throws DeskRefused when there is none */
  async get(id: string): Promise<NotificationDraft> {
    await this.store.settled();
    const row = await this.kysely
      .selectFrom('desk_notifications')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined)
      throw new DeskRefused('not-found', 'not-found', {
        en: 'There is no draft with this id.',
        fr: 'Il n’y a aucun projet de cet identifiant.',
      });
    return draftOf(row);
  }

  /** A draft that no case made: an officer writes to the States, or corrects what was issued. */
  async open(treaty: string, words: NotificationWords, by: Hand): Promise<NotificationDraft> {
    const row: Row = {
      id: randomUUID(),
      version: 1,
      state: 'draft',
      treaty,
      case_id: null,
      words: JSON.stringify(words),
      notification: null,
      changed_at: this.clock.now(),
      changed_by: by.subject,
    };
    await this.kysely.insertInto('desk_notifications').values(row).execute();
    return draftOf(row);
  }

  /** New words for a draft; what was issued is never changed. @throws DeskRefused */
  async edit(id: string, version: number, edit: DraftEdit, by: Hand): Promise<NotificationDraft> {
    const draft = await this.get(id);
    const { subject, text, actions, announcesEntryIntoForce, corrects } = { ...draft, ...edit };
    const words = { subject, text, actions, announcesEntryIntoForce, corrects };
    await this.change(draft, version, { words: JSON.stringify(words) }, by);
    return this.get(id);
  }

  /** Gives the draft the next number of the year and circulates it. @throws DeskRefused, LedgerUnavailable */
  async issue(id: string, version: number, by: Hand): Promise<Issued> {
    const draft = await this.get(id);
    if (draft.state === 'issued') return { draft, position: null };
    if (draft.state !== 'issuing') {
      await this.change(draft, version, { state: 'issuing' }, by);
      this.steps.passed('issue-begun');
    }
    return this.finish(await this.get(id));
  }

  /** Issues what a crash, or a ledger that was away, left half issued. */
  async resume(): Promise<number> {
    const waiting = await this.list(['issuing'], 1000);
    for (const draft of waiting) await this.finish(draft);
    await this.closeDone();
    return waiting.length;
  }

  private async finish(draft: NotificationDraft): Promise<Issued> {
    const { treaty, subject, text, actions, announcesEntryIntoForce, corrects, id } = draft;
    const result = await this.ledger.notifications.issue(
      { treaty, subject, text, actions, announcesEntryIntoForce, corrects, draft: id },
      {
        actor: draft.changedBy,
        today: this.today.today(),
        correlationId: draft.case ?? id,
      },
    );
    this.steps.passed('issued-in-ledger');
    if (result.outcome === 'refused') {
      const [{ code, sentence, sentenceFr, field }] = result.refusals;
      await this.setState(id, 'issuing', { state: 'draft' });
      const said = { en: sentence, fr: sentenceFr };
      throw new DeskRefused('rule', code, said, { field: field ?? undefined });
    }
    await this.setState(id, 'issuing', {
      state: 'issued',
      notification: result.event.notification,
    });
    this.steps.passed('issue-noted');
    if (draft.case !== null) await this.closeCase(draft.case);
    return { draft: await this.get(id), position: result.position };
  }

  /** Closes the cases that a crash left open after their last notification was noted. */
  private async closeDone(): Promise<void> {
    const done = await this.kysely
      .selectFrom('desk_cases')
      .select('id')
      .where('state', '=', 'recorded')
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom('desk_notifications')
              .select('desk_notifications.id')
              .whereRef('desk_notifications.case_id', '=', 'desk_cases.id')
              .where('desk_notifications.state', 'in', ['draft', 'issuing']),
          ),
        ),
      )
      .limit(1000)
      .execute();
    for (const { id } of done) await this.closeCase(id);
  }

  /** A case is done when every notification that it made is out. */
  private async closeCase(id: string): Promise<void> {
    const open = await this.kysely
      .selectFrom('desk_notifications')
      .select('id')
      .where('case_id', '=', id)
      .where('state', 'in', ['draft', 'issuing'])
      .executeTakeFirst();
    if (open !== undefined) return;
    const file = await this.store.get(id);
    const at = this.clock.now();
    const by = { subject: 'register', name: 'The register' };
    const decision = changeCase(file, file.version, { type: 'close' }, by, at);
    if (decision.outcome === 'refused') return;
    const entry = { ...by, version: decision.file.version, at, what: 'close', detail: {} };
    await this.store.replace(file, decision.file, entry).catch((error: unknown) => {
      // Somebody issued the last two at once, and the other closed it.
      if (!(error instanceof DeskRefused)) throw error;
    });
  }

  private async setState(
    id: string,
    from: DraftState,
    set: { readonly state: DraftState; readonly notification?: string },
  ): Promise<void> {
    await this.kysely
      .updateTable('desk_notifications')
      .set({ ...set, changed_at: this.clock.now() })
      .where('id', '=', id)
      .where('state', '=', from)
      .execute();
  }

  private async change(
    draft: NotificationDraft,
    version: number,
    set: Partial<Row>,
    by: Hand,
  ): Promise<void> {
    if (draft.state !== 'draft')
      throw new DeskRefused(
        'moved',
        'notification-issued',
        draft.notification === null
          ? 'The notification is being issued; its words can no longer change.'
          : `${draft.notification} was issued and is never changed; a corrigendum refers back to it.`,
      );
    const { numUpdatedRows } = await this.kysely
      .updateTable('desk_notifications')
      .set({
        ...set,
        version: version + 1,
        changed_at: this.clock.now(),
        changed_by: by.subject,
      })
      .where('id', '=', draft.id)
      .where('version', '=', version)
      .where('state', '=', 'draft')
      .executeTakeFirst();
    if (numUpdatedRows !== 1n)
      throw new DeskRefused(
        'moved',
        'draft-version-moved',
        `The draft is at version ${draft.version} now, not ${version}: somebody changed it meanwhile; look at it again.`,
        { field: 'version' },
      );
  }
}
