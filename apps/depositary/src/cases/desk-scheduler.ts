import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { NotificationDesk } from '../notifications/notification-desk.ts';
import { CaseRecorder } from './case-recorder.ts';
import { CaseStore } from './case-store.ts';

/** How often due cases are looked for, in milliseconds: the delay of a publication time at most. */
const interval = 2000;

/** Takes up what a crash left at the start, and records cases when their time of publication comes. */
@Injectable()
export class DeskScheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('desk');
  private timer: NodeJS.Timeout | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly recorder: CaseRecorder,
    private readonly notifications: NotificationDesk,
    private readonly store: CaseStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.run();
    this.timer = setInterval(() => void this.run(), interval);
    this.timer.unref();
  }

  /** One round; rounds of this process never overlap. */
  run(): Promise<void> {
    this.work = this.work.then(() => this.round());
    return this.work;
  }

  private async round(): Promise<void> {
    try {
      await this.recorder.recordDue();
      await this.notifications.resume();
    } catch (error) {
      // Stays written down, and is tried again in the next round.
      this.logger.warn(error instanceof Error ? error.message : String(error));
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.work;
    await this.store.settled();
    await this.store.database.close();
  }
}
