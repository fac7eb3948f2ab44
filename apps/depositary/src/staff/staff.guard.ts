import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LoopbackGuard } from '#http';
import { setOfficer } from './officer.ts';
import { roles } from './permissions.ts';

/**
 * Lets a request in that may do what the route needs. Until sign-in exists that is whoever works on this
 * machine, as an officer with every role.
 */
@Injectable()
export class StaffGuard implements CanActivate {
  private readonly loopback = new LoopbackGuard();

  canActivate(context: ExecutionContext): boolean {
    this.loopback.canActivate(context);
    setOfficer(context.switchToHttp().getRequest<FastifyRequest>(), {
      subject: 'officer on this machine (no sign-in)',
      name: 'Officer on this machine',
      roles,
    });
    return true;
  }
}
