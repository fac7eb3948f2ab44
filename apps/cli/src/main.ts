import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConfigurationError, readConfiguration } from '#standalone';
import { CommandFault } from './command-fault.ts';
import { datesCommand } from './dates.command.ts';
import { exportCommand } from './export.command.ts';
import { importCommand } from './import/import.command.ts';
import { rebuildCommand } from './rebuild.command.ts';
import { reconcileCommand } from './reconcile.command.ts';
import { verifyCommand } from './verify.command.ts';

const usage = `Usage: npm run ledger -- COMMAND

  import FILE.csv   Record the rows of a table (treaty, participant, action, date, ...).
                    --report FILE   where the report on every row goes (default: <table>.report.csv here)
                    --actor NAME    whom the ledger names as recording (default: import)
                    --strict        refuse what the rules speak against; else it is recorded as odd
                    --dry-run       record nothing, report what would be recorded
                    --without-rules register treaties of the catalogue without their final clauses
  export FILE.csv   Write every action as a table that import reads ("-" writes to the terminal).
  dates FILE.csv    Write for each treaty with a rule the computed date of entry into force, the official
                    one where it is known, and why they differ ("-" writes to the terminal).
  reconcile FILE    Compare a treaty with a status file from elsewhere: CSV in the columns of import, or
                    the UN's XML; --treaty ID names the treaty, --as-of DATE the day of the file.
  verify            Read the whole ledger and check that it can be trusted.
  rebuild           Fold the views again from the first event and compare with what was kept.

It works on the store of EVENTSTORE_URL, else on the data folder LEDGER_DATA_DIR (.ledger), also while
the register runs there.
`;

const commands: ReadonlySet<string> = new Set([
  'import',
  'export',
  'dates',
  'verify',
  'rebuild',
  'reconcile',
]);
const hint = 'See npm run ledger -- --help';

const options = {
  report: { type: 'string' },
  actor: { type: 'string' },
  strict: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  'without-rules': { type: 'boolean' },
  treaty: { type: 'string' },
  'as-of': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Reads the words of the command line. @throws CommandFault */
function wordsOf(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new CommandFault(`${first}. ${hint}`);
  }
}

/** Carries out one command. @returns the process's exit code */
async function run(args: string[]): Promise<number> {
  const { values, positionals } = wordsOf(args);
  const [command, file, ...rest] = positionals;
  if (values.help === true || command === undefined) {
    process.stdout.write(usage);
    return values.help === true ? 0 : 2;
  }
  if (!commands.has(command)) throw new CommandFault(`There is no command "${command}". ${hint}`);
  const needsFile = ['import', 'export', 'dates', 'reconcile'].includes(command);
  if (rest.length > 0 || (needsFile ? file === undefined : file !== undefined))
    throw new CommandFault(`${command} takes ${needsFile ? 'one file' : 'no file'}. ${hint}`);
  const configuration = readConfiguration(process.env);
  switch (command) {
    case 'import':
      return importCommand(configuration, {
        file: file ?? '',
        report: values.report,
        actor: values.actor,
        strict: values.strict === true,
        dryRun: values['dry-run'] === true,
        withRules: values['without-rules'] !== true,
      });
    case 'export':
      return exportCommand(configuration, file ?? '-');
    case 'dates':
      return datesCommand(configuration, file ?? '-');
    case 'reconcile':
      return reconcileCommand(configuration, {
        file: file ?? '',
        treaty: values.treaty,
        asOf: values['as-of'],
      });
    case 'verify':
      return verifyCommand(configuration);
    case 'rebuild':
      return rebuildCommand(configuration);
    default:
      throw new Error(`${command} is listed and does nothing: this is a bug.`);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const known = error instanceof CommandFault || error instanceof ConfigurationError;
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  if (!known && process.env['DEBUG'] !== undefined) console.error(error);
  process.exitCode = known ? 2 : 1;
}
