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

/** Everything that can be set from outside, by environment variables of the same names. */
export class Configuration {
  /** Port of the HTTP server; 0 takes a free one. */
  @IsInt({ message: 'PORT must be a whole number' })
  @Min(0, { message: 'PORT must be 0 or more' })
  @Max(65_535, { message: 'PORT must be 65535 or less' })
  PORT = 3000;

  /** Address to listen on. Until sign-in exists, only this machine's own. */
  @IsString()
  @ValidateBy({
    name: 'isLoopback',
    validator: {
      validate: (host) => typeof host === 'string' && isLoopback(host),
      defaultMessage: () =>
        'HOST must be a loopback address (127.0.0.1, ::1 or localhost): staff routes have no sign-in yet, so anyone who reaches them could record instruments',
    },
  })
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

  /** Port of the embedded store; 0 takes a free one. */
  @IsInt({ message: 'EMBEDDED_EVENTSTORE_PORT must be a whole number' })
  @Min(0, { message: 'EMBEDDED_EVENTSTORE_PORT must be 0 or more' })
  @Max(65_535, { message: 'EMBEDDED_EVENTSTORE_PORT must be 65535 or less' })
  EMBEDDED_EVENTSTORE_PORT = 0;

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
  'DOCUMENTS_S3_URL',
  'DOCUMENTS_S3_REGION',
  'DOCUMENTS_S3_ACCESS_KEY_ID',
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
  const names = [...Object.keys(new Configuration()), ...optionalSettings];
  const given = names.flatMap((name): [string, string | number][] => {
    const value = environment[name];
    if (value === undefined || value === '') return [];
    return [[name, name.endsWith('PORT') && /^\d+$/.test(value) ? Number(value) : value]];
  });
  const configuration = plainToInstance(Configuration, Object.fromEntries(given), {
    exposeDefaultValues: true,
  });
  const [fault] = validateSync(configuration, { stopAtFirstError: true });
  if (fault !== undefined) {
    const sentence = Object.values(fault.constraints ?? {})[0] ?? `${fault.property} is not valid`;
    throw new ConfigurationError(`${sentence}. It is "${String(fault.value).slice(0, 200)}" now.`);
  }
  return configuration;
}
