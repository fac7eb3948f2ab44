import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { Client } from 'pg';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../libs/database/test/databases-under-test.ts';
import { AuditTrail, type AuditNote } from '../src/staff/audit/audit-trail.ts';
import { KnownOfficers } from '../src/staff/known-officers.ts';
import { absoluteHours, idleMinutes, Sessions } from '../src/staff/sessions.ts';
import { SignInAttempts, signInMinutes } from '../src/staff/sign-in-attempts.ts';
import { openStaffDatabase, type StaffDatabase } from '../src/staff/staff-database.ts';

const officer = { subject: 'anna', name: 'Anna', roles: ['recorder'] } as const;
const note = (subject: string | null, why = 'x'): AuditNote => ({
  kind: 'request-refused',
  subject,
  name: null,
  detail: { why },
});

describe.each(kindsUnderTest)('the staff side on %s', (kind) => {
  let place: DatabaseUnderTest;
  let database: StaffDatabase;
  let at = new Date('2026-11-25T09:00:00Z');
  const now = (): Date => at;
  const later = (minutes: number): void => void (at = new Date(at.getTime() + minutes * 60_000));

  /** A database of its own for each test, on one server for all. */
  const fresh = async (n: number): Promise<{ url: string | undefined; file: string }> => {
    if (place.url === undefined) return { url: undefined, file: `${place.file}.${n}` };
    const client = new Client({ connectionString: place.url });
    await client.connect();
    await client.query(`create database test_${n}`);
    await client.end();
    return { url: place.url.replace(/postgres$/, `test_${n}`), file: place.file };
  };
  let tests = 0;

  beforeAll(async () => {
    place = await databaseUnderTest(kind);
  }, 600_000);
  beforeEach(async () => {
    tests += 1;
    database = await openStaffDatabase(await fresh(tests));
    at = new Date('2026-11-25T09:00:00Z');
  });
  afterEach(() => database.close());
  afterAll(() => place.remove());

  describe('a session', () => {
    const opened = async (): Promise<{ sessions: Sessions; id: string }> => {
      const sessions = new Sessions(database, now);
      const id = await sessions.open({ officer, providerSession: 'p1', idToken: 'token' });
      return { sessions, id };
    };

    it('is found by its id, which the table does not hold', async () => {
      const { sessions, id } = await opened();
      expect((await sessions.find(id))?.officer).toStrictEqual(officer);
      expect(await sessions.find(`${id.slice(1)}A`)).toBeNull();
      const rows = await database.kysely.selectFrom('staff_sessions').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(id);
      expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    });

    it('ends when nothing is asked for a while, and not as long as something is', async () => {
      const { sessions, id } = await opened();
      for (let times = 0; times < 4; times += 1) {
        later(idleMinutes - 1);
        expect(await sessions.find(id)).not.toBeNull();
      }
      later(idleMinutes);
      expect(await sessions.find(id)).toBeNull();
      at = new Date('2026-11-25T09:00:00Z');
      expect(await sessions.find(id)).toBeNull();
    });

    it('ends after its hours, however much is asked', async () => {
      const { sessions, id } = await opened();
      for (let minutes = 0; minutes < absoluteHours * 60 - 20; minutes += 20) {
        expect(await sessions.find(id)).not.toBeNull();
        later(20);
      }
      later(20);
      expect(await sessions.find(id)).toBeNull();
    });

    it('ends once when it is ended, and leaves the others', async () => {
      const { sessions, id } = await opened();
      const other = await sessions.open({ officer, providerSession: 'p2', idToken: 'token' });
      expect((await sessions.end(id))?.officer).toStrictEqual(officer);
      expect(await sessions.end(id)).toBeNull();
      expect(await sessions.find(other)).not.toBeNull();
      expect(await sessions.endFromProvider({ providerSession: 'p1' })).toStrictEqual([]);
      expect(await sessions.endFromProvider({})).toStrictEqual([]);
      expect(
        await sessions.endFromProvider({ subject: 'anna', providerSession: 'p2' }),
      ).toHaveLength(1);
      expect(await sessions.find(other)).toBeNull();
    });
  });

  describe('a sign-in that was begun', () => {
    const attempt = { state: 's', browser: 'b', nonce: 'n', codeVerifier: 'v', returnTo: '/' };

    it('is taken by the browser that began, once, also by two requests at once', async () => {
      const attempts = new SignInAttempts(database, now);
      await attempts.begin(attempt);
      expect(await attempts.take('s', 'another')).toBeNull();
      expect(await attempts.take('another', 'b')).toBeNull();
      const both = await Promise.all([attempts.take('s', 'b'), attempts.take('s', 'b')]);
      expect(both.filter((one) => one !== null)).toStrictEqual([attempt]);
      expect(await attempts.take('s', 'b')).toBeNull();
    });

    it('is over after its minutes', async () => {
      const attempts = new SignInAttempts(database, now);
      await attempts.begin(attempt);
      later(signInMinutes);
      expect(await attempts.take('s', 'b')).toBeNull();
    });

    it('lets an id of a message be used once', async () => {
      const attempts = new SignInAttempts(database, now);
      const until = new Date('2026-11-25T10:00:00Z');
      expect(await attempts.useOnce('jti', until)).toBe(true);
      expect(await attempts.useOnce('jti', until)).toBe(false);
    });
  });

  describe('the audit trail', () => {
    it('binds every entry to the one before, also when many come at once', async () => {
      const trails = [new AuditTrail(database, now), new AuditTrail(database, now)];
      await Promise.all(
        Array.from({ length: 20 }, async (_, n) => trails[n % 2]?.add(note(`officer ${n}`))),
      );
      const [trail] = trails;
      expect(await trail?.verify()).toMatchObject({ entries: 20, brokenAt: null });
      const entries = (await trail?.entries({ limit: 100 })) ?? [];
      expect(entries.map(({ entry }) => entry)).toStrictEqual(
        Array.from({ length: 20 }, (_, n) => 20 - n),
      );
    });

    it('cannot be changed by way of the database, and shows it where somebody could all the same', async () => {
      const trail = new AuditTrail(database, now);
      for (const subject of ['anna', 'bertrand', 'chidi', 'daria']) await trail.add(note(subject));
      const { kysely } = database;
      const change = () =>
        kysely
          .updateTable('staff_audit_trail')
          .set({ subject: 'nobody' })
          .where('entry', '=', 2)
          .execute();
      const remove = (entry: number) =>
        kysely.deleteFrom('staff_audit_trail').where('entry', '=', entry).execute();
      await expect(change()).rejects.toThrow(/only added to/);
      await expect(remove(2)).rejects.toThrow(/only added to/);
      expect((await trail.verify()).brokenAt).toBeNull();

      for (const trigger of kind === 'sqlite'
        ? ['drop trigger staff_audit_trail_no_update', 'drop trigger staff_audit_trail_no_delete']
        : ['alter table staff_audit_trail disable trigger all'])
        await sql.raw(trigger).execute(kysely);
      await remove(4);
      expect((await trail.verify()).brokenAt).toBe(4);
      await change();
      expect((await trail.verify()).brokenAt).toBe(2);
      await remove(2);
      expect((await trail.verify()).brokenAt).toBe(2);
      await remove(1);
      expect((await trail.verify()).brokenAt).toBe(1);
    });

    it('writes repeated refusals of nobody in particular once, with their number', async () => {
      const trail = new AuditTrail(database, now);
      for (let times = 0; times < 500; times += 1) await trail.addRefusal(note(null));
      await trail.addRefusal(note(null, 'another reason'));
      await trail.addRefusal(note('anna'));
      await trail.addRefusal(note('anna'));
      await trail.flush();
      const entries = await trail.entries({ limit: 100 });
      expect(entries.map(({ subject, detail }) => [subject, detail])).toStrictEqual([
        [null, { why: 'x', repeated: 499 }],
        ['anna', { why: 'x' }],
        ['anna', { why: 'x' }],
        [null, { why: 'another reason' }],
        [null, { why: 'x' }],
      ]);
      expect(await trail.verify()).toMatchObject({ entries: 5, brokenAt: null });
    });
  });

  it('notes roles that are new or changed, once', async () => {
    const trail = new AuditTrail(database, now);
    const officers = new KnownOfficers(database, trail);
    await officers.seen(officer);
    await officers.seen(officer);
    await officers.seen({ ...officer, roles: ['approver', 'recorder'] });
    await new KnownOfficers(database, trail).seen({ ...officer, roles: ['recorder', 'approver'] });
    const entries = await trail.entries({ limit: 10 });
    expect(entries.map(({ detail }) => detail)).toStrictEqual([
      { roles: ['approver', 'recorder'], before: ['recorder'] },
      { roles: ['recorder'], before: null },
    ]);
    expect(await officers.nameOf('anna')).toBe('Anna');
    expect(await officers.nameOf('nobody')).toBeNull();
  });
});
