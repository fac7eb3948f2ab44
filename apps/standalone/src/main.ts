import 'reflect-metadata';
import { openTracing, type Tracing } from '#tracing';
import { startApplication, type RunningApplication } from './application.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { checkSignIn } from './sign-in.ts';
import { openStore, type Store } from './store.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

let tracing: Tracing | null = null;
let store: Store | null = null;
let application: RunningApplication | null = null;
let stopping = false;

/** Closes in the order of use: answers first, then the store, then the last spans of both. A second signal does not wait. */
async function stop(exitCode: number): Promise<void> {
  if (stopping) process.exit(exitCode === 0 ? 130 : exitCode);
  stopping = true;
  const patience = setTimeout(() => {
    complain(
      'Closing took longer than 10 seconds and was cut short; everything acknowledged is on disk.',
    );
    process.exit(exitCode === 0 ? 1 : exitCode);
  }, 10_000);
  patience.unref();
  await application?.close();
  await store?.close();
  await tracing?.close();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (!stopping) say('Stopping ...');
    void stop(0);
  });
}

try {
  const configuration = readConfiguration(process.env);
  checkSignIn(configuration);
  tracing = await openTracing(process.env, 'treaty-ledger', complain);
  store = await openStore(configuration);
  void store.failed.then((error) => {
    if (stopping) return;
    complain(
      `The store ended by itself: ${error.message}. Start again; everything acknowledged is on disk.`,
    );
    void stop(1);
  });
  application = await startApplication(configuration, store.connectionString);
  say(`The Treaty Ledger is running on ${store.name}.`);
  say(application.loaded);
  say('');
  say(`  What there is     ${application.address}/`);
  say(`  Status table      ${application.address}/treaties/XVIII-16/status`);
  say(`  Entry into force  ${application.address}/treaties/XVIII-16/entry-into-force`);
  say(`  OpenAPI           ${application.address}/openapi.json`);
  say('');
  for (const line of application.signIn) say(`  ${line}`);
  say('');
  if (tracing.sentence !== null) say(tracing.sentence);
  say('Ctrl-C stops it.');
} catch (error) {
  const known = error instanceof ConfigurationError || error instanceof Error;
  complain(`The start stopped: ${known ? startFault(error) : String(error)}`);
  await stop(1);
}

function startFault(error: Error & { code?: string; port?: number }): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${error.port ?? ''} is in use by another program; stop that one or set PORT to another number (0 takes a free one).`;
  return error.message;
}
