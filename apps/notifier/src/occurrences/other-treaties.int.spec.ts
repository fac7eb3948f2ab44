import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import { addDays, type CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import {
  meta,
  register,
  startLedgerUnderTest,
  type LedgerUnderTest,
} from '../../../../libs/ledger/test/ledger-under-test.ts';
import { states } from '../../../../test/e2e/register-under-test.ts';
import {
  days,
  everything,
  startNotifierUnderTest,
  TestClock,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import { startReceiver, type Receiver } from '../../test/receiver.ts';

const today = new Date().toISOString().slice(0, 10) as CalendarDate;

let place: DatabaseUnderTest;
let store: LedgerUnderTest;
let receiver: Receiver;
let notifier: NotifierUnderTest;
const clock = new TestClock();

const record = async (treaty: string, codes: readonly string[]): Promise<void> => {
  for (const participant of codes) {
    const accession = { type: 'recordAction', treaty, participant, kind: 'accession' } as const;
    const on = { ...meta, today };
    const { outcome } = await store.ledger.transact({ ...accession, date: today }, on);
    expect([treaty, participant, outcome]).toStrictEqual([treaty, participant, 'recorded']);
  }
};
const bodies = (path: string) =>
  receiver.received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));

beforeAll(async () => {
  [place, store, receiver] = await Promise.all([
    databaseUnderTest('sqlite'),
    startLedgerUnderTest(),
    startReceiver(),
  ]);
  for (const id of ['crpd', 'crpd-op']) {
    const { treaty, title, dateOfAdoption, finalClauses } = catalogueEntry(id)!;
    const registered = { ...register, treaty, title, dateOfAdoption, finalClauses };
    await store.ledger.transact(registered, { ...meta, today });
  }
  const { url, file } = place;
  notifier = await startNotifierUnderTest({ ledger: store.another(), url, file, clock });
}, 600_000);
afterAll(async () => {
  await notifier.close();
  await Promise.all([store.close(), receiver.close()]);
  await place.remove();
});

it('tells a protocol’s subscriber at the convention’s event, with the protocol’s links, and once', async () => {
  await record('IV-15-a', states.slice(0, 10));
  await record('IV-15', states.slice(0, 19));
  const filter = { ...everything, topics: [], inForceInDays: [90, 7] };
  for (const treaty of ['IV-15', 'IV-15-a'])
    await notifier.subscribe({
      target: `${receiver.address}/${treaty}`,
      filter: { ...filter, treaties: [treaty] },
    });
  await record('IV-15', states.slice(19, 20));
  await notifier.settle();
  let twentieth = { id: '', position: '' };
  for await (const { id, position, event } of store.ledger.read())
    if (event.type === 'actionRecorded') twentieth = { id, position };
  const inForce = addDays(today, 30);
  const [told, ...more] = bodies('/IV-15-a');
  expect(more).toStrictEqual([]);
  expect(told).toMatchObject({
    type: 'treaty-ledger.entry-into-force.near.v1',
    subject: 'treaties/IV-15-a',
    data: {
      position: twentieth.position,
      treaty: { id: 'IV-15-a' },
      near: { what: 'entry-into-force', date: inForce, days: 30 },
      followsFrom: twentieth.id,
      changed: {
        counted: { before: 10, after: 10, required: 10 },
        entryIntoForce: { before: { state: 'pending' }, after: { state: 'fixed', date: inForce } },
      },
      links: {
        treaty: 'https://treaties.example/treaties/IV-15-a',
        status: `https://treaties.example/treaties/IV-15-a/status?atLeast=${twentieth.position}`,
      },
    },
  });
  expect(told.data.sentence.en).toContain(' This follows from: CRPD: ');
  // Neither the next day nor the protocol's own next instrument tells it again.
  await record('IV-15-a', states.slice(10, 11));
  clock.forward(days(1));
  await notifier.settle();
  expect(bodies('/IV-15-a').length).toBe(1);
  clock.forward(days(23));
  await notifier.settle();
  for (const path of ['/IV-15', '/IV-15-a'])
    expect(bodies(path).map(({ data }) => data.near.days)).toStrictEqual([30, 7]);
  expect(notifier.failures).toStrictEqual([]);
});
