import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccessTokens, tokenRefused } from './access-tokens.ts';
import { cookieOf } from './cookies.ts';
import { KnownOfficers } from './known-officers.ts';
import type { Officer } from './officer.ts';
import { fromOwnPage, isUnsafe } from './same-site.ts';
import { formTokenOf } from './secrets.ts';
import { Sessions } from './sessions.ts';
import { StaffOptions } from './staff-options.ts';

export interface Identified {
  readonly officer: Officer;
  /** What forms of the officer's pages must carry; null for a sender without pages. */
  readonly formToken: string | null;
}

/** Finds out who sends a request: by access token, or by the cookie of a session. */
@Injectable()
export class Identification {
  constructor(
    private readonly options: StaffOptions,
    private readonly sessions: Sessions,
    private readonly tokens: AccessTokens,
    private readonly officers: KnownOfficers,
  ) {}

  /**
   * The sender, or null when the request names nobody. A token wins: whoever sends one means it, so a bad
   * one is an error even beside a good cookie.
   * @throws Problem for a token that is refused, or a form that comes from elsewhere
   */
  async of(request: FastifyRequest): Promise<Identified | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const officer = await this.tokens.officerOf(bearerToken(authorization));
      await this.officers.seen(officer);
      return { officer, formToken: null };
    }
    const id = cookieOf(request, this.options.origin, 'session');
    const session = id === null ? null : await this.sessions.find(id);
    if (id === null || session === null) return null;
    if (isUnsafe(request.method)) fromOwnPage(request, this.options.origin, id);
    return { officer: session.officer, formToken: formTokenOf(id) };
  }
}

function bearerToken(authorization: string): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
  if (token === undefined)
    throw tokenRefused('the header Authorization must be the word Bearer and one token');
  return token;
}
