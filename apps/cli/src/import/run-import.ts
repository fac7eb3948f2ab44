import { catalogueOfTreaty } from '#catalogue';
import type { CommandMeta, CommandResult, Ledger } from '#ledger';
import { decide, evolve, type Decision, type RegisterTreaty, type TreatyCommand } from '#treaty';
import { CommandFault } from '../command-fault.ts';
import type { ReadableRow, TreatyRows } from './commands-of-rows.ts';
import type { Outcome, RowReport } from './report.ts';

/** Treaties recorded side by side; each waits for the disk, and waiting together shares one commit. */
const inFlight = 8;
/** Rows of one call: small enough that an interruption is heeded soon. */
const rowsAtOnce = 400;

export interface ImportRun {
  readonly ledger: Ledger;
  readonly meta: Pick<CommandMeta, 'actor' | 'today' | 'correlationId'>;
  /** Nothing is recorded; the report says what would be. */
  readonly dryRun: boolean;
  /** Treaties of the catalogue are registered with their final clauses. */
  readonly withRules: boolean;
  /** Stops after what is under way. */
  readonly interrupted: AbortSignal;
  /** Called as rows are done, with how many more were. */
  onProgress(rows: number): void;
}

/**
 * Records the rows, treaty by treaty in order of legal date. A row is reported as recorded only once it is
 * in the ledger; running the same table again finds each there and adds nothing.
 * @returns a report for every row; rows not reached are told as such
 */
export async function runImport(
  treaties: readonly TreatyRows[],
  run: ImportRun,
): Promise<RowReport[]> {
  const reports: RowReport[] = [];
  const waiting = treaties.values();
  const work = async (): Promise<void> => {
    for (const treaty of waiting) reports.push(...(await importTreaty(treaty, run)));
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return reports;
}

async function importTreaty(treaty: TreatyRows, run: ImportRun): Promise<RowReport[]> {
  const reports: RowReport[] = [];
  let failure: string | null = null;
  try {
    if (run.dryRun) reports.push(...(await rehearse(treaty, run)));
    else {
      if (!run.interrupted.aborted) await register(treaty, run);
      while (reports.length < treaty.rows.length && !run.interrupted.aborted) {
        const rows = treaty.rows.slice(reports.length, reports.length + rowsAtOnce);
        const commands = rows.map(({ command }) => command);
        const results = await run.ledger.transactMany(treaty.treaty, commands, run.meta);
        reports.push(...rows.map((row, index) => reportOf(row, results[index])));
        run.onProgress(rows.length);
      }
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  }
  const code = failure === null ? 'interrupted' : 'failed';
  const sentence = failure ?? 'The import was stopped before this row; run it again.';
  const rest = treaty.rows.slice(reports.length);
  return [
    ...reports,
    ...rest.map(({ row }): RowReport => ({
      row,
      outcome: 'not-reached',
      code,
      sentence,
      action: null,
    })),
  ];
}

/** A treaty of the catalogue is registered with its final clauses, another with none. */
function registration({ treaty, title, source }: TreatyRows, withRules: boolean): RegisterTreaty {
  const known = withRules ? catalogueOfTreaty(treaty) : null;
  const facts =
    known === null
      ? {}
      : {
          finalClauses: known.finalClauses,
          dateOfAdoption: known.dateOfAdoption,
          depositary: known.depositary,
        };
  return { type: 'registerTreaty', treaty, title, source, ...facts };
}

async function register(treaty: TreatyRows, { ledger, meta, withRules }: ImportRun): Promise<void> {
  const { record } = await ledger.loadTreaty(treaty.treaty);
  if (record.registered !== null) return;
  const result = await ledger.transact(registration(treaty, withRules), meta);
  // Another process may have registered it between the two: then it is there, which is all that is wanted.
  if (result.outcome === 'refused' && result.refusals[0].code !== 'treaty-already-registered')
    throw new CommandFault(result.refusals[0].sentence);
}

/** What recording would answer: the same decisions over the same record, kept nowhere. */
async function rehearse(treaty: TreatyRows, run: ImportRun): Promise<RowReport[]> {
  const { ledger, meta } = run;
  const [loaded, participants] = await Promise.all([
    ledger.loadTreaty(treaty.treaty),
    ledger.participants(),
  ]);
  let { record } = loaded;
  const judge = (command: TreatyCommand, action: string): Decision => {
    const decision = decide(command, record, { participants, today: meta.today, action });
    if (decision.outcome === 'events') record = decision.events.reduce(evolve, record);
    return decision;
  };
  if (record.registered === null) judge(registration(treaty, run.withRules), '');
  const reports = treaty.rows.map((row, index) =>
    reportOf(row, judge(row.command, `rehearsed-${index}`)),
  );
  run.onProgress(reports.length);
  return reports.map((report) => ({ ...report, action: null }));
}

function reportOf({ row }: ReadableRow, result: CommandResult | Decision | undefined): RowReport {
  if (result === undefined) throw new Error(`No result for line ${row.line}: this is a bug.`);
  const told = (
    outcome: Outcome,
    code: string,
    sentence: string,
    action: string | null = null,
  ) => ({
    row,
    outcome,
    code,
    sentence,
    action,
  });
  if (result.outcome === 'refused') {
    const [first, ...rest] = result.refusals;
    const others = rest.map(({ code }) => code);
    return told('refused', [first.code, ...others].join(' '), first.sentence);
  }
  if (result.outcome === 'unchanged')
    return told('already-known', '', 'The same fact is on record already.', result.action);
  for (const stored of result.events) {
    const event = 'event' in stored ? stored.event : stored;
    if (event.type !== 'actionRecorded') continue;
    if (event.override === null) return told('recorded', '', '', event.action);
    return told(
      'recorded',
      event.override.refusals.join(' '),
      'Recorded although odd; the event says so.',
      event.action,
    );
  }
  throw new Error(`Line ${row.line} recorded no action: this is a bug.`);
}
