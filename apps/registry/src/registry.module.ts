import { DynamicModule, Module, type Abstract } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AssetsController } from '#pages';
import type { CalendarDate } from '#treaty';
import { ActionsController } from './actions.controller.ts';
import { Answering } from './answering.ts';
import { AttributesController } from './attributes.controller.ts';
import { CalendarsController } from './calendars/calendars.controller.ts';
import { Documents, PUBLIC_URL } from './feeds/documents.ts';
import { DocumentQueryHandler } from './feeds/document-query.handler.ts';
import { FeedsController } from './feeds/feeds.controller.ts';
import { FinalClausesController } from './final-clauses.controller.ts';
import { HealthController } from './health.controller.ts';
import { HomeController } from './home.controller.ts';
import { NotificationsController } from './notifications.controller.ts';
import { ParticipantsController } from './participants.controller.ts';
import { queryHandlers } from './queries/register-query.handler.ts';
import { REGISTER_VIEWS_OPTIONS, RegisterViews } from './register-views.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchIndex } from './search/search-index.ts';
import { TreatiesController } from './treaties.controller.ts';
import { Today } from './today.ts';

export interface RegistryOptions {
  readonly ledger: DynamicModule;
  /** Gives the date of an answer for which none is asked. */
  readonly clock: { today(): CalendarDate };
  readonly snapshotFile?: string;
  /** The origin under which people reach the register; left out: as each request reached it. */
  readonly publicUrl?: string;
}

/** Public API: what the views know, for everyone, without a key. */
@Module({})
export class RegistryModule {
  static forRoot({ ledger, clock, snapshotFile, publicUrl }: RegistryOptions): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule, ledger],
      controllers: [
        HomeController,
        HealthController,
        TreatiesController,
        ParticipantsController,
        ActionsController,
        NotificationsController,
        FeedsController,
        CalendarsController,
        SearchController,
        AttributesController,
        FinalClausesController,
        AssetsController,
      ],
      providers: [
        Answering,
        Documents,
        DocumentQueryHandler,
        SearchIndex,
        { provide: PUBLIC_URL, useValue: publicUrl ?? null },
        ...queryHandlers,
        RegisterViews,
        { provide: Today as Abstract<Today>, useValue: clock },
        {
          provide: REGISTER_VIEWS_OPTIONS,
          useValue: snapshotFile === undefined ? {} : { snapshotFile },
        },
      ],
      exports: [RegisterViews],
    };
  }
}
