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
import { loadSeed } from './seed/load-seed.ts';

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
    clock: Clock,
    reads: ReadYourWrites,
    snapshotFile: string,
    desk: DynamicModule,
  ): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        ledger,
        DepositaryModule.forRoot({ ledger, clock, reads }),
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
  const desk = await deskModule(configuration, { ledger: ledgerModule, today: clock, reads });
  const app = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.forRoot(ledgerModule, clock, reads, snapshotFile, desk),
    fastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false, bodyParser: false },
  );
  try {
    prepare(app, [ledgerProblems, deskProblems], sendProblemPage);
    await registerUploads(app);
    publishOpenApi(app);
    const loaded = await shippedData(configuration, app.get(Ledger), clock);
    await app.init();
    const views = app.get(RegisterViews);
    reads.views = views;
    await views.ready;
    await app.listen(configuration.PORT, configuration.HOST);
    return { address: addressOf(app), loaded, close: () => app.close() };
  } catch (error) {
    await app.close().catch((closing: unknown) => new Logger('standalone').error(closing));
    throw error;
  }
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
