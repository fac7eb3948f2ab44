import { Injectable, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Ledger } from '#ledger';
import type { Language } from '#pages';
import { treatyNamed, type DepositaryNotificationIssued, type TitledTreaty } from '#treaty';

/** Titles of all treaties and numbers of issued notifications, followed from the ledger: what lists offer. */
@Injectable()
export class TreatyTitles implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly titles = new Map<string, TitledTreaty>();
  private readonly issued: DepositaryNotificationIssued[] = [];
  private following: { stop(): Promise<void> } | null = null;
  private ready: Promise<void> = Promise.resolve();

  constructor(private readonly ledger: Ledger) {}

  onApplicationBootstrap(): void {
    this.ready = new Promise((resolve, reject) => {
      this.following = this.ledger.follow(null, {
        onEvent: ({ event }) => {
          if (event.type === 'treatyRegistered') {
            const { treaty, title, titleFr } = event;
            this.titles.set(treaty, { treaty, title, titleFr });
          }
          if (event.type === 'depositaryNotificationIssued') this.issued.push(event);
        },
        onCaughtUp: resolve,
        onError: reject,
      });
    });
    // Whoever asks first is told; until then nobody is.
    this.ready.catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.following?.stop();
  }

  /** Every treaty, by number. @throws Error when the ledger holds an event that cannot be read */
  async all(): Promise<TitledTreaty[]> {
    await this.ready;
    return [...this.titles.values()].toSorted((a, b) =>
      a.treaty.localeCompare(b.treaty, 'en', { numeric: true }),
    );
  }

  /** The treaty of a number, a title, or words that only one title has; null for none or several. */
  async find(words: string): Promise<TitledTreaty | null> {
    return treatyNamed(await this.all(), words);
  }

  async titleOf(treaty: string, language: Language): Promise<string> {
    await this.ready;
    const known = this.titles.get(treaty);
    return known === undefined ? treaty : titleIn(known, language);
  }

  /** Notifications that told of an action, the latest first. */
  async notificationsOf(action: string): Promise<string[]> {
    await this.ready;
    return this.issued
      .filter(({ actions }) => actions.includes(action))
      .map(({ notification }) => notification)
      .toReversed();
  }
}

/** The title in a language; the English one where there is no other. */
export const titleIn = ({ title, titleFr }: TitledTreaty, language: Language): string =>
  language === 'fr' ? (titleFr ?? title) : title;
