import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
/** One officer with both roles: two roles do not make two pairs of eyes. */
const officer = 'recorder-approver';
beforeAll(() => register.start(), 600_000);
afterAll(() => register.remove());

const patch = async (path: string, body: unknown): Promise<{ status: number; body: any }> => {
  const response = await fetch(register.address + path, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json', ...(await register.signedIn(officer)) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const pdf = Buffer.from(
  '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n',
);
const upload = async (
  path: string,
  bytes: Buffer,
  name: string,
): Promise<{ status: number; body: any }> => {
  const form = new FormData();
  form.set('document', new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(register.address + path, {
    method: 'POST',
    headers: await register.signedIn(officer),
    body: form,
  });
  return { status: response.status, body: await response.json() };
};

// The way with two officers is in desk-pages.e2e.spec.ts and apps/depositary/test.
describe('the desk over HTTP', () => {
  let id = '';
  let version = 0;
  it('opens a case, saves a draft in parts, and shows a conflict of versions', async () => {
    const opened = await register.postAs(officer, '/depositary/cases', {
      kind: 'instrument',
      treaty: 'XVIII-16',
      content: { acts: [{ kind: 'ratification', participant: 'FRA' }] },
    });
    expect(opened.status).toBe(201);
    ({ id } = opened.body);
    const acts = [{ kind: 'ratification', participant: 'FRA', date: '2026-11-20' }];
    const saved = await patch(`/depositary/cases/${id}`, { version: 1, content: { acts } });
    expect([saved.status, saved.body.version]).toStrictEqual([200, 2]);
    const late = await patch(`/depositary/cases/${id}`, { version: 1, content: { acts: [] } });
    expect([late.status, late.body.code]).toStrictEqual([409, 'case-version-moved']);
    const odd = await patch(`/depositary/cases/${id}`, { version: 2, content: { act: 1 } });
    expect([odd.status, odd.body.errors[0].detail]).toStrictEqual([422, 'has no field act']);
    version = 2;
  });

  it('takes a scan by its content, and gives it back as a file only', async () => {
    const at = `/depositary/cases/${id}/documents`;
    const query = `?version=${version}&role=instrument&language=fr`;
    const html = await upload(at + query, Buffer.from('<html></html>'), 'instrument.pdf');
    expect([html.status, html.body.code]).toStrictEqual([422, 'document-not-taken']);
    const taken = await upload(at + query, pdf, '../../Instrument de ratification.pdf');
    expect(taken.status).toBe(201);
    ({ version } = taken.body);
    const [document] = taken.body.documents;
    expect(document).toMatchObject({
      name: 'Instrument de ratification.pdf',
      mediaType: 'application/pdf',
      size: pdf.length,
    });
    const response = await fetch(`${register.address}${at}/${document.sha256}`, {
      headers: await register.signedIn(officer),
    });
    expect(Buffer.from(await response.arrayBuffer())).toStrictEqual(pdf);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Instrument/,
    );
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await register.getAs(officer, `${at}/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it('refuses a document that is too large', async () => {
    const large = Buffer.alloc(26 * 1024 * 1024);
    const at = `/depositary/cases/${id}/documents?version=${version}`;
    expect((await upload(at, large, 'x.pdf')).status).toBe(413);
  });

  it('names each missing answer, and previews what it would do', async () => {
    const early = await register.postAs(officer, `/depositary/cases/${id}/submission`, { version });
    expect(early.status).toBe(422);
    expect(early.body.errors.map(({ field }: { field: string }) => field)).toStrictEqual([
      'form.signed-by',
      'form.treaty-named',
      'form.will-clear',
      'form.place-and-date',
      'form.received-at-seat',
    ]);
    const { body } = await register.getAs(officer, `/depositary/cases/${id}/preview`);
    expect(body.before.entryIntoForce.counted).toBe(0);
    expect(body.after.entryIntoForce.counted).toBe(1);
    expect(body.changed.map(({ participant }: any) => participant)).toStrictEqual(['FRA']);
    expect(body.notifications[0].subject).toStrictEqual({
      en: 'France: Ratification',
      fr: 'France : Ratification',
    });
    expect(body.recipients.length).toBeGreaterThan(190);
  });

  it('does not let whoever prepared it approve it, and nothing is public', async () => {
    const form = Object.fromEntries(
      ['treaty-named', 'will-clear', 'place-and-date', 'received-at-seat'].map((item) => [
        item,
        { answer: 'yes' },
      ]),
    );
    const content = { form: { ...form, 'signed-by': { answer: 'head-of-state' } } };
    const saved = await patch(`/depositary/cases/${id}`, { version, content });
    const submitted = await register.postAs(officer, `/depositary/cases/${id}/submission`, {
      version: saved.body.version,
    });
    expect([submitted.status, submitted.body.state]).toStrictEqual([200, 'submitted']);
    const { body: seen } = await register.getAs(officer, `/depositary/cases/${id}/preview`);
    const approval = await register.postAs(officer, `/depositary/cases/${id}/approval`, {
      version: submitted.body.version,
      revision: seen.revision,
      digest: seen.digest,
    });
    expect([approval.status, approval.body.code]).toStrictEqual([422, 'four-eyes']);
    const { body } = await register.getAs(officer, '/treaties/XVIII-16/participants/FRA');
    expect(JSON.stringify(body)).not.toContain('2026-11-20');
    const history = await register.getAs(officer, `/depositary/cases/${id}/history`);
    expect(history.body.history.map(({ what }: { what: string }) => what)).toStrictEqual([
      'open',
      'edit',
      'attach',
      'edit',
      'submit',
    ]);
  });

  it('answers what is to be done today, models, and differences from a file', async () => {
    const { body } = await register.getAs(officer, '/depositary/worklist?days=10');
    expect(body.items.map(({ task }: { task: string }) => task)).toStrictEqual(['await-approval']);
    const model = await register.getAs(
      officer,
      '/depositary/model-instruments/ratification?treaty=XVIII-16&participant=FRA&lang=fr',
    );
    expect(model.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(model.body).toContain('République française');
    const compared = await register.postAs(
      officer,
      '/depositary/treaties/XVIII-16/reconciliation?asOf=2026-01-31',
      { file: 'iso3,action,date\nFRA,signature,2025-10-25\nBRA,signature,2025-10-26\n' },
    );
    expect(compared.status).toBe(200);
    expect(compared.body.agreed).toBe(1);
    const brazilian = compared.body.differences.filter((one: any) => one.participant === 'BRA');
    expect(brazilian.map((one: any) => one.difference)).toStrictEqual(['other-date']);
  });

  it('writes and issues a notification of an officer, once', async () => {
    const words = { en: 'Text', fr: 'Texte' };
    const draft = await register.postAs(officer, '/depositary/notification-drafts', {
      treaty: 'XVIII-16',
      subject: words,
      text: words,
    });
    const at = `/depositary/notification-drafts/${draft.body.id}/issue`;
    const first = await register.postAs(officer, at, { version: 1 });
    const again = await register.postAs(officer, at, { version: 1 });
    expect(first.body.notification).toBe('C.N.1.2026.TREATIES-XVIII.16');
    expect(again.body.notification).toBe('C.N.1.2026.TREATIES-XVIII.16');
    const edit = await patch(`/depositary/notification-drafts/${draft.body.id}`, {
      version: 2,
      text: words,
    });
    expect([edit.status, edit.body.code]).toStrictEqual([409, 'notification-issued']);
  });
});
