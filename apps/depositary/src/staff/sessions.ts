import type { Officer } from './officer.ts';
import { isRole, type Role } from './permissions.ts';
import { hashOf, newSecret } from './secrets.ts';
import type { StaffDatabase, StaffTables } from './staff-database.ts';

/** A session ends when nothing was asked for this long ... */
export const idleMinutes = 30;
/** ... and in any case so long after signing in: a role that was taken away works no longer than this. */
export const absoluteHours = 8;
/** "Seen" is written at most this often, so that reading a page costs no write. */
const seenEveryMs = 60_000;

export interface NewSession {
  readonly officer: Officer;
  readonly providerSession: string | null;
  readonly idToken: string;
}

export interface FoundSession extends NewSession {
  readonly expiresAt: string;
}

/** Who is signed in, on the server: the browser holds nothing but a random id, stored here as its hash. */
export class Sessions {
  constructor(
    private readonly database: StaffDatabase,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Opens a session under an id that nobody has ever seen, whatever the browser sent before. */
  async open({ officer, providerSession, idToken }: NewSession): Promise<string> {
    const id = newSecret();
    const at = this.now();
    await this.removeExpired(at);
    await this.database.kysely
      .insertInto('staff_sessions')
      .values({
        id_hash: hashOf(id),
        subject: officer.subject,
        name: officer.name,
        roles: JSON.stringify(officer.roles),
        provider_session: providerSession,
        id_token: idToken,
        created_at: at.toISOString(),
        seen_at: at.toISOString(),
        expires_at: after(at, absoluteHours * 60).toISOString(),
      })
      .execute();
    return id;
  }

  /** The session of an id, unless it is over; being asked keeps it alive. */
  async find(id: string): Promise<FoundSession | null> {
    const row = await this.database.kysely
      .selectFrom('staff_sessions')
      .selectAll()
      .where('id_hash', '=', hashOf(id))
      .executeTakeFirst();
    if (row === undefined) return null;
    const at = this.now();
    const idleUntil = after(new Date(row.seen_at), idleMinutes);
    if (at >= idleUntil || at.toISOString() >= row.expires_at) {
      await this.end(id);
      return null;
    }
    if (at.getTime() - Date.parse(row.seen_at) >= seenEveryMs)
      await this.database.kysely
        .updateTable('staff_sessions')
        .set({ seen_at: at.toISOString() })
        .where('id_hash', '=', row.id_hash)
        .execute();
    return sessionOf(row);
  }

  /** Ends a session; its id is worth nothing from then on. Answers what it was. */
  async end(id: string): Promise<FoundSession | null> {
    const row = await this.database.kysely
      .deleteFrom('staff_sessions')
      .where('id_hash', '=', hashOf(id))
      .returningAll()
      .executeTakeFirst();
    return row === undefined ? null : sessionOf(row);
  }

  /** Ends what the provider says is over: one of its sessions, or all of a person's. */
  async endFromProvider(which: {
    readonly subject?: string | undefined;
    readonly providerSession?: string | undefined;
  }): Promise<FoundSession[]> {
    const { subject, providerSession } = which;
    if (subject === undefined && providerSession === undefined) return [];
    let query = this.database.kysely.deleteFrom('staff_sessions');
    if (subject !== undefined) query = query.where('subject', '=', subject);
    if (providerSession !== undefined)
      query = query.where('provider_session', '=', providerSession);
    return (await query.returningAll().execute()).map(sessionOf);
  }

  private async removeExpired(at: Date): Promise<void> {
    await this.database.kysely
      .deleteFrom('staff_sessions')
      .where((where) =>
        where.or([
          where('expires_at', '<=', at.toISOString()),
          where('seen_at', '<=', after(at, -idleMinutes).toISOString()),
        ]),
      )
      .execute();
  }
}

const after = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

function sessionOf(row: StaffTables['staff_sessions']): FoundSession {
  return {
    officer: { subject: row.subject, name: row.name, roles: rolesOf(row.roles) },
    providerSession: row.provider_session,
    idToken: row.id_token,
    expiresAt: row.expires_at,
  };
}

const rolesOf = (stored: string): Role[] => (JSON.parse(stored) as unknown[]).filter(isRole);
