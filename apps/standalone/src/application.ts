import { join } from 'node:path';
import { Logger, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { deskProblems, registerUploads, SystemClock, type Clock } from '#depositary';
import { addPublicManners, fastifyAdapter, prepare } from '#http';
import { Ledger, LedgerModule } from '#ledger';
import { MachineClock, NotifierModule, NotifierRuntime, type NotifierClock } from '#notifier';
import { sendProblemPage } from '#pages';
import { inSpan } from '#tracing';
import {
  deprecatedRoutes,
  openTimeGates,
  ReadyAnswers,
  RegisterViews,
  sendWhatIsReady,
} from '#registry';
import type { Configuration } from './configuration.ts';
import { deskModule } from './desk.ts';
import { ledgerProblems } from './ledger-problems.ts';
import { notifierSettings } from './notifier-settings.ts';
import { publishOpenApi } from './openapi.ts';
import { registerRoutes, type RegisterRoute } from './register-routes.ts';
import { loadSeed } from './seed/load-seed.ts';
import { openSignIn, type SignIn } from './sign-in.ts';
import { NotifierOfThisProcess, StandaloneModule, ViewsOfThisProcess } from './surfaces.ts';

export interface RunningApplication {
  /** `http://127.0.0.1:3000` */
  readonly address: string;
  /** What was loaded at this start, in one sentence. */
  readonly loaded: string;
  /** How to sign in, line by line. */
  readonly signIn: readonly string[];
  /** Every route, with who may use it. */
  readonly routes: readonly RegisterRoute[];
  close(): Promise<void>;
}

/** Parts that know each other only once they run. */
interface Parts {
  readonly reads: ViewsOfThisProcess;
  readonly others: NotifierOfThisProcess;
  /** Known once the register listens. */
  address: string;
}

/**
 * Everything in one process over the ledger at `connectionString`: staff API, public API, notifier, shipped
 * data. Listens when the views have caught up, so the first answer is already right.
 */
export async function startApplication(
  configuration: Configuration,
  connectionString: string,
  clock: Clock = new SystemClock(configuration.DEPOSITARY_TIME_ZONE),
  instants: NotifierClock = new MachineClock(configuration.DEPOSITARY_TIME_ZONE),
): Promise<RunningApplication> {
  const parts: Parts = {
    reads: new ViewsOfThisProcess(),
    others: new NotifierOfThisProcess(),
    address: '',
  };
  const signIn = await openSignIn(configuration);
  const ledger = LedgerModule.forRoot({ connectionString });
  const { staff } = signIn;
  const { reads } = parts;
  const desk = await deskModule(configuration, { ledger, staff, today: clock, reads });
  const app = await NestFactory.create<NestFastifyApplication>(
    surfaces(configuration, { ledger, desk, clock, instants, signIn, parts }),
    fastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false, bodyParser: false },
  ).catch(async (error: unknown) => {
    await signIn.close();
    throw error;
  });
  const close = (): Promise<void> => closeAll(app, signIn);
  try {
    const mappers = [ledgerProblems, deskProblems];
    prepare(app, mappers, sendProblemPage, configuration.TRACE_CALLERS);
    const fastify = app.getHttpAdapter().getInstance();
    await addPublicManners(fastify, {
      mostRequests: configuration.RATE_LIMIT,
      deprecated: deprecatedRoutes,
      answerFirst: () => sendWhatIsReady(fastify, app.get(ReadyAnswers)),
      staff: '/depositary',
    });
    openTimeGates(fastify);
    await registerUploads(app);
    publishOpenApi(app);
    signIn.attach(app);
    const loaded = await shippedData(configuration, app.get(Ledger), clock);
    await app.init();
    await caughtUp(app, parts);
    await app.listen(configuration.PORT, configuration.HOST);
    parts.address = addressOf(app);
    const { address } = parts;
    const lines = signIn.listening(address);
    return { address, loaded, signIn: lines, routes: registerRoutes(app), close };
  } catch (error) {
    await close().catch((closing: unknown) => new Logger('standalone').error(closing));
    throw error;
  }
}

function surfaces(
  configuration: Configuration,
  given: {
    readonly ledger: DynamicModule;
    readonly desk: DynamicModule;
    readonly clock: Clock;
    readonly instants: NotifierClock;
    readonly signIn: SignIn;
    readonly parts: Parts;
  },
): ReturnType<typeof StandaloneModule.forRoot> {
  const { ledger, desk, clock, instants, signIn, parts } = given;
  const { staff } = signIn;
  return StandaloneModule.forRoot({
    ledger,
    staff,
    desk,
    clock,
    reads: parts.reads,
    notifier: NotifierModule.forRoot({
      ledger,
      clock: instants,
      settings: notifierSettings(configuration, () => parts.address),
      imports: [staff],
    }),
    registry: {
      snapshotFile: join(configuration.LEDGER_DATA_DIR, 'views.snapshot'),
      licence: configuration.DATA_LICENCE,
      publicUrl: configuration.PUBLIC_URL,
      stream: { mostListeners: configuration.STREAM_LISTENERS },
      parts: parts.others,
    },
  });
}

/** Waits until the views and the notifier have read the ledger; from then on they know each other. */
async function caughtUp(app: NestFastifyApplication, { reads, others }: Parts): Promise<void> {
  const views = app.get(RegisterViews);
  reads.views = views;
  await views.ready;
  const runtime = app.get(NotifierRuntime);
  others.runtime = runtime;
  await runtime.ready;
}

/** Answers first, then what they are made from. */
async function closeAll(app: NestFastifyApplication, signIn: SignIn): Promise<void> {
  await app.close();
  await signIn.close();
}

async function shippedData(
  configuration: Configuration,
  ledger: Ledger,
  clock: Clock,
): Promise<string> {
  if (configuration.SHIPPED_DATA === 'no')
    return 'The shipped data is not loaded (SHIPPED_DATA=no).';
  const meta = { actor: 'shipped data', today: clock.today() };
  const { sentence } = await inSpan('load shipped data', {}, () => loadSeed(ledger, meta));
  return sentence;
}

function addressOf(app: NestFastifyApplication): string {
  const bound = app.getHttpServer().address();
  if (bound === null || typeof bound === 'string')
    throw new Error('The HTTP server has no address.');
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
