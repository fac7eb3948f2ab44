import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { OpenDatabase } from '#database';
import type { NotifierClock } from '../clock.ts';
import type { Sealing } from '../secrets/sealing.ts';
import { namesOf, refuseTooMany } from '../subscribers/limits.ts';
import { domainOf, type Subscriptions } from '../subscribers/subscriptions.ts';
import type { NotifierTables, SubscriberRow } from '../subscribers/tables.ts';
import type { ContactRow } from './contact-tables.ts';
import { markContacts, type ContactMark } from './contact-work.ts';

/** What a contact's links are for. Each has a token of its own, which opens nothing else. */
export type ContactUse = 'contact-confirm' | 'contact-look' | 'contact-unsubscribe';

/**
 * Contacts as records: named, confirmed, erased. A contact is told when a webhook fails; the subscription belongs to
 * who made it all the same.
 */
export class Contacts {
  private readonly db: Kysely<NotifierTables>;
  private readonly kind: OpenDatabase<unknown>['kind'];
  private readonly sealing: Sealing;
  private readonly clock: NotifierClock;
  private readonly subscriptions: Subscriptions;

  constructor(
    database: OpenDatabase<NotifierTables>,
    rim: { sealing: Sealing; clock: NotifierClock; subscriptions: Subscriptions },
  ) {
    this.db = database.kysely;
    this.kind = database.kind;
    this.sealing = rim.sealing;
    this.clock = rim.clock;
    this.subscriptions = rim.subscriptions;
  }

  /**
   * A contact that is about to be asked. Only that an address is asked is written down, so that the contact there
   * was stays until the message is out; if we crash before it is kept, the link in the message opens nothing.
   * @throws TooManySubscriptions where too many of the address or host are there, or wait to be confirmed
   */
  async propose({ number }: Pick<SubscriberRow, 'number'>, address: string): Promise<ContactRow> {
    const id = randomUUID();
    const now = this.clock.now();
    const names = namesOf(this.sealing, address, domainOf(address));
    const named = { address_name: names.address, host_name: names.host };
    await this.db.transaction().execute(async (transaction) => {
      await refuseTooMany(transaction, this.kind, names);
      await transaction
        .insertInto('contact_askings')
        .values({ id, ...named, asked_at: now })
        .execute();
    });
    return {
      id,
      number,
      state: 'pending',
      address: this.sealing.seal(address, `${id} contact`),
      ...named,
      named_at: now,
      telling: null,
      telling_since: null,
      due_at: null,
      fence: 0,
      attempts: 0,
      failing_since: null,
      warned_since: null,
    };
  }

  /** The message did not go out: the address was not asked. */
  async wasNotAsked({ id }: ContactRow): Promise<void> {
    await this.db.deleteFrom('contact_askings').where('id', '=', id).execute();
  }

  /** Keeps a contact that was asked, in place of the one that the subscription had, if that was not erased since. */
  async keep(contact: ContactRow): Promise<void> {
    const { number } = contact;
    const replaced = await this.db.transaction().execute(async (transaction) => {
      // Held first, as erasing takes it first: else the two could wait for each other.
      const held = await transaction
        .selectFrom('subscriptions')
        .select('id')
        .where('number', '=', number)
        .$if(this.kind === 'postgres', (query) => query.forKeyShare())
        .executeTakeFirst();
      if (held === undefined) return false;
      const { numDeletedRows } = await transaction
        .deleteFrom('contacts')
        .where('number', '=', number)
        .executeTakeFirst();
      await transaction.insertInto('contacts').values(contact).execute();
      return numDeletedRows > 0n;
    });
    if (replaced) await this.subscriptions.clearErased();
  }

  /** The contact of a subscriber. */
  of({ number }: Pick<SubscriberRow, 'number'>): Promise<ContactRow | undefined> {
    return this.db
      .selectFrom('contacts')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** Whose contact it is; undefined where the subscription was erased since. */
  subscriberOf({ number }: ContactRow): Promise<SubscriberRow | undefined> {
    return this.db
      .selectFrom('subscribers')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirst();
  }

  /** The contact of a subscriber that a link opens for a use; undefined for a wrong token as for none. */
  async opened(
    subscriber: SubscriberRow,
    use: ContactUse,
    token: string,
  ): Promise<ContactRow | undefined> {
    const contact = await this.of(subscriber);
    const fits = contact !== undefined && this.sealing.isTokenFor(token, use, contact.id);
    return fits ? contact : undefined;
  }

  /** The address in clear: for sending, and to show to who named it. */
  addressOf({ id, address }: ContactRow): string {
    return this.sealing.open(address, `${id} contact`);
  }

  tokenFor(use: ContactUse, { id }: ContactRow): string {
    return this.sealing.tokenFor(use, id);
  }

  /** Begins to tell a contact; of a webhook that is paused or stopped already, at once. */
  async confirm(contact: ContactRow): Promise<void> {
    const { id } = contact;
    const { numUpdatedRows } = await this.db
      .updateTable('contacts')
      .set({ state: 'confirmed' })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return;
    await this.db.deleteFrom('contact_askings').where('id', '=', id).execute();
    const mark = await this.standing(contact);
    if (mark !== null) await markContacts(this.db, [mark]);
  }

  /** What there is to tell of a webhook as it is now; null: nothing, it is told or was paused by request. */
  private async standing(contact: ContactRow): Promise<ContactMark | null> {
    const row = await this.subscriberOf(contact);
    if (row === undefined) return null;
    const { number } = row;
    const at = this.clock.now();
    if (row.state === 'stopped') {
      const [last] = await this.subscriptions.deliveriesOf(row.id, 1);
      return { number, telling: 'stopped', since: last?.at ?? at, at };
    }
    return row.state === 'paused' && row.reason === 'failing'
      ? { number, telling: 'paused', since: row.failing_since ?? at, at }
      : null;
  }

  /** Erases a contact and leaves the subscription as it is. */
  async erase({ id }: ContactRow): Promise<void> {
    await this.db.deleteFrom('contacts').where('id', '=', id).execute();
    await this.subscriptions.clearErased();
  }

  /** Erases contacts that nobody confirmed, and the names of addresses that were asked before an instant. */
  async forgetPendingBefore(instant: number): Promise<void> {
    await this.db
      .deleteFrom('contacts')
      .where('state', '=', 'pending')
      .where('named_at', '<', instant)
      .execute();
    await this.db.deleteFrom('contact_askings').where('asked_at', '<', instant).execute();
  }

  /** Seals again what an older key sealed. Answers how many contacts it was. */
  async resealAll(): Promise<number> {
    const rows = await this.db.selectFrom('contacts').selectAll().execute();
    const old = rows.filter(({ address }) => !this.sealing.isCurrent(address));
    for (const row of old) {
      const address = this.addressOf(row);
      const names = namesOf(this.sealing, address, domainOf(address));
      await this.db
        .updateTable('contacts')
        .set({
          address: this.sealing.seal(address, `${row.id} contact`),
          address_name: names.address,
          host_name: names.host,
        })
        .where('id', '=', row.id)
        .execute();
    }
    return old.length;
  }
}
