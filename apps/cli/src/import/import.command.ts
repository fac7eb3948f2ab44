import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { Configuration } from '#standalone';
import { openLedger } from '../open-ledger.ts';
import { commandsOfRows } from './commands-of-rows.ts';
import { summaryOf, writeReport, type RowReport } from './report.ts';
import { readRows, type Row } from './rows.ts';
import { runImport } from './run-import.ts';

export interface ImportArguments {
  readonly file: string;
  readonly report: string | undefined;
  readonly actor: string | undefined;
  readonly strict: boolean;
  readonly dryRun: boolean;
  readonly withRules: boolean;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * `ledger import`: records a table and reports on every row of it.
 * @returns 0 when every row was reached (refused ones are in the report), 1 when not, 130 when interrupted
 */
export async function importCommand(
  configuration: Configuration,
  args: ImportArguments,
): Promise<number> {
  // The whole table first: a file that breaks off in the middle records nothing.
  const rows: Row[] = [];
  for await (const row of readRows(args.file)) rows.push(row);
  const fileName = basename(args.file);
  const reportFile = resolve(args.report ?? `${fileName.replace(/\.csv$/i, '')}.report.csv`);
  const opened = await openLedger(configuration);
  const interruption = new AbortController();
  const onSignal = (): void => {
    if (interruption.signal.aborted) process.exit(130);
    say('Stopping after what is under way; once more stops at once. Either way nothing is lost.');
    interruption.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    say(`Reading ${rows.length} rows of ${fileName} into ${opened.store.name}.`);
    const startedAt = performance.now();
    const { treaties, unreadable } = commandsOfRows(rows, await opened.ledger.participants(), {
      fileName,
      overrideReason: args.strict ? undefined : `Imported from ${fileName}`,
    });
    const progress = progressOf(rows.length - unreadable.length);
    const recorded = await runImport(treaties, {
      ledger: opened.ledger,
      meta: { actor: args.actor ?? 'import', today: opened.today, correlationId: randomUUID() },
      dryRun: args.dryRun,
      withRules: args.withRules,
      interrupted: interruption.signal,
      onProgress: progress,
    });
    const reports = [
      ...recorded,
      ...unreadable.map(({ row, fault }): RowReport => ({
        row,
        outcome: 'refused',
        code: fault.code,
        sentence: fault.sentence,
        action: null,
      })),
    ];
    writeReport(reportFile, reports);
    const seconds = (performance.now() - startedAt) / 1000;
    const complete = tell(reports, treaties.length, seconds, reportFile, args.dryRun);
    if (interruption.signal.aborted) return 130;
    return complete ? 0 : 1;
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await opened.close();
  }
}

/** Shows every tenth part as it is done. */
function progressOf(all: number): (rows: number) => void {
  let done = 0;
  let shown = 0;
  return (rows) => {
    done += rows;
    const tenth = Math.floor((done * 10) / Math.max(all, 1));
    if (tenth === shown) return;
    shown = tenth;
    say(`  ${tenth * 10} %  ${done} of ${all} rows`);
  };
}

/** The last lines for a person; true when every row was reached. */
function tell(
  reports: readonly RowReport[],
  treaties: number,
  seconds: number,
  reportFile: string,
  dryRun: boolean,
): boolean {
  const { counts, odd, reasons } = summaryOf(reports);
  say(`${reports.length} rows of ${treaties} treaties in ${seconds.toFixed(1)} s:`);
  const verb = dryRun ? 'would be recorded' : 'recorded';
  say(`  ${counts.recorded} ${verb}${odd > 0 ? `, ${odd} of them although odd` : ''}`);
  say(`  ${counts['already-known']} already known`);
  say(`  ${counts.refused} refused`);
  for (const [code, count] of reasons) say(`      ${count} ${code}`);
  const [failed] = reports.filter(({ outcome }) => outcome === 'not-reached');
  if (failed !== undefined)
    say(
      `  ${counts['not-reached']} not reached: ${failed.sentence} What was recorded stays; running it again adds nothing twice.`,
    );
  say(`The report on every row is ${reportFile}`);
  return failed === undefined;
}
