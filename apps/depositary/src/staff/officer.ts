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

const officers = new WeakMap<object, Officer>();

/** Says who sends a request; the guard does, after it has made sure. */
export function setOfficer(request: FastifyRequest, officer: Officer): void {
  officers.set(request, officer);
}

/**
 * Who sends a request.
 * @throws Error when no guard ran: a fault of the route, not of the sender
 */
export function officerOf(request: FastifyRequest): Officer {
  const officer = officers.get(request);
  if (officer === undefined) throw new Error('This route has no StaffGuard, so nobody is known.');
  return officer;
}
