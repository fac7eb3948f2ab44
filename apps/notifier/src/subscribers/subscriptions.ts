import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { OpenDatabase } from '#database';
import type { NotifierClock } from '../clock.ts';
import { touch } from '../engine/work-store.ts';
import type { Place } from '../occurrences/place.ts';
import { hashOfToken, isSame, newToken, type Sealing } from '../secrets/sealing.ts';
import { newSecret, rotated, type MacScheme, type MacSecrets } from '../webhooks/mac.ts';
import { Clearing } from './clearing.ts';
import type { Filter } from './filter.ts';
import { hostOf, namesOf, refuseTooMany } from './limits.ts';
import type {
  DeliveryRow,
  NotifierTables,
  ProgressTable,
  SubscriberRow,
  SubscriptionsTable,
} from './tables.ts';

/** What a subscription is made from. */
export interface Wanted {
  readonly channel: SubscriberRow['channel'];
  readonly target: string;
  /** The host of the target, or the domain of a mail address. */
  readonly host: string;
  readonly filter: Filter;
  readonly language: SubscriberRow['language'];
  readonly rhythm: SubscriberRow['rhythm'];
  readonly timeZone: string;
  readonly macScheme: MacScheme;
}

/** Subscribers as records: made, found, changed, erased. All personal data of the notifier is here. */
export class Subscriptions {
  private readonly db: Kysely<NotifierTables>;
  private readonly kind: OpenDatabase<unknown>['kind'];
  private readonly sealing: Sealing;
  private readonly clock: NotifierClock;
  private readonly clearing: Clearing;

  constructor(database: OpenDatabase<NotifierTables>, sealing: Sealing, clock: NotifierClock) {
    this.db = database.kysely;
    this.kind = database.kind;
    this.sealing = sealing;
    this.clock = clock;
    this.clearing = new Clearing(database);
  }

  /**
   * Makes a subscription that waits to be confirmed, and its management token, which is kept nowhere.
   * @throws TooManySubscriptions where too many of the address or host are there
   */
  async make(wanted: Wanted, place: Place): Promise<{ row: SubscriberRow; token: string }> {
    const id = randomUUID();
    const { token, hash } = newToken();
    const { channel, target, host, filter, language, rhythm, timeZone, macScheme } = wanted;
    const secrets: MacSecrets | null =
      channel === 'mail'
        ? null
        : { scheme: macScheme, current: newSecret(macScheme), previous: null, previousUntil: 0 };
    const names = namesOf(this.sealing, target, host);
    const asked = {
      id,
      channel,
      language,
      rhythm,
      time_zone: timeZone,
      filter: JSON.stringify(filter),
      target: this.sealing.seal(target, `${id} target`),
      target_name: names.address,
      host_name: names.host,
      secrets: secrets === null ? null : this.sealSecrets(id, secrets),
      token_hash: hash,
      created_at: this.clock.now(),
      revision: 0,
    };
    const row = await this.db.transaction().execute(async (transaction) => {
      await refuseTooMany(transaction, this.kind, names);
      return insertSubscriber(transaction, asked, place);
    });
    return { row, token };
  }

  find(id: string): Promise<SubscriberRow | undefined> {
    return this.db.selectFrom('subscribers').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** The subscription that a management token opens; undefined for a wrong token as for none. */
  async opened(id: string, token: string): Promise<SubscriberRow | undefined> {
    const row = await this.find(id);
    if (row === undefined) return undefined;
    const fits =
      isSame(hashOfToken(token), row.token_hash) ||
      (row.channel === 'mail' && this.sealing.isTokenFor(token, 'manage', id));
    return fits ? row : undefined;
  }

  /** Whether a token was made for one use of one subscription. */
  isTokenFor(token: string, use: string, id: string): boolean {
    return this.sealing.isTokenFor(token, use, id);
  }

  /** The address in clear: for sending, and to show to who holds the token. */
  targetOf({ id, target }: Pick<SubscriberRow, 'id' | 'target'>): string {
    return this.sealing.open(target, `${id} target`);
  }

  secretsOf({ id, secrets }: Pick<SubscriberRow, 'id' | 'secrets'>): MacSecrets | null {
    return secrets === null
      ? null
      : (JSON.parse(this.sealing.open(secrets, `${id} secrets`)) as MacSecrets);
  }

  private sealSecrets(id: string, secrets: MacSecrets): string {
    return this.sealing.seal(JSON.stringify(secrets), `${id} secrets`);
  }

  /** Begins to tell a subscriber: from `place` when it is new, from where it was when it had been paused. */
  async activate(id: string, from: Place, upTo: Place): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const row = await this.heldProgress(transaction, id);
      if (row === undefined || row.state === 'active') return;
      const place = row.state === 'pending' ? from : row.place;
      await this.restart(transaction, row.number, place, upTo);
      await touch(transaction, row.number, place);
    });
  }

  /** Goes back, or forward, to a place and tells everything after it again. The ids are those of the first time. */
  async replay(id: string, from: Place, upTo: Place): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const row = await this.heldProgress(transaction, id);
      if (row === undefined) return;
      await this.restart(transaction, row.number, from, upTo);
      await touch(transaction, row.number);
    });
  }

  /**
   * How far a subscriber was told, and nobody else changes it before this transaction ends. Whoever changes more
   * of a subscriber takes its progress first, so that no two wait for each other.
   */
  private heldProgress(
    db: Transaction<NotifierTables>,
    id: string,
  ): Promise<Pick<SubscriberRow, 'number' | 'state' | 'place'> | undefined> {
    return db
      .selectFrom('progress')
      .select(['number', 'state', 'place'])
      .where('number', '=', (eb) =>
        eb.selectFrom('subscriptions').select('number').where('id', '=', id),
      )
      .$if(this.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
  }

  /** The fence is raised, so that whoever serves it now can't write the place it came to. */
  private async restart(
    db: Transaction<NotifierTables>,
    number: number,
    place: Place,
    upTo: Place,
  ): Promise<void> {
    await db
      .updateTable('progress')
      .set(({ eb }) => ({
        state: 'active',
        reason: null,
        place,
        wanted: upTo > place ? upTo : place,
        due_at: upTo > place ? this.clock.now() : null,
        leased_by: null,
        fence: eb('fence', '+', 1),
        attempts: 0,
        failing_since: null,
      }))
      .where('number', '=', number)
      .execute();
  }

  /** Stops telling a subscriber until it is resumed. */
  async pause(id: string, reason: string): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const number = await numberOf(transaction, id);
      if (number === undefined) return;
      await transaction
        .updateTable('progress')
        .set(({ eb }) => ({
          state: 'paused',
          reason,
          due_at: null,
          leased_by: null,
          fence: eb('fence', '+', 1),
        }))
        .where('number', '=', number)
        .where('state', '=', 'active')
        .execute();
      await touch(transaction, number);
    });
  }

  /** A new secret; the old one signs beside it for a day. */
  rotateSecrets({ id }: Pick<SubscriberRow, 'id'>): Promise<MacSecrets | null> {
    return this.db.transaction().execute(async (transaction) => {
      const row = await this.heldTexts(transaction, id);
      const secrets = row === undefined ? null : this.secretsOf(row);
      if (secrets === null) return null;
      const next = rotated(secrets, this.clock.now());
      await transaction
        .updateTable('subscriptions')
        .set({ secrets: this.sealSecrets(id, next) })
        .where('id', '=', id)
        .execute();
      return next;
    });
  }

  /** The sealed texts of a subscriber, and nobody else changes them before this transaction ends. */
  private heldTexts(
    db: Transaction<NotifierTables>,
    id: string,
  ): Promise<Pick<SubscriberRow, 'id' | 'channel' | 'target' | 'secrets'> | undefined> {
    return db
      .selectFrom('subscriptions')
      .select(['id', 'channel', 'target', 'secrets'])
      .where('id', '=', id)
      .$if(this.kind === 'postgres', (query) => query.forUpdate())
      .executeTakeFirst();
  }

  /**
   * Erases a subscriber with everything that was kept of it. The database overwrites what is deleted; what is left
   * in SQLite's log of writes, or as dead rows of PostgreSQL, is cleared at once too.
   */
  async erase(id: string): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const number = await numberOf(transaction, id);
      if (number === undefined) return;
      // The progress first: a process that is writing what this one was told holds it, and then the others.
      for (const table of ['progress', 'deliveries', 'subscriptions'] as const)
        await transaction.deleteFrom(table).where('number', '=', number).execute();
    });
    await this.clearErased();
  }

  /** Clears what is left of rows that were erased. */
  clearErased(): Promise<void> {
    return this.clearing.clear();
  }

  /** The last attempts of a subscriber, newest first. */
  deliveriesOf(id: string, limit = 100): Promise<DeliveryRow[]> {
    return this.db
      .selectFrom('deliveries')
      .selectAll()
      .where('number', '=', (eb) =>
        eb.selectFrom('subscriptions').select('number').where('id', '=', id),
      )
      .orderBy('at', 'desc')
      .orderBy('place', 'desc')
      .orderBy('attempt', 'desc')
      .limit(limit)
      .execute();
  }

  /** Seals again what an older key sealed. Answers how many subscribers it was. */
  async resealAll(): Promise<number> {
    const rows = await this.db.selectFrom('subscriptions').select(['id', 'target']).execute();
    const old = rows.filter(({ target }) => !this.sealing.isCurrent(target));
    for (const { id } of old) await this.reseal(id);
    return old.length;
  }

  private reseal(id: string): Promise<void> {
    return this.db.transaction().execute(async (transaction) => {
      const row = await this.heldTexts(transaction, id);
      if (row === undefined) return;
      const target = this.targetOf(row);
      const secrets = this.secretsOf(row);
      const host = row.channel === 'mail' ? domainOf(target) : hostOf(new URL(target));
      const names = namesOf(this.sealing, target, host);
      await transaction
        .updateTable('subscriptions')
        .set({
          target: this.sealing.seal(target, `${id} target`),
          target_name: names.address,
          host_name: names.host,
          secrets: secrets === null ? null : this.sealSecrets(id, secrets),
        })
        .where('id', '=', id)
        .execute();
    });
  }
}

async function numberOf(db: Kysely<NotifierTables>, id: string): Promise<number | undefined> {
  const found = await db
    .selectFrom('subscriptions')
    .select('number')
    .where('id', '=', id)
    .executeTakeFirst();
  return found?.number;
}

/** Writes a subscriber that waits to be confirmed, under the next number. */
async function insertSubscriber(
  db: Transaction<NotifierTables>,
  asked: Omit<Selectable<SubscriptionsTable>, 'number'>,
  place: Place,
): Promise<SubscriberRow> {
  const { last: number } = await db
    .updateTable('numbers')
    .set(({ eb }) => ({ last: eb('last', '+', 1) }))
    .returning('last')
    .executeTakeFirstOrThrow();
  const subscription = { number, ...asked };
  const progress: Omit<Selectable<ProgressTable>, 'lane'> = {
    number,
    state: 'pending',
    reason: null,
    place,
    wanted: place,
    due_at: null,
    leased_by: null,
    fence: 0,
    attempts: 0,
    failing_since: null,
  };
  await db.insertInto('subscriptions').values(subscription).execute();
  const lane = asked.channel === 'mail' ? 'mail' : 'quick';
  await db
    .insertInto('progress')
    .values({ ...progress, lane })
    .execute();
  return { ...subscription, ...progress };
}

/** The part of a mail address after the @. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
