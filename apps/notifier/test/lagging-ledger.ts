import { uuidFrom, type AnyEvent, type FollowHandlers, type Following, type Ledger } from '#ledger';
import type { Recorded } from '#treaty';

const streamOf = (event: AnyEvent): string =>
  event.type === 'depositaryNotificationIssued'
    ? `notifications-${event.dateOfNotification.slice(0, 4)}`
    : 'treaty' in event
      ? `treaty-${event.treaty}`
      : 'participants';

/** A ledger in memory that several processes follow, each as far as a test lets it. */
export class LaggingLedger {
  readonly events: Recorded<AnyEvent>[] = [];
  private readonly followers: LaggingFollower[] = [];

  /** Records events at an instant. Positions have gaps and grow in length. */
  record(now: number, ...events: readonly AnyEvent[]): void {
    for (const event of events)
      this.events.push({
        event,
        id: uuidFrom('event', String(this.events.length)),
        stream: streamOf(event),
        revision: this.events.length,
        position: String(this.events.length * 7 + 1),
        recordedAt: new Date(now).toISOString(),
        actor: 'officer',
      });
    for (const follower of this.followers) follower.readOn();
  }

  /** One more process that reads it: at first everything, as it is recorded. */
  another(): LaggingFollower {
    const follower = new LaggingFollower(this.events);
    this.followers.push(follower);
    return follower;
  }
}

/** How far one process has read. */
export class LaggingFollower {
  /** What a reader is made over. It has no end that anybody could wait for. */
  readonly ledger = {
    follow: (_from: string | null, handlers: FollowHandlers): Following => this.begin(handlers),
    end: () => Promise.resolve(null),
  } as unknown as Ledger;
  lags = false;
  private readonly events: readonly Recorded<AnyEvent>[];
  private handlers: FollowHandlers | null = null;
  private read = 0;

  constructor(events: readonly Recorded<AnyEvent>[]) {
    this.events = events;
  }

  /** Reads nothing more for now, as when its connection is lost; or goes on, from where it was. */
  lag(lags: boolean): void {
    this.lags = lags;
    this.readOn();
  }

  /** Reads one event more, also while it lags. */
  readOne(): void {
    const event = this.events[this.read];
    if (event === undefined || this.handlers === null) return;
    this.read += 1;
    this.handlers.onEvent(event);
  }

  readOn(): void {
    while (!this.lags && this.handlers !== null && this.read < this.events.length) this.readOne();
  }

  private begin(handlers: FollowHandlers): Following {
    this.handlers = handlers;
    this.readOn();
    handlers.onCaughtUp();
    return {
      stop: () => {
        this.handlers = null;
        return Promise.resolve();
      },
    };
  }
}
