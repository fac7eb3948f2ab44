import { plainToInstance } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
  ValidateBy,
} from 'class-validator';
import { isLoopback } from '#http';

const isTimeZone = (name: unknown): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(name) });
    return true;
  } catch {
    return false;
  }
};

/** An https address without query or fragment; plain http on this machine alone. */
const isIssuer = (address: unknown): boolean => {
  const url = URL.parse(String(address));
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
};

/** Everything that can be set from outside, by environment variables of the same names. */
export class Configuration {
  /** Port of the HTTP server; 0 takes a free one. */
  @IsInt({ message: 'PORT must be a whole number' })
  @Min(0, { message: 'PORT must be 0 or more' })
  @Max(65_535, { message: 'PORT must be 65535 or less' })
  PORT = 3000;

  /** Address to listen on. Beyond this machine only with OIDC_ISSUER and an https PUBLIC_URL. */
  @IsString()
  @MinLength(1, { message: 'HOST must be an address to listen on' })
  HOST = '127.0.0.1';

  /** Folder of the embedded store and of snapshots. */
  @IsString()
  @MinLength(1, { message: 'LEDGER_DATA_DIR must name a folder' })
  LEDGER_DATA_DIR = '.ledger';

  /** An EventStoreDB to use instead of the embedded store: esdb://host:2113?tls=false */
  @IsOptional()
  @Matches(/^(esdb|esdb\+discover|kurrentdb|kurrentdb\+discover):\/\/[^/\s]+/, {
    message: 'EVENTSTORE_URL must be a connection string such as esdb://127.0.0.1:2113?tls=false',
  })
  EVENTSTORE_URL?: string;

  /** A PostgreSQL for what must be forgettable, instead of SQLite files in the data folder. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/[^/\s]+/, {
    message: 'DATABASE_URL must be an address such as postgres://user@127.0.0.1/ledger',
  })
  DATABASE_URL?: string;

  /** A bucket of an S3-compatible storage for documents, instead of the data folder. */
  @IsOptional()
  @Matches(/^https?:\/\/[^/\s?#]+\/[^\s?#]+$/, {
    message:
      'DOCUMENTS_S3_URL must be the address of a bucket such as https://storage.example.org/documents',
  })
  DOCUMENTS_S3_URL?: string;

  @IsOptional()
  @IsString()
  DOCUMENTS_S3_REGION?: string;

  @IsOptional()
  @IsString()
  DOCUMENTS_S3_ACCESS_KEY_ID?: string;

  @IsOptional()
  @IsString()
  DOCUMENTS_S3_SECRET_ACCESS_KEY?: string;

  /** The address at which people reach the register, for links in feeds, mails and notifications. */
  @IsOptional()
  @Matches(/^https?:\/\/[^/\s?#]+$/, {
    message: 'PUBLIC_URL must be an origin such as https://treaties.example.org, without a path',
  })
  PUBLIC_URL?: string;

  /** Officers sign in at this OpenID provider, instead of the development provider of this machine. */
  @IsOptional()
  @ValidateBy({
    name: 'isIssuer',
    validator: {
      validate: isIssuer,
      defaultMessage: () =>
        'OIDC_ISSUER must be the https address of an OpenID provider, as its discovery document names it (http only on this machine)',
    },
  })
  OIDC_ISSUER?: string;

  /** The register's id at the provider. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_ID?: string;

  /** The register's secret at the provider. */
  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  /** The claim of ID tokens and access tokens that carries roles; dots go into objects. */
  @IsString()
  @MinLength(1, {
    message: 'OIDC_ROLES_CLAIM must name a claim such as roles or realm_access.roles',
  })
  OIDC_ROLES_CLAIM = 'roles';

  /** What access tokens must be made for; PUBLIC_URL, or the address listened on, when not set. */
  @IsOptional()
  @IsString()
  OIDC_AUDIENCE?: string;

  /** The header `typ` of access tokens. */
  @IsIn(['at+jwt', 'JWT'], {
    message: 'OIDC_TOKEN_TYPE must be at+jwt (RFC 9068) or JWT, for a provider that has only that',
  })
  OIDC_TOKEN_TYPE: 'at+jwt' | 'JWT' = 'at+jwt';

  /** What is asked of the provider when an officer signs in. */
  @Matches(/^(?=(.* )?openid( |$))[\x21-\x7e]+( [\x21-\x7e]+)*$/, {
    message: 'OIDC_SCOPE must be words with spaces between, openid among them',
  })
  OIDC_SCOPE = 'openid profile';

  /** `production` keeps the development provider from starting. */
  @IsOptional()
  @IsString()
  NODE_ENV?: string;
  /** Address of the licence under which the data is published; named in every answer. */
  @Matches(/^https?:\/\/\S+$/, { message: 'DATA_LICENCE must be the address of a licence' })
  DATA_LICENCE = 'https://creativecommons.org/publicdomain/zero/1.0/';
  /** The mail server that notices to subscribers go through: smtps://user:password@mail.example.org */
  @IsOptional()
  @Matches(/^smtps?:\/\/[^/\s]+/, {
    message: 'SMTP_URL must be an address such as smtps://user:password@mail.example.org',
  })
  SMTP_URL?: string;

  /** The address that notices come from. */
  @IsOptional()
  @Matches(/^[^@\r\n]+@[^@\s>]+>?$/, {
    message: 'MAIL_FROM must be a mail address such as treaties@example.org',
  })
  MAIL_FROM?: string;

  /** Keys that seal subscribers' addresses and secrets: 32 bytes in base64, the one in use first. */
  @IsOptional()
  @IsString()
  SECRETS_KEY?: string;

  /** Where webhooks may be: `development` allows this machine, plain HTTP and any port. */
  @IsIn(['public', 'development'], { message: 'WEBHOOK_TARGETS must be public or development' })
  WEBHOOK_TARGETS: 'public' | 'development' = 'public';

  /** Whether this process delivers to subscribers; `no` leaves it to notifiers of their own. */
  @IsIn(['yes', 'no'], { message: 'NOTIFIER must be yes or no' })
  NOTIFIER: 'yes' | 'no' = 'yes';

  /** Port of the embedded store; 0 takes a free one. */
  @IsInt({ message: 'EMBEDDED_EVENTSTORE_PORT must be a whole number' })
  @Min(0, { message: 'EMBEDDED_EVENTSTORE_PORT must be 0 or more' })
  @Max(65_535, { message: 'EMBEDDED_EVENTSTORE_PORT must be 65535 or less' })
  EMBEDDED_EVENTSTORE_PORT = 0;

  /** How many may listen to the stream at once; more are sent away with a problem. */
  @IsInt({ message: 'STREAM_LISTENERS must be a whole number' })
  @Min(0, { message: 'STREAM_LISTENERS must be 0 or more' })
  STREAM_LISTENERS = 10_000;

  /** Requests a minute that one address may make of the public API; 0 lets it make any number. */
  @IsInt({ message: 'RATE_LIMIT must be a whole number' })
  @Min(0, { message: 'RATE_LIMIT must be 0 or more' })
  RATE_LIMIT = 1200;

  /** Whose `traceparent` a request's span is a child of: of those signed in, or of all, behind a proxy that writes it. */
  @IsIn(['known', 'all'], { message: 'TRACE_CALLERS must be known or all' })
  TRACE_CALLERS: 'known' | 'all' = 'known';

  /** Whose calendar decides what "today" is: the zone of the depositary's seat. */
  @ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: isTimeZone,
      defaultMessage: () =>
        'DEPOSITARY_TIME_ZONE must be a zone name such as UTC or America/New_York',
    },
  })
  DEPOSITARY_TIME_ZONE = 'UTC';

  /** Whether the shipped data (participants, the Convention against Cybercrime) is loaded when missing. */
  @IsIn(['yes', 'no'], { message: 'SHIPPED_DATA must be yes or no' })
  SHIPPED_DATA: 'yes' | 'no' = 'yes';
}

/** Settings without a default. */
const optionalSettings = [
  'EVENTSTORE_URL',
  'DATABASE_URL',
  'PUBLIC_URL',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_AUDIENCE',
  'NODE_ENV',
  'SMTP_URL',
  'MAIL_FROM',
  'SECRETS_KEY',
  'DOCUMENTS_S3_URL',
  'DOCUMENTS_S3_REGION',
  'DOCUMENTS_S3_ACCESS_KEY_ID',
  'DOCUMENTS_S3_SECRET_ACCESS_KEY',
];

/** Settings that are shown to nobody, not even to say that they are wrong: a log would keep them. */
const secretSettings = [
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'SECRETS_KEY',
  'DATABASE_URL',
  'DOCUMENTS_S3_SECRET_ACCESS_KEY',
];

/** A setting that stops the start, as one sentence. */
export class ConfigurationError extends Error {}

/**
 * Reads the settings from an environment. An empty value counts as not set.
 * @throws ConfigurationError with one sentence for the first bad value.
 */
export function readConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): Configuration {
  const defaults = new Map<string, unknown>(Object.entries(new Configuration()));
  const names = [...defaults.keys(), ...optionalSettings];
  const given = names.flatMap((name): [string, string | number][] => {
    const value = environment[name];
    if (value === undefined || value === '') return [];
    return [
      [name, typeof defaults.get(name) === 'number' && /^\d+$/.test(value) ? Number(value) : value],
    ];
  });
  const configuration = plainToInstance(Configuration, Object.fromEntries(given), {
    exposeDefaultValues: true,
  });
  const [fault] = validateSync(configuration, { stopAtFirstError: true });
  if (fault !== undefined) {
    const sentence = Object.values(fault.constraints ?? {})[0] ?? `${fault.property} is not valid`;
    if (secretSettings.includes(fault.property)) throw new ConfigurationError(`${sentence}.`);
    throw new ConfigurationError(`${sentence}. It is "${String(fault.value).slice(0, 200)}" now.`);
  }
  return configuration;
}
