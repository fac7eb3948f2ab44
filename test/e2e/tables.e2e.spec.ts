import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { fill, hostileText } from './filled-register.ts';
import { RegisterUnderTest } from './register-under-test.ts';

const register = new RegisterUnderTest();
beforeAll(async () => {
  await register.start();
  await fill(register);
}, 600_000);
afterAll(() => register.remove());

type Row = Record<string, string>;
const csv = async (path: string): Promise<Row[]> =>
  parse((await register.get(path)).body, { columns: true });

/** The texts of a sheet, row by row; there may be no formula in it. */
async function sheet(path: string, number = 1): Promise<string[][]> {
  const response = await fetch(register.address + path);
  expect(response.headers.get('content-type')).toBe(
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  );
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array());
  const unescaped = (xml: string): string =>
    xml
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll(/&apos;|&#39;/g, "'")
      .replaceAll('&amp;', '&');
  const words = [...text('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, xml]) =>
    unescaped(xml!),
  );
  const xml = text(`xl/worksheets/sheet${number}.xml`);
  expect(xml).not.toMatch(/<f[ >]/);
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row!.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes, cell]) => {
      const value = unescaped(cell ?? '');
      return /t="s"/.test(attributes!) ? words[Number(value)]! : value;
    }),
  );
}

describe('tables as CSV', () => {
  it('hold the rows of the JSON answer with the same filters, sort and times', async () => {
    const query = '?status=party&sort=date&asOf=2013-01-01';
    const { body } = await register.get(`/treaties/XVIII-14/status${query}`);
    const rows = await csv(`/treaties/XVIII-14/status.csv${query}`);
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map((row) => [row['code'], row['dateOfDeposit'], row['partyFrom']])).toStrictEqual(
      body.participants.map((row: any) => [row.code, row.consent.dateOfDeposit, row.partyFrom]),
    );
    expect(
      new Set(rows.map((row) => `${row['treaty']} ${row['asOf']} ${row['position']}`)),
    ).toEqual(new Set([`XVIII-14 2013-01-01 ${body.position}`]));
  });

  it.each([
    ['/actions', 'actions'],
    ['/treaties/XVIII-16/actions', 'actions'],
    ['/treaties', 'treaties'],
    ['/participants', 'participants'],
  ])('of %s has every row of its pages', async (path, list) => {
    const { body } = await register.get(`${path}?limit=1000`);
    const rows = await csv(`${path}.csv`);
    const id = list === 'participants' ? 'code' : list === 'actions' ? 'action' : 'treaty';
    expect(rows.map((row) => row[id])).toStrictEqual(body[list].map((row: any) => row[id]));
  });

  it('of a participant has a row for each of its treaties', async () => {
    const rows = await csv('/participants/SRB.csv');
    expect(rows.map((row) => [row['treaty'], row['status']])).toStrictEqual([
      ['XVIII-14', 'party'],
    ]);
    expect((await register.get('/participants/XXX.csv')).status).toBe(404);
  });

  it('show what was known then', async () => {
    const now = await csv('/treaties/XVIII-14/actions.csv?participant=SRB');
    expect(now.at(-1)).toMatchObject({ kind: 'ratification', corrected: 'yes' });
    const { body } = await register.get('/treaties/XVIII-14/actions?participant=SRB');
    const { position } = body.actions.at(-1);
    const then = await csv(`/treaties/XVIII-14/actions.csv?participant=SRB&asKnownAt=${position}`);
    expect(then.at(-1)).toMatchObject({ kind: 'accession', corrected: 'no' });
  });

  it('make a formula of no text, and lose nothing of one', async () => {
    const texts = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      hostileText,
      'plain, "quoted"\nlines',
    ];
    for (const text of texts)
      await register.post('/depositary/treaties/XVIII-16/actions', {
        kind: 'declaration',
        participant: 'FRA',
        date: '2026-11-20',
        text,
      });
    const rows = await csv('/treaties/XVIII-16/actions.csv?participant=FRA&kind=declaration');
    const stored = (
      await register.get('/treaties/XVIII-16/actions?participant=FRA&kind=declaration')
    ).body.actions.map(({ text }: any) => text);
    expect(stored).toHaveLength(texts.length);
    expect(rows.map(({ text }) => text)).toStrictEqual(
      stored.map((text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)),
    );
    for (const row of rows)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  });

  it('tell what is empty from what is not known, and begin with a mark only when asked', async () => {
    const plain = await fetch(`${register.address}/participants.csv`);
    const marked = await fetch(`${register.address}/participants.csv?bom=yes`);
    const bytes = async (response: Response): Promise<number[]> =>
      [...new Uint8Array(await response.arrayBuffer())].slice(0, 3);
    expect(await bytes(marked)).toStrictEqual([0xef, 0xbb, 0xbf]);
    expect(String.fromCharCode(...(await bytes(plain)))).toBe('cod');
    expect(plain.headers.get('content-disposition')).toBe(
      'attachment; filename="participants-2026-11-24.csv"',
    );
    expect(plain.headers.get('link')).toContain('rel="license"');
    const { body } = await register.get('/participants.csv?name=Kosovo');
    expect(body).not.toContain('null');
  });

  it('is confirmed by its weak tag, and answers HEAD with nothing', async () => {
    const first = await register.get('/treaties/XVIII-14/status.csv');
    const tag = first.headers.get('etag')!;
    expect(tag).toMatch(/^W\/"/);
    const again = await register.get('/treaties/XVIII-14/status.csv', { 'If-None-Match': tag });
    expect([again.status, again.body]).toStrictEqual([304, '']);
    const head = await fetch(`${register.address}/treaties/XVIII-14/status.csv`, {
      method: 'HEAD',
    });
    expect([head.status, await head.text()]).toStrictEqual([200, '']);
  });
});

describe('tables as workbooks', () => {
  it.each(['/treaties/XVIII-16/actions', '/participants', '/treaties/XVIII-14/status'])(
    'of %s holds what its CSV holds, and says what it is of',
    async (path) => {
      const lines = parse((await register.get(`${path}.csv`)).body);
      const cells = await sheet(`${path}.xlsx`);
      // CSV marks what looks like a formula; a workbook has types and needs no mark.
      const unmarked = (cell: string): string =>
        /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
      const lineEnds = (cell: string): string => cell.replaceAll(/\r\n?/g, '\n');
      expect(cells[0]).toStrictEqual(lines[0]);
      expect(cells).toHaveLength(lines.length);
      expect(
        cells.slice(1).map((row) => row.filter((cell) => cell !== '').map(lineEnds)),
      ).toStrictEqual(
        lines
          .slice(1)
          .map((row) => row.filter((cell) => cell !== '').map((cell) => lineEnds(unmarked(cell)))),
      );
      const about = Object.fromEntries(await sheet(`${path}.xlsx`, 2));
      expect(about['licence']).toMatch(/^https:/);
      expect(about['source']).toContain(`${path}.xlsx`);
      expect(about['position']).toMatch(/^\d+$/);
    },
  );
});
