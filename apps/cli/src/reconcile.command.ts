import { readFileSync } from 'node:fs';
import { readStatusFile, reconcile, type Difference, type StatusFile } from '#depositary';
import type { Configuration } from '#standalone';
import { actionKinds, calendarDate, isCalendarDate } from '#treaty';
import { CommandFault } from './command-fault.ts';
import { openLedger } from './open-ledger.ts';

export interface ReconcileOptions {
  readonly file: string;
  readonly treaty: string | undefined;
  readonly asOf: string | undefined;
}

const words = {
  'missing-here': 'is not on record here',
  'missing-there': 'is not in the file',
  'other-date': 'has another date there',
  'other-kind': 'is of another kind there',
  'unknown-participant': 'is of a participant that the register does not know',
} as const satisfies Record<Difference['difference'], string>;

function lineOf({ difference, participant, here, there }: Difference): string {
  const act = here ?? there;
  const what = act === null ? '' : `${actionKinds[act.kind].label} of ${act.date}`;
  const other =
    here !== null && there !== null
      ? `: ${actionKinds[there.kind].label} of ${there.date}, ${there.where}`
      : there === null
        ? ''
        : ` (${there.where})`;
  const notes = there?.footnotes ?? [];
  return `  ${participant}: ${what} ${words[difference]}${other}${notes.length > 0 ? `, footnotes ${notes.join(', ')}` : ''}`;
}

function readFile(file: string, treaty: string): StatusFile {
  try {
    return readStatusFile(readFileSync(file, 'utf8'), treaty);
  } catch (error) {
    throw new CommandFault(
      `${file} cannot be compared: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Lists what differs between a treaty and a status file. @returns 0 when nothing does, else 1 */
export async function reconcileCommand(
  configuration: Configuration,
  { file, treaty, asOf }: ReconcileOptions,
): Promise<number> {
  if (treaty === undefined) throw new CommandFault('Name the treaty: --treaty XVIII-16.');
  if (asOf !== undefined && !isCalendarDate(asOf))
    throw new CommandFault(`--as-of ${asOf.slice(0, 40)} is no date; write YYYY-MM-DD.`);
  const { entries, unread } = readFile(file, treaty);
  const { ledger, today, close } = await openLedger(configuration);
  try {
    const { record } = await ledger.loadTreaty(treaty);
    if (record.registered === null)
      throw new CommandFault(`The register has no treaty ${treaty.slice(0, 60)}.`);
    const day = asOf === undefined ? today : calendarDate(asOf);
    const { agreed, differences } = reconcile(record, await ledger.participants(), entries, day);
    for (const one of differences) process.stdout.write(`${lineOf(one)}\n`);
    for (const { where, detail } of unread)
      process.stdout.write(`  ${where} could not be read: ${detail}\n`);
    process.stdout.write(
      `${treaty}: ${agreed} acts agree, ${differences.length} differ, ${unread.length} could not be read.\n`,
    );
    return differences.length + unread.length === 0 ? 0 : 1;
  } finally {
    await close();
  }
}
