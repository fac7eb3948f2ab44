import { join } from 'node:path';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  DepositaryModule,
  deskProblems,
  ReadYourWrites,
  registerUploads,
  SystemClock,
  type Clock,
} from '#depositary';
import { fastifyAdapter, prepare } from '#http';
import { Ledger, LedgerModule } from '#ledger';
import { sendProblemPage } from '#pages';
import { RegisterViews, RegistryModule } from '#registry';
import type { Configuration } from './configuration.ts';
import { deskModule } from './desk.ts';
import { ledgerProblems } from './ledger-problems.ts';
import { publishOpenApi } from './openapi.ts';
import { registerRoutes, type RegisterRoute } from './register-routes.ts';
import { loadSeed } from './seed/load-seed.ts';
import { openSignIn, type SignIn } from './sign-in.ts';

/** The staff API waits for the views of the same process, once they exist. */
class ViewsOfThisProcess extends ReadYourWrites {
  views: RegisterViews | null = null;

  async waitFor(position: string): Promise<void> {
    await this.views?.waitFor(position);
  }
}

@Module({})
class StandaloneModule {
  static forRoot(
    ledger: DynamicModule,
    staff: DynamicModule,
    clock: Clock,
    reads: ReadYourWrites,
    snapshotFile: string,
    desk: DynamicModule,
  ): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        ledger,
        staff,
        DepositaryModule.forRoot({ ledger, staff, clock, reads }),
        RegistryModule.forRoot({ ledger, clock, snapshotFile }),
        desk,
      ],
    };
  }
}

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

/**
 * Everything in one process over the ledger at `connectionString`: staff API, public API, shipped data.
 * Listens when the views have caught up, so the first answer is already right.
 */
export async function startApplication(
  configuration: Configuration,
  connectionString: string,
  clock: Clock = new SystemClock(configuration.DEPOSITARY_TIME_ZONE),
): Promise<RunningApplication> {
  const ledgerModule = LedgerModule.forRoot({ connectionString });
  const reads = new ViewsOfThisProcess();
  const snapshotFile = join(configuration.LEDGER_DATA_DIR, 'views.snapshot');
  const signIn = await openSignIn(configuration);
  const { staff } = signIn;
  const desk = await deskModule(configuration, {
    ledger: ledgerModule,
    staff,
    today: clock,
    reads,
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.forRoot(ledgerModule, staff, clock, reads, snapshotFile, desk),
    fastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false, bodyParser: false },
  ).catch(async (error: unknown) => {
    await signIn.close();
    throw error;
  });
  const close = (): Promise<void> => closeAll(app, signIn);
  try {
    prepare(app, [ledgerProblems, deskProblems], sendProblemPage);
    await registerUploads(app);
    publishOpenApi(app);
    signIn.attach(app);
    const loaded = await shippedData(configuration, app.get(Ledger), clock);
    await app.init();
    const views = app.get(RegisterViews);
    reads.views = views;
    await views.ready;
    await app.listen(configuration.PORT, configuration.HOST);
    const address = addressOf(app);
    const lines = signIn.listening(address);
    return { address, loaded, signIn: lines, routes: registerRoutes(app), close };
  } catch (error) {
    await close().catch((closing: unknown) => new Logger('standalone').error(closing));
    throw error;
  }
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
  const { sentence } = await loadSeed(ledger, { actor: 'shipped data', today: clock.today() });
  return sentence;
}

function addressOf(app: NestFastifyApplication): string {
  const bound = app.getHttpServer().address();
  if (bound === null || typeof bound === 'string')
    throw new Error('The HTTP server has no address.');
  const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return `http://${host}:${bound.port}`;
}
