import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { Ledger } from '#ledger';
import { calendarDate } from '#treaty';
import { startRegister, type Run } from './processes.ts';
import { tokenFrom } from './machine-token.ts';

/** A real mail server, which refuses an address that does not exist. */
const mails: ParsedMail[] = [];
const smtp = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  logger: false,
  onRcptTo: ({ address }, _session, callback) =>
    callback(
      address.startsWith('nobody@')
        ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
        : null,
    ),
  onData: (stream, _session, callback) => {
    simpleParser(stream, (error, mail) => {
      if (error === null || error === undefined) mails.push(mail);
      callback();
    });
  },
});

const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-mail-'));
const address = 'ambassador.reader@mission.example';
let run: Run & { address: string };

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(run.address + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : null };
};
const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};
const mailNumber = async (count: number): Promise<ParsedMail> => {
  for (let tries = 0; mails.length < count; tries += 1) {
    if (tries > 1500) throw new Error(`There are ${mails.length} mails, not ${count}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return mails[count - 1]!;
};
const record = async (participant: string) =>
  post(
    '/depositary/treaties/XVIII-16/actions',
    { kind: 'ratification', participant, date: '2026-11-20' },
    { Authorization: `Bearer ${await tokenFrom(run.address)}` },
  );
const filesWith = (words: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(words));

beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  run = await startRegister(folder, {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'The Treaty Ledger <notices@treaties.example>',
    PUBLIC_URL: 'https://treaties.example',
  });
}, 60_000);
afterAll(async () => {
  run.kill('SIGTERM');
  await run.ended;
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  rmSync(folder, { recursive: true, force: true });
});

it('goes the whole way of a reader: asked, confirmed, told in French, unsubscribed, forgotten', async () => {
  const asked = await post('/subscriptions', {
    channel: 'mail',
    target: address,
    language: 'fr',
    topics: ['actions', 'notifications'],
  });
  expect([asked.status, asked.body.state, asked.body.token]).toStrictEqual([
    201,
    'pending',
    undefined,
  ]);
  const { id } = asked.body;
  const question = await mailNumber(1);
  expect(question.subject).toBe('Le registre des traités: Confirmez votre abonnement');
  const confirm = /https:\S+confirmation\S+/.exec(question.text ?? '')?.[0] ?? '';

  // Nothing is sent before it is confirmed; looking at the link confirms nothing.
  expect((await record('FRA')).status).toBe(201);
  await fetch(run.address + pathOf(confirm));
  expect((await post(pathOf(confirm).replace(/token=.{5}/, 'token=wrong'), '', form)).status).toBe(
    404,
  );
  expect((await record('VNM')).status).toBe(201);
  expect((await post(pathOf(confirm), '', form)).text).toContain('L’abonnement est confirmé');

  expect((await record('BRA')).status).toBe(201);
  const notice = await mailNumber(2);
  expect(notice.subject).toBe('XVIII-16 : Brésil, Ratification, 20 novembre 2026.');
  expect(notice.text).toContain('https://treaties.example/actions/');
  expect(notice.html).toContain('Se désabonner');
  expect(notice.headers.get('auto-submitted')).toBe('auto-generated');
  const list = notice.headers.get('list') as unknown as Record<string, any>;
  expect(list['unsubscribe-post']).toMatchObject({ name: 'List-Unsubscribe=One-Click' });

  await issueNotification();
  const official = await mailNumber(3);
  expect(
    official.attachments.map(({ filename, contentType }) => [filename, contentType]),
  ).toStrictEqual([['C.N.1.2026.TREATIES-XVIII.16.fr.html', 'text/html']]);
  expect(official.attachments[0]?.content.toString()).toContain('<h2>Brésil : ratification</h2>');

  // The address is nowhere in clear, not even while it is subscribed; what stands for it goes when it goes.
  expect([filesWith(address), run.output().includes(address)]).toStrictEqual([[], false]);
  expect(filesWith(id).length).toBeGreaterThan(0);
  const unsubscribe = list['unsubscribe'].url as string;
  expect((await post(pathOf(unsubscribe), 'List-Unsubscribe=One-Click', form)).status).toBe(200);
  expect(filesWith(id)).toStrictEqual([]);
  expect((await record('ESP')).status).toBe(201);
  expect((await post(pathOf(confirm), '', form)).status).toBe(404);
  expect(mails.length).toBe(3);
});

it('says that an address does not exist, and keeps nothing of it', async () => {
  const asked = await post('/subscriptions', { channel: 'mail', target: 'nobody@mission.example' });
  expect([asked.status, asked.body.detail]).toStrictEqual([
    502,
    'The mail server refused the message for good (550).',
  ]);
  expect(run.output()).not.toContain('nobody@');
});

/** The depositary circulates one, as another process over the same store. */
async function issueNotification(): Promise<void> {
  const { connectionString } = JSON.parse(readFileSync(join(folder, 'address.json'), 'utf8'));
  const ledger = new Ledger(connectionString);
  const { outcome } = await ledger.notifications.issue(
    {
      treaty: 'XVIII-16',
      subject: { en: 'Brazil: ratification', fr: 'Brésil : ratification' },
      text: {
        en: 'The above action was effected on 20 November 2026.',
        fr: 'L’action susmentionnée a été effectuée le 20 novembre 2026.',
      },
      actions: [],
      announcesEntryIntoForce: null,
      corrects: null,
      draft: 'draft-1',
    },
    { actor: 'officer', today: calendarDate('2026-11-24') },
  );
  expect(outcome).toBe('issued');
  await ledger.close();
}
