import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
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
  if (configuration.EVENTSTORE_URL !== undefined)
    return notOurs(configuration.EVENTSTORE_URL, 'the EventStoreDB of EVENTSTORE_URL');
  const embedded = await startEmbeddedEventStore({
    dataDir: join(configuration.LEDGER_DATA_DIR, 'eventstore'),
    port: configuration.EMBEDDED_EVENTSTORE_PORT,
  });
  // The command line finds a running register here; a file left by a crash names a dead port, which it notices.
  const addressFile = addressFileOf(configuration);
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

/** The store for the command line: that of a register that runs on this data folder, else opened here. */
export async function reachStore(configuration: Configuration): Promise<Store> {
  try {
    return await openStore(configuration);
  } catch (error) {
    const running = await runningStore(configuration);
    if (running === null) throw error;
    return notOurs(running, `the register that is running on ${configuration.LEDGER_DATA_DIR}`);
  }
}

const addressFileOf = ({ LEDGER_DATA_DIR }: Configuration): string =>
  join(LEDGER_DATA_DIR, 'address.json');

/** A store that somebody else opened and will close. */
const notOurs = (connectionString: string, name: string): Store => ({
  connectionString,
  name,
  failed: new Promise<Error>(() => undefined),
  close: () => Promise.resolve(),
});

/** Connection string of the register that has this folder open; null when nobody answers there. */
async function runningStore(configuration: Configuration): Promise<string | null> {
  try {
    const held: unknown = JSON.parse(readFileSync(addressFileOf(configuration), 'utf8'));
    const { connectionString } = held as { connectionString?: unknown };
    if (typeof connectionString !== 'string') return null;
    const { hostname, port } = new URL(connectionString);
    return await new Promise((resolve) => {
      const socket = connect({ host: hostname, port: Number(port), timeout: 2000 });
      const answer = (found: string | null) => () => {
        socket.destroy();
        resolve(found);
      };
      socket.once('connect', answer(connectionString));
      socket.once('error', answer(null));
      socket.once('timeout', answer(null));
    });
  } catch {
    return null;
  }
}
