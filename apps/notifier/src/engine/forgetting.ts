import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { OpenDatabase } from '#database';
import type { NotifierTables } from '../subscribers/tables.ts';
import { inPieces } from './listed-rows.ts';

const forgottenAtOnce = 5000;

/** Forgets what is kept for a while only. */
export class Forgetting {
  private readonly db: Kysely<NotifierTables>;

  constructor({ kysely }: Pick<OpenDatabase<NotifierTables>, 'kysely'>) {
    this.db = kysely;
  }

  /** Leaves attempts on record for a while only: the ledger has the facts. */
  async deliveriesBefore(instant: number): Promise<void> {
    const old = this.db.selectFrom('deliveries').select('at').where('at', '<', instant);
    for (;;) {
      const last = await old.orderBy('at').offset(forgottenAtOnce).limit(1).executeTakeFirst();
      // In pieces: SQLite works on the thread that also answers requests.
      const piece = this.db.deleteFrom('deliveries').where('at', '<', instant);
      await piece
        .$if(last !== undefined, (rows) => rows.where('at', '<=', last?.at ?? 0))
        .execute();
      if (last === undefined) return;
      await setImmediate();
    }
  }

  /** Erases subscriptions that nobody confirmed. One that is confirmed at this moment stays. */
  async pendingBefore(instant: number): Promise<void> {
    await this.db.transaction().execute(async (transaction) => {
      const forgotten = await transaction
        .deleteFrom('progress')
        .where('state', '=', 'pending')
        .where('number', 'in', (eb) =>
          eb.selectFrom('subscriptions').select('number').where('created_at', '<', instant),
        )
        .returning('number')
        .execute();
      for (const piece of inPieces(forgotten.map(({ number }) => number)))
        await transaction.deleteFrom('subscriptions').where('number', 'in', piece).execute();
    });
  }
}
