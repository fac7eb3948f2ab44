import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastifyAdapter, prepare } from '#http';
import { LedgerModule } from '#ledger';
import { sendProblemPage } from '#pages';
import {
  ConfigurationError,
  ledgerProblems,
  notifierSettings,
  openSignIn,
  reachStore,
  readConfiguration,
  type SignIn,
  type Store,
} from '#standalone';
import { openTracing, type Tracing } from '#tracing';
import { MachineClock } from './clock.ts';
import { NotifierModule } from './notifier.module.ts';
import { NotifierRuntime } from './notifier-runtime.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

let tracing: Tracing | null = null;
let app: NestFastifyApplication | null = null;
let store: Store | null = null;
let signIn: SignIn | null = null;
let stopping = false;

/** Lets what is being told come to its end. A second signal does not wait: leases end by themselves. */
async function stop(exitCode: number): Promise<void> {
  if (stopping) process.exit(130);
  stopping = true;
  setTimeout(() => process.exit(1), 20_000).unref();
  await app?.close();
  await signIn?.close();
  await store?.close();
  await tracing?.close();
  process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));

/**
 * One notifier as a process of its own, over the store of EVENTSTORE_URL (or that of a register that runs on the
 * same data folder) and the database of DATABASE_URL. As many as wanted share the work.
 */
try {
  const configuration = readConfiguration({ PORT: '0', ...process.env });
  tracing = await openTracing(process.env, 'treaty-ledger-notifier', complain);
  store = await reachStore(configuration);
  const settings = notifierSettings(configuration, () => `http://127.0.0.1:3000`);
  const clock = new MachineClock(configuration.DEPOSITARY_TIME_ZONE);
  signIn = await openSignIn(configuration);
  const ledger = LedgerModule.forRoot({ connectionString: store.connectionString });
  app = await NestFactory.create<NestFastifyApplication>(
    NotifierModule.forRoot({ ledger, settings, clock, alone: true, imports: [signIn.staff] }),
    fastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false, bodyParser: false },
  );
  prepare(app, [ledgerProblems], sendProblemPage, configuration.TRACE_CALLERS);
  signIn.attach(app);
  await app.init();
  await app.get(NotifierRuntime).ready;
  await app.listen(configuration.PORT, configuration.HOST);
  signIn.listening(await app.getUrl());
  say(`A notifier is running over ${store.name}; its health is at ${await app.getUrl()}/health.`);
  if (tracing.sentence !== null) say(tracing.sentence);
} catch (error) {
  const known = error instanceof ConfigurationError || error instanceof Error;
  complain(`The start stopped: ${known ? error.message : String(error)}`);
  await stop(1);
}
