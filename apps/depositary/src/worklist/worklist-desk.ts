import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '#treaty';
import { CaseDesk } from '../cases/case-desk.ts';
import { Clock } from '../clock.ts';
import { NotificationDesk } from '../notifications/notification-desk.ts';
import type { Officer } from '../staff/officer.ts';
import { TreatyClocks } from './treaty-clocks.ts';
import { openStates, worklist, type WorkItem } from './worklist.ts';

/** Collects what the worklist is made from: cases, drafts of notifications, and the clocks of all treaties. */
@Injectable()
export class WorklistDesk {
  constructor(
    private readonly cases: CaseDesk,
    private readonly notifications: NotificationDesk,
    private readonly clocks: TreatyClocks,
    private readonly clock: Clock,
  ) {}

  async of(officer: Officer, days: number): Promise<{ today: CalendarDate; items: WorkItem[] }> {
    const today = this.clock.today();
    const [cases, drafts, clocks] = await Promise.all([
      this.cases.list({ states: openStates, limit: 1000 }),
      this.notifications.list(['draft', 'issuing'], 1000),
      this.clocks.all(),
    ]);
    return { today, items: worklist({ cases, drafts, clocks, officer, today, days }) };
  }
}
