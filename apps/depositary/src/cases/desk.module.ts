import { DynamicModule, Module } from '@nestjs/common';
import { DocumentDesk } from '../documents/document-desk.ts';
import { DocumentsController } from '../documents/documents.controller.ts';
import { DocumentStore } from '../documents/document-store.ts';
import { Clock } from '../clock.ts';
import { ModelInstrumentsController } from '../models/models.controller.ts';
import { NotificationDesk } from '../notifications/notification-desk.ts';
import { NotificationDraftsController } from '../notifications/notifications.controller.ts';
import { CaseDecisionsController } from '../pages/case-decisions.controller.tsx';
import { CaseDocumentsController } from '../pages/case-documents.controller.tsx';
import { CaseListsController } from '../pages/case-lists.controller.tsx';
import { CasePagesController } from '../pages/case-pages.controller.tsx';
import { CasePages } from '../pages/case-pages.ts';
import { DeskContexts } from '../pages/desk-context.ts';
import { NotificationPagesController } from '../pages/notification-pages.controller.tsx';
import { OtherPagesController } from '../pages/other-pages.controller.tsx';
import { TreatyTitles } from '../pages/treaty-titles.ts';
import { WorklistPageController } from '../pages/worklist-page.controller.tsx';
import { NothingToWaitFor, ReadYourWrites } from '../read-your-writes.ts';
import { ReconciliationController } from '../reconcile/reconcile.controller.ts';
import { TreatyClocks } from '../worklist/treaty-clocks.ts';
import { WorklistController } from '../worklist/worklist.controller.ts';
import { WorklistDesk } from '../worklist/worklist-desk.ts';
import { CaseDesk } from './case-desk.ts';
import { CasePreviewing } from './case-previewing.ts';
import { CaseRecorder } from './case-recorder.ts';
import { CaseStore } from './case-store.ts';
import { CasesController } from './cases.controller.ts';
import { DeskClock, Steps, SystemDeskClock, UnwatchedSteps } from './desk-clock.ts';
import { DeskScheduler } from './desk-scheduler.ts';
import type { DeskDatabase } from './desk-tables.ts';

export interface DeskOptions {
  readonly ledger: DynamicModule;
  /** Who may use the staff routes. */
  readonly staff: DynamicModule;
  readonly today: Clock;
  readonly database: DeskDatabase;
  readonly documents: DocumentStore;
  readonly clock?: DeskClock;
  readonly reads?: ReadYourWrites;
}

/** The depositary's desk: case files, documents, notifications, worklist. Closes its database when it stops. */
@Module({})
export class DeskModule {
  static forRoot(options: DeskOptions): DynamicModule {
    const { ledger, staff, today, database, documents, clock, reads } = options;
    return {
      module: DeskModule,
      imports: [ledger, staff],
      controllers: [
        CasesController,
        DocumentsController,
        NotificationDraftsController,
        WorklistController,
        ReconciliationController,
        ModelInstrumentsController,
        WorklistPageController,
        CaseListsController,
        CasePagesController,
        CaseDecisionsController,
        CaseDocumentsController,
        NotificationPagesController,
        OtherPagesController,
      ],
      providers: [
        CaseDesk,
        CasePreviewing,
        CaseRecorder,
        DocumentDesk,
        NotificationDesk,
        DeskScheduler,
        TreatyClocks,
        WorklistDesk,
        TreatyTitles,
        DeskContexts,
        CasePages,
        { provide: CaseStore, useFactory: () => new CaseStore(database) },
        { provide: Clock, useValue: today },
        { provide: DeskClock, useValue: clock ?? new SystemDeskClock() },
        { provide: Steps, useValue: new UnwatchedSteps() },
        { provide: DocumentStore, useValue: documents },
        { provide: ReadYourWrites, useValue: reads ?? new NothingToWaitFor() },
      ],
      exports: [CaseDesk, DocumentDesk, NotificationDesk, WorklistDesk, DeskScheduler],
    };
  }
}
