import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import * as oidc from 'openid-client';
import { Problem } from '#http';
import type { Officer } from './officer.ts';
import { rolesOfClaim } from './roles-claim.ts';
import type { StaffOptions } from './staff-options.ts';

/** Seconds that the provider has for an answer. */
const patienceSeconds = 10;

/** What is known of the provider from its discovery document. */
interface Discovered {
  readonly configuration: oidc.Configuration;
  readonly keys: JWTVerifyGetKey;
}

/** Who signed in, as the provider vouches. */
export interface VouchedFor {
  readonly officer: Officer;
  readonly providerSession: string | null;
  readonly idToken: string;
}

export interface AuthorizationRequest {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/**
 * The OpenID provider, reached when it is first needed: a provider that is away delays nobody who reads the
 * register, and is asked again at the next sign-in.
 */
export class IdentityProvider {
  private discovering: Promise<Discovered> | null = null;

  constructor(private readonly options: StaffOptions) {}

  /** Where this register is answered after signing in; registered at the provider. */
  get callbackAddress(): string {
    return `${this.options.origin}/sign-in/callback`;
  }

  /** The address at the provider where an officer signs in, and what must fit its answer. */
  async authorizationRequest(
    language: string,
  ): Promise<AuthorizationRequest & { readonly address: URL }> {
    const { configuration } = await this.discovered();
    const state = oidc.randomState();
    const nonce = oidc.randomNonce();
    const codeVerifier = oidc.randomPKCECodeVerifier();
    const address = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackAddress,
      scope: this.options.signIn.scope,
      response_type: 'code',
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    return { state, nonce, codeVerifier, address };
  }

  /**
   * Changes the code of an answer for an ID token and checks it: signature, issuer, audience, nonce, times.
   * @throws oidc errors for an answer that does not fit; Problem when the provider is away
   */
  async redeem(answer: string, expected: AuthorizationRequest): Promise<VouchedFor> {
    const { configuration } = await this.discovered();
    const tokens = await oidc.authorizationCodeGrant(
      configuration,
      new URL(answer, this.options.origin),
      {
        expectedState: expected.state,
        expectedNonce: expected.nonce,
        pkceCodeVerifier: expected.codeVerifier,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (claims === undefined || tokens.id_token === undefined)
      throw new Error('The provider sent no ID token.');
    const { rolesClaim } = this.options.signIn;
    let about: Readonly<Record<string, unknown>> = claims;
    // Some providers keep the ID token small and tell the rest on asking.
    if (
      rolesOfClaim(claims, rolesClaim) === null &&
      configuration.serverMetadata().userinfo_endpoint !== undefined
    )
      about = {
        ...claims,
        ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)),
      };
    return {
      officer: {
        subject: claims.sub,
        name: nameOf(about, claims.sub),
        roles: rolesOfClaim(about, rolesClaim) ?? [],
      },
      providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : null,
      idToken: tokens.id_token,
    };
  }

  /** Where the provider ends its own session; null when it offers none. */
  async endSessionAddress(idToken: string): Promise<string | null> {
    const { configuration } = await this.discovered();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.options.origin}/`,
    }).href;
  }

  /** The provider's public keys, fetched anew when a token names one that is not known. */
  async keys(): Promise<JWTVerifyGetKey> {
    return (await this.discovered()).keys;
  }

  private discovered(): Promise<Discovered> {
    this.discovering ??= this.discover().catch((error: unknown) => {
      this.discovering = null;
      throw providerAway(error);
    });
    return this.discovering;
  }

  private async discover(): Promise<Discovered> {
    const { issuer, clientId, clientSecret } = this.options.signIn;
    // Plain http is for a provider on this machine; the configuration lets no other through.
    const plain = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [];
    const execute = [...plain, oidc.enableNonRepudiationChecks];
    const found = await oidc.discovery(new URL(issuer), clientId, undefined, undefined, {
      execute,
      timeout: patienceSeconds,
    });
    const server = found.serverMetadata();
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const authentication = methods.includes('client_secret_basic')
      ? oidc.ClientSecretBasic(clientSecret)
      : oidc.ClientSecretPost(clientSecret);
    const configuration = new oidc.Configuration(server, clientId, undefined, authentication);
    configuration.timeout = patienceSeconds;
    for (const setting of execute) setting(configuration);
    if (server.jwks_uri === undefined) throw new Error('it names no keys (jwks_uri)');
    const keys = createRemoteJWKSet(new URL(server.jwks_uri), {
      timeoutDuration: patienceSeconds * 1000,
    });
    return { configuration, keys };
  }
}

/** The name to show: what the provider calls the person, else the subject. */
export function nameOf(claims: Readonly<Record<string, unknown>>, subject: string): string {
  const named = ['name', 'preferred_username', 'client_id']
    .map((claim) => claims[claim])
    .find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof named === 'string' ? named.trim().slice(0, 200) : subject;
}

/** A provider that does not answer, or not as one: nobody can be let in, and asking again may help. */
export function providerAway(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return new Problem(
    'sign-in-unavailable',
    `The sign-in provider does not answer as it should (${why.slice(0, 200)}), so nobody can be let in just now; try again in a minute.`,
    {
      headers: { 'Retry-After': '60' },
      detailFr: `Le fournisseur d’identité ne répond pas comme il le devrait (en anglais : ${why.slice(0, 200)}) ; nul ne peut donc être admis pour l’instant, recommencez dans une minute.`,
    },
  );
}
