import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { calendarDate } from '#treaty';
import { accessibilityFaults, hasBrowser, launchBrowser } from './browser.ts';
import { answerAll, complaints, officer } from './desk-officers.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
let browser: Browser;
let recorder: Page;

/** Texts of the pages looked at that are English and not marked so: each is a fault. */
const english: string[] = [];
/** Words that English cannot do without and French does not have. */
const functionWords =
  /\b(the|of|and|is|are|was|not|has|have|been|for|with|this|that|it|by|from|must|your)\b/i;

/** Codes are the same in every language, and the treaty has no French title on record. */
const codesAndTitles = /\b[a-z]+(-[a-z]+)+\b|United Nations Convention against Cybercrime;.*/gs;

/** Looks for English on a page. */
async function lookAt(page: Page): Promise<void> {
  const texts = await page.evaluate(() => {
    const body = document.body.cloneNode(true) as HTMLElement;
    const quoted = '[lang=en], code, kbd, script, template, datalist, option';
    for (const one of body.querySelectorAll(quoted)) one.remove();
    const labels = [...body.querySelectorAll('[aria-label]')].map((one) =>
      one.getAttribute('aria-label'),
    );
    const found: (string | null)[] = labels;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode.textContent);
    return found.map((text) => (text ?? '').trim());
  });
  expect(texts.length).toBeGreaterThan(5);
  for (const text of [await page.title(), ...texts])
    if (functionWords.test(text.replaceAll(codesAndTitles, '')))
      english.push(`${page.url()}: ${text}`);
}

const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(register.address + path);
  await lookAt(page);
};

/** A case that a program prepared. */
async function opened(kind: string, content: object): Promise<string> {
  const asked = { kind, treaty: 'XVIII-16', content };
  const { status, body } = await register.postAs('recorder', '/depositary/cases', asked);
  expect(status).toBe(201);
  return body.id;
}

const accession = { kind: 'accession', participant: 'BRA', date: '2026-12-01' };
const faults = (page: Page) => page.locator('.summary-of-errors li').allInnerTexts();
const told = (page: Page) => page.locator('main p').first().innerText();

(hasBrowser ? describe : describe.skip)('the desk in French', () => {
  beforeAll(async () => {
    register.today = calendarDate('2026-12-02');
    await register.start();
    browser = await launchBrowser();
    recorder = await officer(browser, register, 'Ready Recorder', { locale: 'fr' });
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await register.remove();
  });

  let odd = '';
  it('says why the law refuses a record, with the article, and what can be done', async () => {
    odd = await opened('instrument', { acts: [accession] });
    await open(recorder, `/depositary/desk/cases/${odd}`);
    await answerAll(recorder);
    await recorder.getByRole('button', { name: 'Enregistrer et vérifier' }).click();
    await recorder.waitForURL(/\/check/);
    await lookAt(recorder);
    expect(await recorder.locator('#case-faults').innerText()).toBe('Les règles s’y opposent');
    expect(await faults(recorder)).toStrictEqual([
      'Brésil : ce participant a signé le 25 octobre 2025 ; il ratifie donc, accepte ou approuve, car l’adhésion est ouverte à ceux qui n’ont pas signé. art. 64, par. 4 (peut être inscrit avec une raison)',
    ]);
    expect(await recorder.locator('main [lang=en]').count()).toBe(0);
    expect(await accessibilityFaults(recorder)).toStrictEqual([]);
    await recorder.setViewportSize({ width: 320, height: 800 });
    expect(
      await recorder.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    ).toBe(true);
    await recorder.setViewportSize({ width: 1280, height: 800 });
  }, 600_000);

  it('records it all the same with a reason, and the public page says what was overridden', async () => {
    await recorder.goto(`${register.address}/depositary/desk/cases/${odd}`);
    await recorder.fill('#act-0-overrideReason', 'L’instrument a bien été déposé.');
    await recorder.getByRole('button', { name: 'Enregistrer et vérifier' }).click();
    await recorder.waitForURL(/\/check/);
    await recorder.getByRole('button', { name: 'Soumettre à l’approbation' }).click();
    await recorder.getByText('À approuver').first().waitFor();
    const approver = await officer(browser, register, 'Ready Approver', { locale: 'fr' });
    await open(approver, `/depositary/desk/cases/${odd}/check`);
    await approver.getByRole('button', { name: 'Renvoyer pour cette raison' }).click();
    await approver.locator('.summary-of-errors, .error').first().waitFor();
    await lookAt(approver);
    await open(approver, `/depositary/desk/cases/${odd}/check`);
    await approver.getByRole('button', { name: 'Approuver et inscrire' }).click();
    await approver.getByText('C’est inscrit au registre et public.').waitFor();
    await lookAt(approver);
    await approver.locator('.notice a[href^="/actions/"]').click();
    await approver.waitForURL(/\/actions\//);
    await lookAt(approver);
    const notice = approver.locator('.notice', { hasText: 'bien que les règles s’y opposaient' });
    expect(await notice.locator('li').allInnerTexts()).toStrictEqual([
      'Un signataire ratifie, accepte ou approuve ; l’adhésion est ouverte à ceux qui n’ont pas signé. accession-by-signatory',
    ]);
    await notice.locator('li a').click();
    await approver.waitForURL(/\/problems\//);
    await lookAt(approver);
    expect(await approver.locator('main dd').allInnerTexts()).toStrictEqual([
      'Un signataire ratifie, accepte ou approuve ; l’adhésion est ouverte à ceux qui n’ont pas signé.',
      'CV art. 14-15',
      'Oui',
    ]);
  }, 600_000);

  it('says what each kind of case lacks, or the law has against it', async () => {
    const signature = { kind: 'signature', place: 'Rome', date: '2026-12-01' };
    const acts = [
      { ...signature, participant: 'BRA' },
      { ...signature, participant: 'HKG' },
    ];
    const cases: [string, object][] = [
      ['instrument', {}],
      ['instrument', { acts: [{ kind: 'wedding', participant: 'Atlantis', date: '2026-31-20' }] }],
      ['instrument', { acts: [{ kind: 'objection', participant: 'DEU', date: '2027-01-01' }] }],
      ['ceremony', { acts }],
      ['correction', { action: 'none', reason: 'x', changes: { place: 'y' } }],
      ['annulment', {}],
      ['official-date', { participant: 'XXX', date: '2026-01-01', reason: 'x' }],
      ['rectification-objection', { participant: 'FRA', date: '2026-01-01', rectification: 'x' }],
      ['rectification-adoption', {}],
    ];
    for (const [kind, content] of cases) {
      const id = await opened(kind, content);
      for (const part of ['', '/check', '/documents', '/query', '/history'])
        await open(recorder, `/depositary/desk/cases/${id}${part}`);
      await recorder.goto(`${register.address}/depositary/desk/cases/${id}/check`);
      expect([kind, (await faults(recorder)).length > 0]).toStrictEqual([kind, true]);
    }
  }, 600_000);

  it('says what is wrong with a document, and that somebody else was faster', async () => {
    const id = await opened('instrument', { acts: [{ ...accession, participant: 'FRA' }] });
    await open(recorder, `/depositary/desk/cases/${id}/documents`);
    const file = { name: 'note.html', mimeType: 'text/html', buffer: Buffer.from('<html></html>') };
    await recorder.setInputFiles('#document', file);
    await recorder.getByRole('button', { name: 'Téléverser' }).click();
    await recorder.locator('.summary-of-errors').waitFor();
    await lookAt(recorder);
    expect(await faults(recorder)).toStrictEqual([
      'Le document est d’un type inconnu ; téléversez un PDF, PNG, JPEG ou TIFF.',
    ]);
    await open(recorder, `/depositary/desk/cases/${id}`);
    const headers = {
      ...(await register.signedIn('recorder')),
      'Content-Type': 'application/json',
    };
    const acts = [{ ...accession, participant: 'FRA', place: 'Paris' }];
    const body = JSON.stringify({ version: 1, content: { acts } });
    const address = `${register.address}/depositary/cases/${id}`;
    expect((await fetch(address, { method: 'PATCH', headers, body })).status).toBe(200);
    await recorder.fill('#act-0-place', 'Lyon');
    await recorder.getByRole('button', { name: 'Enregistrer et vérifier' }).click();
    await recorder.getByText('Quelqu’un a modifié le dossier').waitFor();
    await lookAt(recorder);
  }, 600_000);

  it.each([
    [
      '/depositary/audit-trail',
      'Vos rôles ne le permettent pas',
      'Il y faut la permission « read-audit-trail », que donne le rôle administrateur ; Ready Recorder a le rôle enregistreur. Connectez-vous comme quelqu’un qui l’a, ou demandez-le à l’administrateur du fournisseur d’identité.',
    ],
    [
      '/depositary/desk/cases/none',
      'Il n’y a rien à cette adresse',
      'Il n’y a aucun dossier de cet identifiant.',
    ],
    [
      '/depositary/desk/cases?state=none',
      'Un paramètre de l’adresse n’est pas valable',
      'state : « none » n’est pas l’une de ces valeurs : draft, queried, submitted, scheduled, approved, recorded, closed, withdrawn.',
    ],
    [
      '/treaties/X-99',
      'Il n’y a rien à cette adresse',
      'Le traité X-99 n’est pas au registre, ou n’a rien à cette adresse ; /treaties donne la liste des traités.',
    ],
    [
      '/participants/XXX',
      'Il n’y a rien à cette adresse',
      'Aucun participant n’a le code XXX ; /participants en donne la liste.',
    ],
    [
      '/treaties/XVIII-16/status?asOf=2026-02-30',
      'Un paramètre de l’adresse n’est pas valable',
      'asOf : « 2026-02-30 » n’est pas une date qui existe ; écrivez AAAA-MM-JJ.',
    ],
    [
      '/nowhere',
      'Il n’y a rien à cette adresse',
      'Il n’y a rien à cette adresse ; l’accueil du registre dit ce qu’il y a.',
    ],
  ])(
    'the problem of %s is told in French, and to programs in English',
    async (path, title, text) => {
      await open(recorder, path);
      expect([await recorder.locator('h1').innerText(), await told(recorder)]).toStrictEqual([
        title,
        text,
      ]);
      const { body } = await register.getAs('recorder', path, { 'Accept-Language': 'fr' });
      expect(String(body.detail)).toMatch(functionWords);
      expect(JSON.stringify(body)).not.toContain(text);
    },
  );

  it('shows no English but what is marked as English, and no page complains', () => {
    expect(english).toStrictEqual([]);
    expect(complaints.filter((one) => !/status of 40[04]/.test(one))).toStrictEqual([]);
  });
});
