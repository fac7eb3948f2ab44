import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kindsUnderTest } from '../../../libs/database/test/databases-under-test.ts';
import { signature } from '../../../libs/ledger/test/ledger-under-test.ts';
import { DeskRefused } from '../src/cases/desk-refused.ts';
import { act, ana, bo, DeskUnderTest, treaty } from './desk-under-test.ts';

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof DeskRefused) return error.code;
    throw error;
  }
  return 'nothing refused';
};

describe.each(kindsUnderTest)('the desk on %s', (kind) => {
  let under: DeskUnderTest;
  beforeEach(async () => {
    under = await DeskUnderTest.start(kind);
  }, 600_000);
  afterEach(() => under.close());

  it('takes an instrument from its arrival to the ledger, with its history', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    expect(await under.acts()).toStrictEqual([]);
    const recorded = await under.approve(file);
    expect(recorded.state).toBe('recorded');
    expect(await under.acts()).toStrictEqual(['BRA accession']);
    const history = await under.desk.cases.history(file.id);
    expect(history.map(({ version, subject, what }) => [version, subject, what])).toStrictEqual([
      [1, 'ana@un', 'open'],
      [2, 'ana@un', 'submit'],
      [3, 'bo@un', 'approve'],
      [4, 'register', 'record'],
    ]);
  });

  it('of two approvers at once records once, and tells the other', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    const other = await under.another();
    const cy = { subject: 'cy@un', name: 'Cy' };
    const both = await Promise.allSettled([
      under.approve(file),
      under.approve(file, { by: cy }, other),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toStrictEqual(['fulfilled', 'rejected']);
    const lost = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect((lost.reason as DeskRefused).kind).toBe('moved');
    expect(await under.acts()).toStrictEqual(['BRA accession']);
    // Whichever desk won answered when the ledger had it, and notes the outcome behind.
    await Promise.all([under.desk.store.settled(), other.store.settled()]);
    expect(await under.desk.notifications.list(['draft'])).toHaveLength(1);
  });

  it('asks to look again when the treaty moved and the outcome with it, and not otherwise', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    const seen = await under.desk.cases.preview(file.id);
    const approval = { version: 2, revision: seen.revision, digest: seen.digest, publishAt: null };
    await under.under.ledger.transact(
      { ...signature('BRA'), kind: 'accession' },
      { actor: 'officer', today: under.today },
    );
    expect(await refusal(under.desk.cases.approve(file.id, approval, bo))).toBe('outcome-moved');
    const back = await under.desk.cases.get(file.id);
    const { reason, reasonFr } = back.sentBack ?? {};
    expect([back.state, reason, reasonFr]).toStrictEqual([
      'submitted',
      'The treaty changed, and the outcome with it. Look at the preview again; nothing was recorded.',
      'Le traité a changé, et le résultat avec lui. Regardez de nouveau l’aperçu ; rien n’a été inscrit.',
    ]);
    expect(await refusal(under.approve(back))).toBe('second-consent');
    const second = await under.submitted({ acts: [act('CHL')] });
    const looked = await under.desk.cases.preview(second.id);
    await under.under.ledger.transact(signature('PER'), {
      actor: 'officer',
      today: under.today,
    });
    const stale = { ...approval, revision: looked.revision, digest: looked.digest };
    expect(await refusal(under.desk.cases.approve(second.id, stale, bo))).toBe('outcome-moved');
    expect((await under.desk.cases.get(second.id)).state).toBe('submitted');
    const again = await under.desk.cases.get(second.id);
    const seenAgain = await under.desk.cases.preview(second.id);
    await under.under.ledger.transact(
      { ...signature('PER'), kind: 'designationOfAuthority', text: 'Fiscalía de la Nación' },
      { actor: 'officer', today: under.today },
    );
    const { version } = again;
    const { revision, digest } = seenAgain;
    const named = { version, revision, digest, publishAt: null };
    expect((await under.desk.cases.approve(second.id, named, bo)).state).toBe('recorded');
  });

  it('keeps a case from the ledger until its time, and records it then', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    const waiting = await under.approve(file, { publishAt: '2026-11-24T18:00:00.000Z' });
    expect(waiting.state).toBe('scheduled');
    under.now = '2026-11-24T17:59:59.999Z';
    expect(await under.desk.recorder.recordDue()).toBe(0);
    expect(await under.acts()).toStrictEqual([]);
    under.now = '2026-11-24T18:00:00.000Z';
    const other = await under.another();
    await Promise.all([under.desk.recorder.recordDue(), other.recorder.recordDue()]);
    expect(await under.acts()).toStrictEqual(['BRA accession']);
    expect((await under.desk.cases.get(file.id)).state).toBe('recorded');
    expect(await under.desk.notifications.list(['draft'])).toHaveLength(1);
  });

  it('does not record what was withdrawn while it waited, nor earlier than its new time', async () => {
    const file = await under.submitted({ acts: [act('BRA')] });
    const waiting = await under.approve(file, { publishAt: '2026-11-24T18:00:00.000Z' });
    const back = { type: 'send-back', reason: 'The State asks to wait.' } as const;
    const draft = await under.desk.cases.change(file.id, waiting.version, back, bo);
    const again = await under.desk.cases.submit(file.id, draft.version, ana);
    await under.approve(again, { publishAt: '2026-11-25T18:00:00.000Z' });
    under.now = '2026-11-24T18:00:00.000Z';
    expect(await under.desk.recorder.recordDue()).toBe(0);
    expect(await under.acts()).toStrictEqual([]);
    under.now = '2026-11-25T18:00:00.000Z';
    expect(await under.desk.recorder.recordDue()).toBe(1);
  });

  it('says everything that is missing at once when a draft is submitted', async () => {
    const opened = await under.desk.cases.open('instrument', treaty, { acts: [{}] }, ana);
    const error = await under.desk.cases
      .submit(opened.id, 1, ana)
      .catch((reason: unknown) => reason as DeskRefused);
    expect((error as DeskRefused).faults.map(({ field }) => field)).toStrictEqual([
      'acts[0].kind',
      'acts[0].participant',
      'acts[0].date',
      'form.signed-by',
      'form.treaty-named',
      'form.place-and-date',
    ]);
  });

  it('refuses with the article what the rules refuse, and takes an officer’s reason', async () => {
    await under.under.ledger.transact(signature('FRA'), { actor: 'x', today: under.today });
    expect(await refusal(under.submitted({ acts: [act('FRA')] }))).toBe('accession-by-signatory');
    const overrideReason = 'The instrument says accession.';
    const file = await under.submitted({ acts: [act('FRA', { overrideReason })] });
    expect((await under.approve(file)).state).toBe('recorded');
  });

  it('records an instrument with its reservation and documents by one append', async () => {
    const opened = await under.desk.cases.open(
      'instrument',
      treaty,
      { acts: [act('BRA'), act('BRA', { kind: 'reservation', text: 'Article 63(2) excluded.' })] },
      ana,
    );
    const document = {
      sha256: 'a'.repeat(64),
      name: 'scan.pdf',
      mediaType: 'application/pdf',
      size: 10,
      role: 'instrument',
      language: 'pt',
      uploadedBy: 'ana@un',
      uploadedAt: under.now,
    } as const;
    const attached = await under.desk.cases.change(opened.id, 1, { type: 'attach', document }, ana);
    const answered = await under.desk.cases.change(
      opened.id,
      attached.version,
      {
        type: 'edit',
        content: {
          form: Object.fromEntries(
            [
              'treaty-named',
              'will-clear',
              'place-and-date',
              'received-at-seat',
              'statement-in-writing',
            ].map((id) => [id, { answer: 'yes' }]),
          ),
        },
      },
      ana,
    );
    const signed = { form: { 'signed-by': { answer: 'full-powers' } } };
    const powers = await under.desk.cases.change(
      opened.id,
      answered.version,
      { type: 'edit', content: signed },
      ana,
    );
    expect(await refusal(under.desk.cases.submit(opened.id, powers.version, ana))).toBe(
      'case-incomplete',
    );
    const president = { form: { 'signed-by': { answer: 'head-of-state' } } };
    const ready = await under.desk.cases.change(
      opened.id,
      powers.version,
      { type: 'edit', content: president },
      ana,
    );
    const preview = await under.desk.cases.preview(opened.id);
    expect(preview.clocks.map(({ kind: what, date }) => [what, date])).toStrictEqual([
      ['objections-to-reservation', '2027-11-20'],
    ]);
    await under.approve(await under.desk.cases.submit(opened.id, ready.version, ana));
    const { record } = await under.under.ledger.loadTreaty(treaty);
    expect(record.actions.map(({ documents }) => documents.length)).toStrictEqual([1, 0]);
    expect(record.actions[0]?.documents[0]?.sha256).toBe('a'.repeat(64));
  });
});
