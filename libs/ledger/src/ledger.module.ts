import { DynamicModule, Module } from '@nestjs/common';
import { CONNECTION_STRING, Ledger } from './ledger.ts';

/** The ledger over one EventStoreDB, or anything that speaks its protocol. */
@Module({})
export class LedgerModule {
  static forRoot({ connectionString }: { connectionString: string }): DynamicModule {
    return {
      module: LedgerModule,
      providers: [{ provide: CONNECTION_STRING, useValue: connectionString }, Ledger],
      exports: [Ledger],
    };
  }
}
