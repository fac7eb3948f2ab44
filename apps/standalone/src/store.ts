import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedEventStore } from '#embedded-eventstore';
import type { Configuration } from './configuration.ts';

export interface Store {
  readonly connectionString: string;
  /** How it is to be named to a person. */
  readonly name: string;
  /** Settles if the store ends by itself; never for one that is not ours. */
  readonly failed: Promise<Error>;
  close(): Promise<void>;
}

/** The EventStoreDB named by EVENTSTORE_URL, or the embedded one in the data folder. */
export async function openStore(configuration: Configuration): Promise<Store> {
  mkdirSync(configuration.LEDGER_DATA_DIR, { recursive: true });
  if (configuration.EVENTSTORE_URL !== undefined) {
    return {
      connectionString: configuration.EVENTSTORE_URL,
      name: 'the EventStoreDB of EVENTSTORE_URL',
      failed: new Promise<Error>(() => undefined),
      close: () => Promise.resolve(),
    };
  }
  const embedded = await startEmbeddedEventStore({
    dataDir: join(configuration.LEDGER_DATA_DIR, 'eventstore'),
    port: configuration.EMBEDDED_EVENTSTORE_PORT,
  });
  // The command line finds a running register here; a file left by a crash names a dead port, which it notices.
  const addressFile = join(configuration.LEDGER_DATA_DIR, 'address.json');
  writeFileSync(
    addressFile,
    JSON.stringify({ connectionString: embedded.connectionString, pid: process.pid }),
  );
  return {
    connectionString: embedded.connectionString,
    name: `the embedded store in ${configuration.LEDGER_DATA_DIR}`,
    failed: embedded.failed,
    close: async () => {
      rmSync(addressFile, { force: true });
      await embedded.close();
    },
  };
}
