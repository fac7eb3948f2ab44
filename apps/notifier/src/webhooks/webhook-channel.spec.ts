import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { MachineClock } from '../clock.ts';
import { Sealing } from '../secrets/sealing.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { LedgerInMemory } from '../../test/timeline-under-test.ts';
import { newSecret } from './mac.ts';
import { TargetGuard } from './target-guard.ts';
import { WebhookChannel } from './webhook-channel.ts';
import { WebhookClient } from './webhook-client.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

class CountingSealing extends Sealing {
  opened = 0;

  override open(sealed: string, use: string): string {
    this.opened += 1;
    return super.open(sealed, use);
  }
}

it('holds an opened address for a minute, because another process may have erased it', async () => {
  const sealing = new CountingSealing([randomBytes(32)]);
  const guard = new TargetGuard({ ports: [], allowLoopback: true }, () => Promise.resolve([]));
  const client = new WebhookClient(guard);
  client.post = () => Promise.resolve({ status: 204, retryAfter: undefined, body: '' });
  const timeline = new LedgerInMemory().timeline();
  const channel = new WebhookChannel({
    timeline,
    states: () => timeline.states,
    clock: new MachineClock('UTC'),
    guard,
    client,
    sealing,
    source: () => 'https://treaties.example',
    failed: () => undefined,
  });
  const secrets = { scheme: 'v1', current: newSecret('v1'), previous: null, previousUntil: 0 };
  const row = {
    id: 'a',
    target: sealing.seal('https://a.example/', 'a target'),
    secrets: sealing.seal(JSON.stringify(secrets), 'a secrets'),
  } as SubscriberRow;
  for (let n = 0; n < 3; n += 1) await channel.send(row, 'event', '{}');
  expect(sealing.opened).toBe(2);
  jest.advanceTimersByTime(60_000);
  await channel.send(row, 'event', '{}');
  expect(sealing.opened).toBe(4);
  jest.useRealTimers();
  await client.close();
});
