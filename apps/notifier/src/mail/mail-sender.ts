import { createTransport, type Transporter } from 'nodemailer';
import type { Answer } from '../engine/channel.ts';
import type { Attachment } from './official-documents.ts';

/** A message to one subscriber. */
export interface Message {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Without angle brackets; the same for every attempt, so that a mail program shows it once. */
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments?: readonly Attachment[];
}

/** The answer of a process that sends no mail. */
export const mailNotOffered: Answer = {
  outcome: 'failed',
  code: null,
  detail: 'This process has no SMTP_URL, so it sends no mail.',
  retryAfter: null,
};

/** Hands mail to the server of SMTP_URL. */
export class MailSender {
  private readonly transport: Transporter;
  private readonly from: string;

  constructor(url: string, from: string) {
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: 5,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.from = from;
  }

  /** Sends a message. Never throws. */
  async send({ id, to, ...message }: Message): Promise<Answer> {
    try {
      const { response } = (await this.transport.sendMail({
        ...message,
        from: this.from,
        // As an object: an address that holds a comma is one address, not two.
        to: { name: '', address: to },
        messageId: `<${id}@${domainOfSender(this.from)}>`,
        attachments: [...(message.attachments ?? [])],
      })) as { response: string };
      return { outcome: 'delivered', code: Number(response.slice(0, 3)) || 250 };
    } catch (error) {
      return answerOn(error as { responseCode?: number; command?: string });
    }
  }

  close(): void {
    this.transport.close();
  }
}

const domainOfSender = (from: string): string => /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';

/**
 * A refusal for good (5xx) of the recipient or the message pauses the subscriber: sending again would harm
 * everybody's mail. Everything else, such as a wrong password of ours, is tried again.
 */
function answerOn({ responseCode, command }: { responseCode?: number; command?: string }): Answer {
  const code = responseCode ?? null;
  const aboutThem = command === 'RCPT TO' || command === 'DATA';
  if (code !== null && code >= 500 && aboutThem)
    return {
      outcome: 'gone',
      code,
      detail: `The mail server refused the message for good (${code}).`,
      state: 'paused',
      reason: 'bounced',
    };
  const detail =
    code === null
      ? 'The mail server could not be reached.'
      : `The mail server did not take the message (${code}).`;
  return { outcome: 'failed', code, detail, retryAfter: null };
}
