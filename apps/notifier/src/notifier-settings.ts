/** What the notifier is told from outside. */
export interface NotifierSettings {
  /** Folder of the SQLite file and of the key file. */
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
  /** The origin at which people and programs read the register; a later one than the start's may be set. */
  readonly publicUrl: () => string;
  /** Without it, subscriptions by mail are not offered. */
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
  readonly secretsKey?: string | undefined;
  /** `development`: webhooks may be on this machine, by plain HTTP and on any port. */
  readonly webhookTargets: 'public' | 'development';
  /** `no`: takes subscriptions, and leaves deliveries to other processes. */
  readonly delivers: boolean;
}

export const NOTIFIER_SETTINGS = Symbol('NOTIFIER_SETTINGS');
