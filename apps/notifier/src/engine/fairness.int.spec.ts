import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import { cybercrime, done } from '../../../../libs/treaty/test/deciding.ts';
import { LaggingLedger } from '../../test/lagging-ledger.ts';
import {
  days,
  everything,
  hours,
  startNotifierUnderTest,
  TestClock,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import type { Answer, Channel } from './channel.ts';
import type { NotifierOptions } from './notifier.ts';

const delivered: Answer = { outcome: 'delivered', code: 204 };
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

describe.each(kindsUnderTest)('a notifier on %s', (kind) => {
  let place: DatabaseUnderTest;
  let ledger: LaggingLedger;
  let clock: TestClock;
  let today: CalendarDate;
  let one: NotifierUnderTest;
  /** Names of subscribers as they were told, in order. */
  const told: string[] = [];
  const names = new Map<string, string>();
  let answer: (name: string) => Promise<Answer> = () => Promise.resolve(delivered);
  const channel = (atOnce?: number): Channel => ({
    ...(atOnce !== undefined && { atOnce }),
    deliver: async ({ id }) => {
      const name = names.get(id) ?? '';
      const said = await answer(name);
      if (said.outcome === 'delivered') told.push(name);
      return said;
    },
  });

  const start = async (options: NotifierOptions, mailAtOnce?: number): Promise<void> => {
    const { url, file } = place;
    const channels = { webhook: channel(), mail: channel(mailAtOnce) };
    const under = { ledger: ledger.another().ledger, url, file, clock, ...channels, options };
    one = await startNotifierUnderTest(under);
  };
  const subscribe = async (name: string, host: string, by: 'webhook' | 'mail' = 'webhook') => {
    const target = `https://${host}/${name}`;
    const { id } = await one.subscribe({ channel: by, target, host });
    names.set(id, name);
    return id;
  };
  const record = (...participants: string[]): void => {
    for (const participant of participants)
      ledger.record(clock.now(), done(participant, 'signature', today));
  };
  const until = async (holds: () => boolean): Promise<void> => {
    for (let tries = 0; !holds() && tries < 2000; tries += 1) await pause(10);
  };
  const rowOf = async (id: string) => {
    const row = await one.subscriptions.find(id);
    return [row?.state, row?.reason, row?.attempts];
  };

  beforeEach(async () => {
    place = await databaseUnderTest(kind);
    ledger = new LaggingLedger();
    clock = new TestClock();
    today = clock.dateAt(clock.now());
    ledger.record(clock.now(), cybercrime());
    told.length = 0;
    answer = () => Promise.resolve(delivered);
  }, 600_000);
  afterEach(async () => {
    answer = () => Promise.resolve(delivered);
    await one.close();
    await place.remove();
  });

  it('lets nobody wait for a host that is slow, however many it has', async () => {
    await start({ concurrency: 8, idle: 20 });
    for (let n = 0; n < 60; n += 1) await subscribe(`slow ${n}`, 'slow.example');
    await subscribe('quick', 'quick.example');
    const { promise: stays, resolve: goOn } = Promise.withResolvers<void>();
    answer = async (name) => {
      if (name.startsWith('slow')) await stays;
      return delivered;
    };
    one.notifier.start();
    record('FRA');
    await until(() => told.length > 0);
    expect(told).toStrictEqual(['quick']);
    goOn();
    await until(() => told.length === 61);
    expect(told.length).toBe(61);
  });

  it('lets no webhook wait for the mail server, and hands it few messages at a time', async () => {
    await start({ concurrency: 8, idle: 20 }, 2);
    for (let n = 0; n < 40; n += 1) await subscribe(`mail ${n}`, 'mission.example', 'mail');
    await subscribe('quick', 'quick.example');
    const { promise: stays, resolve: goOn } = Promise.withResolvers<void>();
    let [now, most] = [0, 0];
    answer = async (name) => {
      if (!name.startsWith('mail')) return delivered;
      now += 1;
      most = Math.max(most, now);
      await stays;
      now -= 1;
      return delivered;
    };
    one.notifier.start();
    record('FRA');
    await until(() => told.length > 0);
    expect(told).toStrictEqual(['quick']);
    goOn();
    await until(() => told.length === 41);
    expect([told.length, most]).toStrictEqual([41, 2]);
  });

  it('takes turns while it looks for long, and goes on from where it came to', async () => {
    await start({});
    const filter = { ...everything, participants: ['DEU'] };
    const { id } = await one.subscribe({ target: 'https://a.example/', host: 'a.example', filter });
    names.set(id, 'a');
    record(...Array.from({ length: 60 }, () => 'FRA'), 'DEU');
    const { worker, fanOut } = one.notifier;
    await fanOut.run();
    const { timeline } = one.reader;
    const between = timeline.between.bind(timeline);
    timeline.between = function* slowly(...asked) {
      for (const occurrence of between(...asked)) {
        for (const begun = performance.now(); performance.now() - begun < 21;);
        yield occurrence;
      }
    };
    let others = 0;
    const timer = setInterval(() => (others += 1), 1);
    await worker.claim();
    await worker.settled();
    clearInterval(timer);
    expect([told, others > 20]).toStrictEqual([[], true]);
    await worker.claim();
    await worker.settled();
    expect(told).toStrictEqual(['a']);
  });

  it('leaves mail to others where it has no mail server', async () => {
    await start({}, 0);
    const id = await subscribe('mail', 'mission.example', 'mail');
    record('FRA');
    await one.settle();
    expect(await rowOf(id)).toStrictEqual(['active', null, 0]);
    expect(told).toStrictEqual([]);
  });

  it('pauses nobody for a fault of its own, and counts three days from the first of theirs', async () => {
    await start({});
    const id = await subscribe('a', 'a.example');
    record('FRA');
    const failed = { outcome: 'failed', code: null, detail: 'No.', retryAfter: null } as const;
    answer = () => Promise.resolve({ ...failed, isOwnFault: true });
    for (let n = 0; n < 50; n += 1) {
      await one.settle();
      clock.forward(hours(2));
    }
    expect(await rowOf(id)).toStrictEqual(['active', 'register', 50]);
    answer = () => Promise.resolve(failed);
    await one.settle();
    expect(await rowOf(id)).toStrictEqual(['active', null, 51]);
    for (let n = 0; n < 40; n += 1) {
      clock.forward(hours(2));
      await one.settle();
    }
    expect((await rowOf(id)).slice(0, 2)).toStrictEqual(['paused', 'failing']);
  });

  it('shows whom it cannot work out anything for, tries again, and tells all the others', async () => {
    await start({});
    const id = await subscribe('a', 'a.example');
    await subscribe('b', 'b.example');
    await one.settle();
    const asks = (filter: string) =>
      one.database.kysely
        .updateTable('subscriptions')
        .set({ filter })
        .where('id', '=', id)
        .execute();
    await asks('{');
    record('FRA');
    await one.settle();
    expect([told, await rowOf(id)]).toStrictEqual([['b'], ['active', 'register', 1]]);
    await asks(JSON.stringify(everything));
    clock.forward(days(1));
    await one.settle();
    expect([told, await rowOf(id)]).toStrictEqual([
      ['b', 'a'],
      ['active', null, 0],
    ]);
  });
});
