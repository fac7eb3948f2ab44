import type { AnyEvent } from '#ledger';
import type { Recorded } from '#treaty';
import {
  actionsView,
  notificationsView,
  participantsView,
  treatiesView,
  type ViewStates,
} from '#views';
import { seedParticipants } from '../../standalone/src/seed/load-seed.ts';
import { dateIn } from '../src/clock.ts';
import type { Occurrence } from '../src/occurrences/occurrence.ts';
import { afterEvent, justBefore } from '../src/occurrences/place.ts';
import { Timeline } from '../src/occurrences/timeline.ts';

const streamOf = (event: AnyEvent): string =>
  event.type === 'depositaryNotificationIssued'
    ? `notifications-${event.dateOfNotification.slice(0, 4)}`
    : 'treaty' in event
      ? `treaty-${event.treaty}`
      : 'participants';

/** A ledger in memory, with the participants that the product ships; positions have gaps and grow in length. */
export class LedgerInMemory {
  readonly events: Recorded<AnyEvent>[] = [];
  private readonly revisions = new Map<string, number>();

  constructor() {
    for (const event of seedParticipants()) this.record('2000-01-01', event);
  }

  /** Records events at noon of a day. Answers the last of them. */
  record(day: string, ...events: readonly AnyEvent[]): Recorded<AnyEvent> {
    for (const event of events) {
      const stream = streamOf(event);
      const revision = this.revisions.get(stream) ?? 0;
      this.revisions.set(stream, revision + 1);
      this.events.push({
        event,
        id: `event-${this.events.length}`,
        stream,
        revision,
        position: String(this.events.length * 7),
        recordedAt: `${day}T12:00:00.000Z`,
        actor: 'officer',
      });
    }
    const last = this.events.at(-1);
    if (last === undefined) throw new Error('Nothing was recorded.');
    return last;
  }

  /** The timeline of a process that has read the ledger up to a position; all of it when left out. */
  timeline(upTo = this.events.at(-1)?.position ?? '0', seat = 'UTC'): TimelineUnderTest {
    const timeline = new TimelineUnderTest(seat);
    timeline.read(this.events.filter(({ position }) => BigInt(position) <= BigInt(upTo)));
    return timeline;
  }
}

export class TimelineUnderTest extends Timeline {
  readonly states: ViewStates;
  private readonly journal: Recorded<AnyEvent>[];

  /** @param seat the time zone of the depositary's calendar */
  constructor(seat: string) {
    const states = {
      treaties: treatiesView.initial(),
      actions: actionsView.initial(),
      participants: participantsView.initial(),
      notifications: notificationsView.initial(),
    };
    const journal: Recorded<AnyEvent>[] = [];
    super({ states: () => states, journal: () => journal, dateAt: dateIn(seat) });
    this.states = states;
    this.journal = journal;
  }

  /** Reads events that come after those read before. */
  read(events: readonly Recorded<AnyEvent>[]): void {
    for (const event of events) {
      const { treaties, actions, participants, notifications } = this.states;
      Object.assign(this.states, {
        treaties: treatiesView.apply(treaties, event),
        actions: actionsView.apply(actions, event),
        participants: participantsView.apply(participants, event),
        notifications: notificationsView.apply(notifications, event),
      } satisfies ViewStates);
      this.journal.push(event);
    }
  }

  /** How many events it has read. */
  get length(): number {
    return this.journal.length;
  }

  /** What an event brings: itself, and what follows from it. */
  ofEventAndAfter({ position }: Recorded<AnyEvent>): readonly Occurrence[] {
    return [...this.between(afterEvent(justBefore(position) || '0'), afterEvent(position), true)];
  }
}
