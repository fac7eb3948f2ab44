import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NotifierClock } from '#notifier';
import { calendarDate, type CalendarDate } from '#treaty';
import {
  startApplication,
  type RunningApplication,
} from '../../apps/standalone/src/application.ts';
import { readConfiguration } from '../../apps/standalone/src/configuration.ts';
import { openStore, type Store } from '../../apps/standalone/src/store.ts';

export interface Answered<T = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A whole register in this process on free ports and a folder of its own, with a date that tests set. */
export class RegisterUnderTest {
  readonly folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-e2e-'));
  today: CalendarDate = calendarDate('2026-11-24');
  store: Store | null = null;
  application: RunningApplication | null = null;

  /** Settings besides the port and the folder, and the notifier's clock where a test moves it. */
  constructor(
    private readonly settings: Readonly<Record<string, string>> = {},
    private readonly instants?: NotifierClock,
  ) {}

  async start(): Promise<void> {
    const configuration = readConfiguration({
      PORT: '0',
      LEDGER_DATA_DIR: this.folder,
      ...this.settings,
    });
    this.store = await openStore(configuration);
    this.application = await startApplication(
      configuration,
      this.store.connectionString,
      { today: () => this.today },
      this.instants,
    );
  }

  async stop(): Promise<void> {
    await this.application?.close();
    await this.store?.close();
    this.application = null;
    this.store = null;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get address(): string {
    if (this.application === null) throw new Error('The register is not started.');
    return this.application.address;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answered> {
    return answered(await fetch(this.address + path, { headers }));
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    return answered(
      await fetch(this.address + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  }
}

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: json ? JSON.parse(text) : text,
  };
}

/** Forty-two members of the United Nations, enough for the fortieth deposit and the two after it. */
export const states = (
  'FRA DEU ITA ESP PRT BEL NLD LUX IRL DNK SWE FIN AUT GRC POL CZE SVK HUN ROU BGR HRV SVN EST LVA LTU MLT CYP ' +
  'BRA ARG CHL PER MEX KEN GHA NGA ZAF IND JPN KOR THA VNM AUS'
).split(' ');
