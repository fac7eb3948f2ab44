import { Module, type DynamicModule } from '@nestjs/common';
import { DepositaryModule, ReadYourWrites, type Clock } from '#depositary';
import type { NotifierRuntime } from '#notifier';
import {
  HealthParts,
  RegistryModule,
  type PartHealth,
  type RegisterViews,
  type RegistryOptions,
} from '#registry';

/** The staff API waits for the views of the same process, once they exist. */
export class ViewsOfThisProcess extends ReadYourWrites {
  views: RegisterViews | null = null;

  async waitFor(position: string): Promise<void> {
    await this.views?.waitFor(position);
  }
}

/** What `/health` tells of the notifier of the same process, once it exists. */
export class NotifierOfThisProcess extends HealthParts {
  runtime: NotifierRuntime | null = null;

  health(): Readonly<Record<string, PartHealth>> {
    return this.runtime === null ? {} : { notifier: this.runtime.health() };
  }
}

/** What every surface of the process is made with. */
export interface Surroundings {
  readonly ledger: DynamicModule;
  readonly staff: DynamicModule;
  readonly desk: DynamicModule;
  readonly notifier: DynamicModule;
  readonly clock: Clock;
  readonly reads: ReadYourWrites;
  readonly registry: Omit<RegistryOptions, 'ledger' | 'clock' | 'takesSubscriptions'>;
}

/** All surfaces over one ledger. */
@Module({})
export class StandaloneModule {
  static forRoot(surroundings: Surroundings): DynamicModule {
    const { ledger, staff, desk, notifier, clock, reads, registry } = surroundings;
    return {
      module: StandaloneModule,
      imports: [
        ledger,
        staff,
        DepositaryModule.forRoot({ ledger, staff, clock, reads }),
        RegistryModule.forRoot({ ledger, clock, takesSubscriptions: true, ...registry }),
        desk,
        notifier,
      ],
    };
  }
}
