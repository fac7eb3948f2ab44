import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { Misdeeds, accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import { cybercrime, fill, hostileText, pagesOf, type Filled } from './filled-pages.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
let browser: Browser;
let filled: Filled;

const inBrowser = hasBrowser ? describe : describe.skip;

if (hasBrowser) {
  beforeAll(async () => {
    await register.start();
    filled = await fill(register);
    browser = await launchBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await register.remove();
  });
}

/** Opens a page of the register; what it did wrong is in `misdeeds`. */
async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; misdeeds: Misdeeds; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const misdeeds = new Misdeeds(page, register.address);
  await page.goto(register.address + path);
  return { page, misdeeds, context };
}

/** What another language can break: the rest of a page is the same. */
const aboutWords = [
  'html-has-lang',
  'html-lang-valid',
  'valid-lang',
  'document-title',
  'heading-order',
  'label',
  'button-name',
  'link-name',
  'landmark-unique',
];

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };

inBrowser('every page', () => {
  it('has nothing against it in light and dark, on a desk and on a phone', async () => {
    for (const [name, path] of Object.entries(pagesOf(filled))) {
      const { page, context } = await open(path, { viewport: desktop });
      expect([name, await accessibilityFaults(page)]).toStrictEqual([name, []]);
      await page.setViewportSize(phone);
      expect([name, 'phone', await accessibilityFaults(page)]).toStrictEqual([name, 'phone', []]);
      // In the dark only colours change.
      await page.emulateMedia({ colorScheme: 'dark' });
      const faults = await accessibilityFaults(page, ['color-contrast', 'link-in-text-block']);
      expect([name, 'dark', faults]).toStrictEqual([name, 'dark', []]);
      await context.close();
    }
  }, 300_000);

  it('in French has nothing against it, and fits 320 pixels in both languages', async () => {
    for (const [name, path] of Object.entries(pagesOf(filled))) {
      const separator = path.includes('?') ? '&' : '?';
      const { page, context } = await open(`${path}${separator}lang=fr`, { viewport: desktop });
      expect([name, await accessibilityFaults(page, aboutWords)]).toStrictEqual([name, []]);
      await page.setViewportSize({ width: 320, height: 640 });
      const width = 'document.documentElement.scrollWidth';
      expect([name, await page.evaluate(width)]).toStrictEqual([name, 320]);
      await page.goto(`${register.address}${path}${separator}lang=en`);
      expect([name, await page.evaluate(width)]).toStrictEqual([name, 320]);
      await context.close();
    }
  }, 200_000);

  it('asks nobody else for anything, breaks no policy, and does not move while it loads', async () => {
    for (const [name, path] of Object.entries(pagesOf(filled))) {
      const { page, misdeeds, context } = await open(path, { viewport: phone });
      await page.waitForLoadState('networkidle');
      const shift = await page.evaluate(
        `new Promise((resolve) => {
           let sum = 0;
           new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; })
             .observe({ type: 'layout-shift', buffered: true });
           setTimeout(() => resolve(sum), 50);
         })`,
      );
      // The answer to a wrong date is 400, which a browser logs as an error.
      const seen = misdeeds.seen.filter((one) => !/status of 400/.test(one));
      expect([name, shift, seen]).toStrictEqual([name, 0, []]);
      await context.close();
    }
  }, 600_000);

  it('shows a hostile text as the text it is', async () => {
    for (const path of [
      `/actions/${filled.action}`,
      cybercrime,
      `${cybercrime}/participants/CHE`,
    ]) {
      const { page, misdeeds, context } = await open(path);
      const quoted = page.locator('blockquote', { hasText: 'HYPERLINK' }).first();
      expect(await quoted.textContent()).toBe(hostileText);
      expect(await page.locator('blockquote img, blockquote script').count()).toBe(0);
      expect(misdeeds.seen).toStrictEqual([]);
      await context.close();
    }
  });
});

inBrowser('without scripts', () => {
  const plain = { javaScriptEnabled: false, viewport: phone };

  it('one goes from the front page to an act, in the language chosen', async () => {
    const { page, context } = await open('/', plain);
    await page.getByRole('link', { name: 'Français' }).click();
    await page.getByRole('link', { name: 'Traités', exact: true }).click();
    await page.getByRole('rowheader').getByRole('link').first().click();
    expect(await page.locator('.eyebrow').textContent()).toBe('XVIII-16');
    await page.getByRole('link', { name: 'Suisse' }).first().click();
    await page.getByRole('rowheader').getByRole('link', { name: 'Réserve', exact: true }).click();
    expect(new URL(page.url()).pathname).toBe(`/actions/${filled.action}`);
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await context.close();
  });

  it('the table is filtered and sorted by its address', async () => {
    const { page, context } = await open(`${cybercrime}/status`, plain);
    await page.getByLabel('Name contains').fill('united');
    await page.getByLabel('Status').selectOption('party');
    await page.getByRole('button', { name: 'Filter' }).click();
    const rows = page.locator('#status-table tbody th');
    const names = await rows.allTextContents();
    expect(names).toStrictEqual([
      'United Arab Emirates',
      'United Republic of Tanzania',
      'United States of America',
    ]);
    await page.getByRole('link', { name: 'Consent to be bound' }).click();
    await page.getByRole('link', { name: 'Consent to be bound' }).click();
    expect(await page.locator('th[aria-sort=descending]').textContent()).toBe(
      'Consent to be bound',
    );
    expect(await rows.first().textContent()).toBe('United States of America');
    await context.close();
  });

  it('the register is read as at another date, and what is typed wrong is told beside its field', async () => {
    const { page, context } = await open(cybercrime, plain);
    await page.getByText('Change the date').click();
    await page.getByLabel('Day').fill('30');
    await page.getByLabel('Month').selectOption('February');
    await page.getByLabel('Year').fill('2026');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('alert').getByRole('link').click();
    expect(await page.locator(':focus').getAttribute('id')).toBe('asOf-day');
    await page.getByLabel('Day').fill('1');
    await page.getByLabel('Month').selectOption('May');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2026-05-01');
    expect(await page.locator('.notice').first().textContent()).toContain('1 May 2026');
    expect(await page.locator('.totals').textContent()).toContain('0 parties');
    // Every link goes on at that date.
    await page.getByRole('link', { name: 'Status table' }).first().click();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2026-05-01');
    await page.getByRole('link', { name: 'Go to today' }).click();
    expect(new URL(page.url()).searchParams.has('asOf')).toBe(false);
    await context.close();
  });

  it('two dates are compared', async () => {
    const { page, context } = await open(`${cybercrime}/changes?from=2026-02-10`, plain);
    const second = page.getByRole('group', { name: 'Second date' });
    await second.getByLabel('Day').fill('1');
    await second.getByLabel('Month').selectOption('June');
    await second.getByLabel('Year').fill('2026');
    await page.getByRole('button', { name: 'Compare' }).click();
    const row = page.getByRole('row', { name: /^Ukraine/ });
    expect(await row.textContent()).toContain('Party');
    expect(await page.locator('main').textContent()).toContain('In force since 10 May 2026.');
    await context.close();
  });

  it('prints the status table without the ways around it', async () => {
    const { page, context } = await open(`${cybercrime}/status`, { ...plain, viewport: desktop });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#status-table').isVisible()).toBe(true);
    for (const hidden of ['.top nav', '.tabs', '.filters', '.crumbs', '.downloads'])
      expect([hidden, await page.locator(hidden).first().isVisible()]).toStrictEqual([
        hidden,
        false,
      ]);
    await context.close();
  });
});

inBrowser('where scripts run', () => {
  it('the table narrows while one types, whatever the accents', async () => {
    const { page, context } = await open(`${cybercrime}?lang=fr`, { viewport: desktop });
    await page.getByLabel('Le nom contient').pressSequentially('cote d');
    const visible = page.locator('#status-table tbody tr:not([hidden]) th');
    expect(await visible.allTextContents()).toStrictEqual(['Côte d’Ivoire']);
    expect(await page.locator('[data-told]').textContent()).toMatch(/^1 \/ 19\d$/);
    await context.close();
  });

  it('a citation is copied with a button', async () => {
    const { page, context } = await open(cybercrime, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Copy (BibTeX)' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toContain('@misc{treaty-xviii-16-2026-11-24,');
    expect(copied).toContain(`url = {${register.address}${cybercrime}/status?asOf=2026-11-24`);
    await context.close();
  });

  it('a slider moves the date of the date box', async () => {
    const { page, context } = await open(`${cybercrime}?asOf=2026-05-11`, { viewport: desktop });
    await page.getByText('Change the date').click();
    const slider = page.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toBe('9 May 2026');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2026-05-09');
    await context.close();
  });

  it('everything is reached with the keyboard alone', async () => {
    const { page, context } = await open(`${cybercrime}/status`, { viewport: desktop });
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.textContent.trim().slice(0, 40)');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    const reached: string[] = [];
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      reached.push(await focused());
      // What has the focus shows it.
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      expect([reached.at(-1), outline]).toStrictEqual([reached.at(-1), 'solid']);
      if (reached.at(-1) === 'Participant') break;
    }
    expect(reached).toContain('Entry into force');
    expect(reached).toContain('Filter');
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=-name/);
    expect(await page.locator('#status-table tbody th').first().textContent()).toBe('Zimbabwe');
    await context.close();
  });
});
