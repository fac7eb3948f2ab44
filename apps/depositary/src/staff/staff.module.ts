import { DynamicModule, Module } from '@nestjs/common';
import { AccessTokens } from './access-tokens.ts';
import { AuditTrail } from './audit/audit-trail.ts';
import { AuditTrailController } from './audit/audit-trail.controller.ts';
import { Identification } from './identification.ts';
import { IdentityProvider } from './identity-provider.ts';
import { KnownOfficers } from './known-officers.ts';
import { Sessions } from './sessions.ts';
import { BackChannelLogoutController } from './sign-in/back-channel-logout.controller.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SignOutController } from './sign-in/sign-out.controller.ts';
import { SignInAttempts } from './sign-in-attempts.ts';
import type { StaffDatabase } from './staff-database.ts';
import { StaffGuard } from './staff.guard.ts';
import { StaffOptions } from './staff-options.ts';

/**
 * Who may do what: signing in, sessions, access tokens, the audit trail. A module with staff routes imports
 * the one value of this, as it does the ledger's, and may then use StaffGuard.
 */
@Module({})
export class StaffModule {
  static forRoot(options: StaffOptions, database: StaffDatabase): DynamicModule {
    const now = (): Date => options.now();
    const trail = new AuditTrail(database, now);
    const provider = new IdentityProvider(options);
    const shown = [
      { provide: StaffOptions, useValue: options },
      { provide: AuditTrail, useValue: trail },
      { provide: KnownOfficers, useValue: new KnownOfficers(database, trail) },
      Identification,
      StaffGuard,
    ];
    return {
      module: StaffModule,
      controllers: [
        SignInController,
        SignOutController,
        BackChannelLogoutController,
        AuditTrailController,
      ],
      providers: [
        ...shown,
        { provide: IdentityProvider, useValue: provider },
        { provide: AccessTokens, useValue: new AccessTokens(options, provider) },
        { provide: Sessions, useValue: new Sessions(database, now) },
        { provide: SignInAttempts, useValue: new SignInAttempts(database, now) },
      ],
      exports: [StaffOptions, AuditTrail, KnownOfficers, Identification, StaffGuard],
    };
  }
}
