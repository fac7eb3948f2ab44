import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { ledgerCommand, startRegister } from './processes.ts';

const table = fileURLToPath(new URL('./uncac-2015.csv', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/data/untc-2015.csv', import.meta.url));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'treaty-ledger-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = (): Record<string, string>[] =>
  parse(readFileSync(join(folder, 'report.csv'), 'utf8'), { columns: true });
const run = (file: string, ...more: string[]) =>
  ledgerCommand(folder, 'import', file, '--report', join(folder, 'report.csv'), ...more).ended;
const verdicts = (): string[] =>
  report().map(({ line, outcome, reason }) => `${line} ${outcome} ${reason}`.trim());
const get = async (address: string, path: string): Promise<any> =>
  (await fetch(address + path)).json();

const unreadable = [
  '10 refused unknown-participant',
  '11 refused invalid-date',
  '12 refused unknown-action-word',
  '13 refused malformed-row',
];

describe('ledger import', () => {
  it('records in the order of the legal dates and reports on every row; a second run adds nothing', async () => {
    expect((await run(table)).code).toBe(0);
    expect(verdicts()).toStrictEqual([
      '2 recorded',
      '3 recorded',
      '4 recorded',
      '5 recorded',
      '6 recorded',
      '7 recorded',
      // Serbia ratified; the table says accession, which the rules speak against for a signatory.
      '8 recorded accession-by-signatory',
      '9 recorded',
      ...unreadable,
    ]);
    expect(report()[9]?.['sentence']).toContain('"2005-02-30"');

    expect((await run(table)).code).toBe(0);
    expect(verdicts().slice(0, 8)).toStrictEqual(
      [2, 3, 4, 5, 6, 7, 8, 9].map((line) => `${line} already-known`),
    );
    const verified = await ledgerCommand(folder, 'verify').ended;
    expect([verified.code, verified.output]).toStrictEqual([
      0,
      expect.stringContaining('2 treaties with 81 actions'),
    ]);
  }, 600_000);

  it('--strict refuses what the rules speak against; --dry-run records nothing', async () => {
    expect((await run(table, '--dry-run', '--strict')).code).toBe(0);
    const rehearsed = verdicts();
    expect(rehearsed[6]).toBe('8 refused accession-by-signatory');
    expect((await run(table, '--strict')).code).toBe(0);
    expect(verdicts()).toStrictEqual(rehearsed);
  }, 600_000);

  it('works beside a running register, which shows the rows at once', async () => {
    const register = await startRegister(folder);
    expect((await run(table)).code).toBe(0);
    const status = await get(register.address, '/treaties/XVIII-14/status?asOf=2003-12-31');
    expect(status.totals).toMatchObject({ signatories: 2, contractingStates: 1 });
    const { actions } = await get(register.address, '/treaties/XVIII-14/actions?limit=100');
    expect(
      actions.find((one: any) => one.participant === 'SRB' && one.kind === 'accession').override,
    ).toStrictEqual({
      reason: 'Imported from uncac-2015.csv',
      refusals: ['accession-by-signatory'],
    });
    register.kill('SIGTERM');
    expect((await register.ended).code).toBe(0);
  }, 600_000);

  it('says in one sentence what is wrong with a file, and records nothing', async () => {
    const missing = await run(join(folder, 'none.csv'));
    expect([missing.code, missing.output]).toStrictEqual([
      2,
      expect.stringMatching(/^There is no file .*none\.csv; give the path of a CSV file\.\n$/),
    ]);
    const other = await run(fileURLToPath(new URL('../../.prettierignore', import.meta.url)));
    expect(other.code).toBe(2);
    expect(other.output).toMatch(/has no column/);
    expect(existsSync(join(folder, 'eventstore'))).toBe(false);
  }, 600_000);

  it('exports a table that imports to the same ledger; rebuild folds to the same views', async () => {
    const exported = join(folder, 'all.csv');
    expect((await run(table)).code).toBe(0);
    expect((await ledgerCommand(folder, 'export', exported).ended).code).toBe(0);
    expect((await run(exported)).code).toBe(0);
    expect(new Set(report().map(({ outcome }) => outcome))).toStrictEqual(
      new Set(['already-known']),
    );
    expect(report()).toHaveLength(81);
    await ledgerCommand(folder, 'rebuild').ended;
    const rebuilt = await ledgerCommand(folder, 'rebuild').ended;
    expect(rebuilt.output).toMatch(/: the same as the snapshot that was kept\.\n$/);
  }, 600_000);
});

/** What the tables of 2015 lead to: the official date, or why they cannot reproduce history. */
function checkDates(rows: readonly Record<string, string>[]): void {
  const of = (agrees: string) => rows.filter((row) => row['agrees'] === agrees);
  expect([of('yes').length, of('no').length, of('not known').length]).toStrictEqual([18, 11, 60]);
  expect(of('yes').every(({ computed, official }) => computed === official)).toBe(true);
  const why = Object.fromEntries(of('no').map((row) => [row['treaty'], row['why']]));
  // Each says what the record lacks, never only that it differs.
  for (const [treaty, said] of Object.entries(why))
    expect([treaty, said]).toStrictEqual([
      treaty,
      expect.stringMatching(
        /It lacks the instruments|Its newest act is of|no figures of it are recorded|Not before the entry into force of IV-4/,
      ),
    ]);
  expect(why['IV-3']).toContain('the record has 33 of 35 counted instruments: 2 missing.');
  expect(why['IV-3']).toContain('CSK, DDR');
  expect(why['XXVI-8']).toContain('Its newest act is of 2014-06-16: the table was made before.');
  const cluster = rows.find(({ treaty }) => treaty === 'XXVI-6');
  expect([cluster?.['computed'], cluster?.['state']]).toStrictEqual(['2010-08-01', 'in-force']);
}

describe('the status tables of March 2015', () => {
  if (!existsSync(shared)) {
    it.skip(`is not there: ${shared}`, () => undefined);
    return;
  }

  it('are taken whole, also when the import is killed and run again', async () => {
    const first = ledgerCommand(folder, 'import', shared, '--report', join(folder, 'first.csv'));
    while (!first.output().includes('30 %')) await new Promise((done) => setTimeout(done, 10));
    first.kill('SIGKILL');
    expect((await first.ended).signal).toBe('SIGKILL');

    expect((await run(shared)).code).toBe(0);
    const rows = report();
    expect(rows).toHaveLength(29_461);
    const count = (wanted: string) => rows.filter(({ outcome }) => outcome === wanted).length;
    expect(count('already-known')).toBeGreaterThan(8000);
    expect(count('recorded') + count('already-known')).toBe(29_442);
    expect(
      rows.filter(({ outcome }) => outcome === 'refused').map(({ action }) => action),
    ).toStrictEqual([...Array(18).fill('3)'), 'as amended']);
    const verified = await ledgerCommand(folder, 'verify').ended;
    // With the 73 signatures that are shipped.
    expect(verified.output).toContain('295 treaties with 29515 actions');
    expect(verified.code).toBe(0);

    const dates = join(folder, 'dates.csv');
    const dated = await ledgerCommand(folder, 'dates', dates).ended;
    expect(dated.code).toBe(0);
    process.stdout.write(dated.output);
    checkDates(parse(readFileSync(dates, 'utf8'), { columns: true }));
  }, 600_000);
});
