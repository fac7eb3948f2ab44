import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { callerIsKnown, fromThisMachine, Problem, SeeOther } from '#http';
import { wantsPage } from '#pages';
import { AuditTrail, type AuditDetail } from './audit/audit-trail.ts';
import { Identification } from './identification.ts';
import { NEEDED_PERMISSION, setOfficer, type Officer } from './officer.ts';
import { isPermitted, rolesWith, type Permission, type Role } from './permissions.ts';
import { isUnsafe } from './same-site.ts';
import { signInWords } from './sign-in/sign-in.words.ts';
import { StaffOptions } from './staff-options.ts';

/**
 * Lets a request in whose sender is known, and may do what the route needs. A route that does not say what it
 * needs answers nobody. What is refused is in the audit trail.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly options: StaffOptions,
    private readonly identification: Identification,
    private readonly trail: AuditTrail,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.options.thisMachineOnly) fromThisMachine(request);
    const needed = this.reflector.getAllAndOverride<Permission | undefined>(NEEDED_PERMISSION, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { officer, formToken } = await this.sender(request);
    if (needed === undefined || !isPermitted(officer.roles, needed)) {
      await this.note('request-refused', officer, request, { needed: needed ?? null });
      throw notPermitted(needed, officer);
    }
    setOfficer(request, officer, formToken);
    callerIsKnown(request);
    return true;
  }

  private async sender(
    request: FastifyRequest,
  ): Promise<{ officer: Officer; formToken: string | null }> {
    try {
      const found = await this.identification.of(request);
      if (found !== null) return found;
    } catch (error) {
      if (error instanceof Problem && error.details.code === 'token-refused')
        await this.note('token-refused', null, request, { why: error.details.detail });
      if (error instanceof Problem && error.details.code === 'cross-site-request')
        await this.note('request-refused', null, request, { why: error.details.code });
      throw error;
    }
    if (!isUnsafe(request.method) && wantsPage(request))
      throw new SeeOther(`/sign-in?return=${encodeURIComponent(request.url)}`);
    await this.note('request-refused', null, request, { why: 'not signed in' });
    throw new Problem(
      'sign-in-needed',
      'This address is for officers of the depositary: sign in at /sign-in, or send an access token of the provider as "Authorization: Bearer ...". Nothing was changed.',
      {
        headers: { 'WWW-Authenticate': 'Bearer realm="treaty-ledger"' },
        detailFr:
          'Cette adresse est réservée aux agents du dépositaire : connectez-vous à /sign-in, ou envoyez un jeton d’accès du fournisseur. Rien n’a été modifié.',
      },
    );
  }

  /** The route and not the address as sent: an address is anybody's text. */
  private note(
    kind: 'request-refused' | 'token-refused',
    officer: Officer | null,
    request: FastifyRequest,
    detail: AuditDetail,
  ): Promise<void> {
    return this.trail.addRefusal({
      kind,
      subject: officer?.subject ?? null,
      name: officer?.name ?? null,
      detail: {
        method: request.method,
        route: request.routeOptions.url ?? null,
        from: request.socket.remoteAddress ?? null,
        ...detail,
      },
    });
  }
}

function notPermitted(needed: Permission | undefined, { name, roles }: Officer): Problem {
  if (needed === undefined)
    return new Problem(
      'not-permitted',
      'This address does not say what it needs, so it answers nobody; that is a fault of the register, to be reported.',
      {
        detailFr:
          'Cette adresse ne dit pas ce qu’elle exige et ne répond donc à personne ; c’est une erreur du registre, à signaler.',
      },
    );
  const held = roles.length === 0 ? 'no role' : `the role ${roles.join(', ')}`;
  const { roleNames } = signInWords.fr;
  const inFrench = (some: readonly Role[], link: string): string =>
    some.map((role) => roleNames[role]).join(link);
  const heldFr = roles.length === 0 ? 'n’a aucun rôle' : `a le rôle ${inFrench(roles, ' et ')}`;
  return new Problem(
    'not-permitted',
    `This needs the permission "${needed}", which the role ${rolesWith(needed).join(' or ')} has; ${name} has ${held}. Sign in as somebody who has it, or ask the administrator of the provider.`,
    {
      detailFr: `Il y faut la permission « ${needed} », que donne le rôle ${inFrench(rolesWith(needed), ' ou ')} ; ${name} ${heldFr}. Connectez-vous comme quelqu’un qui l’a, ou demandez-le à l’administrateur du fournisseur d’identité.`,
    },
  );
}
