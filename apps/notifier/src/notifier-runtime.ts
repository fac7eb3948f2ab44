import {
  BeforeApplicationShutdown,
  Inject,
  Injectable,
  OnApplicationBootstrap,
  OnModuleInit,
} from '@nestjs/common';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { openDatabase, type OpenDatabase } from '#database';
import { Ledger } from '#ledger';
import { NotifierClock } from './clock.ts';
import { ContactMail } from './contacts/contact-mail.tsx';
import { ContactTeller, type ContactRim } from './contacts/contact-teller.ts';
import { ContactWork } from './contacts/contact-work.ts';
import { Contacts } from './contacts/contacts.ts';
import type { Channels } from './engine/channel.ts';
import { Notifier } from './engine/notifier.ts';
import type { WorkerWatch } from './engine/worker.ts';
import { MailChannel } from './mail/mail-channel.ts';
import { MailSender } from './mail/mail-sender.ts';
import { NOTIFIER_SETTINGS, type NotifierSettings } from './notifier-settings.ts';
import { LedgerReader } from './occurrences/ledger-reader.ts';
import { placeNow, type Place } from './occurrences/place.ts';
import { errorInLog, notifierLog } from './operations/log.ts';
import { NotifierMetrics, readLag, type Lag } from './operations/metrics.ts';
import { traced, traceIdsOf } from './operations/tracing.ts';
import { openSealing } from './secrets/sealing.ts';
import { Subscriptions } from './subscribers/subscriptions.ts';
import { notifierMigrations, type NotifierTables } from './subscribers/tables.ts';
import { publicResolver } from './webhooks/public-resolver.ts';
import { machineResolver, publicTargets, TargetGuard } from './webhooks/target-guard.ts';
import { WebhookChannel } from './webhooks/webhook-channel.ts';
import { WebhookClient } from './webhooks/webhook-client.ts';

/** The parts of the notifier that hold resources. */
interface Parts {
  readonly database: OpenDatabase<NotifierTables>;
  readonly subscriptions: Subscriptions;
  readonly webhooks: WebhookChannel;
  readonly mail: MailChannel;
  readonly contacts: Contacts;
  readonly contactMail: ContactMail;
  readonly guard: TargetGuard;
  readonly notifier: Notifier;
  readonly metrics: NotifierMetrics;
  close(): Promise<void>;
}

/** The notifier of this process, from the opened database to the last answer. */
@Injectable()
export class NotifierRuntime
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown
{
  readonly reader: LedgerReader;
  readonly log: Logger = notifierLog();
  private opened: Parts | null = null;
  private delivering: Promise<void> = Promise.resolve();
  private stopped = false;
  private startError: string | null = null;

  constructor(
    ledger: Ledger,
    readonly clock: NotifierClock,
    @Inject(NOTIFIER_SETTINGS) readonly settings: NotifierSettings,
  ) {
    this.reader = new LedgerReader(ledger, clock);
  }

  async onModuleInit(): Promise<void> {
    this.opened = await this.open();
    const { subscriptions, contacts } = this.opened;
    const resealed = (await subscriptions.resealAll()) + (await contacts.resealAll());
    if (resealed > 0) this.log.info({ resealed }, 'sealed again with the key in use');
  }

  onApplicationBootstrap(): void {
    this.delivering = this.begin().catch((error: unknown) => {
      if (this.stopped) return;
      this.startError = 'The notifier did not start; its log says why.';
      this.log.error(errorInLog(error), 'the notifier did not start');
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.opened?.notifier.stop();
    await this.reader.stop();
    await this.delivering;
    await this.opened?.close();
  }

  /** Settles when the ledger was read and deliveries go out. */
  get ready(): Promise<void> {
    return this.delivering;
  }

  get parts(): Parts {
    if (this.opened === null) throw new Error('The notifier is not open.');
    return this.opened;
  }

  /** The place of what is recorded from now on. */
  here(): Place {
    const { position } = this.reader.timeline;
    return placeNow(position, this.clock.dateAt(this.clock.now()));
  }

  /** Up to where everyone concerned has been marked: as far as a replay goes. */
  async fannedOutTo(): Promise<Place> {
    return (await this.parts.notifier.store.fanOut())?.place ?? this.here();
  }

  lag(): Promise<Lag> {
    return readLag(this.parts.database.kysely, this.clock.now());
  }

  /** For `/health`: whether this process can take subscriptions and deliver. */
  health(): { readonly fit: boolean; readonly [fact: string]: unknown } {
    const reader = this.reader.health();
    const error = this.startError ?? this.opened?.notifier.lastError ?? null;
    return {
      fit: reader.state === 'live' && error === null,
      reader: reader.state,
      position: reader.position,
      fannedOutTo: this.opened?.notifier.fanOut.place ?? null,
      inFlight: this.opened?.notifier.worker.inFlight ?? 0,
      error: error === null ? null : 'The notifier’s database or the ledger cannot be reached.',
    };
  }

  private async begin(): Promise<void> {
    await this.reader.start();
    const { notifier } = this.parts;
    await notifier.begin();
    if (this.settings.delivers && !this.stopped) notifier.start();
  }

  private async open(): Promise<Parts> {
    const { dataDir, databaseUrl, secretsKey, webhookTargets, publicUrl } = this.settings;
    const sealing = openSealing(secretsKey, dataDir);
    const database = await openDatabase<NotifierTables>({
      url: databaseUrl,
      file: join(dataDir, 'notifier.sqlite'),
      owner: 'notifier',
      migrations: notifierMigrations,
    });
    const { clock, reader } = this;
    const allowLoopback = webhookTargets === 'development';
    // Only the machine itself knows the names of its own addresses.
    const resolve = allowLoopback ? machineResolver : publicResolver();
    const guard = new TargetGuard({ ...publicTargets, allowLoopback }, resolve);
    const client = new WebhookClient(guard);
    const sender = this.mailSender();
    const rim = {
      states: () => reader.states(),
      source: publicUrl,
      sealing,
      failed: (error: unknown) => this.log.error(errorInLog(error), 'a delivery was not prepared'),
    };
    const webhooks = new WebhookChannel({
      ...rim,
      timeline: reader.timeline,
      clock,
      guard,
      client,
    });
    const mail = new MailChannel({ ...rim, sender });
    const subscriptions = new Subscriptions(database, sealing, clock);
    const channels = { webhook: traced(webhooks, 'webhook'), mail: traced(mail, 'mail') };
    const contacts = new Contacts(database, { sealing, clock, subscriptions });
    const contactMail = new ContactMail({ sender, contacts, source: publicUrl });
    const { notifier, metrics } = this.engine(database, channels, {
      subscriptions,
      contacts,
      mail: contactMail,
    });
    return {
      database,
      subscriptions,
      webhooks,
      mail,
      contacts,
      contactMail,
      guard,
      notifier,
      metrics,
      close: async () => {
        await client.close();
        sender?.close();
        await database.close();
      },
    };
  }

  private engine(
    database: OpenDatabase<NotifierTables>,
    channels: Channels,
    people: Pick<ContactRim, 'subscriptions' | 'contacts' | 'mail'>,
  ): Pick<Parts, 'notifier' | 'metrics'> {
    const { clock, reader, log } = this;
    const metrics = new NotifierMetrics();
    const watch: WorkerWatch = {
      attempted: ({ id, channel, attempts }, occurrence, answer, milliseconds) => {
        metrics.attempted(channel, answer, milliseconds);
        if (answer.outcome === 'delivered') return;
        const { outcome, code } = answer;
        const about = { subscriber: id, channel, occurrence: occurrence.id, attempt: attempts + 1 };
        log.warn({ ...about, outcome, code, ...traceIdsOf(answer) }, 'a delivery failed');
      },
      ended: ({ id, channel }, state, reason) => {
        metrics.endedFor(reason);
        log.warn({ subscriber: id, channel, state, reason }, 'a subscriber is told nothing more');
      },
      failed: (error) => log.error(errorInLog(error), 'the notifier failed, and goes on'),
    };
    const contacts = new ContactTeller({
      ...people,
      work: new ContactWork(database),
      timeline: reader.timeline,
      clock,
      told: (subscriber, telling, { outcome, code }) => {
        metrics.contactTold(telling, outcome);
        const level = outcome === 'delivered' ? 'info' : 'warn';
        log[level]({ subscriber, telling, outcome, code }, 'a contact is told of its webhook');
      },
      failed: (error) => watch.failed(error),
    });
    const notifier = new Notifier(database, reader, channels, { clock, watch, contacts });
    return { notifier, metrics };
  }

  private mailSender(): MailSender | null {
    const { smtpUrl, mailFrom } = this.settings;
    if (smtpUrl === undefined) return null;
    if (mailFrom === undefined)
      throw new Error(
        'SMTP_URL is set and MAIL_FROM is not; set it to the address that notices come from.',
      );
    return new MailSender(smtpUrl, mailFrom);
  }
}
