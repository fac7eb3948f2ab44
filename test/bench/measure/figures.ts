/** Numbers of a benchmark and the tables they are shown in. Nothing here asserts anything. */
export interface Figure {
  name: string;
  value: string;
  /** What the value is compared with, and how many times as much it is. */
  against?: string;
  ratio?: number;
  target?: { atLeast: number } | { atMost: number };
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export interface Latency {
  p50: number;
  p99: number;
}

export function latency(milliseconds: readonly number[]): Latency {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

export const perSecond = (rate: number): string =>
  `${rate >= 1000 ? Math.round(rate).toLocaleString('en-GB') : rate.toFixed(1)}/s`;

export const inMilliseconds = (value: number): string => `${value.toFixed(2)} ms`;

export const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

/** Work items per second over at least `seconds`. */
export function rateOf(seconds: number, work: () => number): number {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < seconds * 1000) done += work();
  return done / ((performance.now() - start) / 1000);
}

export function show(title: string, head: readonly string[], rows: readonly string[][]): void {
  const widths = head.map((cell, n) =>
    Math.max(cell.length, ...rows.map((row) => (row[n] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, n) => (n === 0 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  process.stdout.write(`\n${title}\n${[line(head), rule, ...rows.map(line)].join('\n')}\n`);
}

export function showFigures(title: string, figures: readonly Figure[]): void {
  show(
    title,
    ['figure', 'value', 'against', 'ratio', 'target', ''],
    figures.map(({ name, value, against = '', ratio, target }) => [
      name,
      value,
      against,
      ratio === undefined ? '' : ratio.toFixed(2),
      target === undefined
        ? ''
        : 'atLeast' in target
          ? `>= ${target.atLeast}`
          : `<= ${target.atMost}`,
      ratio === undefined || target === undefined ? '' : met(ratio, target) ? 'met' : 'NOT MET',
    ]),
  );
}

const met = (ratio: number, target: NonNullable<Figure['target']>): boolean =>
  'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
