import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Permission, Role } from './permissions.ts';

/** Who is signed in: a person, or a machine with a token. */
export interface Officer {
  /** Unique at the provider, for ever the same: what four eyes compare, and what the ledger names as actor. */
  readonly subject: string;
  /** As shown to other officers. */
  readonly name: string;
  readonly roles: readonly Role[];
}

/** Metadata key under which a route's needed permission stands. */
export const NEEDED_PERMISSION = 'treaty-ledger:needed-permission';

/** What a staff route needs. A staff route without it answers nobody. */
export const Needs = (permission: Permission): CustomDecorator =>
  SetMetadata(NEEDED_PERMISSION, permission);

interface Known {
  readonly officer: Officer;
  readonly formToken: string | null;
}

const known = new WeakMap<object, Known>();

/** Says who sends a request; the guard does, after it has made sure. */
export function setOfficer(
  request: FastifyRequest,
  officer: Officer,
  formToken: string | null = null,
): void {
  known.set(request, { officer, formToken });
}

/**
 * Who sends a request.
 * @throws Error when no guard ran: a fault of the route, not of the sender
 */
export function officerOf(request: FastifyRequest): Officer {
  const found = known.get(request);
  if (found === undefined) throw new Error('This route has no StaffGuard, so nobody is known.');
  return found.officer;
}

/** The field of a form, and the header of a script, that carry the session's form token. */
export const FORM_TOKEN_FIELD = 'formToken';
export const FORM_TOKEN_HEADER = 'x-form-token';

/**
 * What every form of a page for officers carries in the hidden field `formToken`, and a script of such a page
 * in the header `X-Form-Token`; a form with files carries it in its address, as `?formToken=`. Empty for a machine with a token: it has no pages.
 */
export function formTokenFor(request: FastifyRequest): string {
  return known.get(request)?.formToken ?? '';
}
