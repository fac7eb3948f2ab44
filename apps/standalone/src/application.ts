import { join } from 'node:path';
import { Logger, Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DepositaryModule, ReadYourWrites, SystemClock, type Clock } from '#depositary';
import { fastifyAdapter, prepare } from '#http';
import { Ledger, LedgerModule } from '#ledger';
import { sendProblemPage } from '#pages';
import {
  MachineClock,
  NotifierModule,
  NotifierRuntime,
  type NotifierClock,
  type NotifierSettings,
} from '#notifier';
import { HealthParts, RegisterViews, RegistryModule, type PartHealth } from '#registry';
import type { Configuration } from './configuration.ts';
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

/** What `/health` tells of the notifier of the same process, once it exists. */
class NotifierOfThisProcess extends HealthParts {
  runtime: NotifierRuntime | null = null;

  health(): Readonly<Record<string, PartHealth>> {
    return this.runtime === null ? {} : { notifier: this.runtime.health() };
  }
}

@Module({})
class StandaloneModule {
  static forRoot(
    ledger: DynamicModule,
    clock: Clock,
    reads: ReadYourWrites,
    register: { snapshotFile: string; parts: HealthParts },
    notifier: DynamicModule,
  ): DynamicModule {
    return {
      module: StandaloneModule,
      imports: [
        ledger,
        DepositaryModule.forRoot({ ledger, clock, reads }),
        RegistryModule.forRoot({ ledger, clock, ...register }),
        notifier,
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
  instants: NotifierClock = new MachineClock(configuration.DEPOSITARY_TIME_ZONE),
): Promise<RunningApplication> {
  const ledgerModule = LedgerModule.forRoot({ connectionString });
  const reads = new ViewsOfThisProcess();
  const parts = new NotifierOfThisProcess();
  let address = '';
  const notifier = NotifierModule.forRoot({
    ledger: ledgerModule,
    clock: instants,
    settings: notifierSettings(configuration, () => address),
  });
  const snapshotFile = join(configuration.LEDGER_DATA_DIR, 'views.snapshot');
  const app = await NestFactory.create<NestFastifyApplication>(
    StandaloneModule.forRoot(ledgerModule, clock, reads, { snapshotFile, parts }, notifier),
    fastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false, bodyParser: false },
  );
  try {
    prepare(app, [ledgerProblems], sendProblemPage);
    publishOpenApi(app);
    const loaded = await shippedData(configuration, app.get(Ledger), clock);
    await app.init();
    const views = app.get(RegisterViews);
    reads.views = views;
    await views.ready;
    const runtime = app.get(NotifierRuntime);
    parts.runtime = runtime;
    await runtime.ready;
    await app.listen(configuration.PORT, configuration.HOST);
    address = addressOf(app);
    return { address, loaded, close: () => app.close() };
  } catch (error) {
    await app.close().catch((closing: unknown) => new Logger('standalone').error(closing));
    throw error;
  }
}

/** The notifier's settings; links lead to PUBLIC_URL, or to this machine where none is set. */
export function notifierSettings(
  configuration: Configuration,
  address: () => string,
): NotifierSettings {
  return {
    dataDir: configuration.LEDGER_DATA_DIR,
    databaseUrl: configuration.DATABASE_URL,
    publicUrl: () => configuration.PUBLIC_URL ?? address(),
    smtpUrl: configuration.SMTP_URL,
    mailFrom: configuration.MAIL_FROM,
    secretsKey: configuration.SECRETS_KEY,
    webhookTargets: configuration.WEBHOOK_TARGETS,
    delivers: configuration.NOTIFIER === 'yes',
  };
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
