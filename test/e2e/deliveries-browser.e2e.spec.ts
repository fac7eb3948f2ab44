import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import { answering, deliveries, DeliveriesUnderTest, until } from './deliveries-under-test.ts';
import { complaints, fillDate, officer } from './desk-officers.ts';

const under = new DeliveriesUnderTest();
const { register } = under;

(hasBrowser ? describe : describe.skip)('deliveries in a browser, without scripts', () => {
  let browser: Browser;
  let page: Page;
  let id: string;
  const open = (path: string) => page.goto(register.address + path);
  beforeAll(async () => {
    await under.start();
    browser = await launchBrowser();
    page = await officer(browser, register, 'Ready Administrator', { javaScriptEnabled: false });
    under.receiver.behave(answering(503), '/down');
    ({ id } = await under.subscribe('/down', ['SWE', 'JPN']));
    await under.act('SWE');
    await under.act('JPN', 'accession');
    await until(async () => (await under.one(id)).attempts > 0);
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await under.remove();
  });
  beforeEach(() => under.receiver.behave(answering(204), '/down'));

  it('one goes from the desk to a failing subscriber and sends what it lacks, which arrives', async () => {
    await open('/depositary');
    await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
    await page.getByRole('link', { name: id }).click();
    const before = await page.locator('main').innerText();
    expect(before).toContain('The receiver answered 503.');
    expect(before).toContain('XVIII-16: Sweden, Ratification, 20 November 2026.');
    const failed = under.toldAt('/down').length;
    await page.getByRole('button', { name: 'Send again' }).click();
    expect(await page.locator('.notice').innerText()).toContain(
      'What it had not been told yet is being sent: 2 deliveries.',
    );
    await until(() => under.toldAt('/down').length === failed + 2);
    await until(async () => (await under.one(id)).waiting === 0);
    await page.getByRole('link', { name: 'Load the page again' }).click();
    const after = await page.locator('main').innerText();
    expect(after).toContain('Delivered');
    expect(after).toMatch(/Still to be told\s+nothing/);
    // Loading what the form led to sends nothing again.
    expect(under.toldAt('/down').length).toBe(failed + 2);
    expect(await under.resent()).toContainEqual(
      expect.objectContaining({ name: 'Ready Administrator', subscriber: id, what: 'now' }),
    );
  }, 600_000);

  it('everything from a date on is sent again, in French', async () => {
    await open(`${deliveries}/${id}?lang=fr`);
    const before = under.toldAt('/down').length;
    const ids = under.toldAt('/down').slice(-2);
    await page.getByLabel('Tout ce qui a été inscrit à une date ou plus tard').check();
    const [year = '', month = '', day = ''] = new Date().toISOString().slice(0, 10).split('-');
    await page.fill('#date-day', day);
    await page.selectOption('#date-month', { value: String(Number(month)) });
    await page.fill('#date-year', year);
    await page.getByRole('button', { name: 'Répéter l’envoi' }).click();
    expect(await page.locator('.notice').innerText()).toMatch(
      /^Tout ce qui a été inscrit le .* ou plus tard est envoyé de nouveau : 2 envois\./,
    );
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await until(() => under.toldAt('/down').length === before + 2);
    expect(under.toldAt('/down').slice(-2)).toStrictEqual(ids);
  }, 600_000);

  it('more than fifty deliveries are asked about first', async () => {
    const { id: all } = await register
      .post('/subscriptions', { channel: 'webhook', target: `${under.receiver.address}/all` })
      .then(({ body }) => body);
    await open(`${deliveries}/${all}`);
    await page.getByLabel('Everything after a position of the ledger').check();
    await page.fill('#position', '0');
    await page.getByRole('button', { name: 'Send again' }).click();
    expect(await page.locator('.summary-of-errors').innerText()).toMatch(/This sends \d+ deliver/);
    expect(under.toldAt('/all').length).toBe(0);
    await page.getByLabel('Yes, that is meant').check();
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Everything after position 0 is being sent again').waitFor();
    await until(() => under.toldAt('/all').length > 50);
  }, 600_000);

  it('has no fault of accessibility and no sideways scroll, wide or narrow, in both languages', async () => {
    const scripted = await officer(browser, register, 'Ready Administrator');
    const faults: string[] = [];
    under.receiver.behave(answering(410), '/gone');
    under.receiver.behave(answering(500), '/fails');
    const { id: failing } = await under.subscribe('/fails', ['GRC']);
    const { id: gone } = await under.subscribe('/gone', ['GRC']);
    await under.act('GRC');
    await until(async () => (await under.overview()).attention.length === 2);
    const look = async (name: string): Promise<void> => {
      for (const width of [1280, 320])
        for (const colorScheme of ['light', 'dark'] as const) {
          await scripted.setViewportSize({ width, height: 900 });
          await scripted.emulateMedia({ colorScheme });
          for (const fault of await accessibilityFaults(scripted))
            faults.push(`${name} ${width} ${colorScheme}: ${fault}`);
          const over =
            'document.documentElement.scrollWidth - document.documentElement.clientWidth';
          if ((await scripted.evaluate<number>(over)) > 0) faults.push(`${name} ${width}: wide`);
        }
    };
    for (const language of ['en', 'fr']) {
      for (const path of ['', '?limit=1', `/${id}`, `/${failing}`, `/${gone}`, '/nobody']) {
        const [address, query = ''] = path.split('?');
        await scripted.goto(`${register.address}${deliveries}${address}?${query}&lang=${language}`);
        await look(`${path} ${language}`);
      }
      await scripted.goto(`${register.address}${deliveries}/${id}?lang=${language}`);
      await scripted.check('input[value=after]');
      await scripted.fill('#position', '0');
      await scripted.locator('form.sending button').click();
      await look(`asked ${language}`);
    }
    await scripted.goto(`${register.address}${deliveries}/${id}`);
    await scripted.check('input[value=after]');
    await fillDate(scripted, 'date', '2026-11-20');
    expect(await scripted.locator('output[data-date=date]').innerText()).toContain('Friday');
    // The browser notes that what is not there answers 404.
    const others = complaints.filter((one) => !one.includes(`${deliveries}/nobody?`));
    expect([faults, others]).toStrictEqual([[], []]);
  }, 600_000);
});
