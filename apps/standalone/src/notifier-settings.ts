import type { NotifierSettings } from '#notifier';
import type { Configuration } from './configuration.ts';

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
