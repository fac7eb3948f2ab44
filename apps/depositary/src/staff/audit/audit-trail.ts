import { createHash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { firstPreviousHash, type StaffDatabase, type StaffTables } from '../staff-database.ts';

/** What the audit trail tells of. Never a secret: no token, code, cookie or state. */
export const auditKinds = [
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'session-ended-by-provider',
  'request-refused',
  'token-refused',
  'roles-changed',
  'audit-trail-exported',
  'deliveries-sent-again',
] as const;
export type AuditKind = (typeof auditKinds)[number];

export type AuditDetail = Readonly<Record<string, string | number | readonly string[] | null>>;

export interface AuditNote {
  readonly kind: AuditKind;
  /** Who, where somebody is known. */
  readonly subject: string | null;
  readonly name: string | null;
  readonly detail: AuditDetail;
}

export interface AuditEntry extends AuditNote {
  readonly entry: number;
  /** Instant in UTC. */
  readonly at: string;
  readonly previousHash: string;
  /** SHA-256 over everything else of the entry and the hash of the one before it. */
  readonly hash: string;
}

/** What reading the whole trail showed. */
export interface AuditVerification {
  readonly entries: number;
  /** Hash of the last entry: kept elsewhere, it shows later that nothing before was changed. */
  readonly hash: string;
  /** The first entry that does not follow from the one before it; null when all do. */
  readonly brokenAt: number | null;
}

/** Repeated refusals of somebody unknown are written once a minute with their number, so nobody floods the disk. */
const gatherMs = 60_000;
const mostGathered = 1000;

/** The trail of sign-ins and refusals: only added to, each entry bound to the one before it by its hash. */
export class AuditTrail {
  private readonly logger = new Logger('audit-trail');
  private readonly gathered = new Map<string, { note: AuditNote; times: number }>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: StaffDatabase,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Adds an entry.
   * @throws when it cannot be written: what must be in the trail does not happen without it
   */
  async add(note: AuditNote): Promise<void> {
    await this.database.kysely
      .transaction()
      .execute((transaction) => this.append(transaction, note));
  }

  /** Adds an entry about something that is refused in any case: that it cannot be written is logged. */
  async addRefusal(note: AuditNote): Promise<void> {
    if (note.subject === null && this.gather(note)) return;
    await this.add(note).catch((error: unknown) => this.logger.error(error));
  }

  /** Writes what was gathered; when closing, too. */
  async flush(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const waiting = [...this.gathered.values()].filter(({ times }) => times > 0);
    this.gathered.clear();
    for (const { note, times } of waiting)
      await this.add({ ...note, detail: { ...note.detail, repeated: times } }).catch(
        (error: unknown) => this.logger.error(error),
      );
  }

  /** Entries from the newest, or after a number from the oldest. */
  async entries(range: {
    readonly before?: number | undefined;
    readonly limit: number;
  }): Promise<AuditEntry[]> {
    let query = this.database.kysely.selectFrom('staff_audit_trail').selectAll();
    if (range.before !== undefined) query = query.where('entry', '<', range.before);
    const rows = await query.orderBy('entry', 'desc').limit(range.limit).execute();
    return rows.map(entryOf);
  }

  /** Every entry in order, a page at a time. */
  async *all(): AsyncGenerator<AuditEntry> {
    for (let last = 0; ;) {
      const rows = await this.database.kysely
        .selectFrom('staff_audit_trail')
        .selectAll()
        .where('entry', '>', last)
        .orderBy('entry')
        .limit(1000)
        .execute();
      if (rows.length === 0) return;
      yield* rows.map(entryOf);
      last = rows.at(-1)?.entry ?? last;
    }
  }

  /** Computes every hash again. An entry that was changed, removed or put in breaks the chain there. */
  async verify(): Promise<AuditVerification> {
    // The head first: entries that are added meanwhile come after it, and the ones up to it must all be there.
    const head = await this.database.kysely
      .selectFrom('staff_audit_head')
      .selectAll()
      .executeTakeFirstOrThrow();
    let [entries, hash] = [0, firstPreviousHash];
    for await (const entry of this.all()) {
      const follows = entry.entry === entries + 1 && entry.previousHash === hash;
      const headFits = entry.entry !== head.entry || entry.hash === head.hash;
      if (!follows || !headFits || entry.hash !== hashOfEntry(entry))
        return { entries, hash, brokenAt: entries + 1 };
      [entries, hash] = [entry.entry, entry.hash];
    }
    return { entries, hash, brokenAt: entries < head.entry ? entries + 1 : null };
  }

  private async append(transaction: Transaction<StaffTables>, note: AuditNote): Promise<void> {
    // Updating first takes the row's lock, so that others wait here and see what was added.
    const head = await transaction
      .updateTable('staff_audit_head')
      .set((column) => ({ entry: column('entry', '+', 1) }))
      .where('id', '=', 1)
      .returningAll()
      .executeTakeFirstOrThrow();
    const unhashed = {
      entry: head.entry,
      at: this.now().toISOString(),
      ...note,
      previousHash: head.hash,
    };
    const hash = hashOfEntry(unhashed);
    await transaction
      .insertInto('staff_audit_trail')
      .values({
        entry: unhashed.entry,
        at: unhashed.at,
        kind: note.kind,
        subject: note.subject,
        name: note.name,
        detail: JSON.stringify(note.detail),
        previous_hash: head.hash,
        hash,
      })
      .execute();
    await transaction.updateTable('staff_audit_head').set({ hash }).where('id', '=', 1).execute();
  }

  /** Whether the same was written within the minute; then it is counted only. */
  private gather(note: AuditNote): boolean {
    const key = JSON.stringify([note.kind, note.detail]);
    const same = this.gathered.get(key);
    if (same !== undefined) {
      same.times += 1;
      return true;
    }
    if (this.gathered.size >= mostGathered) {
      const rest = JSON.stringify([note.kind, 'others']);
      const others = this.gathered.get(rest);
      if (others !== undefined) {
        others.times += 1;
        return true;
      }
      this.gathered.set(rest, { note: { ...note, detail: { why: 'many different' } }, times: 1 });
      return true;
    }
    this.gathered.set(key, { note, times: 0 });
    this.timer ??= setTimeout(() => void this.flush(), gatherMs).unref();
    return false;
  }
}

function hashOfEntry(entry: Omit<AuditEntry, 'hash'>): string {
  const { entry: number, at, kind, subject, name, detail, previousHash } = entry;
  return createHash('sha256')
    .update(JSON.stringify([number, at, kind, subject, name, detail, previousHash]))
    .digest('hex');
}

function entryOf(row: StaffTables['staff_audit_trail']): AuditEntry {
  return {
    entry: row.entry,
    at: row.at,
    kind: row.kind as AuditKind,
    subject: row.subject,
    name: row.name,
    detail: JSON.parse(row.detail) as AuditDetail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
