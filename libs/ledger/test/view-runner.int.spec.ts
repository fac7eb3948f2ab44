import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ViewRunner, type RunnableView } from '../src/index.ts';
import {
  meta,
  seenView,
  signature,
  startLedgerUnderTest,
  type LedgerUnderTest,
} from './ledger-under-test.ts';

let under: LedgerUnderTest;
let snapshotFile: string;
const runners: ViewRunner[] = [];
beforeAll(async () => {
  under = await startLedgerUnderTest();
  snapshotFile = join(under.folder, 'views.snapshot');
});
afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));
afterAll(() => under.close());

const run = async (view: RunnableView<string[]>, file: string = snapshotFile) => {
  const runner = new ViewRunner(under.ledger, [view], { snapshotFile: file });
  runners.push(runner);
  runner.start();
  await runner.ready;
  return { runner, seen: runner.stateOf(view) };
};
const allIds = async (): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id } of under.ledger.read()) ids.push(id);
  return ids;
};
const codes = ['AUS', 'AUT', 'AZE', 'BLR', 'BEL', 'BRA', 'BRN', 'BFA', 'KHM', 'CHL'];
const record = async (): Promise<string> => {
  const result = await under.ledger.transact(signature(codes.shift()!), meta);
  if (result.outcome !== 'recorded') throw new Error(result.outcome);
  return result.position!;
};

describe('the runner of views', () => {
  it('applies the whole ledger, then what is recorded, and tells when a position is reached', async () => {
    const { runner, seen } = await run(seenView());
    expect(runner.health()).toMatchObject({ state: 'live', startedFrom: 'beginning', error: null });
    expect(seen).toStrictEqual(await allIds());
    const position = await record();
    expect(await runner.waitFor(position, 5000)).toBe(true);
    expect(seen).toStrictEqual(await allIds());
    expect(runner.position).toBe(position);
    expect(await runner.waitFor(String(BigInt(position) + 1n), 30)).toBe(false);
  });

  it('goes on from its snapshot with only what came after', async () => {
    const stopped = (await run(seenView())).runner;
    await stopped.stop();
    await record();
    const { runner, seen } = await run(seenView());
    expect(runner.health()).toMatchObject({ startedFrom: 'snapshot', eventsApplied: 1 });
    expect(seen).toStrictEqual(await allIds());
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -5)],
    ['changed in one letter', (text: string) => text.replace('"position":"', '"position":"1')],
    ['empty', () => ''],
    ['something else', () => 'not a snapshot\n{}'],
  ])('reads the ledger from its beginning when the snapshot is %s', async (_how, damage) => {
    await (await run(seenView())).runner.stop();
    writeFileSync(snapshotFile, damage(readFileSync(snapshotFile, 'utf8')));
    const { runner, seen } = await run(seenView());
    expect(runner.health().startedFrom).toBe('beginning');
    expect(seen).toStrictEqual(await allIds());
  });

  it('does not use the snapshot of an older fold', async () => {
    await (await run(seenView(1))).runner.stop();
    const { runner, seen } = await run(seenView(2));
    expect(runner.health().startedFrom).toBe('beginning');
    expect(seen).toStrictEqual(await allIds());
  });

  it('does not use the snapshot of another ledger', async () => {
    const other = await startLedgerUnderTest();
    try {
      const view = seenView();
      const elsewhere = new ViewRunner(other.ledger, [view], { snapshotFile });
      elsewhere.start();
      await elsewhere.ready;
      await elsewhere.stop();
    } finally {
      await other.close();
    }
    const { runner, seen } = await run(seenView());
    expect(runner.health().startedFrom).toBe('beginning');
    expect(seen).toStrictEqual(await allIds());
  });

  it('is not stopped by a snapshot it cannot write', async () => {
    writeFileSync(join(under.folder, 'a-file'), '');
    const { runner } = await run(seenView(), join(under.folder, 'a-file', 'views.snapshot'));
    await runner.stop();
    expect(runner.health()).toMatchObject({ state: 'stopped', error: null });
  });

  it('stops at an event it cannot apply, with the reason', async () => {
    const failing: RunnableView<string[]> = {
      ...seenView(),
      apply: () => {
        throw new Error('the fold is wrong');
      },
    };
    const runner = new ViewRunner(under.ledger, [failing], {});
    runners.push(runner);
    runner.start();
    await expect(runner.ready).rejects.toThrow('the fold is wrong');
    expect(runner.health()).toMatchObject({ state: 'stopped', error: 'the fold is wrong' });
    expect(await runner.waitFor('0', 1000)).toBe(false);
  });

  // The last: after it the ledger of this suite cannot be read.
  it('stops at an event nobody knows, names it, and skips nothing', async () => {
    const { runner, seen } = await run(seenView());
    const before = [...seen];
    const client = EventStoreDBClient.connectionString(under.connectionString);
    await client.appendToStream('treaty-XVIII-16', [
      jsonEvent({ type: 'from-the-future.v9', data: { anything: 1 } }),
    ]);
    for (let waited = 0; runner.health().state !== 'stopped' && waited < 5000; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(runner.health()).toMatchObject({
      state: 'stopped',
      error: expect.stringMatching(
        /^treaty-XVIII-16@\d+ holds an event named "from-the-future.v9", which this version doesn't know; use the version that wrote it, or a newer one\.$/,
      ),
    });
    expect(seen).toStrictEqual(before);
    await client.dispose();
    await expect(under.ledger.transact(signature('FRA'), meta)).rejects.toThrow(
      'from-the-future.v9',
    );
  });
});
