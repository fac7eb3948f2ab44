import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { hostOf, isLoopback } from './loopback.ts';
import { Problem } from './problem.ts';

/**
 * Until sign-in exists, a staff route answers this machine only. Listening on loopback is not enough: a web
 * page that the officer visits may send requests there, by a name that it resolves to 127.0.0.1 (DNS
 * rebinding) or across origins. So the Host header must be loopback, and so must an Origin where one is sent.
 */
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, socket } = context.switchToHttp().getRequest<FastifyRequest>();
    const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const origin = headers.origin;
    const sameOrigin =
      origin === undefined || (URL.canParse(origin) && new URL(origin).host === headers.host);
    if (isLoopback(peer) && isLoopback(hostOf(headers.host)) && sameOrigin) return true;
    throw new Problem(
      'not-allowed-from-here',
      'Staff routes have no sign-in yet and answer only requests made on this machine, to a loopback address, by a program or a page of this register.',
    );
  }
}
