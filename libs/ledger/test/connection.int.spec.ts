import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerUnavailable } from '../src/index.ts';
import {
  contents,
  meta,
  signature,
  startLedgerUnderTest,
  treaty,
  type LedgerUnderTest,
} from './ledger-under-test.ts';

let under: LedgerUnderTest;
beforeAll(async () => {
  under = await startLedgerUnderTest();
});
afterAll(() => under.close());

const until = async (what: string, condition: () => boolean): Promise<void> => {
  for (let waited = 0; !condition(); waited += 20) {
    if (waited > 20_000) throw new Error(`waited for ever for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe('streams of others in the same store', () => {
  it('are passed over, whatever their names begin with', async () => {
    const before = await contents(under.ledger);
    const client = EventStoreDBClient.connectionString(under.connectionString);
    const event = () => jsonEvent({ type: 'somebody-elses', data: {} });
    for (const stream of ['participants-of-a-race', 'participantsOld', 'orders-1', '$$orders-1'])
      await client.appendToStream(stream, event());
    await client.dispose();
    expect(await contents(under.ledger)).toStrictEqual(before);
    const seen: string[] = [];
    const faults: string[] = [];
    let caughtUp = false;
    const following = under.ledger.follow(null, {
      onEvent: ({ stream }) => seen.push(stream),
      onCaughtUp: () => (caughtUp = true),
      onError: (error) => faults.push(error.message),
    });
    await until('all of it', () => caughtUp || faults.length > 0);
    await following.stop();
    expect(faults).toStrictEqual([]);
    expect(seen).toHaveLength(before.length);
  });
});

describe('while the store is away', () => {
  it('a command says so with when to come back, records nothing, and succeeds when it is back', async () => {
    const before = await contents(under.ledger);
    await under.stopStore();
    const failed = await under.ledger.transact(signature('AUS'), meta).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(LedgerUnavailable);
    expect((failed as LedgerUnavailable).retryAfterSeconds).toBeGreaterThan(0);
    expect(under.ledger.health()).toMatchObject({ connected: false });
    await under.startStore();
    expect(await contents(under.ledger)).toStrictEqual(before);
    expect(await under.ledger.transact(signature('AUS'), meta)).toMatchObject({
      outcome: 'recorded',
    });
    expect(under.ledger.health()).toStrictEqual({ connected: true, lastError: null });
  });

  it('a reader notices, and goes on where it was: no event twice, none left out', async () => {
    const seen: string[] = [];
    const happened: string[] = [];
    let caughtUp = 0;
    const following = under.ledger.follow(null, {
      onEvent: ({ stream, revision }) => seen.push(`${stream}@${revision}`),
      onCaughtUp: () => (caughtUp += 1),
      onDisconnected: () => happened.push('disconnected'),
      onError: (error) => happened.push(error.message),
    });
    await until('the first events', () => caughtUp === 1);
    for (const code of ['AUT', 'AZE']) await under.ledger.transact(signature(code), meta);
    await under.stopStore();
    await until('the loss', () => happened.includes('disconnected'));
    expect(under.ledger.health().connected).toBe(false);
    await under.startStore();
    const other = under.another();
    for (const code of ['BLR', 'BEL']) await other.transact(signature(code), meta);
    await until('the rest', () => seen.includes(`treaty-${treaty}@5`));
    expect(under.ledger.health().connected).toBe(true);
    await following.stop();
    const all = (await contents(under.ledger)).map((line) => line.split(' ')[0]);
    expect(seen).toStrictEqual(all);
    expect(new Set(happened)).toStrictEqual(new Set(['disconnected']));
  });
});

describe('another store at the same address', () => {
  it('is noticed by a reader, which stops and says so', async () => {
    const replaced = await startLedgerUnderTest();
    try {
      await replaced.ledger.transact(signature('AUS'), meta);
      const faults: Error[] = [];
      let caughtUp = false;
      const following = replaced.ledger.follow(null, {
        onEvent: () => undefined,
        onCaughtUp: () => (caughtUp = true),
        onError: (error) => faults.push(error),
      });
      await until('the first events', () => caughtUp);
      await replaced.stopStore();
      await rm(join(replaced.folder, 'store'), { recursive: true });
      await replaced.startStore();
      await until('the fault', () => faults.length > 0);
      await following.stop();
      expect(faults.map(({ name, message }) => [name, message])).toStrictEqual([
        ['StoreReplaced', expect.stringMatching(/position \d+ .* another store or an older copy/)],
      ]);
    } finally {
      await replaced.close();
    }
  });
});
