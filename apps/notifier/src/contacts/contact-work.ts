import type { Kysely } from 'kysely';
import type { OpenDatabase } from '#database';
import { ownFault } from '../engine/channel.ts';
import type { NotifierTables } from '../subscribers/tables.ts';
import type { ContactRow, Telling } from './contact-tables.ts';

/** Something that the contact of a subscriber is to be told. */
export interface ContactMark {
  /** Of the subscriber. */
  readonly number: number;
  readonly telling: Telling;
  /** Milliseconds since 1970: the first failure, or the moment of the stop. */
  readonly since: number;
  readonly at: number;
}

/** What an attempt came to, as far as a contact is concerned. */
interface Attempted {
  readonly number: number;
  readonly state: string;
  readonly reason: string | null;
  readonly failingSince: number | null;
  readonly delivery: { readonly at: number; readonly outcome: string } | null;
}

/** A contact is warned of a webhook that has failed for so long. */
export const warnedAfter = 24 * 3_600_000;

/** What contacts are to be told of attempts: that a webhook is paused or stopped, or has failed for a day. Pure. */
export function contactMarks(attempts: readonly Attempted[]): ContactMark[] {
  return attempts.flatMap(({ number, state, reason, failingSince, delivery }): ContactMark[] => {
    if (delivery === null) return [];
    const { at, outcome } = delivery;
    const since = failingSince ?? at;
    if (state === 'stopped') return [{ number, telling: 'stopped', since: at, at }];
    if (state === 'paused' && reason === 'failing')
      return [{ number, telling: 'paused', since, at }];
    return outcome === 'failed' && reason !== ownFault && at - since >= warnedAfter
      ? [{ number, telling: 'failing', since, at }]
      : [];
  });
}

/**
 * Writes down what contacts are to be told, in the transaction that changes the state of their subscribers: a
 * process that dies right after it has lost nothing. Subscribers without a confirmed contact are passed over.
 */
export async function markContacts(
  db: Kysely<NotifierTables>,
  marks: readonly ContactMark[],
): Promise<void> {
  if (marks.length === 0) return;
  const numbers = marks.map(({ number }) => number);
  const contacts = await db
    .selectFrom('contacts')
    .select(['id', 'number', 'warned_since'])
    .where('number', 'in', numbers)
    .where('state', '=', 'confirmed')
    .execute();
  for (const { id, number, warned_since: warnedSince } of contacts) {
    const mark = marks.find((one) => one.number === number);
    if (mark === undefined) continue;
    const { telling, since, at } = mark;
    // A day of failing is warned of once.
    if (telling === 'failing' && warnedSince === since) continue;
    await db
      .updateTable('contacts')
      .set(({ eb }) => ({
        telling,
        telling_since: since,
        due_at: at,
        fence: eb('fence', '+', 1),
        attempts: 0,
        failing_since: null,
        ...(telling === 'failing' && { warned_since: since }),
      }))
      .where('id', '=', id)
      .execute();
  }
}

/** What telling a contact came to. */
export type ContactOutcome =
  /** It was told, or there is nothing to tell any more, or it was tried for long enough. */
  | { readonly next: 'nothing' }
  | {
      readonly next: 'again';
      readonly at: number;
      readonly attempts: number;
      readonly failingSince: number;
    }
  /** The mail server refused the address for good. */
  | { readonly next: 'never' };

/** Who tells which contact: leases on contacts that are due, and what became of them. */
export class ContactWork {
  private readonly db: Kysely<NotifierTables>;
  private readonly relaxed: OpenDatabase<NotifierTables>['relaxed'];
  private readonly isPostgres: boolean;

  constructor({ kysely, kind, relaxed }: OpenDatabase<NotifierTables>) {
    this.db = kysely;
    this.relaxed = relaxed;
    this.isPostgres = kind === 'postgres';
  }

  /** Leases contacts that are due: nobody else tells them until the lease ends. An idle notifier writes nothing. */
  async claim(now: number, until: number, limit: number): Promise<ContactRow[]> {
    const due = this.db
      .selectFrom('contacts')
      .select('id')
      .where('due_at', '<=', now)
      .orderBy('due_at');
    if ((await due.limit(1).executeTakeFirst()) === undefined) return [];
    const free = due.limit(limit).$if(this.isPostgres, (query) => query.forUpdate().skipLocked());
    return this.relaxed((db) =>
      db
        .updateTable('contacts')
        .set(({ eb }) => ({ due_at: until, fence: eb('fence', '+', 1) }))
        .where('id', 'in', free)
        .returningAll()
        .execute(),
    );
  }

  /** Writes what telling came to. A holder that lost its lease, or tells what is out of date, writes nothing. */
  async finish({ id, fence }: ContactRow, outcome: ContactOutcome): Promise<void> {
    const done = { telling: null, telling_since: null, due_at: null };
    const set =
      outcome.next === 'again'
        ? { due_at: outcome.at, attempts: outcome.attempts, failing_since: outcome.failingSince }
        : {
            ...done,
            attempts: 0,
            failing_since: null,
            ...(outcome.next === 'never' && { state: 'bounced' as const }),
          };
    await this.relaxed((db) =>
      db.updateTable('contacts').set(set).where('id', '=', id).where('fence', '=', fence).execute(),
    );
  }
}
