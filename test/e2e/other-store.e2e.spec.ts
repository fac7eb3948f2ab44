import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startServerProcess } from '../../libs/embedded-eventstore/test/server-process.ts';
import { startRegister } from './processes.ts';
import { tokenFrom } from './register-under-test.ts';

const store = mkdtempSync(join(tmpdir(), 'treaty-ledger-store-'));
const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-beside-'));
afterAll(() => {
  for (const made of [store, folder]) rmSync(made, { recursive: true, force: true });
});

const deposit = async (address: string, participant: string): Promise<Response> =>
  fetch(`${address}/depositary/treaties/XVIII-16/actions`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': `deposit-${participant}`,
      Authorization: `Bearer ${await tokenFrom(address)}`,
    },
    body: JSON.stringify({ kind: 'ratification', participant, date: '2026-11-02' }),
  });

const totals = async (address: string): Promise<unknown> => {
  const response = await fetch(`${address}/treaties/XVIII-16/status`);
  return ((await response.json()) as { totals: unknown }).totals;
};

/** Asks until the answer is not 503, as Retry-After tells a client to; gives up after 20 s. */
async function patiently(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; ; tries += 1) {
    const response = await ask();
    if (response.status !== 503 || tries === 80) return response;
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

describe('with EVENTSTORE_URL', () => {
  it('works on that store, answers 503 while it is away, and goes on where it was', async () => {
    let server = await startServerProcess(store);
    const port = Number(new URL(server.connectionString).port);
    const register = await startRegister(folder, { EVENTSTORE_URL: server.connectionString });
    expect(register.output()).toMatch(/EventStoreDB of EVENTSTORE_URL/);
    expect(await totals(register.address)).toStrictEqual({
      signatories: 73,
      contractingStates: 0,
      parties: 0,
    });
    expect((await deposit(register.address, 'FRA')).status).toBe(201);

    await server.end('SIGKILL');
    const away = await deposit(register.address, 'BRA');
    expect(away.status).toBe(503);
    expect(away.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(away.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    // Reading goes on from what is folded: the register is behind, not wrong.
    expect(await totals(register.address)).toStrictEqual({
      signatories: 73,
      contractingStates: 1,
      parties: 0,
    });

    server = await startServerProcess(store, { port });
    const back = await patiently(() => deposit(register.address, 'BRA'));
    expect([200, 201]).toContain(back.status);
    const again = await deposit(register.address, 'BRA');
    expect([again.status, ((await again.json()) as { replayed: boolean }).replayed]).toStrictEqual([
      200,
      true,
    ]);
    const { position } = (await back.json()) as { position: string };
    const status = await patiently(() =>
      fetch(`${register.address}/treaties/XVIII-16/status?atLeast=${position}`),
    );
    expect(((await status.json()) as { totals: unknown }).totals).toStrictEqual({
      signatories: 73,
      contractingStates: 2,
      parties: 0,
    });
    register.kill('SIGTERM');
    expect((await register.ended).code).toBe(0);
    await server.end('SIGTERM');
    expect(readdirSync(folder)).not.toContain('eventstore');
  }, 600_000);
});
