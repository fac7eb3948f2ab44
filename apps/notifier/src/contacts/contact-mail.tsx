import { uuidFrom } from '#ledger';
import type { Language } from '#pages';
import type { Answer } from '../engine/channel.ts';
import { mailNotOffered, type MailSender } from '../mail/mail-sender.ts';
import { document, unsubscribedBy, type Body } from '../mail/messages.tsx';
import type { SubscriberRow } from '../subscribers/tables.ts';
import type { ContactRow, Telling } from './contact-tables.ts';
import { contactWords } from './contact-words.ts';
import type { Contacts, ContactUse } from './contacts.ts';
import { mayResume, standingInWords, type WebhookStanding } from './webhook-standing.ts';

export interface ContactMailRim {
  /** null: mail is not offered here, and so nobody is a contact. */
  readonly sender: MailSender | null;
  readonly contacts: Contacts;
  /** The origin at which the register is read. */
  readonly source: () => string;
}

/** Writes to contacts of webhooks. */
export class ContactMail {
  private readonly rim: ContactMailRim;

  constructor(rim: ContactMailRim) {
    this.rim = rim;
  }

  get isOffered(): boolean {
    return this.rim.sender !== null;
  }

  /**
   * Asks an address whether it is the contact. Nothing in the message was chosen by who named the address, so that
   * nobody can send words of theirs to a stranger.
   */
  async askToConfirm(contact: ContactRow, row: SubscriberRow): Promise<Answer> {
    const { sender, contacts } = this.rim;
    if (sender === null) return mailNotOffered;
    const link = this.link(contact, 'contact-confirm', row);
    const message = questionMessage(row.language, link);
    const id = uuidFrom('contact', contact.id, 'confirm');
    return sender.send({ ...message, id, to: contacts.addressOf(contact) });
  }

  /**
   * Tells a contact what became of the webhook. The id of the message follows from what is told, so that a second
   * attempt is the same message.
   * @throws Error when the address cannot be opened
   */
  async tell(
    contact: ContactRow,
    telling: Telling,
    { row, standing }: { row: SubscriberRow; standing: WebhookStanding },
  ): Promise<Answer> {
    const { sender, contacts } = this.rim;
    if (sender === null) return mailNotOffered;
    const message = tellingMessage(telling, standing, row.language, {
      look: this.link(contact, 'contact-look', row),
      unsubscribe: this.link(contact, 'contact-unsubscribe', row),
    });
    const id = uuidFrom('contact', contact.id, telling, String(contact.telling_since));
    return sender.send({ ...message, id, to: contacts.addressOf(contact) });
  }

  private link(contact: ContactRow, use: ContactUse, { id, language }: SubscriberRow): string {
    const path = {
      'contact-confirm': '/confirmation',
      'contact-look': '',
      'contact-unsubscribe': '/unsubscription',
    }[use];
    const token = this.rim.contacts.tokenFor(use, contact);
    return `${this.rim.source()}/subscriptions/${id}/contact${path}?lang=${language}&token=${token}`;
  }
}

function questionMessage(language: Language, confirm: string): Body {
  const said = contactWords[language];
  return {
    subject: `${said.register}${said.colon} ${said.confirmSubject}`,
    text: `${said.asked}\n\n${said.confirm}${said.colon}\n${confirm}\n\n${said.ignore}\n`,
    html: document(
      language,
      said.confirmSubject,
      <div>
        <p>{said.asked}</p>
        <p>
          <a href={confirm}>{said.confirm}</a>
        </p>
        <p>{said.ignore}</p>
      </div>,
    ),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function tellingMessage(
  telling: Telling,
  standing: WebhookStanding,
  language: Language,
  links: { readonly look: string; readonly unsubscribe: string },
): Body {
  const said = contactWords[language];
  const subject = `${said.register}${said.colon} ${said.subject[telling]}`;
  const lines = standingInWords(standing, language);
  const look = mayResume(standing) ? said.lookAndResume : said.look;
  const subscription = `${said.subscription}${said.colon} ${standing.subscription}`;
  return {
    subject,
    text: `${lines.join('\n\n')}\n\n${subscription}\n\n${look}${said.colon}\n${links.look}\n\n-- \n${said.why}\n${said.unsubscribe}${said.colon}\n${links.unsubscribe}\n`,
    html: document(
      language,
      subject,
      <div>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
        <p>{subscription}</p>
        <p>
          <a href={links.look}>{look}</a>
        </p>
        <hr />
        <p>
          {said.why} <a href={links.unsubscribe}>{said.unsubscribe}</a>
        </p>
      </div>,
    ),
    headers: unsubscribedBy(links.unsubscribe),
  };
}
