import { randomBytes } from 'node:crypto';
import { openDatabase, type OpenDatabase } from '#database';
import type { Ledger } from '#ledger';
import type { CalendarDate } from '#treaty';
import { NotifierClock, dateIn } from '../src/clock.ts';
import type { Answer, Channel } from '../src/engine/channel.ts';
import { ContactMail } from '../src/contacts/contact-mail.tsx';
import { ContactTeller } from '../src/contacts/contact-teller.ts';
import { ContactWork } from '../src/contacts/contact-work.ts';
import { Contacts } from '../src/contacts/contacts.ts';
import { Notifier, type NotifierOptions } from '../src/engine/notifier.ts';
import { MailSender } from '../src/mail/mail-sender.ts';
import { LedgerReader } from '../src/occurrences/ledger-reader.ts';
import type { Occurrence } from '../src/occurrences/occurrence.ts';
import { placeNow } from '../src/occurrences/place.ts';
import { Sealing } from '../src/secrets/sealing.ts';
import type { Filter } from '../src/subscribers/filter.ts';
import { Subscriptions, type Wanted } from '../src/subscribers/subscriptions.ts';
import {
  notifierMigrations,
  type NotifierTables,
  type SubscriberRow,
} from '../src/subscribers/tables.ts';
import { TargetGuard } from '../src/webhooks/target-guard.ts';
import { WebhookChannel } from '../src/webhooks/webhook-channel.ts';
import { WebhookClient, webhookLimits } from '../src/webhooks/webhook-client.ts';

/** A clock that stands still until a test moves it; it begins with the machine's. */
export class TestClock extends NotifierClock {
  private readonly begun = Date.now();
  private moved = 0;
  readonly dateAt: (instant: number) => CalendarDate = dateIn('UTC');

  now(): number {
    return this.begun + this.moved;
  }

  forward(milliseconds: number): void {
    this.moved += milliseconds;
  }
}

export const hours = (n: number): number => n * 3_600_000;
export const days = (n: number): number => n * 24 * 3_600_000;

export const everything: Filter = {
  treaties: [],
  participants: [],
  kinds: [],
  topics: ['actions', 'notifications', 'register'],
  counts: [],
  inForceInDays: [],
  signatureClosesInDays: [],
};

/** One notifier process in this one: its own reader, database connection and worker. */
export interface NotifierUnderTest {
  readonly notifier: Notifier;
  readonly reader: LedgerReader;
  readonly subscriptions: Subscriptions;
  readonly database: OpenDatabase<NotifierTables>;
  readonly webhooks: WebhookChannel;
  readonly contacts: Contacts;
  readonly contactMail: ContactMail;
  readonly failures: unknown[];
  /** Attempts in the order in which they were written. */
  readonly attempts: { subscriber: string; occurrence: Occurrence; answer: Answer }[];
  readonly ended: string[];
  /** An active subscriber from now on. */
  subscribe(wanted: Partial<Wanted>): Promise<SubscriberRow>;
  /** Reads all of the ledger and does all that is due. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const testKey = randomBytes(32);

export interface NotifierPlace {
  readonly ledger: Ledger;
  readonly url: string | undefined;
  readonly file: string;
  readonly clock: NotifierClock;
  /** In place of the channels that the product has. */
  readonly webhook?: Channel;
  readonly mail?: Channel;
  /** Where messages to contacts go; left out: this process sends no mail. */
  readonly mailServer?: string;
  readonly options?: NotifierOptions;
}

export async function startNotifierUnderTest(place: NotifierPlace): Promise<NotifierUnderTest> {
  const { ledger, url, file, clock, options } = place;
  const database = await openDatabase<NotifierTables>({
    url,
    file,
    owner: 'notifier',
    migrations: notifierMigrations,
  });
  const reader = new LedgerReader(ledger, clock);
  await reader.start();
  const sealing = new Sealing([testKey]);
  const subscriptions = new Subscriptions(database, sealing, clock);
  const guard = new TargetGuard({ ports: [], allowLoopback: true });
  const client = new WebhookClient(guard, { ...webhookLimits, whole: 1000, connect: 1000 });
  const { timeline } = reader;
  const failures: unknown[] = [];
  const source = (): string => 'https://treaties.example';
  const webhooks = new WebhookChannel({
    timeline,
    states: () => reader.states(),
    clock,
    guard,
    client,
    sealing,
    source,
    failed: (error) => void failures.push(error),
  });
  const sender =
    place.mailServer === undefined
      ? null
      : new MailSender(place.mailServer, 'The Treaty Ledger <notices@treaties.example>');
  const contacts = new Contacts(database, { sealing, clock, subscriptions });
  const contactMail = new ContactMail({ sender, contacts, source });
  const teller = new ContactTeller({
    work: new ContactWork(database),
    contacts,
    mail: contactMail,
    subscriptions,
    timeline,
    clock,
    told: () => undefined,
    failed: (error) => void failures.push(error),
  });
  const attempts: NotifierUnderTest['attempts'] = [];
  const ended: string[] = [];
  const notifier = new Notifier(
    database,
    reader,
    { webhook: place.webhook ?? webhooks, mail: place.mail ?? webhooks },
    {
      clock,
      contacts: teller,
      watch: {
        attempted: (row, occurrence, answer) =>
          void attempts.push({ subscriber: row.id, occurrence, answer }),
        ended: (_row, state, reason) => void ended.push(`${state} ${reason}`),
        failed: (error) => void failures.push(error),
      },
    },
    options,
  );
  await notifier.begin();
  const here = () => placeNow(timeline.position, clock.dateAt(clock.now()));
  const readAll = async (): Promise<void> => {
    const end = await ledger.end();
    const missing = (): boolean => end !== null && BigInt(timeline.position) < end;
    while (missing()) if (!(await reader.somethingAfter(timeline.position, 200))) break;
  };
  return {
    notifier,
    reader,
    subscriptions,
    database,
    webhooks,
    contacts,
    contactMail,
    failures,
    attempts,
    ended,
    async subscribe(wanted) {
      await readAll();
      const { row } = await subscriptions.make(
        {
          channel: 'webhook',
          target: 'http://127.0.0.1:9/none',
          host: '127.0.0.1',
          filter: everything,
          language: 'en',
          rhythm: 'immediate',
          timeZone: 'UTC',
          macScheme: 'v1',
          ...wanted,
        },
        here(),
      );
      await subscriptions.activate(row.id, here(), here());
      return (await subscriptions.find(row.id)) ?? row;
    },
    async settle() {
      await readAll();
      await notifier.runOnce();
    },
    async close() {
      await notifier.stop();
      await reader.stop();
      await client.close();
      sender?.close();
      await database.close();
    },
  };
}
