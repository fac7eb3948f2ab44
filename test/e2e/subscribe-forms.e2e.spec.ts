import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSealing } from '../../apps/notifier/src/secrets/sealing.ts';
import {
  failing,
  startReceiver,
  willing,
  type Receiver,
} from '../../apps/notifier/test/receiver.ts';
import { RegisterUnderTest } from './register-under-test.ts';

/** Nobody listens at the address of the mail server. */
const register = new RegisterUnderTest({
  WEBHOOK_TARGETS: 'development',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'notices@treaties.example',
});
let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver();
  receiver.behave(willing);
  await register.start();
}, 600_000);
afterAll(async () => {
  await register.remove();
  await receiver.close();
});

/** A form as a browser without scripts sends it. */
const send = (path: string, fields: Record<string, string> | [string, string][]) =>
  register.postUnsigned(path, new URLSearchParams(fields).toString(), {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'text/html',
  });

describe('without scripts', () => {
  it('one more line is given by the form itself, with everything that was typed', async () => {
    const { status, body } = await send('/subscriptions?lang=fr', [
      ['channel', 'webhook'],
      ['target', 'not yet'],
      ['treaties', 'XVIII-16'],
      ['counts', '40'],
      ['more', 'treaties'],
    ]);
    expect(status).toBe(200);
    expect(body).toMatch(/<input [^>]*id="treaties-2"[^>]*autofocus/);
    for (const value of ['not yet', 'XVIII-16', '40']) expect(body).toContain(`value="${value}"`);
    expect(body).toContain('formaction="/subscriptions?lang=fr#treaties-3"');
  });

  it('a box that is not ticked is not taken for ticked', async () => {
    const { status, body } = await send('/subscriptions?lang=en', {
      channel: 'webhook',
      target: `${receiver.address}/none`,
    });
    expect([status, String(body).includes('Choose at least one thing to be told')]).toStrictEqual([
      422,
      true,
    ]);
    expect(body).not.toMatch(/<input type="checkbox"[^>]* checked/);
  });

  it('what was typed comes back as text, whatever it is', async () => {
    const hostile = '"><script>alert(1)</script>';
    const { status, body } = await send('/subscriptions', {
      channel: 'webhook',
      target: hostile,
      treaties: hostile,
      counts: hostile,
      [hostile]: 'x',
    });
    expect([status, String(body).includes('<script>alert')]).toStrictEqual([422, false]);
  });

  it('too many that wait are told in the language of the page, with the values kept', async () => {
    receiver.behave(failing, '/stranger');
    const fields = {
      channel: 'webhook',
      target: `${receiver.address}/stranger`,
      topics: 'actions',
      language: 'fr',
    };
    for (let made = 0; made < 3; made += 1) {
      const { status, body } = await send('/subscriptions?lang=fr', fields);
      expect([status, /<h1>([^<]*)/.exec(body)?.[1]]).toStrictEqual([
        201,
        'Encore une étape : le webhook doit répondre',
      ]);
      expect(body).toContain('Il a répondu 500 sans le défi.');
    }
    const { status, headers, body } = await send('/subscriptions?lang=fr', fields);
    expect([status, headers.get('retry-after')]).toStrictEqual([429, '3600']);
    expect(body).toContain('attendent d’être confirmés');
    expect(body).toContain(`value="${fields.target}"`);
    const full = { ...fields, target: `${receiver.address}/full` };
    for (let made = 0; made < 20; made += 1)
      expect((await send('/subscriptions?lang=fr', full)).status).toBe(201);
    expect((await send('/subscriptions?lang=fr', full)).body).toContain('a déjà 20 abonnements');
  });
});

describe('mail', () => {
  it('that cannot be sent is told beside the address, with the choices kept', async () => {
    const { status, body } = await send('/subscriptions?lang=fr', {
      channel: 'mail',
      target: 'name@example.org',
      topics: 'actions',
      rhythm: 'weekly',
      timeZone: 'Europe/Paris',
      language: 'fr',
    });
    expect(status).toBe(422);
    expect(body).toContain('Le serveur de messagerie n’a pas pu être joint.');
    expect(body).toContain('value="weekly" checked');
    expect(body).toContain('value="Europe/Paris"');
  });

  it('to a contact that cannot be asked is told beside the contact, and nothing is made', async () => {
    const fields = {
      channel: 'webhook',
      target: `${receiver.address}/contact`,
      topics: 'actions',
      language: 'fr',
    };
    for (const [contact, said] of [
      ['nobody', 'On ne peut pas écrire à cette adresse électronique'],
      [
        'ops@example.org',
        'Le contact n’a pas pu être interrogé et rien n’a été modifié. Le serveur',
      ],
    ] as const) {
      const { status, body } = await send('/subscriptions?lang=fr', { ...fields, contact });
      expect([status, /id="contact-error">([^<]*)/.exec(body)?.[1]]).toStrictEqual([
        422,
        expect.stringMatching(`^${said}`),
      ]);
      expect(body).toContain(`value="${contact}"`);
    }
    expect(receiver.idsAt('/contact')).toStrictEqual([]);
  });

  it('has links that ask first, say what it is about, and are told again once done', async () => {
    const made = await register.postUnsigned('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/links`,
      participants: ['FRA'],
    });
    const { id } = made.body;
    const sealing = openSealing(undefined, register.folder);
    const link = (path: string, use: string) =>
      `/subscriptions/${id}/${path}?lang=fr&token=${sealing.tokenFor(use, id)}`;
    const title = async (path: string) => {
      const { status, body } = await register.get(path, { Accept: 'text/html' });
      return [status, /<h1>([^<]*)/.exec(body)?.[1], String(body).includes('>France</a>')];
    };
    const end = link('unsubscription', 'unsubscribe');
    expect(await title(link('confirmation', 'confirm'))).toStrictEqual([
      200,
      'L’abonnement est déjà confirmé',
      false,
    ]);
    expect(await title(end)).toStrictEqual([200, 'Se désabonner ?', true]);
    // The address is nobody's business who only has the link of a message.
    expect((await register.get(end)).body).not.toContain('/links');
    expect((await send(end, {})).body).toContain('<h1>Vous êtes désabonné');
    expect(await title(end)).toStrictEqual([200, 'Vous êtes désabonné', false]);
    expect(await title(link('confirmation', 'confirm'))).toStrictEqual([
      404,
      'Ce lien n’ouvre aucun abonnement',
      false,
    ]);
  });
});

describe('an address', () => {
  const html = { Accept: 'text/html' };

  it('fills the form in, and says what of it the register does not have', async () => {
    const good = await register.get(
      '/subscriptions?treaties=XVIII-16&participants=FRA,BRA&kinds=accession&topics=notifications&lang=fr',
      html,
    );
    expect(good.status).toBe(200);
    for (const part of ['value="XVIII-16"', 'value="France"', 'id="participants-2"'])
      expect(good.body).toContain(part);
    expect(
      [...String(good.body).matchAll(/value="(\w+)" checked/g)].map(([, value]) => value),
    ).toStrictEqual(['mail', 'v1', 'notifications', 'accession', 'immediate']);
    const bad = await register.get('/subscriptions?treaties=XXX-99&counts=0', html);
    expect(bad.status).toBe(400);
    expect(bad.body).toContain('The register has no treaty “XXX-99”.');
    for (const unknown of ['colour=blue', 'target=https://example.org/x', 'contact=a@example.org'])
      expect((await register.get(`/subscriptions?${unknown}`, html)).status).toBe(400);
  });

  it('with a token is kept by nobody and told to nobody, whatever it answers', async () => {
    const made = await register.postUnsigned('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/headers`,
    });
    const { id, token } = made.body;
    const secret = (path: string) => `/subscriptions/${id}${path}?token=${token}`;
    for (const path of [
      secret(''),
      secret('/erasure'),
      secret('/confirmation'),
      secret('/contact'),
      `${secret('')}x`,
    ])
      for (const accept of ['text/html', 'application/json']) {
        const { headers, body } = await register.get(path, { Accept: accept });
        expect([
          path.replace(token, 'T'),
          headers.get('referrer-policy'),
          headers.get('cache-control'),
          headers.get('x-robots-tag'),
        ]).toStrictEqual([path.replace(token, 'T'), 'no-referrer', 'no-store', 'noindex']);
        // A problem is written into the logs of who gets it.
        if (headers.get('content-type')?.includes('problem+json') === true)
          expect(JSON.stringify(body)).not.toContain(token);
        // Links that leave the register hold no token: there are none.
        if (typeof body === 'string')
          expect(body.match(/(?:href|src|action)="(?!\/|#)[^"]*"/g)).toBeNull();
      }
  });

  it('of a subscription with a long log is answered whole, compressed as well', async () => {
    const made = await register.postUnsigned('/subscriptions', {
      channel: 'webhook',
      target: `${receiver.address}/long`,
    });
    const { id, token } = made.body;
    await register.postUnsigned(
      `/subscriptions/${id}/replay`,
      { from: '0' },
      { Authorization: `Bearer ${token}` },
    );
    const path = `/subscriptions/${id}?token=${token}`;
    const count = async () => (await register.get(path)).body.deliveries.length;
    while ((await count()) < 70) await new Promise((resolve) => setTimeout(resolve, 50));
    const { body } = await register.get(path, { ...html, 'Accept-Encoding': 'br' });
    expect(String(body).length).toBeGreaterThan(33_000);
    expect(body).toMatch(/<\/html>$/);
  });
});
