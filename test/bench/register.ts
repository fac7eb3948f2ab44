import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parse } from 'csv-parse/sync';
import {
  inMegabytes,
  inMilliseconds,
  latency,
  perSecond,
  showFigures,
  type Figure,
} from './measure/figures.ts';
import { ledger, startRegister } from './measure/program.ts';
import { residentBytes } from './measure/server.ts';

/**
 * The register as people use it: a whole table imported, started, and asked for the status of every
 * treaty, beside the same rows put into SQLite and the same bytes sent by a bare HTTP server.
 */
const real = resolve(import.meta.dirname, '../../../shared/data/untc-2015.csv');

type Row = Record<string, string>;

/** The UN tables of 2015 where they are, else as many rows of the same shape. */
export async function table(folder: string): Promise<{ file: string; what: string }> {
  if (existsSync(real)) return { file: real, what: 'the UN tables of 2015' };
  const codes = 'FRA DEU ITA ESP PRT BEL NLD LUX IRL DNK SWE FIN AUT GRC POL CZE SVK HUN'.split(
    ' ',
  );
  const lines = Array.from({ length: 29_000 }, (_, n) => {
    const year = 1950 + (n % 60);
    return `X-${n % 290},Treaty ${n % 290},,${codes[Math.floor(n / 290) % 18]},accession,${year}-0${1 + (n % 9)}-1${n % 10},,,made`;
  });
  const file = join(folder, 'table.csv');
  await writeFile(
    file,
    `mtdsg_no,treaty,participant,iso3,action,date,raw_code,note,source\n${lines.join('\n')}\n`,
  );
  return { file, what: 'rows of the same shape' };
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'bench-register-'));
  try {
    const { file, what } = await table(folder);
    const data = join(folder, 'data');
    const rows = await readRows(file);
    const raw = timed(() => intoSqlite(folder, rows));
    const imported = await timedly(() =>
      ledger(data, 'import', file, '--report', join(folder, 'r')),
    );
    const again = await timedly(() => ledger(data, 'import', file, '--report', join(folder, 'r')));
    const perRow = (seconds: number): string =>
      `${seconds.toFixed(1)} s, ${perSecond(rows.length / seconds)}`;
    showFigures(`Import of ${what}: ${rows.length.toLocaleString('en-GB')} rows`, [
      { name: 'read and put into SQLite, a commit a treaty', value: perRow(raw) },
      { name: 'imported', value: perRow(imported), against: 'SQLite', ratio: imported / raw },
      {
        name: 'imported again, nothing new',
        value: perRow(again),
        against: 'SQLite',
        ratio: again / raw,
      },
    ]);
    await reads(data, rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readRows(file: string): Promise<Row[]> {
  return parse(await readFile(file), { columns: true, bom: true });
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

async function timedly(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** What the import may not be compared to for less: read, and durable treaty by treaty. */
function intoSqlite(folder: string, rows: readonly Row[]): void {
  const database = new DatabaseSync(join(folder, 'rows.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec('CREATE TABLE rows (n INTEGER PRIMARY KEY, treaty TEXT, row TEXT)');
  const insert = database.prepare('INSERT INTO rows (treaty, row) VALUES (?, ?)');
  const byTreaty = Map.groupBy(rows, (row) => row['mtdsg_no'] ?? '');
  for (const [treaty, ofTreaty] of byTreaty) {
    database.exec('BEGIN');
    for (const row of ofTreaty) insert.run(treaty, JSON.stringify(row));
    database.exec('COMMIT');
  }
  database.close();
}

async function reads(data: string, rows: readonly Row[]): Promise<void> {
  const treaties = [...new Set(rows.map((row) => row['mtdsg_no'] ?? ''))].filter((id) => id !== '');
  let cold = 0;
  const register = await (async () => {
    const start = performance.now();
    const started = await startRegister(data);
    await fetch(`${started.address}/treaties/${treaties[0]}/status`).then((one) => one.text());
    cold = performance.now() - start;
    return started;
  })();
  try {
    const ask = async (address: string, path: string): Promise<number> => {
      const start = performance.now();
      await (await fetch(address + path)).arrayBuffer();
      return performance.now() - start;
    };
    const bytes = Buffer.from(
      await (await fetch(`${register.address}/treaties/${treaties[0]}/status`)).arrayBuffer(),
    );
    const bare = createServer((_, response) => response.end(bytes));
    await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
    const bound = bare.address();
    const bareAddress = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}`;
    const measure = async (address: string): Promise<number[]> => {
      const times: number[] = [];
      for (const treaty of treaties) times.push(await ask(address, `/treaties/${treaty}/status`));
      return times;
    };
    await measure(bareAddress);
    const floor = latency(await measure(bareAddress));
    const first = latency(await measure(register.address));
    const second = latency(await measure(register.address));
    bare.close();
    const line = (name: string, { p50, p99 }: { p50: number; p99: number }): Figure => ({
      name,
      value: `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}`,
      against: 'bare server, p50',
      ratio: p50 / floor.p50,
    });
    showFigures(`Status of each of ${treaties.length} treaties, one request at a time`, [
      line('the same bytes from a bare HTTP server', floor),
      line('status, first time asked', first),
      line('status, asked again', second),
      { name: 'start to first answer', value: inMilliseconds(cold) },
      { name: 'resident memory', value: inMegabytes(residentBytes(register.pid)) },
    ]);
  } finally {
    await register.stop();
  }
}
