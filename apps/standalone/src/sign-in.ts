import { join } from 'node:path';
import { Logger, type DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  AuditTrail,
  openStaffDatabase,
  StaffModule,
  StaffOptions,
  type SignInSettings,
} from '#depositary';
import { fromThisMachine, isLoopback, Problem, sendProblem } from '#http';
import { ConfigurationError, type Configuration } from './configuration.ts';
import {
  DevelopmentProvider,
  loadProviderLibrary,
} from './development-provider/development-provider.ts';
import {
  developmentProviderPath,
  developmentSecret,
  registerClientId,
} from './development-provider/people.ts';
import { providerSecrets, type ProviderSecrets } from './development-provider/provider-secrets.ts';

/** The staff side of one process, from the configuration. */
export interface SignIn {
  /** For the modules with staff routes. */
  readonly staff: DynamicModule;
  /** Before the application listens: routes that are no controller's. */
  attach(app: NestFastifyApplication): void;
  /** Once it listens: the origin may be known only now. Answers how to sign in, line by line. */
  listening(address: string): readonly string[];
  close(): Promise<void>;
}

/**
 * Whether officers can be signed in safely as configured.
 * @throws ConfigurationError with one sentence that says what to set
 */
export function checkSignIn(configuration: Configuration): void {
  const { HOST, OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, PUBLIC_URL } = configuration;
  const refuse = (sentence: string): never => {
    throw new ConfigurationError(sentence);
  };
  if (OIDC_ISSUER === undefined) {
    if (configuration.NODE_ENV === 'production')
      refuse(
        'OIDC_ISSUER must be set when NODE_ENV is production: the development provider lets in whoever reaches it, so it is not started there. Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET to your OpenID provider.',
      );
    if (!isLoopback(HOST))
      refuse(
        `HOST must be a loopback address (127.0.0.1, ::1 or localhost) without OIDC_ISSUER: the development provider lets in whoever reaches it. It is "${HOST}" now; set OIDC_ISSUER and an https PUBLIC_URL to listen there.`,
      );
    return;
  }
  if (OIDC_CLIENT_ID === undefined || OIDC_CLIENT_SECRET === undefined)
    refuse(
      'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set with OIDC_ISSUER: they are how the register shows itself to the provider.',
    );
  if (!isLoopback(HOST) && PUBLIC_URL?.startsWith('https://') !== true)
    refuse(
      `PUBLIC_URL must be an https address when HOST is not loopback ("${HOST}" now): cookies and tokens would cross the network in the clear. Put a proxy with a certificate before the register and set PUBLIC_URL to its address.`,
    );
  if (configuration.OIDC_AUDIENCE === OIDC_CLIENT_ID)
    refuse(
      'OIDC_AUDIENCE must differ from OIDC_CLIENT_ID: otherwise an ID token could be used as an access token.',
    );
}

/** What is known at the start, and the origin once the register listens. */
class Options extends StaffOptions {
  readonly thisMachineOnly: boolean;
  private address: string | null = null;

  constructor(
    private readonly configuration: Configuration,
    private readonly secrets: ProviderSecrets | null,
    readonly now: () => Date,
  ) {
    super();
    this.thisMachineOnly = secrets !== null;
  }

  listeningAt(address: string): void {
    this.address = address;
  }

  get origin(): string {
    // The development provider answers this machine only, whatever address the public is given.
    const given = this.thisMachineOnly ? undefined : this.configuration.PUBLIC_URL;
    const origin = given ?? this.address;
    if (origin === null) throw new Problem('starting-up', 'The register is still starting.');
    return origin;
  }

  get signIn(): SignInSettings {
    const { configuration, secrets, origin } = this;
    return {
      issuer:
        secrets === null ? (configuration.OIDC_ISSUER ?? '') : origin + developmentProviderPath,
      clientId: secrets === null ? (configuration.OIDC_CLIENT_ID ?? '') : registerClientId,
      clientSecret: secrets?.clientSecret ?? configuration.OIDC_CLIENT_SECRET ?? '',
      rolesClaim: secrets === null ? configuration.OIDC_ROLES_CLAIM : 'roles',
      audience: secrets === null ? (configuration.OIDC_AUDIENCE ?? origin) : origin,
      tokenType: secrets === null ? configuration.OIDC_TOKEN_TYPE : 'at+jwt',
      scope: secrets === null ? configuration.OIDC_SCOPE : 'openid profile',
    };
  }
}

/**
 * Opens what signing in needs. Without OIDC_ISSUER, the development provider answers under the register's own
 * address, to this machine only.
 */
export async function openSignIn(
  configuration: Configuration,
  now: () => Date = () => new Date(),
): Promise<SignIn> {
  checkSignIn(configuration);
  const secrets =
    configuration.OIDC_ISSUER === undefined ? providerSecrets(configuration.LEDGER_DATA_DIR) : null;
  const library = secrets === null ? null : await loadProviderLibrary();
  const options = new Options(configuration, secrets, now);
  const database = await openStaffDatabase({
    url: configuration.DATABASE_URL,
    file: join(configuration.LEDGER_DATA_DIR, 'staff.sqlite'),
  });
  let provider: DevelopmentProvider | null = null;
  let app: NestFastifyApplication | null = null;
  return {
    staff: StaffModule.forRoot(options, database),
    attach: (application) => {
      app = application;
      if (secrets !== null) serveDevelopmentProvider(application, () => provider);
    },
    listening: (address) => {
      options.listeningAt(address);
      if (secrets === null || library === null)
        return [
          `Officers sign in at ${options.origin}/sign-in (${configuration.OIDC_ISSUER}).`,
          `Programs send access tokens for ${options.signIn.audience}.`,
        ];
      provider = new DevelopmentProvider(library, options.origin, options.signIn.audience, secrets);
      return [
        `Sign in           ${options.origin}/sign-in (development provider: choose who you are)`,
        `A token           curl -u administrator:${developmentSecret} ${options.signIn.issuer}/token -d grant_type=client_credentials`,
      ];
    },
    close: async () => {
      await app?.get(AuditTrail).flush();
      await database.close();
    },
  };
}

/** Hands requests under the provider's path to it, before the register reads anything of them. */
function serveDevelopmentProvider(
  app: NestFastifyApplication,
  provider: () => DevelopmentProvider | null,
): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', async (request, reply) => {
      const [path = ''] = (request.raw.url ?? '').split('?');
      if (path !== developmentProviderPath && !path.startsWith(`${developmentProviderPath}/`))
        return undefined;
      const running = provider();
      try {
        fromThisMachine(request);
        if (running === null) throw new Problem('starting-up', 'The register is still starting.');
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        sendProblem(error, request, reply);
        return reply;
      }
      reply.hijack();
      await running?.answer(request.raw, reply.raw).catch((error: unknown) => {
        new Logger('development-provider').error(error);
        reply.raw.destroy();
      });
      return reply;
    });
}
