import { uuidFrom } from '#ledger';
import type { ViewStates } from '#views';
import type { Answer, Channel } from '../engine/channel.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { MailSender } from './mail-sender.ts';
import { confirmationMessage, noticeMessage, type Links } from './messages.tsx';

export interface MailRim {
  /** null: mail is not offered here. */
  readonly sender: MailSender | null;
  readonly sealing: Sealing;
  readonly states: () => ViewStates;
  readonly source: () => string;
  /** Told why a message could not be prepared. */
  readonly failed: (error: unknown) => void;
}

const notOffered: Answer = {
  outcome: 'failed',
  code: null,
  detail: 'This process has no SMTP_URL, so it sends no mail.',
  retryAfter: null,
};

/** Tells subscribers by mail, in their language: at once, or several together as a digest. */
export class MailChannel implements Channel {
  private readonly rim: MailRim;

  constructor(rim: MailRim) {
    this.rim = rim;
  }

  get isOffered(): boolean {
    return this.rim.sender !== null;
  }

  async deliver(
    subscriber: SubscriberRow,
    occurrences: readonly [Occurrence, ...Occurrence[]],
  ): Promise<Answer> {
    const { sender, states, source } = this.rim;
    if (sender === null) return notOffered;
    try {
      const { language } = subscriber;
      const rim = { language, states: states(), source: source(), links: this.linksOf(subscriber) };
      const message = noticeMessage(occurrences, rim);
      const id = uuidFrom('mail', subscriber.id, ...occurrences.map((one) => one.id));
      return await sender.send({ ...message, id, to: this.addressOf(subscriber) });
    } catch (error) {
      this.rim.failed(error);
      const detail = 'The message could not be prepared; the log of the notifier says why.';
      return { outcome: 'failed', code: null, detail, retryAfter: null };
    }
  }

  /** Asks the address whether the subscription is wanted. */
  async askToConfirm(subscriber: SubscriberRow): Promise<Answer> {
    const { sender } = this.rim;
    if (sender === null) return notOffered;
    const message = confirmationMessage(subscriber.language, this.linksOf(subscriber));
    const id = uuidFrom('confirm', subscriber.id);
    return sender.send({ ...message, id, to: this.addressOf(subscriber) });
  }

  private addressOf({ id, target }: SubscriberRow): string {
    return this.rim.sealing.open(target, `${id} target`);
  }

  private linksOf({ id, language }: SubscriberRow): Links {
    const link = (path: string, use: string): string =>
      `${this.rim.source()}/subscriptions/${id}${path}?lang=${language}&token=${this.rim.sealing.tokenFor(use, id)}`;
    return {
      confirm: link('/confirmation', 'confirm'),
      manage: link('', 'manage'),
      unsubscribe: link('/unsubscription', 'unsubscribe'),
    };
  }
}
