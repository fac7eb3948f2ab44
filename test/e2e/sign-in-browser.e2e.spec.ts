import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
let browser: Browser;

(hasBrowser ? describe : describe.skip)('in a browser', () => {
  beforeAll(async () => {
    await register.start();
    browser = await launchBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await register.remove();
  });

  /** A browser of its own, and what its pages complained about. */
  const visitor = async (locale = 'en'): Promise<{ page: Page; complaints: string[] }> => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The browser asks for an icon of its own accord.
      const icon = message.location().url.endsWith('/favicon.ico');
      if (message.type() === 'error' && !icon) complaints.push(message.text());
    });
    return { page, complaints };
  };

  it('an officer signs in, reads, and signs out here and at the provider', async () => {
    const { page, complaints } = await visitor();
    await page.goto(`${register.address}/depositary`);
    expect(await page.textContent('h1')).toBe('Who are you today?');
    expect(await accessibilityFaults(page)).toStrictEqual([]);
    await page.getByRole('button', { name: 'Ready Administrator' }).press('Enter');
    await page.waitForURL(`${register.address}/depositary`);
    expect(await page.textContent('.signed-in strong')).toBe('Ready Administrator');
    expect(await accessibilityFaults(page)).toStrictEqual([]);
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.getByRole('link', { name: 'Audit trail' }).click();
    await page.getByRole('link', { name: 'Check that nothing was changed' }).click();
    expect(await page.textContent('[role=status]')).toContain('follow from one another');
    expect(await accessibilityFaults(page)).toStrictEqual([]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/\/development-provider\/session\/end/);
    expect(await accessibilityFaults(page)).toStrictEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${register.address}/`);
    await page.goto(`${register.address}/depositary`);
    expect(await page.textContent('h1')).toBe('Who are you today?');
    expect(complaints).toStrictEqual([]);
    await page.context().close();
  }, 600_000);

  it('an officer who has no permission is told so, in French where asked', async () => {
    const { page } = await visitor('fr');
    await page.goto(`${register.address}/depositary`);
    expect(await page.textContent('h1')).toBe('Qui êtes-vous aujourd’hui ?');
    await page.getByRole('button', { name: 'Ready Recorder', exact: true }).click();
    expect(await page.textContent('h1')).toBe('À faire aujourd’hui');
    const answer = await page.goto(`${register.address}/depositary/audit-trail`);
    expect([answer?.status(), await page.textContent('code')]).toStrictEqual([
      403,
      'not-permitted',
    ]);
    await page.goto(`${register.address}/sign-in/callback?state=none`);
    expect(await page.textContent('[role=alert]')).toContain('Connectez-vous de nouveau');
    expect(await accessibilityFaults(page)).toStrictEqual([]);
    await page.context().close();
  }, 600_000);

  it('a page of another site cannot use the cookie of an officer', async () => {
    const evil = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(
        `<form method="post" action="${register.address}/sign-out"><button>Win</button></form>`,
      );
    });
    await new Promise<void>((done) => evil.listen(0, '127.0.0.1', done));
    const bound = evil.address();
    const port = typeof bound === 'object' ? bound?.port : 0;
    const { page } = await visitor();
    try {
      await page.goto(`${register.address}/depositary`);
      await page.getByRole('button', { name: 'Ready Approver', exact: true }).click();
      await page.waitForURL(`${register.address}/depositary`);
      // The same site, another port: the cookie goes along, and the origin gives it away.
      for (const host of ['127.0.0.1', 'localhost']) {
        await page.goto(`http://${host}:${port}/`);
        await page.getByRole('button').click();
        await page.waitForLoadState();
        await page.goto(`${register.address}/depositary`);
        expect(await page.textContent('.signed-in strong')).toBe('Ready Approver');
      }
    } finally {
      await page.context().close();
      evil.closeAllConnections();
      evil.close();
    }
  }, 600_000);
});
