import { Controller, Get, Logger, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromThisMachine, hostOf, isLoopback, onlyKnown, Problem, SeeOther } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { AuditTrail } from '../audit/audit-trail.ts';
import { clearCookie, cookieOf, setCookie } from '../cookies.ts';
import { IdentityProvider, type VouchedFor } from '../identity-provider.ts';
import { KnownOfficers } from '../known-officers.ts';
import { returnAddress } from '../return-address.ts';
import { newSecret } from '../secrets.ts';
import { absoluteHours, Sessions } from '../sessions.ts';
import { SignInAttempts, signInMinutes, type SignInAttempt } from '../sign-in-attempts.ts';
import { StaffOptions } from '../staff-options.ts';
import { SignInFaultPage } from './sign-in.page.tsx';
import { signInWords, type SignInFault } from './sign-in.words.ts';

type QueryString = Readonly<Record<string, unknown>>;

/** Signing in: authorization code with PKCE, state and nonce, bound to the browser that began. */
@ApiExcludeController()
@Controller('sign-in')
export class SignInController {
  private readonly logger = new Logger('sign-in');

  constructor(
    private readonly options: StaffOptions,
    private readonly provider: IdentityProvider,
    private readonly attempts: SignInAttempts,
    private readonly sessions: Sessions,
    private readonly officers: KnownOfficers,
    private readonly trail: AuditTrail,
  ) {}

  @Get()
  async begin(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, ['return']);
    this.staysOnOneHost(request);
    const returnTo = returnAddress(query['return']);
    const id = cookieOf(request, this.options.origin, 'session');
    if (id !== null && (await this.sessions.find(id)) !== null) throw new SeeOther(returnTo);
    const { address, ...expected } = await this.provider.authorizationRequest(languageOf(request));
    const browser = newSecret();
    await this.attempts.begin({ ...expected, browser, returnTo });
    setCookie(reply, this.options.origin, 'sign-in', browser, signInMinutes * 60);
    void reply.header('Cache-Control', 'no-store').redirect(address.href, 303);
  }

  @Get('callback')
  async finish(
    @Query() query: QueryString,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { origin } = this.options;
    const browser = cookieOf(request, origin, 'sign-in');
    const { state, error } = query;
    const attempt =
      typeof state === 'string' && browser !== null
        ? await this.attempts.take(state, browser)
        : null;
    if (attempt === null) return this.refuse('begun-elsewhere', request, reply);
    clearCookie(reply, origin, 'sign-in');
    if (error !== undefined) return this.refuse('denied', request, reply, { why: words(error) });
    const vouched = await this.redeemed(request, attempt).catch((fault: unknown) => {
      if (fault instanceof Problem) throw fault;
      return fault instanceof Error ? fault : new Error(String(fault));
    });
    if (vouched instanceof Error) {
      const why = wordsOf(vouched);
      this.logger.warn(`An answer of the provider was refused: ${why}`);
      return this.refuse('not-vouched', request, reply, { why });
    }
    if (vouched.officer.roles.length === 0)
      return this.refuse('no-role', request, reply, {}, vouched);
    await this.open(vouched, request, reply);
    void reply.header('Cache-Control', 'no-store').redirect(attempt.returnTo, 303);
  }

  private redeemed(request: FastifyRequest, attempt: SignInAttempt): Promise<VouchedFor> {
    return this.provider.redeem(request.url, attempt);
  }

  /** Opens the new session; one that the browser had before is over, whoever opened it. */
  private async open(
    vouched: VouchedFor,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { origin } = this.options;
    const { subject, name, roles } = vouched.officer;
    const before = cookieOf(request, origin, 'session');
    if (before !== null) await this.sessions.end(before);
    await this.officers.seen(vouched.officer);
    const from = request.socket.remoteAddress ?? null;
    await this.trail.add({ kind: 'signed-in', subject, name, detail: { roles, from } });
    const id = await this.sessions.open(vouched);
    setCookie(reply, origin, 'session', id, absoluteHours * 3600);
  }

  private async refuse(
    fault: SignInFault,
    request: FastifyRequest,
    reply: FastifyReply,
    detail: { readonly why?: string } = {},
    who?: VouchedFor,
  ): Promise<void> {
    await this.trail.addRefusal({
      kind: 'sign-in-refused',
      subject: who?.officer.subject ?? null,
      name: who?.officer.name ?? null,
      detail: { fault, from: request.socket.remoteAddress ?? null, ...detail },
    });
    if (!wantsPage(request))
      throw new Problem('sign-in-refused', signInWords.en.faults[fault], { refusal: fault });
    const language = languageOf(request);
    sendPage(reply, SignInFaultPage({ language, fault }), 403);
  }

  /** `localhost` and `127.0.0.1` are two hosts to a browser: the cookie must be where the answer arrives. */
  private staysOnOneHost(request: FastifyRequest): void {
    const { origin, thisMachineOnly } = this.options;
    if (thisMachineOnly) fromThisMachine(request);
    const { host, hostname } = new URL(origin);
    const asked = request.headers.host;
    if (asked !== host && isLoopback(hostOf(asked)) && isLoopback(hostname))
      throw new SeeOther(origin + request.url);
  }
}

/** A message for the audit trail: no line breaks, no length without end. */
const words = (value: unknown): string =>
  String(value)
    .replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, ' ')
    .slice(0, 200);

/** What was wrong, and with which claim: never its value. */
function wordsOf(fault: Error): string {
  const said = [fault.message];
  let cause: unknown = fault.cause;
  for (let depth = 0; depth < 3 && typeof cause === 'object' && cause !== null; depth += 1) {
    const { claim, error, cause: deeper } = cause as Readonly<Record<string, unknown>>;
    for (const one of [claim, error]) if (typeof one === 'string') said.push(one);
    cause = deeper;
  }
  return words(said.join(': '));
}
