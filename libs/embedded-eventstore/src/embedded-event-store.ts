import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { StoreNotOpened } from './database.ts';
import { defaultMaxAppendSize, type ServerOptions } from './server.ts';

export interface EmbeddedEventStoreOptions {
  /** Folder of the store's files; made when it isn't there. */
  readonly dataDir: string;
  /** Address to listen on; this machine only unless told otherwise. */
  readonly host?: string;
  /** 0 or left out: a free port. */
  readonly port?: number;
  /** Largest append in bytes (types, data and metadata of its events); 1 MiB as EventStoreDB. */
  readonly maxAppendSize?: number;
}

export interface EmbeddedEventStore {
  /** For `EventStoreDBClient.connectionString`. */
  readonly connectionString: string;
  readonly host: string;
  readonly port: number;
  /** Settles if the store's thread ends without having been closed. */
  readonly failed: Promise<Error>;
  /** Ends calls as EventStoreDB does on SIGTERM, and closes the file. Returns within seconds. */
  close(): Promise<void>;
}

/** The longest that closing may take, in milliseconds; the file is safe either way. */
const closingPatience = 5000;

type Message = { readonly port?: number; readonly failed?: string; readonly closed?: boolean };

/**
 * Starts the store in a thread of its own.
 * @throws StoreNotOpened with one sentence when the folder is in use, damaged or another program's
 */
export async function startEmbeddedEventStore(
  options: EmbeddedEventStoreOptions,
): Promise<EmbeddedEventStore> {
  const host = options.host ?? '127.0.0.1';
  const workerData: ServerOptions = {
    dataDir: options.dataDir,
    host,
    port: options.port ?? 0,
    maxAppendSize: options.maxAppendSize ?? defaultMaxAppendSize,
  };
  // Under jest and in development the sources themselves run; Node strips their types.
  const entry = new URL(
    import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js',
    import.meta.url,
  );
  const worker = new Worker(entry, { workerData, name: 'embedded-eventstore', execArgv: [] });
  const exited = once(worker, 'exit');
  let closing = false;
  const failed = new Promise<Error>((resolve) => {
    worker.on('error', resolve);
    void exited.then(() => {
      if (!closing) resolve(new Error('the thread of the event store ended'));
    });
  });
  const first = await Promise.race([
    once(worker, 'message').then(([message]) => message as Message),
    failed.then((error): Message => ({ failed: error.message })),
  ]);
  if (first.port === undefined) {
    closing = true;
    await worker.terminate();
    throw new StoreNotOpened(first.failed ?? 'The event store did not start.');
  }
  const { port } = first;
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return {
    connectionString: `esdb://${shownHost}:${port}?tls=false`,
    host,
    port,
    failed,
    async close() {
      if (closing) return void (await exited);
      closing = true;
      worker.postMessage('close');
      const patience = setTimeout(() => void worker.terminate(), closingPatience);
      await exited;
      clearTimeout(patience);
    },
  };
}
