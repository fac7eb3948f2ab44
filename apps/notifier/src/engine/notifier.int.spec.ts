import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, type CalendarDate, type RecordAction } from '#treaty';
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
import { states } from '../../../../test/e2e/register-under-test.ts';
import {
  days,
  everything,
  hours,
  startNotifierUnderTest,
  TestClock,
  type NotifierUnderTest,
} from '../../test/notifier-under-test.ts';
import { ok, startReceiver, type Receiver } from '../../test/receiver.ts';

const today = new Date().toISOString().slice(0, 10) as CalendarDate;
const deposit = (participant: string): RecordAction => ({
  type: 'recordAction',
  treaty,
  participant,
  kind: 'accession',
  date: today,
});

describe.each(kindsUnderTest)('the notifier on %s', (kind) => {
  let place: DatabaseUnderTest;
  let store: LedgerUnderTest;
  let receiver: Receiver;
  let clock: TestClock;
  let open: NotifierUnderTest[] = [];

  const started = async (): Promise<NotifierUnderTest> => {
    const { url, file } = place;
    const one = await startNotifierUnderTest({ ledger: store.another(), url, file, clock });
    open.push(one);
    return one;
  };
  const record = async (...participants: string[]): Promise<void> => {
    for (const participant of participants) {
      const { outcome } = await store.ledger.transact(deposit(participant), { ...meta, today });
      expect([participant, outcome]).toStrictEqual([participant, 'recorded']);
    }
  };
  /** Ids of the deposits in the ledger, in its order. */
  const deposits = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id, event } of store.ledger.read())
      if (event.type === 'actionRecorded') ids.push(id);
    return ids;
  };

  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());
  beforeEach(async () => {
    [place, store] = await Promise.all([databaseUnderTest(kind), startLedgerUnderTest()]);
    clock = new TestClock();
    receiver.received.length = 0;
    receiver.behave(ok);
  }, 600_000);
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    open = [];
    await store.close();
    await place.remove();
  });

  it('tells every subscriber what matches, in order, and writes no row for what does not', async () => {
    const one = await started();
    const all = await one.subscribe({ target: `${receiver.address}/all` });
    const france = await one.subscribe({
      target: `${receiver.address}/france`,
      filter: { ...everything, topics: ['actions'], participants: ['FRA'] },
    });
    await record('DEU', 'FRA', 'ITA');
    await one.settle();
    const ids = await deposits();
    expect(receiver.idsAt('/all')).toStrictEqual(ids);
    expect(receiver.idsAt('/france')).toStrictEqual([ids[1]]);
    const logged = await one.subscriptions.deliveriesOf(france.id);
    expect(logged.map(({ outcome, code }) => [outcome, code])).toStrictEqual([['delivered', 204]]);
    expect((await one.subscriptions.deliveriesOf(all.id)).length).toBe(3);
    expect(one.failures).toStrictEqual([]);
  });

  it('goes on for days while a receiver is down, in order, and skips nothing', async () => {
    const one = await started();
    await one.subscribe({ target: `${receiver.address}/down` });
    receiver.behave((_request, response) => void response.writeHead(503).end(), '/down');
    await record('DEU');
    await one.settle();
    await record('FRA', 'ITA');
    for (let hour = 0; hour < 60; hour += 1) {
      clock.forward(hours(1));
      await one.settle();
    }
    const ids = await deposits();
    const whileDown = receiver.idsAt('/down');
    expect(new Set(whileDown)).toStrictEqual(new Set([ids[0]]));
    expect(whileDown.length).toBeGreaterThan(8);
    receiver.behave(ok, '/down');
    clock.forward(hours(9));
    await one.settle();
    expect(receiver.idsAt('/down').slice(whileDown.length)).toStrictEqual(ids);
  });

  it('pauses a receiver that failed for three days, and goes on from there when resumed', async () => {
    const one = await started();
    const { id } = await one.subscribe({ target: `${receiver.address}/dead` });
    receiver.behave((_request, response) => void response.writeHead(500).end(), '/dead');
    await record('DEU');
    await one.settle();
    for (let hour = 0; hour < 80; hour += 1) {
      clock.forward(hours(1));
      await one.settle();
    }
    expect(one.ended).toStrictEqual(['paused failing']);
    const tries = receiver.idsAt('/dead').length;
    await record('FRA');
    clock.forward(days(10));
    await one.settle();
    expect(receiver.idsAt('/dead').length).toBe(tries);
    receiver.behave(ok, '/dead');
    const fanOut = await one.notifier.store.fanOut();
    await one.subscriptions.activate(id, '', fanOut?.place ?? '');
    await one.settle();
    expect(receiver.idsAt('/dead').slice(tries)).toStrictEqual(await deposits());
  });

  it('stops for good at 410, and waits as long as Retry-After says', async () => {
    const one = await started();
    const gone = await one.subscribe({ target: `${receiver.address}/gone` });
    await one.subscribe({ target: `${receiver.address}/later` });
    receiver.behave((_request, response) => void response.writeHead(410).end(), '/gone');
    receiver.behave(
      (_request, response) => void response.writeHead(429, { 'Retry-After': '7200' }).end(),
      '/later',
    );
    await record('DEU');
    await one.settle();
    receiver.behave(ok);
    receiver.behave(ok, '/gone');
    receiver.behave(ok, '/later');
    clock.forward(hours(1.9));
    await one.settle();
    expect(receiver.idsAt('/later').length).toBe(1);
    clock.forward(hours(0.2));
    await one.settle();
    expect(receiver.idsAt('/later').length).toBe(2);
    await record('FRA');
    await one.settle();
    expect(receiver.idsAt('/gone').length).toBe(1);
    expect((await one.subscriptions.find(gone.id))?.state).toBe('stopped');
  });

  it('tries again after a slow answer, a line cut in the middle, and a redirect', async () => {
    const one = await started();
    for (const path of ['slow', 'cut', 'redirect'])
      await one.subscribe({ target: `${receiver.address}/${path}` });
    receiver.behave((_request, response) => void response.writeHead(200).write('...'), '/slow');
    receiver.behave((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('only this');
      setImmediate(() => response.destroy());
    }, '/cut');
    receiver.behave(
      (_request, response) =>
        void response.writeHead(302, { Location: `${receiver.address}/elsewhere` }).end(),
      '/redirect',
    );
    await record('DEU', 'FRA');
    await one.settle();
    const ids = await deposits();
    for (const path of ['/slow', '/cut', '/redirect']) {
      expect([path, receiver.idsAt(path)]).toStrictEqual([path, [ids[0]]]);
      receiver.behave(ok, path);
    }
    clock.forward(hours(1));
    await one.settle();
    for (const path of ['/slow', '/cut', '/redirect'])
      expect([path, receiver.idsAt(path)]).toStrictEqual([path, [ids[0], ...ids]]);
    expect(receiver.idsAt('/elsewhere')).toStrictEqual([]);
  });

  it('tells thresholds once: counts, entry into force and signature in so many days, also after downtime', async () => {
    const first = await started();
    const thresholds = {
      ...everything,
      topics: [],
      treaties: [treaty],
      counts: [2, 39, 40],
      inForceInDays: [90, 30, 0],
      signatureClosesInDays: [30, 7],
    };
    await first.subscribe({ target: `${receiver.address}/thresholds`, filter: thresholds });
    const told = () =>
      receiver.received.map(({ body }) => {
        const { type, data } = JSON.parse(body);
        return data.count === undefined
          ? [data.near.what, data.near.date, data.near.days]
          : [type, data.count.before, data.count.after, data.count.required];
      });
    await record(...states.slice(0, 39));
    await first.settle();
    const count = 'treaty-ledger.count.changed.v1';
    const early = [
      [count, 1, 2, 40],
      [count, 38, 39, 40],
    ];
    expect(told()).toStrictEqual(early);
    await record(...states.slice(39, 41));
    await first.settle();
    const inForce = addDays(today, 90);
    const fortieth = [
      [count, 39, 40, 40],
      ['entry-into-force', inForce, 90],
    ];
    expect(told()).toStrictEqual([...early, ...fortieth]);
    // The notifier is away for 40 days; another one takes over and tells what those days brought.
    await first.close();
    open = [];
    clock.forward(days(40));
    const second = await started();
    await second.settle();
    clock.forward(days(60));
    await second.settle();
    await second.settle();
    const closing = (before: number) => ['signature-closes', '2026-12-31', before];
    const left = Math.round((Date.parse('2026-12-31') - Date.parse(today)) / 86_400_000);
    expect(told()).toStrictEqual([
      ...early,
      ...fortieth,
      ...(left > 30 ? [closing(30)] : []),
      ...(left > 7 ? [closing(7)] : []),
      ['entry-into-force', inForce, 30],
      ['entry-into-force', inForce, 0],
    ]);
    const ids = receiver.idsAt('/thresholds');
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('tells a correction to whom the first record was told, and refers to it', async () => {
    const one = await started();
    const only = (participant: string) => ({ ...everything, participants: [participant] });
    await one.subscribe({ target: `${receiver.address}/fra`, filter: only('FRA') });
    await one.subscribe({ target: `${receiver.address}/deu`, filter: only('DEU') });
    const recorded = await store.ledger.transact(deposit('FRA'), { ...meta, today });
    const action = 'action' in recorded ? (recorded.action ?? '') : '';
    const changes = { participant: 'DEU' };
    const reason = 'The instrument was the other one.';
    await store.ledger.transact(
      { type: 'correctAction', treaty, action, changes, reason },
      { ...meta, today },
    );
    await one.settle();
    const [first] = await deposits();
    const refersTo = (path: string) =>
      receiver.received
        .filter((request) => request.path === path)
        .map(({ body }) => JSON.parse(body).data.refersTo ?? null);
    expect(refersTo('/fra')).toStrictEqual([null, first]);
    expect(refersTo('/deu')).toStrictEqual([first]);
  });

  it('shares the work among processes, and takes over from one that died', async () => {
    const [one, other] = await Promise.all([started(), started()]);
    for (let n = 0; n < 40; n += 1)
      await one.subscribe({ target: `${receiver.address}/s${n}`, host: `h${n}` });
    await record('DEU', 'FRA', 'ITA');
    // Leased by a process that then did nothing more.
    await Promise.all([one.reader.somethingAfter('0', 100), other.settle()]);
    await record('ESP');
    await one.settle();
    const now = clock.now();
    await one.notifier.store.claim('dead', {
      now,
      until: now + 60_000,
      limit: 5,
      lane: 'quick',
    });
    await Promise.all([one.settle(), other.settle()]);
    clock.forward(61_000);
    await Promise.all([one.settle(), other.settle()]);
    const ids = await deposits();
    for (let n = 0; n < 40; n += 1) expect([n, receiver.idsAt(`/s${n}`)]).toStrictEqual([n, ids]);
    expect([...one.failures, ...other.failures]).toStrictEqual([]);
  });

  it('lets nobody write who lost the lease', async () => {
    const one = await started();
    const { id } = await one.subscribe({ target: `${receiver.address}/fenced` });
    const goBack = async (): Promise<void> => {
      const upTo = (await one.notifier.store.fanOut())?.place ?? '';
      await one.subscriptions.replay(id, '', upTo);
    };
    receiver.behave((_request, response) => {
      receiver.behave(ok, '/fenced');
      void goBack().then(() => response.writeHead(204).end());
    }, '/fenced');
    await record('DEU');
    await one.settle();
    // The first answer came after the replay began, so it moved nothing: all of the ledger is told.
    const everyEvent: string[] = [];
    for await (const { id: event } of store.ledger.read()) everyEvent.push(event);
    const [last] = everyEvent.slice(-1);
    expect(receiver.idsAt('/fenced')).toStrictEqual([last, ...everyEvent]);
  });
});
