import { sql, type SelectQueryBuilder, type Transaction } from 'kysely';
import type { OpenDatabase } from '#database';
import type { Sealing } from '../secrets/sealing.ts';
import type { NotifierTables } from './tables.ts';

/** Subscriptions and contacts of one address, at the most. */
const mostPerTarget = 20;
/**
 * Subscriptions and contacts that wait for confirmation, by address and by host: each one sends something to a
 * stranger.
 */
const mostPendingPerTarget = 3;
const mostPendingPerHost = 50;

/** Why no subscription is made, or no contact named, as a sentence. */
export class TooManySubscriptions extends Error {
  override readonly name = 'TooManySubscriptions';
}

/** An address and its host by their keyed names. */
export interface Named {
  readonly address: string;
  readonly host: string;
}

/**
 * Refuses one more subscription or contact of an address where there are too many already, of both together. Those
 * who ask for one host wait for each other until the transaction ends, so that nobody gets around it by asking for
 * many at once.
 * @throws TooManySubscriptions
 */
export async function refuseTooMany(
  db: Transaction<NotifierTables>,
  kind: OpenDatabase<unknown>['kind'],
  { address, host }: Named,
): Promise<void> {
  // SQLite has one writer at a time anyway.
  if (kind === 'postgres')
    await sql`select pg_advisory_xact_lock(hashtextextended(${host}, 0))`.execute(db);
  const all =
    (await subscribers(db, 'target_name', address, false)) +
    (await counted(db.selectFrom('contacts').where('address_name', '=', address)));
  if (all >= mostPerTarget)
    throw new TooManySubscriptions(
      `This address has ${mostPerTarget} subscriptions already; delete one first.`,
    );
  const pending = async (column: 'address_name' | 'host_name', name: string): Promise<number> => {
    const of = column === 'host_name' ? 'host_name' : 'target_name';
    const asked = db.selectFrom('contact_askings').where(column, '=', name);
    return (await subscribers(db, of, name, true)) + (await counted(asked));
  };
  if (
    (await pending('address_name', address)) >= mostPendingPerTarget ||
    (await pending('host_name', host)) >= mostPendingPerHost
  )
    throw new TooManySubscriptions(
      'Too many subscriptions of this address or host wait to be confirmed; confirm those, or try again in three days.',
    );
}

const subscribers = (
  db: Transaction<NotifierTables>,
  column: 'target_name' | 'host_name',
  name: string,
  pending: boolean,
): Promise<number> =>
  counted(
    db
      .selectFrom('subscribers')
      .where(column, '=', name)
      .$if(pending, (query) => query.where('state', '=', 'pending')),
  );

async function counted<Table extends keyof NotifierTables>(
  query: SelectQueryBuilder<NotifierTables, Table, object>,
): Promise<number> {
  const { n } = await query.select(({ fn }) => fn.countAll().as('n')).executeTakeFirstOrThrow();
  return Number(n);
}

/** The keyed names of an address. Letters of a mail address name one mailbox, whatever their case. */
export const namesOf = (sealing: Sealing, address: string, host: string): Named => ({
  address: sealing.nameOf(`target ${address.includes('://') ? address : address.toLowerCase()}`),
  host: sealing.nameOf(`host ${host}`),
});

/** The host by which webhooks are counted: the same one on every port, and with the dot at the end of its name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/\.$/, '');
