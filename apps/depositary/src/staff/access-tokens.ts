import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem } from '#http';
import { nameOf, providerAway, type IdentityProvider } from './identity-provider.ts';
import type { Officer } from './officer.ts';
import { rolesOfClaim } from './roles-claim.ts';
import { hashOf } from './secrets.ts';
import type { StaffOptions } from './staff-options.ts';

/**
 * Only signatures by a private key that the provider alone has. `none` and HS* are not in the list, so a token
 * "signed" with the public key as if it were a shared secret is refused before any key is looked at.
 */
export const acceptedAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far two clocks may differ, in seconds. */
export const clockTolerance = 5;
/** A token that was stolen works until it ends, so one that is made for longer is refused. */
export const longestLifeSeconds = 2 * 60 * 60;

/** A program sends one token many times, so what was found is kept this long, and never beyond its end. */
const rememberedMs = 60_000;
const mostRemembered = 1000;

/** Access tokens of machines (and of programs that people use): JWTs of the provider, made for this register. */
export class AccessTokens {
  /** By the hash of a token: what was found, and until when that may be believed. */
  private readonly remembered = new Map<string, { officer: Officer; until: number }>();

  constructor(
    private readonly options: StaffOptions,
    private readonly provider: IdentityProvider,
  ) {}

  /**
   * Who holds a token.
   * @throws Problem `token-refused` with what is wrong with it, or `sign-in-unavailable`
   */
  async officerOf(token: string): Promise<Officer> {
    const [key, at] = [hashOf(token), this.options.now().getTime()];
    const found = this.remembered.get(key);
    if (found !== undefined && at < found.until) return found.officer;
    const claims = await this.verified(token);
    const { sub, iat = 0, exp = 0 } = claims;
    if (typeof sub !== 'string' || sub === '') throw tokenRefused('it names no subject');
    if (exp - iat > longestLifeSeconds)
      throw tokenRefused(`it is made for more than ${longestLifeSeconds / 3600} hours`);
    const roles = rolesOfClaim(claims, this.options.signIn.rolesClaim) ?? [];
    const officer = { subject: sub, name: nameOf(claims, sub), roles };
    if (this.remembered.size >= mostRemembered) this.remembered.clear();
    this.remembered.set(key, { officer, until: Math.min(at + rememberedMs, exp * 1000) });
    return officer;
  }

  private async verified(token: string): Promise<JWTPayload> {
    const keys = await this.provider.keys();
    const { issuer, audience, tokenType } = this.options.signIn;
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: acceptedAlgorithms,
        issuer,
        audience,
        typ: tokenType,
        clockTolerance,
        // Refuses what is made in the future, too.
        maxTokenAge: longestLifeSeconds,
        currentDate: this.options.now(),
        requiredClaims: ['exp', 'iat', 'sub'],
      });
      return payload;
    } catch (error) {
      throw wordsOf(error);
    }
  }
}

function wordsOf(error: unknown): Problem {
  if (error instanceof errors.JWTExpired) return tokenRefused('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return tokenRefused(
      error.reason === 'missing'
        ? `its "${error.claim}" is missing`
        : `its "${error.claim}" is not what this register accepts`,
    );
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return tokenRefused('its signature is not that of the provider');
  if (error instanceof errors.JOSEAlgNotAllowed)
    return tokenRefused('it is signed in a way that is not accepted');
  if (error instanceof errors.JWKSNoMatchingKey)
    return tokenRefused('it is signed with a key that the provider does not have');
  if (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    !(error instanceof errors.JOSEError || error instanceof TypeError)
  )
    return providerAway(error);
  if (error instanceof TypeError && !/token|JWS|JWT|compact/i.test(error.message))
    return providerAway(error);
  return tokenRefused('it is no access token in the form of a JWT');
}

/** 401 as RFC 6750 words it for programs. */
export function tokenRefused(why: string): Problem {
  return new Problem(
    'token-refused',
    `The access token is refused: ${why}. Get a new one from the provider and send it as "Authorization: Bearer ...".`,
    { headers: { 'WWW-Authenticate': 'Bearer realm="treaty-ledger", error="invalid_token"' } },
  );
}
