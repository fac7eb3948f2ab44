import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IssueNotification } from '#treaty';
import { date } from '../../treaty/test/deciding.ts';
import { meta, startLedgerUnderTest, treaty, type LedgerUnderTest } from './ledger-under-test.ts';

const command = (draft: string): IssueNotification => ({
  treaty,
  subject: { en: 'Mauritius: Signature', fr: 'Maurice : Signature' },
  text: {
    en: 'The above action was effected on 19 November 2025.',
    fr: "L'action susmentionnée a été effectuée le 19 novembre 2025.",
  },
  actions: ['32f3a340-14bf-8959-8186-30179b432c44'],
  announcesEntryIntoForce: null,
  corrects: null,
  draft,
});

let under: LedgerUnderTest;
beforeAll(async () => {
  under = await startLedgerUnderTest();
});
afterAll(() => under.close());

const serials = async (year: number): Promise<number[]> => {
  const found: number[] = [];
  for await (const { event } of under.ledger.read())
    if (event.type === 'depositaryNotificationIssued' && event.year === year)
      found.push(event.serial);
  return found;
};

describe('depositary notifications', () => {
  it('issued by several processes at once have unique numbers without gaps', async () => {
    const ledgers = [under.ledger, under.another(), under.another()];
    const issued = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        ledgers[index % ledgers.length]!.notifications.issue(command(`draft-${index}`), meta),
      ),
    );
    const numbers = issued.map((result) =>
      result.outcome === 'refused' ? 0 : result.event.serial,
    );
    const all = Array.from({ length: 30 }, (_, index) => index + 1);
    expect(numbers.toSorted((a, b) => a - b)).toStrictEqual(all);
    expect(await serials(2026)).toStrictEqual(all);
  });

  it('are issued once for a draft, whoever issues it again', async () => {
    const again = await under.another().notifications.issue(command('draft-7'), meta);
    expect(again).toMatchObject({ outcome: 'unchanged', event: { draft: 'draft-7' } });
    expect(await serials(2026)).toHaveLength(30);
  });

  it('begin at 1 in a new year, and a draft issued in the old one stays there', async () => {
    const later = { ...meta, today: date('2027-01-01') };
    const known = await under.ledger.notifications.issue(command('draft-7'), later);
    expect(known).toMatchObject({ outcome: 'unchanged', event: { year: 2026 } });
    const first = await under.ledger.notifications.issue(command('of-2027'), later);
    expect(first).toMatchObject({
      outcome: 'issued',
      event: { notification: 'C.N.1.2027.TREATIES-XVIII.16', serial: 1 },
    });
  });

  it('a corrigendum refers to one that was issued, also in the year before', async () => {
    const later = { ...meta, today: date('2027-01-02') };
    const corrigendum = (draft: string, corrects: string) =>
      under.ledger.notifications.issue({ ...command(draft), corrects }, later);
    expect(await corrigendum('c1', 'C.N.31.2026.TREATIES-XVIII.16')).toMatchObject({
      outcome: 'refused',
      refusals: [{ code: 'unknown-notification', field: 'corrects' }],
    });
    expect(await corrigendum('c2', 'C.N.30.2026.TREATIES-XVIII.16')).toMatchObject({
      outcome: 'issued',
      event: { notification: 'C.N.2.2027.TREATIES-XVIII.16' },
    });
  });
});
