import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ledger } from '#ledger';
import { calendarDate } from '#treaty';
import { commandsOfRows } from '../../apps/cli/src/import/commands-of-rows.ts';
import { readRows, type Row } from '../../apps/cli/src/import/rows.ts';
import { runImport } from '../../apps/cli/src/import/run-import.ts';
import { RegisterUnderTest, type Answered } from './register-under-test.ts';

/** A part of the UN table of the Convention against Corruption, and where the whole of 2015 is, if it is. */
export const uncacTable = fileURLToPath(new URL('./uncac-2015.csv', import.meta.url));
export const wholeTable = fileURLToPath(
  new URL('../../../shared/data/untc-2015.csv', import.meta.url),
);
export const hasWholeTable = existsSync(wholeTable);

/** Imports a table into the running register, as the command line does beside it. */
export async function importTable(register: RegisterUnderTest, file: string): Promise<void> {
  if (register.store === null) throw new Error('The register is not started.');
  const ledger = new Ledger(register.store.connectionString);
  try {
    const rows: Row[] = [];
    for await (const row of readRows(file)) rows.push(row);
    const fileName = basename(file);
    const { treaties } = commandsOfRows(rows, await ledger.participants(), {
      fileName,
      overrideReason: `Imported from ${fileName}`,
    });
    await runImport(treaties, {
      ledger,
      meta: { actor: 'import', today: calendarDate('2026-11-24') },
      dryRun: false,
      withRules: true,
      interrupted: new AbortController().signal,
      onProgress: () => undefined,
    });
    const end = await ledger.end();
    await register.get(`/treaties?limit=1&atLeast=${end}`);
  } finally {
    await ledger.close();
  }
}

const post = async (
  register: RegisterUnderTest,
  path: string,
  body: object,
): Promise<Answered['body']> => {
  const answer = await register.post(`/depositary/treaties${path}`, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** The Biological Weapons Convention as it came into force: the three depositary Governments deposited last. */
async function biologicalWeapons(register: RegisterUnderTest): Promise<void> {
  await post(register, '', {
    treaty: 'UNODA-bwc',
    title: 'Biological Weapons Convention',
    catalogue: 'bwc',
  });
  for (const participant of ['GBR', 'USA', 'SUN'])
    await post(register, '/UNODA-bwc/actions', {
      kind: 'ratification',
      participant,
      date: '1975-03-26',
      overrideReason: 'Earlier acts are not recorded here',
    });
}

/** Text that a careless page, feed or table would run. */
export const hostileText = `<script>alert("x")</script> & =HYPERLINK("http://example.org";"x"), 'réserve'`;

/**
 * Treaties with everything that a record may go through: UNCAC from the UN's table, with Serbia's kind
 * corrected, an annulled entry and an official date; the BWC; and the Convention against Cybercrime with a
 * reservation whose text is hostile.
 */
export async function fill(register: RegisterUnderTest): Promise<void> {
  await importTable(register, uncacTable);
  await biologicalWeapons(register);
  const { body } = await register.get('/treaties/XVIII-14/actions?participant=SRB');
  const wrong = body.actions.find(({ kind }: { kind: string }) => kind === 'accession');
  await post(register, `/XVIII-14/actions/${wrong.action}/corrections`, {
    changes: { kind: 'ratification' },
    reason: 'Serbia signed in 2003 and ratified',
  });
  const doubled = await post(register, '/XVIII-16/actions', {
    kind: 'signature',
    participant: 'NLD',
    date: '2026-01-05',
    overrideReason: 'Copied from a list',
  });
  await post(register, `/XVIII-16/actions/${doubled.action}/annulment`, {
    reason: 'The list was of another treaty',
  });
  await post(register, '/XVIII-14/official-dates', {
    date: '2005-12-14',
    reason: 'As announced by the depositary',
  });
  await post(register, '/XVIII-16/actions', {
    kind: 'ratification',
    participant: 'FRA',
    date: '2026-11-20',
  });
  await post(register, '/XVIII-16/actions', {
    kind: 'reservation',
    participant: 'FRA',
    date: '2026-11-20',
    text: hostileText,
  });
}
