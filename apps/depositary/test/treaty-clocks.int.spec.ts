import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Ledger } from '#ledger';
import { date } from '../../../libs/treaty/test/deciding.ts';
import {
  meta,
  signature,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from '../../../libs/ledger/test/ledger-under-test.ts';
import { TreatyClocks } from '../src/worklist/treaty-clocks.ts';

let under: LedgerUnderTest;
let clocks: TreatyClocks;
beforeAll(async () => {
  under = await startLedgerUnderTest();
  clocks = new TreatyClocks(under.another(), { today: () => meta.today });
  clocks.onApplicationBootstrap();
});
afterAll(async () => {
  await clocks.onApplicationShutdown();
  await under.close();
});

const record = async (ledger: Ledger, kind: 'ratification' | 'reservation', text?: string) => {
  const command = { ...signature('FRA'), kind, date: date('2026-11-02'), text };
  const result = await ledger.transact(command, meta);
  if (result.outcome !== 'recorded') throw new Error(JSON.stringify(result));
  return result.action ?? '';
};
const objectionsUntil = async (action: string): Promise<string | null | undefined> =>
  (await clocks.all()).find((one) => one.action === action && /objections/.test(one.kind))?.date;

it('the period for objections runs from the notification, once the reservation was circulated', async () => {
  const { ledger } = under;
  await ledger.transact(signature('FRA'), meta);
  await record(ledger, 'ratification');
  const reservation = await record(ledger, 'reservation', 'Article 63, paragraph 2, is excluded.');
  while ((await objectionsUntil(reservation)) === undefined)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await objectionsUntil(reservation)).toBe('2027-11-02');

  await ledger.notifications.issue(
    {
      treaty,
      subject: { en: 'France: Reservation', fr: 'France : Réserve' },
      text: { en: 'The above action was effected.', fr: "L'action susmentionnée a été effectuée." },
      actions: [reservation],
      announcesEntryIntoForce: null,
      corrects: null,
      draft: 'of-the-reservation',
    },
    meta,
  );
  while ((await objectionsUntil(reservation)) === '2027-11-02')
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await objectionsUntil(reservation)).toBe('2027-11-24');
});
