import type { Ledger } from '#ledger';
import type { Clock } from '../clock.ts';
import { NotificationDesk } from '../notifications/notification-desk.ts';
import { CaseDesk } from './case-desk.ts';
import { CasePreviewing } from './case-previewing.ts';
import { CaseRecorder } from './case-recorder.ts';
import { CaseStore } from './case-store.ts';
import { SystemDeskClock, UnwatchedSteps, type DeskClock, type Steps } from './desk-clock.ts';
import type { DeskDatabase } from './desk-tables.ts';

export interface DeskParts {
  readonly database: DeskDatabase;
  readonly ledger: Ledger;
  readonly today: Clock;
  readonly clock?: DeskClock;
  readonly steps?: Steps;
}

/** The desk without a server around it: for programs that record, and for measuring. */
export function deskOf({ database, ledger, today, ...more }: DeskParts) {
  const clock = more.clock ?? new SystemDeskClock();
  const steps = more.steps ?? new UnwatchedSteps();
  const store = new CaseStore(database);
  const previewing = new CasePreviewing(ledger, today);
  const recorder = new CaseRecorder(store, ledger, previewing, today, clock, steps);
  return {
    store,
    recorder,
    cases: new CaseDesk(store, previewing, recorder, clock, steps),
    notifications: new NotificationDesk(store, ledger, today, clock, steps),
  };
}

export type Desk = ReturnType<typeof deskOf>;
