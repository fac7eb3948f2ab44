import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { RegisterUnderTest } from './register-under-test.ts';

/** People of the development provider, by the words of their buttons. */
export type Person =
  'Ready Recorder' | 'Ready Approver' | 'Ready Administrator' | 'Ready Recorder and Approver';

/** What the pages of an officer complained about: each is a fault. */
export const complaints: string[] = [];

/** An officer at a browser of their own, signed in, on the page that says what is to be done. */
export async function officer(
  browser: Browser,
  register: RegisterUnderTest,
  person: Person,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(`${page.url()}: ${message}`));
  page.on('console', (message) => {
    // Refusals are answered with their status, which the browser notes; anything else is a fault of the page.
    const isStatus = /responded with a status of (401|403|409|422)/.test(message.text());
    const isIcon = message.location().url.endsWith('/favicon.ico');
    if (message.type() === 'error' && !isStatus && !isIcon)
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  await page.goto(`${register.address}/depositary`);
  await page.getByRole('button', { name: person, exact: true }).click();
  await page.waitForURL(`${register.address}/depositary`);
  return page;
}

const monthNames =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** Fills a date in its three parts: `2026-11-20`. */
export async function fillDate(page: Page, name: string, date: string): Promise<void> {
  const [year = '', month = '', day = ''] = date.split('-');
  await page.fill(`#${name}-day`, String(Number(day)));
  await page.selectOption(`#${name}-month`, { label: monthNames[Number(month) - 1] ?? '' });
  await page.fill(`#${name}-year`, year);
}

/** Answers every question of the checklist with its first choice. */
export async function answerAll(page: Page): Promise<void> {
  for (const name of await page
    .locator('input[type=radio][name^="form-"]')
    .evaluateAll((all) => [...new Set(all.map((one) => one.getAttribute('name') ?? ''))]))
    await page.locator(`#${name}`).check();
}

export interface Instrument {
  readonly kind: string;
  readonly participant: string;
  readonly date: string;
}

/** Opens a case for an instrument and fills it in, up to its check. */
export async function prepare(
  page: Page,
  { kind, participant, date }: Instrument,
): Promise<string> {
  const { origin } = new URL(page.url());
  await page.goto(`${origin}/depositary/desk/cases/new`);
  await page.selectOption('#what', { label: kind });
  await page.fill('#participant', participant);
  await page.getByRole('button', { name: 'Open the case' }).click();
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
  await fillDate(page, 'act-0-date', date);
  await fillDate(page, 'act-0-dateOfInstrument', '2026-11-02');
  await fillDate(page, 'act-0-dateOfReceipt', date);
  await answerAll(page);
  await page.getByRole('button', { name: 'Save and check' }).click();
  await page.waitForURL(/\/check/);
  return caseIn(page);
}

/** The id of the case that a page is about. */
export const caseIn = (page: Page): string =>
  /\/cases\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';

/** Submits the case on whose check page one is. */
export async function submit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Submit for approval' }).click();
  await page.getByText('Awaits approval').waitFor();
}
