import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { CommandFault } from '../command-fault.ts';
import type { Row } from './rows.ts';

export type Outcome = 'recorded' | 'already-known' | 'refused' | 'not-reached';

/** What became of one row. */
export interface RowReport {
  readonly row: Row;
  readonly outcome: Outcome;
  /** Codes of what the rules have against it, apart by spaces; for a recorded row what was overridden. */
  readonly code: string;
  readonly sentence: string;
  /** Id of the action in the ledger, where there is one. */
  readonly action: string | null;
}

export interface ReportSummary {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Rows recorded although a rule speaks against them. */
  readonly odd: number;
  /** Most frequent reasons for rows that were not recorded, with their counts. */
  readonly reasons: readonly (readonly [code: string, count: number])[];
}

export function summaryOf(reports: readonly RowReport[]): ReportSummary {
  const counts = { recorded: 0, 'already-known': 0, refused: 0, 'not-reached': 0 };
  const reasons = new Map<string, number>();
  let odd = 0;
  for (const { outcome, code } of reports) {
    counts[outcome] += 1;
    if (outcome === 'recorded' && code !== '') odd += 1;
    const [first = ''] = code.split(' ');
    if (outcome === 'refused') reasons.set(first, (reasons.get(first) ?? 0) + 1);
  }
  return { counts, odd, reasons: [...reasons].toSorted((a, b) => b[1] - a[1]) };
}

/** The report as CSV, in the order of the table. A cell that a spreadsheet would run as a formula is quoted. */
export function reportCsv(reports: readonly RowReport[]): string {
  const lines = reports
    .toSorted((a, b) => a.row.line - b.row.line)
    .map(({ row, outcome, code, sentence, action }) => [
      row.line,
      outcome,
      code,
      sentence,
      action ?? '',
      row.treaty,
      row.code,
      row.participant,
      row.action,
      row.date,
    ]);
  const heading = 'line outcome reason sentence action_id treaty iso3 participant action date';
  return stringify([heading.split(' '), ...lines], { escape_formulas: true });
}

/** Writes the report whole or not at all, on disk when it returns. @throws CommandFault */
export function writeReport(file: string, reports: readonly RowReport[]): void {
  const draft = `${file}.new`;
  try {
    const descriptor = openSync(draft, 'w');
    try {
      writeSync(descriptor, reportCsv(reports));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    throw new CommandFault(
      `The report could not be written to ${file} (${error instanceof Error ? error.message : String(error)}); what was recorded stays, so run the import again with --report naming another file.`,
    );
  }
}
