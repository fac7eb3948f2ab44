import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Under which licence and from which address the register publishes. */
@Injectable()
export class Publication {
  /**
   * @param licence address of the licence of the data
   * @param publicUrl origin at which people reach the register; null: the one each request came to
   */
  constructor(
    readonly licence: string,
    readonly publicUrl: string | null,
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
