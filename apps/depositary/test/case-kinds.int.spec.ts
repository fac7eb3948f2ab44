import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calendarDate } from '#treaty';
import type { NotificationDraft } from '../src/notifications/notification-desk.ts';
import { readSignatures } from '../src/cases/signatures-table.ts';
import { ana, bo, DeskUnderTest, formOf, treaty } from './desk-under-test.ts';

let under: DeskUnderTest;
beforeAll(async () => {
  under = await DeskUnderTest.start();
}, 600_000);
afterAll(() => under.close());

const draftsOf = async (id: string): Promise<NotificationDraft[]> =>
  (await under.desk.notifications.list(['draft', 'issued'])).filter((one) => one.case === id);
const record = async () => (await under.under.ledger.loadTreaty(treaty)).record;

describe('a signing ceremony', () => {
  const table =
    'participant,signatory,date\n' +
    'France,"Gérald Darmanin, garde des sceaux",\n' +
    'DEU,Stefanie Hubig,\n' +
    'Brésil,Andrei Rodrigues,2025-10-26\n';

  it('is read from a table by any name or code, and faults are told row by row', async () => {
    const participants = await under.under.ledger.participants();
    const ceremony = { date: '2025-10-25', place: 'Hanoi' };
    const { acts, faults } = readSignatures(table, participants, ceremony);
    expect(faults).toStrictEqual([]);
    expect(acts.map(({ participant, date, place }) => [participant, date, place])).toStrictEqual([
      ['FRA', '2025-10-25', 'Hanoi'],
      ['DEU', '2025-10-25', 'Hanoi'],
      ['BRA', '2025-10-26', 'Hanoi'],
    ]);
    const odd = readSignatures('state,kind\nAtlantis,signed\nCHL\n', participants, ceremony);
    expect(odd.faults.map(({ field }) => field)).toStrictEqual([
      'rows[1].participant',
      'rows[1].kind',
      'rows[2].participant',
    ]);
    const wrong = readSignatures('who\nFRA\n', participants, ceremony);
    expect(wrong.faults[0]?.field).toBe('table');
  });

  it('is previewed row by row, each on what those before it leave', async () => {
    const acts = ['FRA', 'FRA', 'XYZ', 'DEU'].map((participant, index) => ({
      kind: 'signature',
      participant,
      date: index === 1 ? '2025-10-26' : '2025-10-25',
      place: 'Hanoi',
    }));
    const content = { acts };
    const opened = await under.desk.cases.open('ceremony', treaty, content, ana);
    const preview = await under.desk.cases.preview(opened.id);
    expect(preview.rows.map(({ refusals }) => refusals.map(({ code }) => code))).toStrictEqual([
      [],
      ['second-signature'],
      ['unknown-participant'],
      [],
    ]);
    expect(preview.outcome).toBe('refused');
    const form = formOf('ceremony', content);
    const edited = await under.desk.cases.change(
      opened.id,
      1,
      { type: 'edit', content: { form } },
      ana,
    );
    const refusal = under.desk.cases.submit(opened.id, edited.version, ana);
    await expect(refusal).rejects.toMatchObject({
      code: 'second-signature',
      faults: [{ field: 'acts[1].kind' }, { field: 'acts[2].participant' }],
    });
  });

  it('is recorded by one approval, with one notification for all or one for each', async () => {
    const participants = await under.under.ledger.participants();
    const { acts } = readSignatures(table, participants, { date: '2025-10-25', place: 'Hanoi' });
    const grouped = await under.submitted({ acts, notify: 'grouped' }, 'ceremony');
    const recorded = await under.approve(grouped);
    expect(await under.acts()).toStrictEqual(['FRA signature', 'DEU signature', 'BRA signature']);
    const drafts = await draftsOf(grouped.id);
    expect(drafts.map(({ actions }) => actions)).toStrictEqual([recorded.outcome?.actions]);
    expect(drafts[0]?.text.en).toContain('Brazil: Signature, 26 October 2025');
    expect(drafts[0]?.text.fr).toContain('Brésil : Signature, 26 octobre 2025');
    const more = ['CHL', 'PER'].map((participant) => ({
      kind: 'signature',
      participant,
      date: '2025-10-25',
      place: 'Hanoi',
    }));
    const each = await under.submitted({ acts: more, notify: 'each' }, 'ceremony');
    await under.approve(each);
    expect((await draftsOf(each.id)).map(({ subject }) => subject.en).toSorted()).toStrictEqual([
      'Chile: Signature',
      'Peru: Signature',
    ]);
  });
});

describe('a correction', () => {
  it('goes through the same four eyes, and its corrigendum refers back', async () => {
    const drafts = await under.desk.notifications.list(['draft']);
    const chile = drafts.find(({ subject }) => subject.en === 'Chile: Signature')!;
    const { draft: issued } = await under.desk.notifications.issue(chile.id, chile.version, bo);
    const { actions } = await record();
    const { action } = actions.find(({ current }) => current.participant === 'CHL')!.first;
    const file = await under.submitted(
      {
        action,
        changes: { date: '2025-10-26' },
        reason: 'The signature page bears 26 October.',
        corrects: issued.notification,
      },
      'correction',
    );
    await under.approve(file);
    const corrected = (await record()).actions.find(({ first }) => first.action === action)!;
    expect([corrected.first.date, corrected.current.date]).toStrictEqual([
      '2025-10-25',
      '2025-10-26',
    ]);
    const [corrigendum] = await draftsOf(file.id);
    expect(corrigendum).toMatchObject({
      subject: { en: 'Corrigendum', fr: 'Rectificatif' },
      corrects: issued.notification,
      actions: [action],
    });
    expect(corrigendum?.text.en).toContain('date: 2025-10-26 (was: 2025-10-25)');
    const { draft } = await under.desk.notifications.issue(corrigendum!.id, 1, bo);
    expect(draft.notification).toBe('C.N.2.2026.TREATIES-XVIII.16');
    expect((await under.desk.cases.get(file.id)).state).toBe('closed');
  });

  it('of what never took place is an annulment', async () => {
    const { actions } = await record();
    const { action } = actions.find(({ current }) => current.participant === 'PER')!.first;
    const content = { action, reason: 'Recorded for the wrong State.' };
    await under.approve(await under.submitted(content, 'annulment'));
    const annulled = (await record()).actions.find(({ first }) => first.action === action);
    expect(annulled?.annulled).toBe('Recorded for the wrong State.');
  });
});

describe('a rectification of the text (VCLT 79)', () => {
  it('is proposed, waits for objections, and is adopted by procès-verbal', async () => {
    const text = 'Article 2(j), French text: "système" for "systeme".';
    under.today = calendarDate('2026-11-24');
    const proposal = await under.submitted({ date: '2026-11-24', text }, 'rectification-proposal');
    expect((await under.desk.cases.preview(proposal.id)).clocks).toMatchObject([
      { kind: 'objections-to-rectification', date: '2027-02-22' },
    ]);
    await under.approve(proposal);
    const [procedure] = (await record()).procedures;
    const rectification = procedure!.proposed.rectification;
    const [words] = await draftsOf(proposal.id);
    expect(words?.text.en).toContain('no later than 22 February 2027');
    const adoption = { date: '2027-02-22', rectification, text: 'PROCÈS-VERBAL' };
    under.today = calendarDate('2027-02-22');
    await expect(under.submitted(adoption, 'rectification-adoption')).rejects.toMatchObject({
      code: 'objection-period-running',
    });
    under.today = calendarDate('2027-02-23');
    const ready = { ...adoption, date: '2027-02-23' };
    await under.approve(await under.submitted(ready, 'rectification-adoption'));
    expect((await record()).rectifications).toMatchObject([{ date: '2027-02-23', text }]);
  });
});
