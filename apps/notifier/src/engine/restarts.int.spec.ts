import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '#treaty';
import {
  databaseUnderTest,
  kindsUnderTest,
  type DatabaseUnderTest,
} from '../../../../libs/database/test/databases-under-test.ts';
import {
  meta,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from '../../../../libs/ledger/test/ledger-under-test.ts';
import {
  days,
  hours,
  startNotifierUnderTest,
  TestClock,
  testKey,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import { startReceiver, type Receiver } from '../../test/receiver.ts';
import type { Answer, Channel } from './channel.ts';
import { Sealing } from '../secrets/sealing.ts';
import { Subscriptions } from '../subscribers/subscriptions.ts';

const today = new Date().toISOString().slice(0, 10) as CalendarDate;

describe.each(kindsUnderTest)('over time, the notifier on %s', (kind) => {
  let place: DatabaseUnderTest;
  let store: LedgerUnderTest;
  let receiver: Receiver;
  let clock: TestClock;
  let one: NotifierUnderTest;
  /** What mail was sent: the ids in each message. */
  const mails: string[][] = [];
  let mailAnswer: Answer = { outcome: 'delivered', code: 250 };
  const mail: Channel = {
    deliver(_subscriber, occurrences) {
      mails.push(occurrences.map(({ id }) => id));
      return Promise.resolve(mailAnswer);
    },
  };

  beforeEach(async () => {
    [place, store, receiver] = await Promise.all([
      databaseUnderTest(kind),
      startLedgerUnderTest(),
      startReceiver(),
    ]);
    clock = new TestClock();
    mails.length = 0;
    mailAnswer = { outcome: 'delivered', code: 250 };
    const { url, file } = place;
    one = await startNotifierUnderTest({ ledger: store.another(), url, file, clock, mail });
  }, 600_000);
  afterEach(async () => {
    await one.close();
    await Promise.all([store.close(), receiver.close()]);
    await place.remove();
  });

  const record = (participant: string) =>
    store.ledger.transact(
      { type: 'recordAction', treaty, participant, kind: 'accession', date: today },
      { ...meta, today },
    );
  const deposits = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id, event } of store.ledger.read())
      if (event.type === 'actionRecorded') ids.push(id);
    return ids;
  };

  it('goes on when the store goes away and comes back', async () => {
    await one.subscribe({ target: `${receiver.address}/restarts` });
    await record('DEU');
    await one.settle();
    await store.stopStore();
    await one.notifier.runOnce();
    await store.startStore();
    await record('FRA');
    for (let tries = 0; receiver.received.length < 2 && tries < 100; tries += 1) {
      await one.reader.somethingAfter(one.reader.timeline.position, 100);
      await one.notifier.runOnce();
    }
    expect(receiver.idsAt('/restarts')).toStrictEqual(await deposits());
  }, 600_000);

  it('puts a day into one message, and one that failed is the same message again', async () => {
    const reader = {
      channel: 'mail',
      target: 'reader@mission.example',
      host: 'mission.example',
    } as const;
    await one.subscribe({ ...reader, rhythm: 'daily', timeZone: 'Pacific/Auckland' });
    await one.subscribe({ ...reader, rhythm: 'weekly' });
    await record('DEU');
    await record('FRA');
    await one.settle();
    expect(mails).toStrictEqual([]);
    mailAnswer = { outcome: 'failed', code: 451, detail: 'Later.', retryAfter: null };
    clock.forward(days(1));
    await one.settle();
    const both = await deposits();
    expect(mails[0]).toStrictEqual(both);
    const sent = mails.length;
    mailAnswer = { outcome: 'delivered', code: 250 };
    clock.forward(hours(1));
    await one.settle();
    expect(mails[sent]).toStrictEqual(both);
    await record('ITA');
    await one.settle();
    clock.forward(days(8));
    await one.settle();
    const [, , italy] = await deposits();
    // The daily one gets what came since; the weekly one gets all of it, in one message or two.
    expect(mails.flat().filter((id) => id === italy).length).toBe(2);
    const rows = await one.database.kysely.selectFrom('subscribers').selectAll().execute();
    expect(rows.map((row) => row.due_at)).toStrictEqual([null, null]);
  });

  it('leaves what came after the hour of a digest to the next one, also when it looks in between', async () => {
    const { id } = await one.subscribe({
      channel: 'mail',
      target: 'reader@mission.example',
      host: 'mission.example',
      rhythm: 'daily',
    });
    await record('DEU');
    await one.settle();
    const fanOut = await one.notifier.store.fanOut();
    // As staff do when they send again: it is due at once, and nothing lies before the last digest's hour.
    await one.subscriptions.replay(id, '', fanOut?.place ?? '');
    await one.settle();
    expect(mails.flat()).not.toContain((await deposits())[0]);
    clock.forward(days(1));
    await one.settle();
    expect(mails.flat()).toContain((await deposits())[0]);
  });

  it('pauses an address that a mail server refuses for good', async () => {
    mailAnswer = { outcome: 'gone', code: 550, detail: 'No.', state: 'paused', reason: 'bounced' };
    const { id } = await one.subscribe({
      channel: 'mail',
      target: 'gone@mission.example',
      host: 'm',
    });
    await record('DEU');
    await one.settle();
    clock.forward(days(2));
    await one.settle();
    expect(mails.length).toBe(1);
    const row = await one.subscriptions.find(id);
    expect([row?.state, row?.reason]).toStrictEqual(['paused', 'bounced']);
  });

  it('seals with a new key what an old one sealed, and then does without the old one', async () => {
    const target = `${receiver.address}/sealed`;
    const { id } = await one.subscribe({ target });
    const next = randomBytes(32);
    const both = new Subscriptions(one.database, new Sealing([next, testKey]), clock);
    expect([await both.resealAll(), await both.resealAll()]).toStrictEqual([1, 0]);
    const alone = new Subscriptions(one.database, new Sealing([next]), clock);
    const row = await alone.find(id);
    expect(row === undefined ? null : alone.targetOf(row)).toBe(target);
    expect(() => (row === undefined ? null : one.subscriptions.targetOf(row))).toThrow(
      /sealed with the key .* which SECRETS_KEY does not hold/,
    );
    if (kind === 'sqlite') {
      const folder = dirname(place.file);
      const clear = readdirSync(folder).filter((name) =>
        readFileSync(join(folder, name)).includes(target),
      );
      expect(clear).toStrictEqual([]);
    }
  });
});
