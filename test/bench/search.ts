import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import type { SearchDocument } from '#views';
import { WordIndex } from '../../apps/registry/src/search/word-index.ts';
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
 * Search: the index alone, over the texts of declarations that States made to the UN's treaties, at the size
 * of a register of 30,000 and of 300,000 actions; and over HTTP with the tables of 2015. A linear scan of
 * the same texts for one word is what an index is for.
 */
const shared = resolve(import.meta.dirname, '../../../shared/data');
const declarations = join(shared, 'untc-2015-declarations.csv');
const tables = join(shared, 'untc-2015.csv');

const questions = [
  'reservation',
  'compulsory jurisdiction of the International Court of Justice',
  'government convention article declaration territory application',
  'jurisdicton arbitraton',
  'conv',
  'a',
  'sharia',
  'xyzzy',
  'extradition nationals',
  'dispute referred',
];

/** How many texts there are per action in the tables of 2015: 1,387 to 29,461. */
const share = 1387 / 29_461;

export async function run(): Promise<void> {
  const texts = await textsOfDeclarations();
  for (const actions of [30_000, 300_000]) alone(texts, actions, Math.round(actions * share));
  alone(texts, 30_000, 30_000);
  if (existsSync(tables)) await overHttp();
  else process.stdout.write(`\nThe tables of 2015 are not there, so nothing is asked over HTTP.\n`);
}

async function textsOfDeclarations(): Promise<string[]> {
  if (existsSync(declarations)) {
    const rows: { text: string }[] = parse(await readFile(declarations), {
      columns: true,
      bom: true,
    });
    return rows.map(({ text }) => text);
  }
  process.stdout.write(
    'The declarations of 2015 are not there: texts are made of the questions.\n',
  );
  return Array.from({ length: 1387 }, (_, n) =>
    Array.from({ length: 110 }, (__, m) => `${questions[(n * 7 + m) % questions.length]} w${n * m}`)
      .join(' ')
      .slice(0, 780),
  );
}

/** Text `n`: a real one; from the second round on with words of its own, so that vocabulary grows as it does. */
const documentOf = (texts: readonly string[], n: number): SearchDocument => ({
  kind: 'action',
  key: `action-${n}`,
  numbers: [`XVIII-${n % 300}`],
  names: ['Declaration'],
  otherNames: [],
  text: n < texts.length ? (texts[n] ?? '') : `${texts[n % texts.length] ?? ''} own${n}`,
});

function alone(texts: readonly string[], actions: number, count: number): void {
  const documents = Array.from({ length: count }, (_, n) => documentOf(texts, n));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const index = new WordIndex();
  let start = performance.now();
  for (const document of documents) index.put(document);
  const built = performance.now() - start;
  globalThis.gc?.();
  const memory = process.memoryUsage().heapUsed - before;
  start = performance.now();
  for (const { text } of documents) text.toLowerCase().includes('jurisdiction');
  const scan = performance.now() - start;
  const times = questions.map((question) => {
    const each = Array.from({ length: 5 }, () => {
      start = performance.now();
      index.find(question, ['action']);
      return performance.now() - start;
    });
    return { question, time: Math.max(...each.slice(1)) };
  });
  const { p50, p99 } = latency(times.map(({ time }) => time));
  const slowest = times.toSorted((a, b) => b.time - a.time)[0];
  const figures: Figure[] = [
    { name: 'a scan of every text for one word', value: inMilliseconds(scan) },
    {
      name: 'question, median of those asked',
      value: inMilliseconds(p50),
      against: 'scan',
      ratio: p50 / scan,
    },
    {
      name: `slowest question: "${slowest?.question ?? ''}"`,
      value: inMilliseconds(p99),
      against: 'scan',
      ratio: p99 / scan,
    },
    { name: 'built', value: `${inMilliseconds(built)}, ${perSecond(count / (built / 1000))}` },
    {
      name: `heap${globalThis.gc === undefined ? ' (garbage too: run node with --expose-gc)' : ''}`,
      value: inMegabytes(memory),
    },
  ];
  showFigures(
    `${actions.toLocaleString('en-GB')} actions, ${count.toLocaleString('en-GB')} of them with a text`,
    figures,
  );
}

async function overHttp(): Promise<void> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'bench-search-'));
  try {
    const report = join(folder, 'report.csv');
    await writeFile(report, '');
    await ledger(folder, 'import', tables, '--report', report);
    const started = performance.now();
    const register = await startRegister(folder);
    try {
      const ready = performance.now() - started;
      const ask = async (path: string): Promise<number> => {
        const start = performance.now();
        await (await fetch(register.address + path)).arrayBuffer();
        return performance.now() - start;
      };
      const first = await ask('/search?q=france');
      await pause(500);
      const words =
        'human rights,climte change,turkiye,burma,convention,law of the sea,b,XXVII-7.d';
      const asked = [...words.split(','), ...words.split(',').map((word) => `${word} p`)];
      const bare = latency(await inTurn(asked.map(() => () => ask('/problems/not-found'))));
      const found = latency(
        await inTurn(asked.map((q) => () => ask(`/search?q=${encodeURIComponent(q)}`))),
      );
      const typed = latency(
        await inTurn(asked.map((q) => () => ask(`/search/suggestions?q=${encodeURIComponent(q)}`))),
      );
      const line = (name: string, { p50, p99 }: { p50: number; p99: number }): Figure => ({
        name,
        value: `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}`,
        against: 'a small answer, p50',
        ratio: p50 / bare.p50,
      });
      showFigures('Over HTTP with the tables of 2015, each question for the first time', [
        line('a small answer', bare),
        line('search', found),
        line('suggestions', typed),
        { name: 'start to listening', value: inMilliseconds(ready) },
        { name: 'first search, right after', value: inMilliseconds(first) },
        { name: 'resident memory', value: inMegabytes(residentBytes(register.pid)) },
      ]);
    } finally {
      await register.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inTurn(asks: readonly (() => Promise<number>)[]): Promise<number[]> {
  const times: number[] = [];
  for (const ask of asks) times.push(await ask());
  return times;
}
