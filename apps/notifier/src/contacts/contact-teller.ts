import type { NotifierClock } from '../clock.ts';
import type { Answer } from '../engine/channel.ts';
import { nextAttempt } from '../engine/schedule.ts';
import type { Timeline } from '../occurrences/timeline.ts';
import type { Subscriptions } from '../subscribers/subscriptions.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { ContactMail } from './contact-mail.tsx';
import type { ContactRow, Telling } from './contact-tables.ts';
import type { ContactOutcome, ContactWork } from './contact-work.ts';
import type { Contacts } from './contacts.ts';
import { standingOf } from './webhook-standing.ts';

export interface ContactRim {
  readonly work: ContactWork;
  readonly contacts: Contacts;
  readonly mail: ContactMail;
  readonly subscriptions: Subscriptions;
  readonly timeline: Timeline;
  readonly clock: NotifierClock;
  /** What came of telling the contact of a subscriber: for metrics and the log, without any address. */
  readonly told: (subscriber: string, telling: Telling, answer: Answer) => void;
  /** Told why a message could not be prepared. */
  readonly failed: (error: unknown) => void;
}

/** As many as the mail server has connections from us; far longer than handing over a few messages takes. */
const atOnce = 5;
const leaseFor = 60_000;

/**
 * Tells contacts what was written down for them. One that dies in between tells it again when its lease has ended,
 * under the same id.
 */
export class ContactTeller {
  private readonly rim: ContactRim;

  constructor(rim: ContactRim) {
    this.rim = rim;
  }

  /** Tells some that are due. Answers how many were leased; a process without a mail server leaves them to others. */
  async run(): Promise<number> {
    const { work, mail, clock } = this.rim;
    if (!mail.isOffered) return 0;
    const now = clock.now();
    const due = await work.claim(now, now + leaseFor, atOnce);
    await Promise.all(due.map((contact) => this.tell(contact)));
    return due.length;
  }

  /** Erases what nobody confirmed since an instant. */
  forgetPendingBefore(at: number): Promise<void> {
    return this.rim.contacts.forgetPendingBefore(at);
  }

  private async tell(contact: ContactRow): Promise<void> {
    const { work, contacts } = this.rim;
    const { telling } = contact;
    const row = await contacts.subscriberOf(contact);
    // Erased since; its contact went with it.
    if (row === undefined) return;
    if (telling === null || !isStillSo(contact, row))
      return work.finish(contact, { next: 'nothing' });
    const answer = await this.answerOf(contact, telling, row);
    this.rim.told(row.id, telling, answer);
    return work.finish(contact, this.outcomeOf(contact, answer));
  }

  private async answerOf(
    contact: ContactRow,
    telling: Telling,
    row: SubscriberRow,
  ): Promise<Answer> {
    try {
      const standing = await standingOf(row, this.rim);
      return await this.rim.mail.tell(contact, telling, { row, standing });
    } catch (error) {
      this.rim.failed(error);
      const detail = 'The message could not be prepared; the log of the notifier says why.';
      return { outcome: 'failed', code: null, detail, retryAfter: null };
    }
  }

  private outcomeOf(contact: ContactRow, answer: Answer): ContactOutcome {
    if (answer.outcome === 'delivered') return { next: 'nothing' };
    if (answer.outcome === 'gone') return { next: 'never' };
    const now = this.rim.clock.now();
    const attempts = contact.attempts + 1;
    const failingSince = contact.failing_since ?? now;
    const { retryAfter } = answer;
    const at = nextAttempt({ attempts, failingSince, retryAfter }, now, Math.random());
    return at === null ? { next: 'nothing' } : { next: 'again', at, attempts, failingSince };
  }
}

/** A webhook that was resumed, or failed no more, before its contact was told, is nothing to tell. */
function isStillSo({ telling, telling_since: since }: ContactRow, row: SubscriberRow): boolean {
  switch (telling) {
    case 'failing':
      return row.state === 'active' && row.failing_since === since;
    case 'paused':
      return row.state === 'paused' && row.reason === 'failing' && row.failing_since === since;
    case 'stopped':
      return row.state === 'stopped';
    case null:
      return false;
  }
}
