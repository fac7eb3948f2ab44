import { DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Clock } from './clock.ts';
import { ApplyTreatyCommandHandler } from './commands/apply-treaty-command.handler.ts';
import { PreviewTreatyCommandHandler } from './commands/preview-treaty-command.handler.ts';
import { RegisterParticipantsHandler } from './commands/register-participants.handler.ts';
import { DepositaryAttributesController } from './participants/attributes.controller.ts';
import { DepositaryParticipantsController } from './participants/participants.controller.ts';
import { NothingToWaitFor, ReadYourWrites } from './read-your-writes.ts';
import { DepositaryTreatiesController } from './treaties/treaties.controller.ts';
import { Recording } from './treaties/recording.ts';

export interface DepositaryOptions {
  readonly ledger: DynamicModule;
  /** Who may use the staff routes. */
  readonly staff: DynamicModule;
  readonly clock: Clock;
  /** Given when the public views run in this process. */
  readonly reads?: ReadYourWrites;
}

/** Staff API: what may change the ledger. */
@Module({})
export class DepositaryModule {
  static forRoot({ ledger, staff, clock, reads }: DepositaryOptions): DynamicModule {
    return {
      module: DepositaryModule,
      imports: [CqrsModule, ledger, staff],
      controllers: [
        DepositaryTreatiesController,
        DepositaryParticipantsController,
        DepositaryAttributesController,
      ],
      providers: [
        ApplyTreatyCommandHandler,
        PreviewTreatyCommandHandler,
        RegisterParticipantsHandler,
        Recording,
        { provide: Clock, useValue: clock },
        { provide: ReadYourWrites, useValue: reads ?? new NothingToWaitFor() },
      ],
    };
  }
}
