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
  isOwnFault: true,
};

/** How many messages are handed over at the same moment; more would wait for each other. */
export const messagesAtOnce = 5;

/** For how long a message is waited for, in milliseconds: less than half of a lease. */
const patience = 28_000;

/** Hands mail to the server of SMTP_URL. */
export class MailSender {
  private readonly transport: Transporter;
  private readonly from: string;

  constructor(url: string, from: string) {
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: messagesAtOnce,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.from = from;
  }

  /**
   * Sends a message. Never throws. A server that does not answer in time may have taken it all the same; sent
   * again, it has the same id.
   */
  async send({ id, to, ...message }: Message): Promise<Answer> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(new Error('The mail server did not answer.')), patience);
    try {
      const sending = this.transport.sendMail({
        ...message,
        from: this.from,
        // As an object: an address that holds a comma is one address, not two.
        to: { name: '', address: to },
        messageId: `<${id}@${domainOfSender(this.from)}>`,
        attachments: [...(message.attachments ?? [])],
      });
      const { response } = (await Promise.race([sending, late])) as { response: string };
      return { outcome: 'delivered', code: Number(response.slice(0, 3)) || 250 };
    } catch (error) {
      return answerOn(error as SendingError);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.transport.close();
  }
}

const domainOfSender = (from: string): string => /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';

/** What nodemailer says of an error: the server's code, after which command, and what kind of error it is. */
interface SendingError {
  readonly responseCode?: number;
  readonly command?: string;
  readonly code?: string;
}

/**
 * A refusal for good (5xx) of the recipient or the message pauses the subscriber: sending again would harm
 * everybody's mail. Everything else, such as a wrong password of ours, is tried again; what is between the mail
 * server and us alone, for as long as it lasts.
 */
function answerOn({ responseCode, command, code: kind }: SendingError): Answer {
  const code = responseCode ?? null;
  const isRefused = command === 'RCPT TO' || command === 'DATA';
  if (code !== null && code >= 500 && isRefused)
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
  const failed = { outcome: 'failed', code, detail, retryAfter: null } as const;
  // What cannot be written to at all is refused before the server is asked.
  const isUnwritable = code === null && (kind === 'EENVELOPE' || kind === 'EMESSAGE');
  return isRefused || isUnwritable ? failed : { ...failed, isOwnFault: true };
}
