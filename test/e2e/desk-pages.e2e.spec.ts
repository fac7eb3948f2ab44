import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { addDays, calendarDate } from '#treaty';
import { hasBrowser, launchBrowser } from './browser.ts';
import {
  answerAll,
  caseIn,
  complaints,
  fillDate,
  officer,
  prepare,
  submit,
} from './desk-officers.ts';
import { RegisterUnderTest, states } from './register-under-test.ts';

const register = new RegisterUnderTest();
const treaty = '/treaties/XVIII-16';
let browser: Browser;
let recorder: Page;
let approver: Page;

/** Thirty-nine deposits on record, so that the next one is the fortieth. */
async function thirtyNine(): Promise<void> {
  const { body } = await register.get(`${treaty}/status`);
  const signed = new Set(body.participants.map(({ code }: { code: string }) => code));
  for (const [index, participant] of states.slice(0, 39).entries()) {
    const answer = await register.post(`/depositary${treaty}/actions`, {
      kind: signed.has(participant) ? 'ratification' : 'accession',
      participant,
      date: addDays(calendarDate('2026-08-01'), index),
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  }
}

const open = (page: Page, path: string) => page.goto(register.address + path);

(hasBrowser ? describe : describe.skip)('the desk in a browser, with two officers', () => {
  beforeAll(async () => {
    await register.start();
    browser = await launchBrowser();
    await thirtyNine();
    recorder = await officer(browser, register, 'Ready Recorder');
    approver = await officer(browser, register, 'Ready Approver');
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await register.remove();
  });

  let id = '';
  it('prepares the fortieth deposit, sees what it will do, and submits it', async () => {
    id = await prepare(recorder, {
      kind: 'Ratification',
      participant: 'Viet Nam',
      date: '2026-11-20',
    });
    const outcome = await recorder.locator('.outcome').innerText();
    expect(outcome).toContain('39 → 40 / 40');
    expect(outcome).toContain('Date fixed: 18 February 2027');
    const text = await recorder.locator('main').innerText();
    expect(text).toContain('Viet Nam (VNM)');
    expect(text).toContain('Friday, 20 November 2026');
    expect(text).toContain('it shall enter into force on 18 February 2027');
    expect(text).toContain('il entrera en vigueur le 18 février 2027');
    expect(text).toMatch(/Goes to 19\d States and organizations/);
    await submit(recorder);
    expect(await recorder.locator('.notice').first().innerText()).toContain(
      'You may not approve this case',
    );
    expect(await recorder.getByRole('button', { name: 'Approve and record' }).count()).toBe(0);
    const { body } = await register.get(`${treaty}/entry-into-force`);
    expect([body.state, body.counted]).toStrictEqual(['pending', 39]);
  }, 600_000);

  it('is approved by the other officer, and then public at once', async () => {
    await open(approver, '/depositary');
    await approver.getByRole('link', { name: 'Viet Nam: Ratification' }).click();
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByText('It is in the register and public.').waitFor();
    const { body } = await register.get(`${treaty}/entry-into-force`);
    expect([body.state, body.counted, body.date]).toStrictEqual(['fixed', 40, '2027-02-18']);
    await open(approver, `${treaty}/participants/VNM`);
    expect(await approver.locator('main').innerText()).toContain('20 November 2026');
  }, 600_000);

  it('issues the notification that announces the entry into force, as a page and as tagged PDFs', async () => {
    await open(approver, `/depositary/desk/cases/${id}/check`);
    await approver.getByRole('link', { name: 'Notification', exact: true }).click();
    const draft = await approver.locator('main').innerText();
    expect(draft).toContain('Announces the entry into force on');
    const text = await approver.inputValue('#text-en');
    await approver.fill('#text-en', '');
    await approver.getByRole('button', { name: 'Save and preview' }).click();
    expect(await approver.locator('.summary-of-errors').innerText()).toContain(
      'Text in English is missing.',
    );
    await approver.fill('#text-en', text);
    await approver.fill('#subject-en', 'Viet Nam: Ratification and entry into force');
    await approver.getByRole('button', { name: 'Save and preview' }).click();
    await approver.getByRole('button', { name: 'Issue with the next number' }).click();
    await approver.getByText('Issued as C.N.1.2026.TREATIES-XVIII.16').waitFor();
    for (const language of ['en', 'fr']) {
      const pdf = await fetch(
        `${register.address}/notifications/C.N.1.2026.TREATIES-XVIII.16.pdf?lang=${language}`,
      );
      const bytes = Buffer.from(await pdf.arrayBuffer()).toString('latin1');
      expect([pdf.status, pdf.headers.get('content-type')]).toStrictEqual([200, 'application/pdf']);
      expect(bytes).toContain('/StructTreeRoot');
      expect(bytes).toContain(`/Lang (${language})`);
    }
    const none = await register.get('/notifications/C.N.9.2026.TREATIES-XVIII.16.pdf');
    expect(none.status).toBe(404);
    await open(approver, `/depositary/desk/cases/${id}/check`);
    expect(await approver.locator('.stamp').innerText()).toContain('Closed');
  }, 600_000);

  it('corrects the record afterwards: both versions shown, a corrigendum that refers back', async () => {
    await open(recorder, '/depositary/desk/cases/new?what=case:correction');
    await recorder.getByRole('button', { name: 'Open the case' }).click();
    await recorder.selectOption('#action', { label: 'Viet Nam: Ratification, 20 November 2026' });
    await recorder.getByRole('button', { name: 'Save and show the record' }).click();
    expect(await recorder.inputValue('#corrects')).toBe('C.N.1.2026.TREATIES-XVIII.16');
    await fillDate(recorder, 'change-date', '2026-11-21');
    expect(await recorder.locator('output[data-date="change-date"]').innerText()).toContain(
      'Saturday',
    );
    await recorder.fill('#reason', 'The receipt stamp bears 21 November.');
    await answerAll(recorder);
    await recorder.getByRole('button', { name: 'Save and check' }).click();
    const check = await recorder.locator('main').innerText();
    expect(check).toContain('Friday, 20 November 2026');
    expect(check).toContain('Saturday, 21 November 2026');
    expect(check).toContain('Date fixed: 19 February 2027');
    await submit(recorder);
    const correction = caseIn(recorder);

    await open(approver, `/depositary/desk/cases/${correction}/check`);
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByRole('link', { name: 'Notification', exact: true }).click();
    await approver.getByRole('button', { name: 'Issue with the next number' }).click();
    await approver.getByText('Issued as C.N.2.2026.TREATIES-XVIII.16').waitFor();
    expect(await approver.locator('main').innerText()).toContain('C.N.1.2026.TREATIES-XVIII.16');
    const { body } = await register.get(`${treaty}/entry-into-force`);
    expect(body.date).toBe('2027-02-19');
    const { body: acts } = await register.get(`${treaty}/participants/VNM`);
    const action = acts.actions.find(({ kind }: { kind: string }) => kind === 'ratification');
    const { body: one } = await register.get(`/actions/${action.action}`);
    expect([one.first.date, one.date, one.corrections.length]).toStrictEqual([
      '2026-11-20',
      '2026-11-21',
      1,
    ]);
  }, 600_000);

  it('never lets one person approve what they prepared, whatever roles they hold', async () => {
    const both = await officer(browser, register, 'Ready Recorder and Approver');
    const own = await prepare(both, {
      kind: 'Accession',
      participant: 'Andorra',
      date: '2026-11-23',
    });
    await submit(both);
    expect(await both.getByRole('button', { name: 'Approve and record' }).count()).toBe(0);
    expect(await both.locator('main').innerText()).toContain('another officer');
    // The form that the page does not show, sent all the same.
    const answer = await both.evaluate(async (path) => {
      const token = document.querySelector<HTMLInputElement>('input[name=formToken]')?.value ?? '';
      const body = new URLSearchParams({ formToken: token, version: '3', digest: 'A'.repeat(22) });
      const response = await fetch(path, {
        method: 'POST',
        body,
        headers: { Accept: 'text/html' },
      });
      return { status: response.status, text: await response.text() };
    }, `/depositary/desk/cases/${own}/approval`);
    expect(answer.text).toContain('You may not approve this case');
    expect(answer.status === 422 || answer.status === 409).toBe(true);
    const { body } = await register.getAs('recorder', `/depositary/cases/${own}`);
    expect([body.state, body.approved]).toStrictEqual(['submitted', null]);
    await both.context().close();
  }, 600_000);

  it('sends a case back with a reason, which its officer finds today', async () => {
    const sent = await prepare(recorder, {
      kind: 'Accession',
      participant: 'République d’Arménie',
      date: '2026-11-23',
    });
    await submit(recorder);
    await open(approver, `/depositary/desk/cases/${sent}/check`);
    await approver.getByRole('button', { name: 'Send back with this reason' }).click();
    expect(await approver.locator('.summary-of-errors').innerText()).toContain(
      'Say it in a sentence',
    );
    await approver.fill('#reason', 'The seal cannot be read.');
    await approver.getByRole('button', { name: 'Send back with this reason' }).click();
    await approver.waitForURL(/\/desk\/cases\?/);
    await open(recorder, '/depositary');
    expect(await recorder.locator('.work').first().innerText()).toContain('Sent back to you');
    await recorder.getByRole('link', { name: 'Armenia: Accession' }).click();
    expect(await recorder.locator('.notice').innerText()).toContain('The seal cannot be read.');
  }, 600_000);

  it('tells the approver when the register moved while they looked', async () => {
    await prepare(recorder, { kind: 'Accession', participant: 'MCO', date: '2026-11-23' });
    await submit(recorder);
    await open(approver, `/depositary/desk/cases/${caseIn(recorder)}/check`);
    const meanwhile = await register.post(`/depositary${treaty}/actions`, {
      kind: 'accession',
      participant: 'ISL',
      date: '2026-11-22',
    });
    expect(meanwhile.status).toBe(201);
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    expect(await approver.locator('.summary-of-errors').innerText()).toContain(
      'The register moved while you were looking',
    );
    // The new outcome stands below, and may be approved.
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByText('It is in the register and public.').waitFor();
  }, 600_000);

  it('keeps an embargo: nothing public before, and no time typed in vain', async () => {
    await prepare(recorder, { kind: 'Accession', participant: 'SMR', date: '2026-11-23' });
    await submit(recorder);
    await open(approver, `/depositary/desk/cases/${caseIn(recorder)}/check`);
    await fillDate(approver, 'publish', '2099-01-01');
    await approver.fill('#time', '9 o’clock');
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    expect(await approver.locator('.summary-of-errors').innerText()).toContain('chose “At once”');
    await approver.check('#when-later');
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    expect(await approver.locator('.summary-of-errors').innerText()).toContain('14:30');
    await approver.fill('#time', '09:00');
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByText('Nothing of it is public before 1 January 2099, 09:00 UTC').waitFor();
    const { body } = await register.get(`${treaty}/status`);
    const codes = body.participants.map(({ code }: { code: string }) => code);
    expect([codes.includes('MCO'), codes.includes('SMR')]).toStrictEqual([true, false]);
  }, 600_000);

  /** Submits what the recorder has prepared, and lets the other officer approve it. */
  const record = async (): Promise<void> => {
    await answerAll(recorder);
    await recorder.getByRole('button', { name: 'Save and check' }).click();
    await submit(recorder);
    await open(approver, `/depositary/desk/cases/${caseIn(recorder)}/check`);
    await approver.getByRole('button', { name: 'Approve and record' }).click();
    await approver.getByText('It is in the register and public.').waitFor();
  };
  const begin = async (kind: string): Promise<void> => {
    await open(recorder, `/depositary/desk/cases/new?what=case:${kind}`);
    await recorder.getByRole('button', { name: 'Open the case' }).click();
    await recorder.waitForURL(/\/cases\/[0-9a-f-]{36}/);
  };

  it('annuls a record of what never took place, and records an official date', async () => {
    await begin('annulment');
    await recorder.selectOption('#action', { label: 'Iceland: Accession, 22 November 2026' });
    await recorder.fill('#reason', 'The note concerned another treaty.');
    await record();
    const { body: status } = await register.get(`${treaty}/status`);
    expect(status.participants.some(({ code }: { code: string }) => code === 'ISL')).toBe(false);

    await begin('official-date');
    expect(await recorder.locator('.facts').first().innerText()).toContain('19 February 2027');
    await fillDate(recorder, 'date', '2027-02-20');
    await recorder.fill('#reason', 'The day fell on a closing of the seat.');
    await record();
    const { body: force } = await register.get(`${treaty}/entry-into-force`);
    expect([force.date, force.computedDate]).toStrictEqual(['2027-02-20', '2027-02-19']);
  }, 600_000);

  it('rectifies the text: proposal, time for objections, procès-verbal beside what was proposed', async () => {
    const words = 'In article 1, for “electronic” read “electronical”.';
    await begin('rectification-proposal');
    await fillDate(recorder, 'date', '2026-11-24');
    await recorder.fill('#text', words);
    await record();
    await open(approver, '/depositary?days=365');
    expect(await approver.locator('main').innerText()).toContain(
      'Last day for objections to the rectification',
    );

    await begin('rectification-adoption');
    await recorder.selectOption('#rectification', { index: 1 });
    await fillDate(recorder, 'date', '2026-11-24');
    await recorder.fill('#text', 'The text is rectified as proposed.');
    await recorder.getByRole('button', { name: 'Save', exact: true }).last().click();
    expect(await recorder.locator('.statement').innerText()).toBe(words);
    await recorder.getByRole('button', { name: 'Save and check' }).click();
    // The period for objections has not run out.
    expect(await recorder.locator('.summary-of-errors').innerText()).toContain('2027');
    register.today = calendarDate('2027-03-01');
    await recorder.getByRole('link', { name: 'Record', exact: true }).click();
    await fillDate(recorder, 'date', '2027-03-01');
    await record();
    register.today = calendarDate('2026-11-24');
    const { body } = await register.get(`${treaty}?asOf=2027-03-02`);
    expect(body.rectifications).toStrictEqual([{ date: '2027-03-01', text: words }]);
  }, 600_000);

  it('complains about nothing', () => {
    expect(complaints).toStrictEqual([]);
  });
});
