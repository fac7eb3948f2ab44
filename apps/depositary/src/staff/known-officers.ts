import type { AuditTrail } from './audit/audit-trail.ts';
import type { Officer } from './officer.ts';
import type { StaffDatabase } from './staff-database.ts';

/** Most officers kept in mind; the table knows the others. */
const mostRemembered = 10_000;

/** Notes with which roles each officer was last seen, so that a change of roles at the provider is in the trail. */
export class KnownOfficers {
  private readonly remembered = new Map<string, string>();

  constructor(
    private readonly database: StaffDatabase,
    private readonly trail: AuditTrail,
  ) {}

  /** Compares with the last time, and notes what changed. Costs a look into memory when nothing did. */
  async seen({ subject, name, roles }: Officer): Promise<void> {
    const held = JSON.stringify(roles.toSorted());
    if (this.remembered.get(subject) === held) return;
    const { kysely } = this.database;
    const before = await kysely
      .selectFrom('staff_officers')
      .select('roles')
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (before?.roles !== held) {
      const was = before === undefined ? null : (JSON.parse(before.roles) as string[]);
      const detail = { roles: roles.toSorted(), before: was };
      await this.trail.add({ kind: 'roles-changed', subject, name, detail });
      await kysely
        .insertInto('staff_officers')
        .values({ subject, name, roles: held })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet({ name, roles: held }))
        .execute();
    }
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(subject, held);
  }

  /** The name under which a subject was last seen: the ledger keeps subjects only. */
  async nameOf(subject: string): Promise<string | null> {
    const row = await this.database.kysely
      .selectFrom('staff_officers')
      .select('name')
      .where('subject', '=', subject)
      .executeTakeFirst();
    return row?.name ?? null;
  }
}
