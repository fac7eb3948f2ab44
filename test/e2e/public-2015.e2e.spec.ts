import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { ledgerCommand, startRegister } from './processes.ts';

const shared = fileURLToPath(new URL('../../../shared/data/untc-2015.csv', import.meta.url));

describe('search, feeds and calendars over the status tables of March 2015', () => {
  if (!existsSync(shared)) {
    it.skip(`are not tried: ${shared} is not there`, () => undefined);
    return;
  }
  let folder = '';
  let register: Awaited<ReturnType<typeof startRegister>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-2015-'));
    const report = join(folder, 'report.csv');
    const imported = await ledgerCommand(folder, 'import', shared, '--report', report).ended;
    expect(imported.code).toBe(0);
    register = await startRegister(folder);
  }, 600_000);
  afterAll(async () => {
    register.kill('SIGTERM');
    await register.ended;
    rmSync(folder, { recursive: true, force: true });
  });
  const get = async (path: string): Promise<any> => {
    const response = await fetch(register.address + path);
    expect([path, response.status]).toStrictEqual([path, 200]);
    const text = await response.text();
    return /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
  };

  it('find a treaty by its words and a State by its name of 1991', async () => {
    const { results } = await get('/search?q=climte%20change&kind=treaty');
    expect(results[0].title).toContain('Climate Change');
    const { suggestions } = await get('/search/suggestions?q=czechoslov');
    expect(suggestions[0].key).toBe('CSK');
  });

  it('go through all that one State did, each record once, in pages of a feed', async () => {
    const seen: string[] = [];
    let path: string | null = '/participants/CYP.json?limit=100';
    while (path !== null) {
      const feed: any = await get(path);
      seen.push(...feed.items.map((item: any) => item.id));
      path = feed.next_url === undefined ? null : feed.next_url.slice(register.address.length);
    }
    expect(new Set(seen).size).toBe(seen.length);
    let recorded = 0;
    const { treaties } = await get('/participants/CYP');
    for (const { treaty } of treaties) {
      const { actions } = await get(`/treaties/${treaty}/participants/CYP`);
      recorded += actions.length;
    }
    expect(seen).toHaveLength(recorded);
  });

  it('have the latest of all treaties in the feed of the register, newest first', async () => {
    const feed = await get('/actions.json?limit=100');
    const positions = feed.items.map((item: any) => BigInt(item['_treaty_ledger'].position));
    expect(positions).toStrictEqual(
      positions.toSorted((a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0)),
    );
    const next = await get(feed.next_url.slice(register.address.length));
    expect(BigInt(next.items[0]['_treaty_ledger'].position)).toBeLessThan(positions.at(-1));
  });

  it('make a calendar of the whole register that another program reads', async () => {
    const component = new ICAL.Component(ICAL.parse(await get('/calendar.ics')));
    const days = component
      .getAllSubcomponents('vevent')
      .map((event) => String(event.getFirstPropertyValue('dtstart')));
    expect(days).toContain('2026-12-31');
    expect(days).toStrictEqual(days.toSorted());
  });
});
