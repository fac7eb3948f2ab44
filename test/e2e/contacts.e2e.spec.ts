import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ParsedMail } from 'mailparser';
import { startMailServer, type MailServer } from '../../apps/notifier/test/mail-server.ts';
import { hours, TestClock } from '../../apps/notifier/test/notifier-under-test.ts';
import { ok, startReceiver, type Receiver } from '../../apps/notifier/test/receiver.ts';
import { accessibilityFaults, hasBrowser, launchBrowser, Misdeeds } from './browser.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const clock = new TestClock();
let register: RegisterUnderTest;
let receiver: Receiver;
let server: MailServer;

const operations = 'operations@ministry.example';
const html = { Accept: 'text/html' };
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const pathOf = (link: string): string => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};
/** The register's address of a link in a message, by what stands in it. */
const linkIn = (mail: ParsedMail, part: string): string =>
  pathOf((mail.text ?? '').match(/http:\S+/g)?.find((one) => one.includes(part)) ?? 'http://none/');
const form = (path: string, fields: Record<string, string> = {}) =>
  register.postUnsigned(path, new URLSearchParams(fields).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    ...html,
  });
const subscribe = async (path: string, more: object = {}) => {
  const { status, body } = await register.postUnsigned('/subscriptions', {
    channel: 'webhook',
    target: `${receiver.address}${path}?secret=of-the-owner`,
    ...more,
  });
  expect([status, body.state]).toStrictEqual([201, 'active']);
  return body;
};
const fails = (path: string, code: number): void =>
  receiver.behave(
    (_request, response) => void response.writeHead(code).end(),
    `${path}?secret=of-the-owner`,
  );
const settled = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 500) throw new Error('It did not come to that.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
/** Lets time pass, attempt by attempt, until a subscription is in a state. */
const failUntil = async (id: string, token: string, state: string): Promise<void> => {
  for (;;) {
    const before = (await register.get(`/subscriptions/${id}`, bearer(token))).body;
    if (before.state === state) return;
    clock.forward(hours(10));
    await settled(async () => {
      const { body } = await register.get(`/subscriptions/${id}`, bearer(token));
      return body.state === state || body.attempts > before.attempts;
    });
  }
};
const ratify = async (participant: string) => {
  const fact = { kind: 'ratification', participant, date: '2026-11-20' };
  const { status } = await register.post('/depositary/treaties/XVIII-16/actions', fact);
  expect([participant, status]).toStrictEqual([participant, 201]);
};

beforeAll(async () => {
  [receiver, server] = await Promise.all([startReceiver(), startMailServer()]);
  receiver.behave((request, response) => {
    const { challenge } = JSON.parse(request.body).data;
    if (challenge === undefined) return ok(request, response);
    return void response.writeHead(200).end(JSON.stringify({ challenge }));
  });
  register = new RegisterUnderTest(
    {
      WEBHOOK_TARGETS: 'development',
      SMTP_URL: server.url,
      MAIL_FROM: 'The Treaty Ledger <notices@treaties.example>',
    },
    clock,
  );
  await register.start();
}, 600_000);
afterAll(async () => {
  await register.remove();
  await Promise.all([receiver.close(), server.close()]);
});

describe('the contact of a webhook', () => {
  it('goes the whole way: asked, confirmed, warned, told of the pause, resumes, ends it', async () => {
    const { id, token, contact } = await subscribe('/way', { contact: operations });
    expect(contact).toStrictEqual({ state: 'pending' });
    const question = await server.nth(operations, 1);
    expect(question.subject).toBe(
      'The Treaty Ledger: Confirm that you are the contact of a webhook',
    );
    // Nothing in it was chosen by who named the address; looking at the link changes nothing.
    expect(`${question.text}${question.html}`).not.toContain(receiver.address.slice(7));
    const confirm = linkIn(question, '/contact/confirmation');
    expect((await register.get(confirm, html)).body).toContain(receiver.address.slice(7));
    const seen = async () => (await register.get(`/subscriptions/${id}`, bearer(token))).body;
    expect((await seen()).contact).toMatchObject({ address: operations, state: 'pending' });
    expect((await form(confirm.replace(/token=.{5}/, 'token=wrong'))).status).toBe(404);
    expect((await form(confirm)).body).toContain('You are the contact of this webhook now');
    expect((await seen()).contact.state).toBe('confirmed');

    fails('/way', 500);
    await ratify('FRA');
    await settled(async () => (await seen()).attempts === 1);
    await failUntil(id, token, 'paused');
    const told = await server.nth(operations, 3);
    expect(server.to(operations).map(({ subject }) => subject)).toStrictEqual([
      question.subject,
      'The Treaty Ledger: deliveries to your webhook have failed for a day',
      'The Treaty Ledger: deliveries to your webhook are paused',
    ]);
    expect(told.text).toContain('The receiver answered 500.');
    expect(told.text).not.toContain('of-the-owner');
    const look = linkIn(told, '/contact?');
    const standing = await register.get(look);
    expect(standing.body).toMatchObject({ subscription: id, state: 'paused', reason: 'failing' });
    expect(standing.body.host).toBe(receiver.address.slice(7));
    expect((await register.get(look, html)).body).toContain('Resume deliveries');

    // The link opens what it is for, and nothing that belongs to who made the subscription.
    const { searchParams } = new URL(look, register.address);
    const its = searchParams.get('token') ?? '';
    const withIts = (what: string) => `/subscriptions/${id}${what}?token=${its}`;
    expect((await register.get(withIts(''))).status).toBe(404);
    for (const what of 'replay secrets pause resumption ping erasure contact'.split(' '))
      expect([what, (await form(withIts(`/${what}`))).status]).toStrictEqual([what, 404]);
    expect((await form(withIts('/contact/confirmation'))).status).toBe(404);
    expect((await form(withIts('/contact/unsubscription'))).status).toBe(404);

    receiver.behave(ok, '/way?secret=of-the-owner');
    expect((await form(withIts('/contact/resumption'))).body).toContain('Deliveries go on');
    await settled(async () => (await seen()).attempts === 0);
    // A webhook that its owner paused stays so.
    await register.postUnsigned(`/subscriptions/${id}/pause`, {}, bearer(token));
    expect((await form(withIts('/contact/resumption'))).status).toBe(409);

    const list = told.headers.get('list') as unknown as Record<string, any>;
    expect(list['unsubscribe-post']).toMatchObject({ name: 'List-Unsubscribe=One-Click' });
    const ended = await register.postUnsigned(
      pathOf(list['unsubscribe'].url),
      'List-Unsubscribe=One-Click',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
    );
    expect([ended.status, (await seen()).contact]).toStrictEqual([200, null]);
    expect((await register.get(look)).status).toBe(404);
    expect(server.to(operations).length).toBe(3);
  }, 600_000);

  it('is named later and replaced; the links of the one before open nothing any more', async () => {
    const { id, token } = await subscribe('/later');
    const before = 'before@ministry.example';
    const after = 'after@ministry.example';
    const at = `/subscriptions/${id}/contact`;
    const named = await register.postUnsigned(at, { contact: before }, bearer(token));
    expect([named.status, named.body.next]).toStrictEqual([
      200,
      'The contact was asked by mail to confirm, and is told nothing before; unconfirmed it is erased in three days.',
    ]);
    const old = linkIn(await server.nth(before, 1), '/contact/confirmation');
    expect((await form(old)).status).toBe(200);
    await register.postUnsigned(at, { contact: before }, bearer(token));
    await register.postUnsigned(at, { contact: after }, bearer(token));
    await server.nth(after, 1);
    expect((await form(old)).status).toBe(404);
    expect([server.to(before).length, server.to(after).length]).toStrictEqual([1, 1]);
    // One that the mail server does not take replaces nobody.
    const refused = await register.postUnsigned(
      at,
      { contact: 'nobody@ministry.example' },
      bearer(token),
    );
    expect([refused.status, refused.body.code, refused.body.field]).toStrictEqual([
      502,
      'mail-not-sent',
      'contact',
    ]);
    const { body } = await register.get(`/subscriptions/${id}`, bearer(token));
    expect(body.contact).toMatchObject({ address: after, state: 'pending' });
    expect((await register.postUnsigned(at, { contact: after })).status).toBe(404);
    const erased = await fetch(`${register.address}${at}`, {
      method: 'DELETE',
      headers: bearer(token),
    });
    expect(erased.status).toBe(204);
    const left = await register.get(`/subscriptions/${id}`, bearer(token));
    expect([left.body.state, left.body.contact]).toStrictEqual(['active', null]);
    const clear = readdirSync(register.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .filter(({ parentPath, name }) =>
        readFileSync(join(parentPath, name)).includes('@ministry.example'),
      );
    expect(clear).toStrictEqual([]);
  });

  it('is refused where it makes no sense, by field, and nothing is made then', async () => {
    const asked = { channel: 'webhook', target: `${receiver.address}/none` };
    const refusal = async (body: object) => {
      const answer = await register.postUnsigned('/subscriptions', body);
      return [answer.status, answer.body.field];
    };
    expect(await refusal({ ...asked, contact: 'not an address' })).toStrictEqual([422, 'contact']);
    expect(await refusal({ ...asked, contact: ['a@b.example'] })).toStrictEqual([422, 'contact']);
    expect(await refusal({ ...asked, contact: 'nobody@m.example' })).toStrictEqual([
      502,
      'contact',
    ]);
    const mail = { channel: 'mail', target: 'reader@m.example', contact: 'other@m.example' };
    expect(await refusal(mail)).toStrictEqual([422, 'contact']);
    expect(receiver.idsAt('/none')).toStrictEqual([]);
    const stranger = { ...asked, contact: 'stranger@else.example' };
    for (let n = 0; n < 3; n += 1) await register.postUnsigned('/subscriptions', stranger);
    expect(await refusal(stranger)).toStrictEqual([429, undefined]);
    expect(server.to('stranger@else.example').length).toBe(3);
  });
});

(hasBrowser ? describe : describe.skip)('its pages', () => {
  it('are easy to use by everybody, in both languages and at 320 pixels, without scripts', async () => {
    const who = 'pages@ministry.example';
    const { id, token } = await subscribe('/pages', { contact: who, language: 'fr' });
    const confirm = linkIn(await server.nth(who, 1), '/contact/confirmation');
    await form(confirm);
    fails('/pages', 410);
    await ratify('BRA');
    const told = await server.nth(who, 2);
    expect(told.subject).toBe('Le registre des traités : les envois à votre webhook ont pris fin');
    const browser = await launchBrowser();
    try {
      const pages = {
        subscribe: '/subscriptions?lang=fr',
        manage: `/subscriptions/${id}?lang=fr&token=${token}`,
        confirm,
        look: linkIn(told, '/contact?'),
        unsubscribe: linkIn(told, '/contact/unsubscription'),
      };
      for (const [name, path] of Object.entries(pages))
        for (const language of ['en', 'fr']) {
          const context = await browser.newContext({ javaScriptEnabled: true });
          const page = await context.newPage();
          const misdeeds = new Misdeeds(page, register.address);
          await page.goto(register.address + path.replace('lang=fr', `lang=${language}`));
          const faults = await accessibilityFaults(page);
          await page.setViewportSize({ width: 320, height: 640 });
          const width = await page.evaluate('document.documentElement.scrollWidth');
          expect([name, language, faults, misdeeds.seen, width]).toStrictEqual([
            name,
            language,
            [],
            [],
            320,
          ]);
          await context.close();
        }
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(register.address + pages.manage);
      expect(await page.getByText(`${who} est averti`).count()).toBe(1);
      await page.getByRole('button', { name: 'Effacer le contact' }).click();
      expect(await page.getByText('Le contact est effacé').count()).toBe(1);
      await page.goto(register.address + pages.manage);
      await page.getByLabel('Adresse électronique du contact').fill('next@ministry.example');
      await page.getByRole('button', { name: 'Demander à cette adresse' }).click();
      await server.nth('next@ministry.example', 1);
    } finally {
      await browser.close();
    }
  }, 600_000);
});
