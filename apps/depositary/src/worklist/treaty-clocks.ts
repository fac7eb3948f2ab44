import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Ledger, type AnyEvent } from '#ledger';
import type { CalendarDate } from '#treaty';
import { Clock } from '../clock.ts';
import { elsewhereIn, otherTreaties } from '../commands/other-treaties.ts';
import { legalClocks, type LegalClock } from '../cases/legal-clocks.ts';

/** The legal clocks of every treaty, worked out again only for treaties that changed, or on another day. */
@Injectable()
export class TreatyClocks implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly treaties = new Set<string>();
  /** When an action was first circulated: periods for objections run from then. */
  private readonly circulated = new Map<string, CalendarDate>();
  private readonly kept = new Map<string, { day: CalendarDate; clocks: readonly LegalClock[] }>();
  private following: { stop(): Promise<void> } | null = null;
  /** Settles when everything that was in the ledger has been seen. */
  private ready: Promise<void> = Promise.resolve();
  private fault: Error | null = null;

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.ready = new Promise((resolve) => {
      this.following = this.ledger.follow(null, {
        onEvent: ({ event }) => this.note(event),
        onCaughtUp: resolve,
        onError: (error) => {
          this.fault = error;
          resolve();
        },
      });
    });
  }

  private note(event: AnyEvent): void {
    if (!('treaty' in event)) return;
    this.kept.delete(event.treaty);
    if (event.type !== 'depositaryNotificationIssued') {
      this.treaties.add(event.treaty);
      return;
    }
    for (const action of event.actions)
      if (!this.circulated.has(action)) this.circulated.set(action, event.dateOfNotification);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.following?.stop();
  }

  /** @throws Error when the ledger holds an event that cannot be read: a list with gaps would mislead */
  async all(): Promise<LegalClock[]> {
    await this.ready;
    if (this.fault !== null) throw this.fault;
    const participants = await this.ledger.participants();
    const today = this.clock.today();
    const all: LegalClock[] = [];
    for (const treaty of this.treaties) {
      const known = this.kept.get(treaty);
      if (known?.day === today) {
        all.push(...known.clocks);
        continue;
      }
      const { record } = await this.ledger.loadTreaty(treaty);
      const others = await otherTreaties(this.ledger, [record]);
      const elsewhere = elsewhereIn(others, participants, today, [treaty]);
      const circulatedOn = (action: string): CalendarDate | null =>
        this.circulated.get(action) ?? null;
      const clocks = legalClocks(record, participants, { asOf: today, elsewhere, circulatedOn });
      this.kept.set(treaty, { day: today, clocks });
      all.push(...clocks);
    }
    return all;
  }
}
