import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Ledger } from '#ledger';
import { calendarDate } from '#treaty';
import { startMailServer, type MailServer } from '../../apps/notifier/test/mail-server.ts';
import { startReceiver } from '../../apps/notifier/test/receiver.ts';
import { startRegister, type Run } from './processes.ts';
import { tokenFrom } from './machine-token.ts';

let server: MailServer;
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
const mailNumber = (count: number): Promise<ParsedMail> => server.nth(address, count);
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
  server = await startMailServer();
  run = await startRegister(folder, {
    SMTP_URL: server.url,
    WEBHOOK_TARGETS: 'development',
    MAIL_FROM: 'The Treaty Ledger <notices@treaties.example>',
    PUBLIC_URL: 'https://treaties.example',
  });
}, 600_000);
afterAll(async () => {
  run.kill('SIGTERM');
  await run.ended;
  await server.close();
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
  ).toStrictEqual([['C.N.1.2026.TREATIES-XVIII.16-fr.pdf', 'application/pdf']]);
  // The very document that the register serves at the address in the message.
  const { content } = official.attachments[0]!;
  const notification = /https:\S+notifications\S+(?=\?)/.exec(official.text ?? '')?.[0] ?? '';
  const served = await fetch(`${run.address}${pathOf(notification)}.pdf?lang=fr`);
  expect(served.headers.get('content-disposition')).toContain(official.attachments[0]!.filename);
  expect(content.equals(Buffer.from(await served.arrayBuffer()))).toBe(true);
  expect(content.subarray(0, 5).toString()).toBe('%PDF-');
  const words = await wordsOf(content);
  expect(words).toContain('Référence : C.N.1.2026.TREATIES-XVIII.16');
  expect(words).toContain('Brésil : ratification');

  // The address is nowhere in clear, not even while it is subscribed; what stands for it goes when it goes.
  expect([filesWith(address), run.output().includes(address)]).toStrictEqual([[], false]);
  expect(filesWith(id).length).toBeGreaterThan(0);
  const unsubscribe = list['unsubscribe'].url as string;
  // As RFC 8058 says that a mail program should send it.
  const oneClick = new FormData();
  oneClick.set('List-Unsubscribe', 'One-Click');
  const clicked = await fetch(run.address + pathOf(unsubscribe), {
    method: 'POST',
    body: oneClick,
  });
  expect(clicked.status).toBe(200);
  const again = await post(pathOf(unsubscribe), 'List-Unsubscribe=One-Click', form);
  expect(again.status).toBe(200);
  expect(filesWith(id)).toStrictEqual([]);
  expect((await record('ESP')).status).toBe(201);
  expect((await post(pathOf(confirm), '', form)).status).toBe(404);
  expect(server.mails.length).toBe(3);
});

it('says that an address does not exist, and keeps nothing of it', async () => {
  const asked = await post('/subscriptions', { channel: 'mail', target: 'nobody@mission.example' });
  expect([asked.status, asked.body.detail]).toStrictEqual([
    502,
    'The mail server refused the message for good (550).',
  ]);
  expect(run.output()).not.toContain('nobody@');
});

it('tells the contact of a webhook that it is gone, and names nobody in its log', async () => {
  const contact = 'night.shift@mission.example';
  const receiver = await startReceiver();
  receiver.behave((request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    response.writeHead(challenge === undefined ? 410 : 200).end(JSON.stringify({ challenge }));
  });
  const target = `${receiver.address}/hook?key=opensesame`;
  const asked = await post('/subscriptions', { channel: 'webhook', target, contact });
  expect([asked.status, asked.body.contact]).toStrictEqual([201, { state: 'pending' }]);
  const question = await server.nth(contact, 1);
  const confirm = /https:\S+confirmation\S+/.exec(question.text ?? '')?.[0] ?? '';
  expect((await post(pathOf(confirm), '', form)).status).toBe(200);
  expect((await record('GRC')).status).toBe(201);
  expect((await server.nth(contact, 2)).text).toContain('answered 410');
  const { id } = asked.body;
  while (!run.output().includes('"telling":"stopped"'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(run.output()).toContain(id);
  for (const secret of [contact, 'opensesame'])
    expect([run.output().includes(secret), filesWith(secret)]).toStrictEqual([false, []]);
  await receiver.close();
});

/** What a PDF says on its first page. */
async function wordsOf(bytes: Buffer): Promise<string> {
  const pdf = await getDocument({ data: new Uint8Array(bytes) }).promise;
  const { items } = await (await pdf.getPage(1)).getTextContent();
  const text = items.map((item) => ('str' in item ? item.str : '')).join(' ');
  return text.replaceAll(/\s+/g, ' ');
}

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
