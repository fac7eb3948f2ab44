import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startRegister } from './processes.ts';
import { states, tokenFrom } from './register-under-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-crash-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rounds = 6;
const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
/** Deterministic for a seed, so that a failing round can be run again. */
const momentOf = (round: number): number => ((seed * 7919 + round * 104_729) % 90) + 5;

interface Held {
  readonly action: string;
  readonly kind: string;
  readonly participant: string;
}

interface Told {
  readonly participant: string;
  readonly action: string;
}

describe(`kill -9 of the register while officers record (CRASH_SEED=${seed})`, () => {
  it('loses nothing that was acknowledged, and records nothing twice', async () => {
    const acknowledged: Told[] = [];
    const deposits = states.map((participant) => ({ participant, date: '2026-11-02' }));
    let next = 0;
    for (let round = 0; round < rounds; round += 1) {
      const register = await startRegister(folder);
      const token = await tokenFrom(register.address);
      const mine = deposits.slice(next, next + 7);
      next += 7;
      const sent = mine.map(async ({ participant, date }) => {
        const kinds = ['ratification', 'accession'];
        for (const kind of kinds) {
          const response = await fetch(`${register.address}/depositary/treaties/XVIII-16/actions`, {
            method: 'POST',
            headers: {
              'Content-Type': 'application/json',
              'Idempotency-Key': `${participant}-1`,
              Authorization: `Bearer ${token}`,
            },
            body: JSON.stringify({ kind, participant, date }),
          }).catch(() => null);
          if (response === null) return;
          const body = (await response.json().catch(() => null)) as { action?: string } | null;
          if (response.status === 201 && body?.action !== undefined)
            acknowledged.push({ participant, action: body.action });
          if (response.status === 201) return;
        }
      });
      await new Promise((resolve) => setTimeout(resolve, momentOf(round)));
      register.kill('SIGKILL');
      expect((await register.ended).signal).toBe('SIGKILL');
      await Promise.all(sent);
    }

    const register = await startRegister(folder);
    const response = await fetch(`${register.address}/treaties/XVIII-16/actions?limit=1000`);
    const { actions } = (await response.json()) as { actions: Held[] };
    register.kill('SIGTERM');
    expect((await register.ended).code).toBe(0);
    const held = new Set(actions.map(({ action }) => action));
    expect(acknowledged.filter(({ action }) => !held.has(action))).toStrictEqual([]);
    const deposited = actions.filter(({ kind }) => kind !== 'signature');
    const depositors = deposited.map(({ participant }) => participant);
    expect(depositors).toStrictEqual([...new Set(depositors)]);
    expect(depositors.length).toBeGreaterThanOrEqual(acknowledged.length);
    expect(actions.length - deposited.length).toBe(73);
  }, 600_000);
});
