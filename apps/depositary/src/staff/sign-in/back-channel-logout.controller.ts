import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Problem, TakesForms } from '#http';
import { acceptedAlgorithms, clockTolerance } from '../access-tokens.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { IdentityProvider, providerAway } from '../identity-provider.ts';
import { Sessions } from '../sessions.ts';
import { SignInAttempts } from '../sign-in-attempts.ts';
import { StaffOptions } from '../staff-options.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const maxAgeSeconds = 5 * 60;

/** The provider tells that a session of its own is over (OpenID Connect Back-Channel Logout 1.0). */
@ApiExcludeController()
@Controller('sign-in/back-channel-logout')
export class BackChannelLogoutController {
  constructor(
    private readonly options: StaffOptions,
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
    private readonly trail: AuditTrail,
  ) {}

  @Post()
  @HttpCode(200)
  @TakesForms()
  async logout(
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly ended: number }> {
    void reply.header('Cache-Control', 'no-store');
    const token = (body as { logout_token?: unknown } | null)?.logout_token;
    if (typeof token !== 'string') throw refused('the form has no logout_token');
    const { sub, sid, jti, exp } = await this.verified(token);
    const until = new Date((exp ?? 0) * 1000 + maxAgeSeconds * 1000);
    if (!(await this.attempts.useOnce(`logout ${jti}`, until))) throw refused('it was used before');
    const ended = await this.sessions.endFromProvider({
      subject: sub,
      providerSession: typeof sid === 'string' ? sid : undefined,
    });
    for (const { officer } of ended)
      await this.trail.add({
        kind: 'session-ended-by-provider',
        subject: officer.subject,
        name: officer.name,
        detail: {},
      });
    return { ended: ended.length };
  }

  private async verified(token: string): Promise<JWTPayload> {
    const keys = await this.provider.keys();
    const { issuer, clientId } = this.options.signIn;
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: acceptedAlgorithms,
      issuer,
      audience: clientId,
      clockTolerance,
      currentDate: this.options.now(),
      maxTokenAge: maxAgeSeconds,
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
    }).catch((error: unknown) => {
      if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid)
        throw providerAway(error);
      throw refused(error instanceof Error ? error.message : 'it cannot be read');
    });
    const events = payload['events'];
    // An ID token is signed by the same provider for the same client: `events` and no nonce tell them apart.
    const isLogout =
      typeof events === 'object' &&
      events !== null &&
      Object.hasOwn(events, logoutEvent) &&
      payload['nonce'] === undefined &&
      (protectedHeader.typ === undefined || /^(logout\+)?jwt$/i.test(protectedHeader.typ));
    if (!isLogout) throw refused('it is no logout token');
    if (payload.sub === undefined && typeof payload['sid'] !== 'string')
      throw refused('it names neither a subject nor a session');
    return payload;
  }
}

const refused = (why: string): Problem =>
  new Problem('invalid-request', `The logout token is refused: ${why.slice(0, 200)}.`);
