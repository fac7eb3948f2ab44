import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real mail server on loopback that keeps what it takes. */
export interface MailServer {
  /** What SMTP_URL is to be. */
  readonly url: string;
  readonly mails: ParsedMail[];
  /** The mails to an address, in order. */
  to(address: string): ParsedMail[];
  /** Waits until there are so many mails to an address, and gives the last of them. */
  nth(address: string, count: number): Promise<ParsedMail>;
  /** With which code it answers every recipient from now on; null: it takes them. */
  refuseWith(code: number | null): void;
  /** Answers the next recipient never: resolves when somebody waits for that. */
  keepWaiting(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts one. Mailboxes that begin with `nobody@` do not exist, and a message that is larger than `bytes` is
 * refused as such (552).
 */
export async function startMailServer({ bytes = Infinity } = {}): Promise<MailServer> {
  const mails: ParsedMail[] = [];
  let refusal: number | null = null;
  let waits: (() => void) | null = null;
  const smtp = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      if (waits !== null) {
        waits();
        waits = null;
        return;
      }
      const code = address.startsWith('nobody@') ? 550 : refusal;
      callback(
        code === null ? null : Object.assign(new Error('Not taken'), { responseCode: code }),
      );
    },
    onData: (stream, _session, callback) => {
      let size = 0;
      stream.on('data', (chunk: Buffer) => (size += chunk.length));
      simpleParser(stream, (error, mail) => {
        if (size > bytes)
          return callback(Object.assign(new Error('Too large'), { responseCode: 552 }));
        if (error === null || error === undefined) mails.push(mail);
        return callback();
      });
    },
  });
  // A sender that is killed in the middle is the test's intention.
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  const to = (address: string): ParsedMail[] =>
    mails.filter((mail) => [mail.to].flat().some((one) => one?.text === address));
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to,
    async nth(address, count) {
      for (let tries = 0; to(address).length < count; tries += 1) {
        if (tries > 1500)
          throw new Error(`${address} has ${to(address).length} mails, not ${count}.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return to(address)[count - 1]!;
    },
    refuseWith: (code) => void (refusal = code),
    keepWaiting: () => new Promise((resolve) => (waits = resolve)),
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
