import { DynamicModule, Module, type Abstract } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AssetsController } from '#pages';
import type { CalendarDate } from '#treaty';
import { ActionsController } from './actions.controller.ts';
import { Answering } from './answering.ts';
import { AttributesController } from './attributes.controller.ts';
import { CalendarsController } from './calendars/calendars.controller.ts';
import { Documents } from './feeds/documents.ts';
import { DocumentQueryHandler } from './feeds/document-query.handler.ts';
import { FeedsController } from './feeds/feeds.controller.ts';
import { EventsController } from './events/events.controller.ts';
import { LedgerReader } from './events/ledger-reader.ts';
import { LiveEvents } from './events/live-events.ts';
import { StreamController } from './events/stream.controller.ts';
import { STREAM_OPTIONS, StreamListeners, type StreamOptions } from './events/stream-listeners.ts';
import { FinalClausesController } from './final-clauses.controller.ts';
import { HealthParts, NoOtherParts } from './health-parts.ts';
import { HealthController } from './health.controller.ts';
import { HomeController } from './home.controller.ts';
import { NotificationPdfController } from './notification-pdf.controller.ts';
import { AsOfController } from './pages/as-of.controller.tsx';
import { StatusPdfController } from './pages/status-pdf.controller.ts';
import { NotificationsController } from './notifications.controller.ts';
import { ParticipantsController } from './participants.controller.ts';
import { queryHandlers } from './queries/register-query.handler.ts';
import { ReadyAnswers } from './ready-answers.ts';
import { REGISTER_VIEWS_OPTIONS, RegisterViews } from './register-views.ts';
import { SearchController } from './search/search.controller.ts';
import { SearchIndex } from './search/search-index.ts';
import { LinkedDataController } from './linked-data.controller.ts';
import { Publication } from './publication.ts';
import { TimemapController } from './timemap.controller.ts';
import { TreatiesController } from './treaties.controller.ts';
import { TreatyTablesController } from './treaty-tables.controller.ts';
import { Today } from './today.ts';

export interface RegistryOptions {
  readonly ledger: DynamicModule;
  /** Gives the date of an answer for which none is asked. */
  readonly clock: { today(): CalendarDate };
  readonly snapshotFile?: string;
  readonly stream?: Partial<StreamOptions>;
  /** Address of the licence of the data: the depositary's to choose. */
  readonly licence?: string;
  /** Origin at which people reach the register. */
  readonly publicUrl?: string | undefined;
  /** Given when other parts run in this process. */
  readonly parts?: HealthParts;
  /** Whether the notifier's routes are served beside these: pages lead to `/subscriptions` only then. */
  readonly takesSubscriptions?: boolean;
}

/** Thousands of idle listeners cost little; see the benchmark of the registry. */
const usualStream: StreamOptions = { mostListeners: 10_000, heartbeat: 20_000 };

/** Facts are nobody's; a depositary that publishes more than facts sets its own. */
const usualLicence = 'https://creativecommons.org/publicdomain/zero/1.0/';

/** Public API: what the views know, for everyone, without a key. */
@Module({})
export class RegistryModule {
  static forRoot({
    ledger,
    clock,
    snapshotFile,
    stream,
    licence = usualLicence,
    publicUrl,
    parts,
    takesSubscriptions = false,
  }: RegistryOptions): DynamicModule {
    return {
      module: RegistryModule,
      imports: [CqrsModule, ledger],
      controllers: [
        HomeController,
        HealthController,
        TreatiesController,
        TreatyTablesController,
        ParticipantsController,
        ActionsController,
        NotificationsController,
        FeedsController,
        CalendarsController,
        SearchController,
        AttributesController,
        FinalClausesController,
        AsOfController,
        StatusPdfController,
        EventsController,
        StreamController,
        TimemapController,
        LinkedDataController,
        NotificationPdfController,
        AssetsController,
      ],
      providers: [
        Answering,
        Documents,
        DocumentQueryHandler,
        SearchIndex,
        ReadyAnswers,
        {
          provide: Publication,
          useValue: new Publication(licence, publicUrl ?? null, takesSubscriptions),
        },
        ...queryHandlers,
        RegisterViews,
        LiveEvents,
        LedgerReader,
        StreamListeners,
        { provide: STREAM_OPTIONS, useValue: { ...usualStream, ...stream } },
        { provide: HealthParts, useValue: parts ?? new NoOtherParts() },
        { provide: Today as Abstract<Today>, useValue: clock },
        {
          provide: REGISTER_VIEWS_OPTIONS,
          useValue: snapshotFile === undefined ? {} : { snapshotFile },
        },
      ],
      exports: [RegisterViews, ReadyAnswers],
    };
  }
}
