import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Under which licence and from which address the register publishes, and what there is at it besides. */
@Injectable()
export class Publication {
  /**
   * @param licence address of the licence of the data
   * @param publicUrl origin at which people reach the register; null: the one each request came to
   * @param takesSubscriptions whether `/subscriptions` is answered at this origin
   */
  constructor(
    readonly licence: string,
    readonly publicUrl: string | null,
    readonly takesSubscriptions = false,
  ) {}

  /**
   * The origin for absolute addresses in an answer: what is configured, else what the request itself was sent
   * to. A Host header that is no host is not repeated.
   */
  originOf({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>): string {
    if (this.publicUrl !== null) return this.publicUrl;
    return `${protocol}://${/^[A-Za-z0-9.[\]:-]{1,255}$/.test(host) ? host : 'localhost'}`;
  }
}
