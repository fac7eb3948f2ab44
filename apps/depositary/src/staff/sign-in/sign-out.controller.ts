import { Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { onlyKnown, SeeOther, TakesForms } from '#http';
import { languageOf, sendPage, wantsPage } from '#pages';
import { AuditTrail } from '../audit/audit-trail.ts';
import { clearCookie, cookieOf } from '../cookies.ts';
import { IdentityProvider } from '../identity-provider.ts';
import { fromOwnPage } from '../same-site.ts';
import { formTokenOf } from '../secrets.ts';
import { Sessions } from '../sessions.ts';
import { StaffOptions } from '../staff-options.ts';
import { SignedOutPage, SignOutPage } from './sign-in.page.tsx';

/** Signing out: here at once, and at the provider where it offers that. */
@ApiExcludeController()
@Controller('sign-out')
export class SignOutController {
  constructor(
    private readonly options: StaffOptions,
    private readonly provider: IdentityProvider,
    private readonly sessions: Sessions,
    private readonly trail: AuditTrail,
  ) {}

  @Get()
  async ask(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const language = languageOf(request);
    const id = cookieOf(request, this.options.origin, 'session');
    const session = id === null ? null : await this.sessions.find(id);
    if (id === null || session === null) throw new SeeOther('/');
    const { officer } = session;
    const formToken = formTokenOf(id);
    sendPage(reply, SignOutPage({ language, officer, formToken }));
  }

  @Post()
  @TakesForms()
  async signOut(
    @Query() query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    onlyKnown(query, []);
    const id = cookieOf(request, this.options.origin, 'session');
    if (id === null) throw new SeeOther('/');
    fromOwnPage(request, this.options.origin, id);
    clearCookie(reply, this.options.origin, 'session');
    const ended = await this.sessions.end(id);
    if (ended === null) throw new SeeOther('/');
    const { subject, name } = ended.officer;
    await this.trail.add({ kind: 'signed-out', subject, name, detail: {} });
    // Signed out here is signed out, even if the provider is away.
    const endSession = await this.provider.endSessionAddress(ended.idToken).catch(() => null);
    if (!wantsPage(request)) return void reply.send({ signedOut: true, endSession });
    // Not a redirect: a page's forms may lead to this register only (form-action), and the provider is elsewhere.
    if (endSession !== null) void reply.header('Refresh', `0; url=${endSession}`);
    sendPage(reply, SignedOutPage({ language: languageOf(request), endSession }));
  }
}
