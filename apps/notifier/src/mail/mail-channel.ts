import { uuidFrom } from '#ledger';
import type { ViewStates } from '#views';
import type { Answer, Channel } from '../engine/channel.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { Sealing } from '../secrets/sealing.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { mailNotOffered, messagesAtOnce, type MailSender } from './mail-sender.ts';
import { noneAttached, OfficialDocuments, type Attached } from './official-documents.ts';
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

/** SMTP: the message is larger than the server takes (RFC 1870). */
const tooLarge = 552;

/** Tells subscribers by mail, in their language: at once, or several together as a digest. */
export class MailChannel implements Channel {
  private readonly rim: MailRim;
  private readonly documents = new OfficialDocuments();

  constructor(rim: MailRim) {
    this.rim = rim;
  }

  get isOffered(): boolean {
    return this.rim.sender !== null;
  }

  /** As many as the mail server takes from us at the same moment; none where there is none. */
  get atOnce(): number {
    return this.isOffered ? messagesAtOnce : 0;
  }

  async deliver(
    subscriber: SubscriberRow,
    occurrences: readonly [Occurrence, ...Occurrence[]],
  ): Promise<Answer> {
    const { sender, source } = this.rim;
    if (sender === null) return mailNotOffered;
    try {
      const { language } = subscriber;
      const states = this.rim.states();
      const rim = { language, states, source: source(), links: this.linksOf(subscriber) };
      const id = uuidFrom('mail', subscriber.id, ...occurrences.map((one) => one.id));
      const to = this.addressOf(subscriber);
      const send = (attached: Attached): Promise<Answer> =>
        sender.send({ ...noticeMessage(occurrences, { ...rim, attached }), id, to });
      const attached = await this.documents.attachedTo(occurrences, states, language);
      const answer = await send(attached);
      // A server may take less than we attach; that is no reason to tell somebody nothing.
      const isTooLarge = answer.code === tooLarge && attached.attachments.length > 0;
      return isTooLarge ? await send(noneAttached(occurrences)) : answer;
    } catch (error) {
      this.rim.failed(error);
      const detail = 'The message could not be prepared; the log of the notifier says why.';
      return { outcome: 'failed', code: null, detail, retryAfter: null, isOwnFault: true };
    }
  }

  /** Asks the address whether the subscription is wanted. */
  async askToConfirm(subscriber: SubscriberRow): Promise<Answer> {
    const { sender } = this.rim;
    if (sender === null) return mailNotOffered;
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
