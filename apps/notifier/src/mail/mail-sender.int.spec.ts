import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startMailServer, type MailServer } from '../../test/mail-server.ts';
import { MailSender } from './mail-sender.ts';

const from = 'The Treaty Ledger <notices@treaties.example>';
const message = { subject: 'A notice', text: '', html: '', id: 'notice', headers: {} };

describe('a message that a mail server does not take', () => {
  let server: MailServer;
  let senders: MailSender[] = [];
  let sender: MailSender;
  const to = (url: string): void => {
    sender = new MailSender(url, from);
    senders.push(sender);
  };
  const said = async (address: string): Promise<unknown[]> => {
    const answer = await sender.send({ ...message, to: address });
    const own = answer.outcome === 'failed' ? (answer.isOwnFault ?? false) : null;
    return [answer.outcome, answer.code, own];
  };

  beforeEach(async () => {
    server = await startMailServer();
    to(server.url);
  });
  afterEach(async () => {
    for (const one of senders) one.close();
    senders = [];
    await server.close();
  });

  it('is the recipient’s matter where the server says so of the recipient', async () => {
    expect(await said('nobody@mission.example')).toStrictEqual(['gone', 550, null]);
    server.refuseWith(451);
    expect(await said('reader@mission.example')).toStrictEqual(['failed', 451, false]);
  });

  it('is our own fault where the server is away, or does not let us in', async () => {
    const { url } = server;
    to(url.replace('127.0.0.1', 'stranger:wrong@127.0.0.1'));
    const [outcome, , own] = await said('reader@mission.example');
    expect([outcome, own]).toStrictEqual(['failed', true]);
    for (const one of senders) one.close();
    await server.close();
    to(url);
    expect(await said('reader@mission.example')).toStrictEqual(['failed', null, true]);
    server = await startMailServer();
  });
});
