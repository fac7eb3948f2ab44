import { randomUUID } from 'node:crypto';
import {
  decideNotification,
  emptySeries,
  evolveSeries,
  type DepositaryNotificationIssued,
  type IssueNotification,
  type NotificationEvent,
  type NotificationSeries,
  type Refusal,
} from '#treaty';
import type { CommandMeta } from './command-result.ts';
import { asCommand } from './command-span.ts';
import { LedgerConflict, LedgerUnavailable } from './errors.ts';
import { uuidFrom } from './event-identity.ts';
import type { EventStore } from './event-store.ts';

export type IssueResult =
  | {
      readonly outcome: 'issued' | 'unchanged';
      readonly event: DepositaryNotificationIssued;
      readonly position: string;
    }
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

type IssueMeta = Pick<CommandMeta, 'actor' | 'today' | 'correlationId' | 'causationId'>;

const mostTries = 20;
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
const streamOfYear = (year: number): string => `notifications-${year}`;

/**
 * Issues depositary notifications. The number is the event's place in the stream of its year, which the store
 * gives once only; the event's id comes from the draft, so a retry after a crash finds what it did before.
 */
export class NotificationIssuer {
  private readonly store: EventStore;

  constructor(store: EventStore) {
    this.store = store;
  }

  /** @throws LedgerUnavailable, LedgerConflict */
  issue(command: IssueNotification, meta: IssueMeta): Promise<IssueResult> {
    return asCommand('issueNotification', command.treaty, () => this.tryIssue(command, meta));
  }

  private async tryIssue(command: IssueNotification, meta: IssueMeta): Promise<IssueResult> {
    const year = Number(meta.today.slice(0, 4));
    let earlier = command.corrects === null ? false : await this.wasIssued(command.corrects);
    // A draft that was issued just before midnight on 31 December has its number in the year that ended.
    const before = await this.read(year - 1);
    const already = before.events.find(({ event }) => event.draft === command.draft);
    if (already !== undefined) return { outcome: 'unchanged', ...already };
    for (let tries = 0; tries < mostTries; tries += 1) {
      const { series, events } = await this.read(year);
      earlier ||= series.issued.some(({ notification }) => notification === command.corrects);
      const decision = decideNotification(command, series, meta.today, () => earlier);
      if (decision.outcome === 'refused') return decision;
      if (decision.outcome === 'unchanged') {
        const known = events.find(({ event }) => event.draft === command.draft);
        return { outcome: 'unchanged', event: decision.event, position: known?.position ?? '0' };
      }
      const stored = await this.append(decision.event, meta);
      if (stored !== null) return { outcome: 'issued', event: decision.event, position: stored };
      await pause(10 * tries * Math.random());
    }
    throw new LedgerConflict(
      'Others issued notifications again and again at the same moment; no number was used up, so issue it again.',
    );
  }

  /** Position of the event, or null when another took the number. */
  private async append(
    event: DepositaryNotificationIssued,
    { actor, correlationId, causationId }: Partial<CommandMeta>,
  ): Promise<string | null> {
    const { year, serial, draft } = event;
    const metadata = {
      actor,
      $correlationId: correlationId ?? randomUUID(),
      ...(causationId !== undefined && { $causationId: causationId }),
    };
    const id = uuidFrom('notification', String(year), String(serial), draft);
    const expected = serial === 1 ? null : serial - 2;
    const send = (): ReturnType<EventStore['append']> =>
      this.store.append(streamOfYear(year), expected, [{ id, event, metadata }]);
    const stored = await send().catch(async (error: unknown) => {
      // A lost answer: sent once more with the same id, which the store answers with the first result.
      if (!(error instanceof LedgerUnavailable)) throw error;
      await pause(200);
      return send();
    });
    return stored.outcome === 'appended' ? stored.position : null;
  }

  private async wasIssued(notification: string): Promise<boolean> {
    const year = /^C\.N\.\d+\.(\d{4})\./.exec(notification)?.[1];
    if (year === undefined) return false;
    const { series } = await this.read(Number(year));
    return series.issued.some((one) => one.notification === notification);
  }

  private async read(year: number): Promise<{
    series: NotificationSeries;
    events: readonly { event: DepositaryNotificationIssued; position: string }[];
  }> {
    const loaded = await this.store.readStream(streamOfYear(year), 0);
    const events = loaded.map(({ recorded: { event, position } }) => ({
      event: event as NotificationEvent,
      position,
    }));
    const series = events.reduce((fold, { event }) => evolveSeries(fold, event), emptySeries(year));
    return { series, events };
  }
}
