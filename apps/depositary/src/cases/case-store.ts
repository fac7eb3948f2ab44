import { Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import type { CaseFile, CaseState, Hand } from './case-file.ts';
import type { DeskDatabase, DeskTables } from './desk-tables.ts';
import { DeskRefused } from './desk-refused.ts';

/** One line of a case's history. */
export interface HistoryEntry extends Hand {
  readonly version: number;
  readonly at: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What is done in the same transaction as a change of a case. */
export type Alongside = (transaction: Transaction<DeskTables>) => Promise<void>;

export interface CasesAsked {
  readonly states?: readonly CaseState[] | undefined;
  readonly treaty?: string | undefined;
  readonly limit: number;
}

const nothing: Alongside = () => Promise.resolve();

/** Cases in SQL. A change names the version it was made on, so of two at once one is refused. */
@Injectable()
export class CaseStore {
  private readonly pending = new Set<Promise<void>>();

  constructor(readonly database: DeskDatabase) {}

  /**
   * Lets a write go on after its caller has answered: for what the ledger holds already, so that a crash loses
   * nothing. Whoever reads waits for it first. A write that fails is done again from the outbox.
   */
  later(write: Promise<void>): void {
    const settled = write
      .catch(() => undefined)
      .finally(() => {
        this.pending.delete(settled);
      });
    this.pending.add(settled);
  }

  /** Every write that was let go on has ended. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
  }

  async insert(file: CaseFile, entry: HistoryEntry): Promise<void> {
    await this.database.kysely.transaction().execute(async (transaction) => {
      await transaction.insertInto('desk_cases').values(rowOf(file, entry.at)).execute();
      await insertHistory(transaction, file.id, entry);
    });
  }

  /** @throws DeskRefused when there is none */
  async get(id: string): Promise<CaseFile> {
    await this.settled();
    const row = await this.database.kysely
      .selectFrom('desk_cases')
      .select('file')
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined)
      throw new DeskRefused('not-found', 'not-found', {
        en: 'There is no case with this id.',
        fr: 'Il n’y a aucun dossier de cet identifiant.',
      });
    return JSON.parse(row.file) as CaseFile;
  }

  async list({ states, treaty, limit }: CasesAsked): Promise<CaseFile[]> {
    await this.settled();
    let query = this.database.kysely
      .selectFrom('desk_cases')
      .select('file')
      .orderBy('opened_at', 'desc')
      .orderBy('id')
      .limit(limit);
    if (states !== undefined) query = query.where('state', 'in', states);
    if (treaty !== undefined) query = query.where('treaty', '=', treaty);
    return (await query.execute()).map(({ file }) => JSON.parse(file) as CaseFile);
  }

  async history(id: string): Promise<HistoryEntry[]> {
    await this.settled();
    const rows = await this.database.kysely
      .selectFrom('desk_case_history')
      .selectAll()
      .where('case_id', '=', id)
      .orderBy('version')
      .execute();
    return rows.map(({ version, at, subject, name, what, detail }) => ({
      version,
      at,
      subject,
      name,
      what,
      detail: JSON.parse(detail) as Record<string, unknown>,
    }));
  }

  /**
   * Puts a changed case in the place of the version it was made from, with its line of history.
   * @throws DeskRefused when somebody else changed it meanwhile; then nothing of `alongside` stays either
   */
  async replace(
    before: CaseFile,
    after: CaseFile,
    entry: HistoryEntry,
    alongside: Alongside = nothing,
  ): Promise<void> {
    await this.database.kysely.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('desk_cases')
        .set(rowOf(after, entry.at))
        .where('id', '=', before.id)
        .where('version', '=', before.version)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw movedMeanwhile();
      await insertHistory(transaction, after.id, entry);
      await alongside(transaction);
    });
  }
}

/** The answer to whoever comes second. */
export const movedMeanwhile = (): DeskRefused =>
  new DeskRefused(
    'moved',
    'case-version-moved',
    'Somebody changed the case at the same moment; look at it again. Nothing was changed by you.',
    { field: 'version' },
  );

const rowOf = (file: CaseFile, at: string): DeskTables['desk_cases'] => ({
  id: file.id,
  version: file.version,
  state: file.state,
  kind: file.kind,
  treaty: file.treaty,
  opened_at: file.opened.at,
  changed_at: at,
  file: JSON.stringify(file),
});

async function insertHistory(
  transaction: Transaction<DeskTables>,
  case_id: string,
  { version, at, subject, name, what, detail }: HistoryEntry,
): Promise<void> {
  await transaction
    .insertInto('desk_case_history')
    .values({ case_id, version, at, subject, name, what, detail: JSON.stringify(detail) })
    .execute();
}
