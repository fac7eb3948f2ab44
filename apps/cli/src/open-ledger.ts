import { Ledger } from '#ledger';
import { loadSeed, reachStore, type Configuration, type Store } from '#standalone';
import { SystemClock } from '#depositary';
import type { CalendarDate } from '#treaty';

/** The ledger that the register of this data folder, or of EVENTSTORE_URL, works on. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly today: CalendarDate;
  readonly close: () => Promise<void>;
}

/** Opens the ledger, beside a running register or alone, with the shipped participants in it. */
export async function openLedger(configuration: Configuration): Promise<OpenLedger> {
  const store = await reachStore(configuration);
  const ledger = new Ledger(store.connectionString);
  const close = async (): Promise<void> => {
    await ledger.close();
    await store.close();
  };
  try {
    const today = new SystemClock(configuration.DEPOSITARY_TIME_ZONE).today();
    if (configuration.SHIPPED_DATA === 'yes')
      await loadSeed(ledger, { actor: 'shipped data', today });
    return { ledger, store, today, close };
  } catch (error) {
    await close();
    throw error;
  }
}
