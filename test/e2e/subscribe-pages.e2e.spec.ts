import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { subscriptionWords } from '../../apps/notifier/src/subscriptions/words.ts';
import {
  failing,
  startReceiver,
  willing,
  type Receiver,
} from '../../apps/notifier/test/receiver.ts';
import { Misdeeds, accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import { RegisterUnderTest } from './register-under-test.ts';

/** Nobody listens at the address of the mail server. */
const register = new RegisterUnderTest({
  WEBHOOK_TARGETS: 'development',
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'notices@treaties.example',
});
let receiver: Receiver;
let browser: Browser;

const inBrowser = hasBrowser ? describe : describe.skip;

beforeAll(async () => {
  receiver = await startReceiver();
  await register.start();
  if (hasBrowser) browser = await launchBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await register.remove();
  await receiver.close();
});
beforeEach(() => receiver.behave(willing));

const ratify = async (participant: string) => {
  const { status, body } = await register.post('/depositary/treaties/XVIII-16/actions', {
    kind: 'ratification',
    participant,
    date: '2026-11-20',
  });
  expect([participant, status]).toStrictEqual([participant, 201]);
  return body.action as string;
};

/** English sentences of the pages that are no French ones. */
function* englishIn(words: object, french: object): Generator<string> {
  const other = french as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(words)) {
    if (typeof value === 'string' && value.length > 8 && value !== other[name]) yield value;
    if (typeof value === 'object') yield* englishIn(value, other[name] as object);
  }
}
const english = [...englishIn(subscriptionWords.en, subscriptionWords.fr)];

inBrowser('from a treaty to being told, in French on a small telephone', () => {
  let context: BrowserContext;
  let page: Page;
  let misdeeds: Misdeeds;
  /** Addresses that requests were said to come from. */
  const referers: string[] = [];

  beforeAll(async () => {
    context = await browser.newContext({
      locale: 'fr-FR',
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: true,
    });
    page = await context.newPage();
    misdeeds = new Misdeeds(page, register.address);
    page.on('request', (request) => referers.push(request.headers()['referer'] ?? ''));
  });
  afterAll(() => context.close());

  /** What axe, the width and the language have against the page that is shown. */
  const isWell = async (name: string): Promise<void> => {
    expect([name, await accessibilityFaults(page)]).toStrictEqual([name, []]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect([name, 'dark', await accessibilityFaults(page, ['color-contrast'])]).toStrictEqual([
      name,
      'dark',
      [],
    ]);
    await page.emulateMedia({ colorScheme: 'light' });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect([name, width]).toStrictEqual([name, 320]);
    const text = (await page.locator('body').innerText()).replace(/\s+/g, ' ');
    expect([name, english.filter((sentence) => text.includes(sentence))]).toStrictEqual([name, []]);
  };
  const subscribe = () => page.getByRole('button', { name: 'S’abonner' }).click();

  it('the link of the treaty fills the form in', async () => {
    await page.goto(`${register.address}/treaties/XVIII-16/entry-into-force?lang=fr`);
    await page.getByRole('link', { name: 'Être informé des prochains instruments' }).click();
    expect(await page.locator('h1').textContent()).toBe('Être informé de ce qui est inscrit');
    expect(await page.getByLabel('Traité 1').inputValue()).toBe('XVIII-16');
    expect(await page.getByLabel('Quand tant d’instruments').inputValue()).toBe('30, 39, 40');
    expect(await page.locator('.top [aria-current=page]').textContent()).toBe('Être informé');
    // A person is told by mail where that is offered; what is for webhooks is put away, and the other way round.
    expect(await page.getByLabel('Courriel, à lire').isChecked()).toBe(true);
    expect(await page.locator('#mac').isVisible()).toBe(false);
    await isWell('form for mail');
    await page.getByLabel('Webhook, pour un programme').check();
    expect(await page.locator('#mac').isVisible()).toBe(true);
    expect(await page.locator('#rhythm').isVisible()).toBe(false);
    await isWell('form for webhooks');
  }, 600_000);

  it('a form that is refused comes back with what was typed, and says beside each field what is wrong', async () => {
    await page.getByLabel('Adresse').fill('https://10.1.2.3/x');
    await page.getByRole('button', { name: 'Un autre traité' }).click();
    await page.getByLabel('Traité 2').fill('Convention de nulle part');
    await page.getByLabel('Participant 1').fill('Brésil');
    await page.getByText('Certains types d’actes seulement').click();
    await page.getByLabel('Adhésion').check();
    await page.getByLabel('Tant de jours avant l’entrée').fill('trente');
    const [response] = await Promise.all([page.waitForNavigation(), subscribe()]);
    expect(response?.status()).toBe(422);
    expect(await page.getByRole('alert').getByRole('listitem').allTextContents()).toStrictEqual([
      'L’hôte du webhook n’est pas sur l’internet public : les adresses privées, locales et réservées ne sont pas appelées.',
      'Le registre n’a pas de traité « Convention de nulle part ». Choisissez-en un dans la liste ou laissez le champ vide.',
      'Écrivez des nombres entiers de 0 à 400 séparés par des virgules, cinquante au plus.',
    ]);
    expect(await page.locator(':focus').getAttribute('class')).toBe('summary-of-errors');
    await page.getByRole('link', { name: 'n’a pas de traité' }).click();
    expect(await page.locator(':focus').getAttribute('id')).toBe('treaties-2');
    for (const [label, value] of [
      ['Adresse', 'https://10.1.2.3/x'],
      ['Traité 1', 'XVIII-16'],
      ['Traité 2', 'Convention de nulle part'],
      ['Participant 1', 'Brésil'],
      ['Tant de jours avant l’entrée', 'trente'],
    ] as const)
      expect([label, await page.getByLabel(label).inputValue()]).toStrictEqual([label, value]);
    expect(await page.getByLabel('Adhésion').isChecked()).toBe(true);
    await isWell('refused');
  }, 600_000);

  it('then it is made: the link and the secret are shown, and lead to the subscription', async () => {
    await page.getByLabel('Adresse').fill(`${receiver.address}/hook`);
    await page.getByLabel('Traité 2').fill('');
    await page.getByLabel('Tant de jours avant l’entrée').fill('30, 0');
    await page.getByLabel('Adhésion').uncheck();
    await subscribe();
    expect(await page.locator('h1').textContent()).toBe('Vous êtes abonné');
    const link = (await page.locator('#subscription-link').textContent()) ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/subscriptions\/[0-9a-f-]{36}\?token=\S+$/);
    expect(await page.locator('#subscription-secret').textContent()).toMatch(/^whsec_/);
    await isWell('made');
    await page.getByRole('link', { name: 'Ouvrir l’abonnement' }).click();
    const facts = await page.locator('.facts').innerText();
    for (const words of ['Brésil', 'Tous les types', 'Quand 30, 39 ou 40 instruments comptent'])
      expect(facts).toContain(words);
    expect(facts).toContain('30 jours avant l’entrée en vigueur et le jour même');
    await isWell('subscription');
  }, 600_000);

  it('what was told stands there in words, and what can be done is done', async () => {
    const action = await ratify('BRA');
    const told = page.getByRole('link', { name: 'XVIII-16 : Brésil, Ratification' });
    for (let tries = 0; (await told.count()) === 0 && tries < 200; tries += 1) await page.reload();
    expect(await told.first().getAttribute('href')).toBe(`/actions/${action}?lang=fr`);
    await page.getByRole('button', { name: 'Suspendre' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Les envois sont suspendus.');
    // Asked for by GET: loading it again sends no form again.
    expect(new URL(page.url()).searchParams.get('done')).toBe('paused');
    await page.getByRole('button', { name: 'Reprendre' }).click();
    expect(await page.locator('.state .tag').textContent()).toBe('Actif');
    await page.getByRole('button', { name: 'événement d’essai' }).click();
    expect(await page.getByRole('alert').textContent()).toBe(
      'L’événement d’essai a été livré. Le destinataire a répondu 204.',
    );
    await page.getByRole('button', { name: 'Créer un nouveau secret' }).click();
    expect(await page.locator('#subscription-secret').textContent()).toMatch(/^whsec_/);
    await isWell('new secret');
    await page.getByLabel('Inscrit ce jour-là').fill('2999-01-01');
    await page.getByRole('button', { name: 'Renvoyer' }).first().click();
    expect(await page.locator('#from-error').textContent()).toMatch(
      /^Ce jour est encore à venir\./,
    );
    expect(await page.getByLabel('Inscrit ce jour-là').inputValue()).toBe('2999-01-01');
    await page.getByLabel('Inscrit ce jour-là').fill('2026-01-01');
    await page.getByRole('button', { name: 'Renvoyer' }).first().click();
    expect(await page.getByRole('alert').textContent()).toBe(
      'Ce que vous avez demandé est renvoyé.',
    );
  }, 600_000);

  it('failures are told with what to do, and deleting asks once', async () => {
    receiver.behave(failing, '/hook');
    await page.getByRole('button', { name: 'Renvoyer' }).first().click();
    await page.getByLabel('Inscrit ce jour-là').fill('2026-01-01');
    await page.getByRole('button', { name: 'Renvoyer' }).first().click();
    const state = page.locator('.state');
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await state.locator('.tag').textContent()) === 'En échec') break;
      await page.reload();
    }
    expect(await state.innerText()).toMatch(/En échec depuis le .* UTC\. Si aucune ne réussit/);
    expect(await page.getByRole('table').innerText()).toContain('Le destinataire a répondu 500.');
    await isWell('failing');
    await page.getByRole('link', { name: 'Supprimer…' }).click();
    expect(await page.locator('h1').textContent()).toBe('Supprimer cet abonnement ?');
    await isWell('asks');
    await page.getByRole('link', { name: 'Le garder' }).click();
    expect(await page.locator('h1').textContent()).toBe('Votre abonnement');
    await page.getByRole('link', { name: 'Supprimer…' }).click();
    const address = page.url();
    await page.getByRole('button', { name: 'Le supprimer' }).click();
    expect(await page.locator('.notice').innerText()).toContain('est effacé, l’adresse comprise');
    await isWell('deleted');
    await page.goto(address);
    expect(await page.locator('h1').textContent()).toBe('Ce lien n’ouvre aucun abonnement');
    await isWell('unknown');
  }, 600_000);

  it('no token went to anybody in the address that a request comes from', () => {
    expect(referers.filter((referer) => referer.includes('token='))).toStrictEqual([]);
    expect(misdeeds.seen.filter((one) => !/status of 4(22|04)/.test(one))).toStrictEqual([]);
  });
});

describe('with many treaties', () => {
  it('the page stays small, and the register’s search suggests', async () => {
    for (let number = 1; number <= 60; number += 1) {
      const { status } = await register.post('/depositary/treaties', {
        treaty: `XXVII-${number}`,
        title: `Agreement on the protection of river number ${number}`,
        dateOfAdoption: '2001-01-01',
      });
      expect([number, status]).toStrictEqual([number, 201]);
    }
    const { body } = await register.get('/subscriptions', { Accept: 'text/html' });
    expect(body).not.toContain('river number');
    expect(body).toContain('data-suggests="treaty"');
    if (!hasBrowser) return;
    const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
    const page = await context.newPage();
    await page.goto(`${register.address}/subscriptions?lang=en`);
    await page.getByLabel('Treaty 1').pressSequentially('protection of river');
    const option = page.locator('#known-treaties option').first();
    await option.waitFor({ state: 'attached' });
    expect(await option.getAttribute('value')).toMatch(/^XXVII-\d+$/);
    await context.close();
  }, 600_000);
});
