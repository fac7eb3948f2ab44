import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, type CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import { cybercrime, done } from '../../../../libs/treaty/test/deciding.ts';
import { LaggingLedger, type LaggingFollower } from '../../test/lagging-ledger.ts';
import {
  days,
  everything,
  startNotifierUnderTest,
  TestClock,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import type { Channel } from './channel.ts';

/** Signatures close so many days after today; nobody has signed. */
const closesIn = (today: CalendarDate, n: number) => {
  const { signature } = cybercrime().finalClauses;
  const [window] = signature?.windows ?? [];
  if (signature === null || window === undefined) throw new Error('It is open for signature.');
  return cybercrime({
    signature: { ...signature, windows: [{ ...window, until: addDays(today, n) }] },
  });
};
const filter = { ...everything, topics: ['actions'] as const, signatureClosesInDays: [20, 19, 18] };

describe.each(kindsUnderTest)('processes that read the ledger at their own pace, on %s', (kind) => {
  let place: DatabaseUnderTest;
  let ledger: LaggingLedger;
  let clock: TestClock;
  let today: CalendarDate;
  let open: NotifierUnderTest[] = [];
  /** What the receiver was told, in order. */
  const told: string[] = [];
  const channel: Channel = {
    deliver: (_subscriber, [one]) => {
      told.push('days' in one ? `closes in ${one.days}` : one.id);
      return Promise.resolve({ outcome: 'delivered', code: 250 });
    },
  };

  const started = async (): Promise<{ one: NotifierUnderTest; follower: LaggingFollower }> => {
    const follower = ledger.another();
    const { url, file } = place;
    const under = { ledger: follower.ledger, url, file, clock, mail: channel };
    const one = await startNotifierUnderTest(under);
    open.push(one);
    return { one, follower };
  };
  const subscribe = (one: NotifierUnderTest) =>
    one.subscribe({ channel: 'mail', target: 'reader@mission.example', filter });
  const sign = (participant: string): string => {
    ledger.record(clock.now(), done(participant, 'signature', today));
    return ledger.events.at(-1)?.id ?? '';
  };

  beforeEach(async () => {
    place = await databaseUnderTest(kind);
    ledger = new LaggingLedger();
    clock = new TestClock();
    // To noon: no test begins a day that it does not mean to.
    clock.forward(days(1) - ((clock.now() + days(0.5)) % days(1)));
    today = clock.dateAt(clock.now());
    ledger.record(clock.now(), closesIn(today, 20));
    told.length = 0;
  }, 600_000);
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    open = [];
    await place.remove();
  });

  it('leaves a day alone that began after events which one has not read', async () => {
    const [ahead, behind] = [await started(), await started()];
    await subscribe(ahead.one);
    behind.follower.lag(true);
    const signed = sign('FRA');
    clock.forward(days(1));
    await ahead.one.notifier.fanOut.run();
    await behind.one.notifier.runOnce();
    expect(told).toStrictEqual([]);
    clock.forward(1000);
    await ahead.one.settle();
    expect(told).toStrictEqual([signed, 'closes in 19']);
  });

  it('begins no day before what was handed out already', async () => {
    const [ahead, behind] = [await started(), await started()];
    await subscribe(ahead.one);
    behind.follower.lag(true);
    const signed = sign('FRA');
    await ahead.one.settle();
    clock.forward(days(1));
    await behind.one.notifier.runOnce();
    await ahead.one.settle();
    expect(told).toStrictEqual([signed, 'closes in 19']);
  });

  it('begins no day before what was told already, also when who handed it out died over it', async () => {
    const [ahead, behind] = [await started(), await started()];
    await subscribe(ahead.one);
    await ahead.one.settle();
    behind.follower.lag(true);
    const signed = sign('FRA');
    const { store } = ahead.one.notifier;
    store.advanceFanOut = () => Promise.reject(new Error('It dies here.'));
    await expect(ahead.one.notifier.fanOut.run()).rejects.toThrow('It dies here.');
    await ahead.one.notifier.worker.claim();
    await ahead.one.notifier.worker.settled();
    expect(told).toStrictEqual([signed]);
    clock.forward(days(1));
    await behind.one.settle();
    behind.follower.lag(false);
    await behind.one.settle();
    expect(told).toStrictEqual([signed, 'closes in 19']);
  });

  it('begins no day before the place from which somebody is told', async () => {
    const [ahead, behind] = [await started(), await started()];
    behind.follower.lag(true);
    sign('FRA');
    await subscribe(ahead.one);
    clock.forward(days(1));
    await behind.one.settle();
    behind.follower.lag(false);
    await behind.one.settle();
    expect(told).toStrictEqual(['closes in 19']);
  });

  it('tells one that subscribed at a process behind what was handed out meanwhile, also when that process ends', async () => {
    const [ahead, behind] = [await started(), await started()];
    await ahead.one.settle();
    behind.follower.lag(true);
    const signed = sign('FRA');
    await ahead.one.settle();
    await subscribe(behind.one);
    await ahead.one.close();
    await behind.one.close();
    open = [];
    clock.forward(16_000);
    const { one } = await started();
    await one.settle();
    expect(told).toStrictEqual([signed]);
  });
});
