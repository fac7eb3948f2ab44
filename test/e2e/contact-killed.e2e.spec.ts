import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { startMailServer } from '../../apps/notifier/test/mail-server.ts';
import { startReceiver } from '../../apps/notifier/test/receiver.ts';
import {
  databaseUnderTest,
  kindsUnderTest,
} from '../../libs/database/test/databases-under-test.ts';
import { startNotifier, startRegister, type Run } from './processes.ts';
import { tokenFrom } from './machine-token.ts';

const contact = 'operations@ministry.example';

/**
 * A webhook answers 410; the notifier that stops it is killed while the mail server keeps it waiting, and another
 * one is started. @returns subjects of the mails that the contact got
 */
async function toldThoughKilled(kind: 'sqlite' | 'postgres'): Promise<(string | undefined)[]> {
  const [database, receiver, mail] = await Promise.all([
    databaseUnderTest(kind),
    startReceiver(),
    startMailServer(),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-contact-'));
  const running: Run[] = [];
  const settings = {
    WEBHOOK_TARGETS: 'development',
    SMTP_URL: mail.url,
    MAIL_FROM: 'The Treaty Ledger <notices@treaties.example>',
    ...(database.url !== undefined && { DATABASE_URL: database.url }),
  };
  receiver.behave((request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    response.writeHead(challenge === undefined ? 410 : 200).end(JSON.stringify({ challenge }));
  });
  try {
    const register = await startRegister(folder, { ...settings, NOTIFIER: 'no' });
    running.push(register);
    const { address } = register;
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      fetch(address + path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const target = `${receiver.address}/gone`;
    await post('/subscriptions', { channel: 'webhook', target, contact });
    const { text = '' } = await mail.nth(contact, 1);
    const confirm = new URL(/http:\S+confirmation\S+/.exec(text)?.[0] ?? '');
    const confirmed = await fetch(address + confirm.pathname + confirm.search, { method: 'POST' });
    expect(confirmed.status).toBe(200);
    const victim = await startNotifier(folder, settings);
    running.push(victim);
    const telling = mail.keepWaiting();
    const fact = { kind: 'ratification', participant: 'FRA', date: '2026-11-20' };
    const signedIn = { Authorization: `Bearer ${await tokenFrom(address)}` };
    const recorded = await post('/depositary/treaties/XVIII-16/actions', fact, signedIn);
    expect(recorded.status).toBe(201);
    // The stop is in the database, and the message is on its way to a server that does not answer.
    await telling;
    victim.kill('SIGKILL');
    await victim.ended;
    running.push(await startNotifier(folder, settings));
    // The lease of the one that was killed ends after a minute.
    for (let tries = 0; tries < 900 && mail.to(contact).length < 2; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    // Time for a second one to come, if it would.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return mail.to(contact).map(({ subject }) => subject);
  } finally {
    for (const run of running.toReversed()) {
      run.kill('SIGKILL');
      await run.ended;
    }
    await Promise.all([receiver.close(), mail.close(), database.remove()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

const runs = new Map<string, Promise<unknown>>();
// All kinds at once: most of the time is waiting for a lease to end.
beforeAll(() => {
  for (const kind of kindsUnderTest) {
    const run = toldThoughKilled(kind);
    run.catch(() => undefined);
    runs.set(kind, run);
  }
});

it.each(kindsUnderTest)(
  'tells the contact of a webhook once, though the notifier that stopped it was killed first, on %s',
  async (kind) => {
    expect(await runs.get(kind)).toStrictEqual([
      'The Treaty Ledger: Confirm that you are the contact of a webhook',
      'The Treaty Ledger: deliveries to your webhook have ended',
    ]);
  },
  180_000,
);
