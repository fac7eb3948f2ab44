import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AuditTrail } from '#depositary';
import type { CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import {
  meta,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from '../../../../libs/ledger/test/ledger-under-test.ts';
import {
  everything,
  hours,
  startNotifierUnderTest,
  TestClock,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import type { Answer } from '../engine/channel.ts';
import type { NotifierRuntime } from '../notifier-runtime.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { planOf, sendAgain, type Resend } from './resending.ts';

const today = new Date().toISOString().slice(0, 10) as CalendarDate;
const officer = { subject: 's', name: 'Officer', roles: ['administrator'] } as const;
const failed: Answer = { outcome: 'failed', code: 451, detail: 'No.', retryAfter: null };

describe('sending again to a subscriber that is told in digests', () => {
  let place: DatabaseUnderTest;
  let store: LedgerUnderTest;
  let clock: TestClock;
  let one: NotifierUnderTest;
  let answer: Answer;
  /** What each digest told, by participant. */
  let digests: string[][];

  beforeEach(async () => {
    [place, store] = await Promise.all([databaseUnderTest('sqlite'), startLedgerUnderTest()]);
    clock = new TestClock();
    answer = { outcome: 'delivered', code: 250 };
    digests = [];
    const deliver = (_row: SubscriberRow, told: readonly any[]): Promise<Answer> => {
      digests.push(told.map(({ participants }) => participants[0]));
      return Promise.resolve(answer);
    };
    const { url, file } = place;
    one = await startNotifierUnderTest({
      ledger: store.another(),
      url,
      file,
      clock,
      mail: { deliver },
    });
  }, 600_000);
  afterEach(async () => {
    await one.close();
    await store.close();
    await place.remove();
  });

  const record = async (participant: string): Promise<void> => {
    const act = { treaty, participant, kind: 'accession', date: today } as const;
    await store.ledger.transact({ type: 'recordAction', ...act }, { ...meta, today });
    await one.settle();
  };
  const daily = (): Promise<SubscriberRow> =>
    one.subscribe({
      channel: 'mail',
      target: 'somebody@example.org',
      rhythm: 'daily',
      filter: { ...everything, topics: ['actions'] },
    });
  const again = async ({ id }: SubscriberRow, wanted: Resend): Promise<number | null> => {
    const { database, subscriptions, notifier, reader } = one;
    const fannedOutTo = async (): Promise<string> => (await notifier.store.fanOut())?.place ?? '';
    const parts = { database, subscriptions, notifier };
    const runtime = { parts, reader, clock, fannedOutTo } as unknown as NotifierRuntime;
    const trail = { add: () => Promise.resolve() } as unknown as AuditTrail;
    const row = await subscriptions.find(id);
    if (row === undefined) throw new Error('It is not there.');
    const plan = await planOf(runtime, row, wanted);
    await sendAgain(runtime, trail, { row, wanted, plan }, officer);
    await one.settle();
    return plan.deliveries;
  };

  it('comes with the next digest, which leaves out nothing that waited for it', async () => {
    const row = await daily();
    await record('DEU');
    expect(await again(row, { what: 'from', date: today })).toBe(1);
    expect(digests).toStrictEqual([]);
    await record('FRA');
    clock.forward(hours(48));
    await one.settle();
    expect(digests).toStrictEqual([['DEU', 'FRA']]);
    clock.forward(hours(1));
    expect(await again(row, { what: 'from', date: today })).toBe(2);
    clock.forward(hours(24));
    await one.settle();
    expect(digests.slice(1)).toStrictEqual([['DEU', 'FRA']]);
  });

  it('tries a digest that failed at once', async () => {
    const row = await daily();
    await record('DEU');
    answer = failed;
    clock.forward(hours(48));
    await one.settle();
    expect(digests).toStrictEqual([['DEU']]);
    answer = { outcome: 'delivered', code: 250 };
    expect(await again(row, { what: 'now' })).toBe(1);
    expect(digests).toStrictEqual([['DEU'], ['DEU']]);
  });
});
