import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { startRegister } from './processes.ts';
import { tokenFrom } from './register-under-test.ts';

const folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm start', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'the development provider in production',
      { NODE_ENV: 'production' },
      /The start stopped: OIDC_ISSUER must be set when NODE_ENV is production/,
    ],
    [
      'the development provider beyond this machine',
      { HOST: '0.0.0.0' },
      /The start stopped: HOST must be a loopback address .* without OIDC_ISSUER/,
    ],
  ])('refuses %s, and leaves nothing behind', async (_what, settings, sentence) => {
    const place = join(folder, 'refused');
    await expect(startRegister(place, settings)).rejects.toThrow(sentence);
    expect(readdirSync(folder)).not.toContain('refused');
  });

  it('says how to sign in and how to get a token, and keeps its keys to itself over a restart', async () => {
    const keys = join(folder, 'development-provider.json');
    const held: string[] = [];
    for (let starts = 0; starts < 2; starts += 1) {
      const register = await startRegister(folder, { NODE_ENV: 'development' });
      expect(await tokenFrom(register.address)).toMatch(/^ey/);
      const { address } = register;
      register.kill('SIGTERM');
      const { code, output } = await register.ended;
      expect(code).toBe(0);
      expect(output).toContain(`${address}/sign-in (development provider: choose who you are)`);
      expect(output).toContain(
        `curl -u administrator:development ${address}/development-provider/token -d grant_type=client_credentials`,
      );
      expect(output).not.toMatch(/WARNING|NOTICE/);
      held.push(readFileSync(keys, 'utf8'));
      expect(statSync(keys).mode & 0o777).toBe(0o600);
    }
    expect(held[1]).toBe(held[0]);
  }, 600_000);
});
