import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import {
  answerAll,
  caseIn,
  complaints,
  fillDate,
  officer,
  prepare,
  submit,
} from './desk-officers.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
let browser: Browser;

const open = (page: Page, path: string) => page.goto(register.address + path);

/** Tabs until the focus is on an element, as somebody does who has no mouse. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const isThere = await page.evaluate(
      (wanted) => document.activeElement?.matches(wanted) === true,
      selector,
    );
    if (isThere) return;
  }
  throw new Error(`The focus never came to ${selector} on ${page.url()}.`);
}

/** States that have done nothing under the treaty, by their English names. */
async function statesWithoutAct(): Promise<string[]> {
  const { body: status } = await register.get('/treaties/XVIII-16/status');
  const acted = new Set(status.participants.map(({ code }: { code: string }) => code));
  const { body } = await register.get('/participants?limit=500');
  return body.participants
    .filter(({ code, kind, until }: any) => kind === 'state' && until === null && !acted.has(code))
    .map(({ name }: { name: string }) => name);
}

(hasBrowser ? describe : describe.skip)('the desk by hand', () => {
  beforeAll(async () => {
    await register.start();
    browser = await launchBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await register.remove();
  });

  it('goes all the way without a script', async () => {
    const page = await officer(browser, register, 'Ready Recorder', { javaScriptEnabled: false });
    await open(page, '/depositary/desk/cases/new');
    await page.fill('#participant', 'Atlantis');
    await page.selectOption('#what', { label: 'Ratification' });
    await page.getByRole('button', { name: 'Open the case' }).click();
    expect(await page.locator('.summary-of-errors').innerText()).toContain('“Atlantis”');
    expect(await page.inputValue('#participant')).toBe('Atlantis');
    await page.fill('#participant', 'Brésil');
    await page.getByRole('button', { name: 'Open the case' }).click();
    expect(await page.locator('#act-0-participant-recognised').innerText()).toBe('Brazil (BRA)');
    // A date that does not exist is said to, and stays as it was typed.
    await fillDate(page, 'act-0-date', '2026-02-31');
    await page.getByRole('button', { name: 'Save and check' }).click();
    expect(await page.locator('.summary-of-errors').innerText()).toContain(
      'Legal date is no date that exists.',
    );
    await page.getByRole('link', { name: 'Legal date is no date' }).click();
    expect(page.url()).toMatch(/#act-0-date-day$/);
    expect(await page.inputValue('#act-0-date-day')).toBe('31');
    await fillDate(page, 'act-0-date', '2026-11-20');
    await page.getByRole('button', { name: 'Save and add a statement' }).click();
    await page.fill('#act-1-text', 'Line one.\n\nLine two, with “quotes” & <marks>.');
    await answerAll(page);
    await page.getByRole('button', { name: 'Save and go to documents' }).click();
    await page.getByRole('button', { name: 'Upload' }).click();
    expect(await page.locator('.summary-of-errors').innerText()).toContain('Choose a file.');
    const name = 'Instrument.pdf';
    const text = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n';
    const file = { name, mimeType: 'application/pdf', buffer: Buffer.from(text) };
    await page.setInputFiles('#document', { ...file, buffer: Buffer.from('<html></html>') });
    await page.getByRole('button', { name: 'Upload' }).click();
    expect(await page.locator('.summary-of-errors').innerText()).toContain('upload a PDF');
    await page.setInputFiles('#document', file);
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('link', { name }).waitFor();
    await page.getByRole('link', { name: 'Query and giving up' }).click();
    await page.fill('#question', 'Is the second signature that of the Minister?');
    await page.getByRole('button', { name: 'Note the question' }).click();
    await page.fill('#answer', 'It is.');
    await page.getByRole('button', { name: 'Note the answer' }).click();
    await page.getByRole('link', { name: 'Check', exact: true }).click();
    expect(await page.locator('.statement').first().innerText()).toBe(
      'Line one.\n\nLine two, with “quotes” & <marks>.',
    );
    await submit(page);
    await page.context().close();
  }, 600_000);

  it('goes all the way with the keyboard alone', async () => {
    const context = await browser.newContext({ locale: 'en' });
    const page = await context.newPage();
    const { keyboard } = page;
    await open(page, '/depositary');
    await tabTo(page, 'button[value="development-recorder"]');
    await keyboard.press('Enter');
    await page.waitForURL(/\/depositary$/);
    await tabTo(page, 'a[accesskey="n"]');
    await keyboard.press('Enter');
    await page.waitForURL(/\/cases\/new/);
    await tabTo(page, '#what');
    await keyboard.type('Acceptance');
    await tabTo(page, '#participant');
    await keyboard.type('ARM');
    await page.getByText('Armenia (ARM)').waitFor();
    // Enter in a line of text sends the form.
    await keyboard.press('Enter');
    await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
    for (const name of ['dateOfInstrument', 'dateOfReceipt', 'date']) {
      await tabTo(page, `#act-0-${name}-day`);
      await keyboard.type('20');
      await keyboard.press('Tab');
      await keyboard.type('Nov');
      await keyboard.press('Tab');
      await keyboard.type('2026');
    }
    expect(await page.locator('output[data-date="act-0-date"]').innerText()).toBe(
      'Friday, 20 November 2026',
    );
    await page.locator('[data-save-status]').getByText('Saved').waitFor();
    const items = ['signed-by', 'treaty-named', 'will-clear', 'place-and-date', 'received-at-seat'];
    for (const item of items) {
      await tabTo(page, `#form-${item}`);
      await keyboard.press('Space');
    }
    await tabTo(page, 'button[value="check"]');
    await keyboard.press('Enter');
    await page.waitForURL(/\/check/);
    // Armenia did not sign, so the law refuses; the first thing in focus says so.
    const focused = await page.evaluate(() => document.activeElement?.className ?? '');
    expect(focused).toBe('summary-of-errors');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await page.waitForURL(/#act-0-kind$/);
    await page.focus('#act-0-kind');
    await keyboard.type('Accession');
    await tabTo(page, 'button[value="check"]');
    await keyboard.press('Enter');
    await page.waitForURL(/\/check/);
    await tabTo(page, 'form[action*="submission"] button');
    await keyboard.press('Enter');
    await page.getByText('Awaits approval').waitFor();
    await context.close();
  }, 600_000);

  it('enters thirty signatures of a ceremony, and records them by one approval', async () => {
    const names = (await statesWithoutAct()).slice(0, 30);
    expect(names).toHaveLength(30);
    const page = await officer(browser, register, 'Ready Recorder');
    await open(page, '/depositary/desk/cases/new?what=case:ceremony');
    await page.getByRole('button', { name: 'Open the case' }).click();
    await fillDate(page, 'ceremony', '2026-11-23');
    await page.fill('#place', 'New York');
    await page.check('#notify-grouped');
    await page.focus('#act-0-participant');
    for (const name of names) {
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
    }
    await answerAll(page);
    await page.getByRole('button', { name: 'Save and check' }).click();
    await page.waitForURL(/\/check/);
    expect(await page.locator('.outcome').innerText()).toContain('73 → 103');
    await submit(page);
    const approver = await officer(browser, register, 'Ready Approver');
    await open(approver, `/depositary/desk/cases/${caseIn(page)}/check`);
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByText('It is in the register and public.').waitFor();
    const { body } = await register.get('/treaties/XVIII-16/status');
    expect(body.totals.signatories).toBe(103);
    const { body: drafts } = await register.getAs('approver', '/depositary/notification-drafts');
    expect(drafts.drafts.map(({ actions }: any) => actions.length)).toStrictEqual([30]);
    await approver.context().close();
    await page.context().close();
  }, 600_000);

  it('reads a table of signatures row by row, and says which rows are wrong', async () => {
    const [good = ''] = await statesWithoutAct();
    const page = await officer(browser, register, 'Ready Recorder');
    await open(page, '/depositary/desk/cases/new?what=case:ceremony');
    await page.getByRole('button', { name: 'Open the case' }).click();
    await fillDate(page, 'ceremony', '2026-11-23');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await page.fill('#table', 'State;Kind\nx;y\n');
    await page.getByRole('button', { name: 'Read the table' }).first().click();
    expect(await page.locator('.summary-of-errors').innerText()).toContain('needs a heading');
    expect(await page.inputValue('#table')).toBe('State;Kind\nx;y');
    await page.fill(
      '#table',
      `participant,signatory\n${good},A. Minister\nAtlantis,Nobody\nFrance,\n`,
    );
    await page.getByRole('button', { name: 'Read the table' }).first().click();
    const faults = page.locator('.summary-of-errors');
    expect(await faults.innerText()).toContain('“Atlantis”');
    await page.fill('#act-1-participant', '');
    await page.fill('#act-1-note', '');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    // France signed in Hanoi: the law says so at its row.
    expect(await page.locator('tr:has(#act-1-participant) .error').innerText()).toContain('France');
    await page.context().close();
  }, 600_000);

  it('loses nothing when two windows save the same case', async () => {
    const page = await officer(browser, register, 'Ready Recorder', { javaScriptEnabled: false });
    await prepare(page, { kind: 'Ratification', participant: 'Peru', date: '2026-11-20' });
    const path = `/depositary/desk/cases/${caseIn(page)}`;
    const other = await page.context().newPage();
    await open(page, path);
    await open(other, path);
    await other.fill('#act-0-place', 'Lima');
    await other.getByRole('button', { name: 'Save', exact: true }).last().click();
    await page.fill('#act-0-note', 'Brought by hand.');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    const notice = await page.locator('.notice').innerText();
    expect(notice).toContain('Somebody changed the case');
    expect(notice).toContain('Lima');
    expect(await page.inputValue('#act-0-note')).toBe('Brought by hand.');
    await page.fill('#act-0-place', 'Lima');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await open(page, path);
    expect([
      await page.inputValue('#act-0-place'),
      await page.inputValue('#act-0-note'),
    ]).toStrictEqual(['Lima', 'Brought by hand.']);
    await page.context().close();
  }, 600_000);

  it('saves by itself, and asks before words are left that are not saved', async () => {
    const page = await officer(browser, register, 'Ready Recorder');
    await prepare(page, { kind: 'Ratification', participant: 'Chile', date: '2026-11-20' });
    const path = `/depositary/desk/cases/${caseIn(page)}`;
    await open(page, path);
    await page.locator('#act-0-note').pressSequentially('Kept.');
    await page.locator('[data-save-status]').getByText('Saved').waitFor();
    await open(page, path);
    expect(await page.inputValue('#act-0-note')).toBe('Kept.');
    let asked = 0;
    page.on('dialog', (dialog) => {
      asked += 1;
      void dialog.accept();
    });
    await page.locator('#act-0-place').pressSequentially('X');
    await open(page, '/depositary');
    expect(asked).toBe(1);
    // Without a session it says so, and does not pretend.
    await open(page, path);
    await page.context().clearCookies();
    await page.locator('#act-0-place').pressSequentially('Y');
    await page.locator('[data-save-status]').getByText('your session is over').waitFor();
    await page.context().close();
  }, 600_000);

  it('takes the button that is pressed while a draft is being saved for no other hand', async () => {
    const page = await officer(browser, register, 'Ready Recorder');
    await prepare(page, { kind: 'Ratification', participant: 'Morocco', date: '2026-11-20' });
    const path = `/depositary/desk/cases/${caseIn(page)}`;
    await open(page, path);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(`**${path}?*`, async (route) => {
      const isAutosave = route.request().headers()['accept'] === 'application/json';
      const response = isAutosave ? await route.fetch() : null;
      if (response === null) return route.fallback();
      // Saved, and the answer is on its way.
      await held;
      return route.fulfill({ response });
    });
    const begun = page.waitForRequest(
      (request) => request.headers()['accept'] === 'application/json',
    );
    await page.locator('#act-0-note').pressSequentially('One');
    await begun;
    await page.locator('#act-0-note').pressSequentially(' and two.');
    await page.getByRole('button', { name: 'Save', exact: true }).last().click();
    release();
    await page.waitForURL(/told=saved/);
    expect(await page.inputValue('#act-0-note')).toBe('One and two.');
    expect(await page.getByText('Somebody changed the case').count()).toBe(0);
    await page.context().close();
  }, 600_000);

  it('compares with a status file, and offers models', async () => {
    const page = await officer(browser, register, 'Ready Recorder');
    await open(page, '/depositary/desk/reconciliation');
    await page.fill('#treaty', 'cybercrime');
    await fillDate(page, 'asOf', '2026-01-31');
    await page.fill(
      '#text',
      'iso3,action,date\nFRA,signature,2025-10-25\nBRA,signature,2025-10-26\n',
    );
    await page.getByRole('button', { name: 'Compare' }).click();
    const text = await page.locator('main').innerText();
    expect(text).toContain('1 acts agree.');
    expect(text).toContain('Another date');
    await open(page, '/depositary/desk/model-instruments?treaty=XVIII-16&participant=France');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'French Ratification', exact: true }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('ratification-fr.txt');
    await page.context().close();
  }, 600_000);

  it('has no fault of accessibility on any page, light or dark, wide or narrow, in both languages', async () => {
    const page = await officer(browser, register, 'Ready Recorder and Approver');
    await prepare(page, { kind: 'Ratification', participant: 'Spain', date: '2026-11-20' });
    const draft = caseIn(page);
    const { body } = await register.getAs('approver', '/depositary/cases?state=submitted');
    const waiting = body.cases[0].id;
    const { body: drafts } = await register.getAs('approver', '/depositary/notification-drafts');
    const pages = [
      '/depositary?x',
      '/depositary/desk/cases?x',
      '/depositary/desk/cases/new?x',
      '/depositary/desk/cases/new?what=case:correction',
      ...['', '/documents', '/check', '/query', '/history'].map(
        (part) => `/depositary/desk/cases/${draft}${part}?x`,
      ),
      `/depositary/desk/cases/${waiting}/check?x`,
      '/depositary/desk/notifications?x',
      '/depositary/desk/notifications/new?x',
      `/depositary/desk/notifications/${drafts.drafts[0].id}?x`,
      '/depositary/desk/reconciliation?x',
      '/depositary/desk/model-instruments?x',
    ].map((path) => path.replace('?x', ''));
    const faults: string[] = [];
    for (const path of pages)
      for (const look of ['light', 'dark'] as const)
        for (const width of [1280, 390]) {
          const lang = look === 'dark' ? 'fr' : 'en';
          await page.emulateMedia({ colorScheme: look });
          await page.setViewportSize({ width, height: 900 });
          await open(page, `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
          for (const fault of await accessibilityFaults(page))
            faults.push(`${path} ${look} ${width}: ${fault}`);
          const wide = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          if (wide > 0) faults.push(`${path} ${look} ${width}: ${wide} too wide`);
        }
    expect(faults).toStrictEqual([]);
    await page.context().close();
  }, 600_000);

  it('complains about nothing', () => {
    expect(complaints).toStrictEqual([]);
  });
});
