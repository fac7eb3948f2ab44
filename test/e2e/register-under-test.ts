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
import { tokenFrom, type Machine } from './machine-token.ts';

export { tokenFrom, type Machine };

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
  private readonly tokens = new Map<Machine, Promise<string>>();

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
    // Another start listens elsewhere, and tokens are for one address.
    this.tokens.clear();
  }

  /** The store goes away and comes back at the same address, while the register runs. */
  async restartStore(): Promise<void> {
    const { port } = new URL(this.store?.connectionString ?? '');
    await this.store?.close();
    const configuration = readConfiguration({
      PORT: '0',
      LEDGER_DATA_DIR: this.folder,
      EMBEDDED_EVENTSTORE_PORT: port,
    });
    this.store = await openStore(configuration);
    let { status } = await this.get('/health');
    while (status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ({ status } = await this.get('/health'));
    }
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

  /** An access token of a program with these roles; got once, and good for an hour. */
  token(machine: Machine = 'administrator'): Promise<string> {
    let token = this.tokens.get(machine);
    if (token === undefined) this.tokens.set(machine, (token = tokenFrom(this.address, machine)));
    return token;
  }

  /** What a request of a program with these roles carries. */
  async signedIn(machine: Machine = 'administrator'): Promise<{ Authorization: string }> {
    return { Authorization: `Bearer ${await this.token(machine)}` };
  }

  /** GET by a program with these roles. */
  async getAs(
    machine: Machine,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    return this.get(path, { ...(await this.signedIn(machine)), ...headers });
  }

  /** POST by the administrator, who may record directly. */
  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
    return this.postAs('administrator', path, body, headers);
  }

  /** POST by a program with these roles. */
  async postAs(
    machine: Machine,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    return this.postUnsigned(path, body, { ...(await this.signedIn(machine)), ...headers });
  }

  /** POST by nobody in particular. */
  async postUnsigned(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
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
  const json = /[/+]json/.test(response.headers.get('content-type') ?? '') && text !== '';
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
