import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ViewRunner, type Ledger } from '#ledger';
import { registerViews } from '#views';
import type { Configuration } from '#standalone';
import { CommandFault } from './command-fault.ts';
import { openLedger } from './open-ledger.ts';

/** Starts views, waits until they have caught up, and answers them. */
async function caughtUp(ledger: Ledger, snapshotFile?: string): Promise<ViewRunner> {
  const runner = new ViewRunner(
    ledger,
    registerViews,
    snapshotFile === undefined ? {} : { snapshotFile },
  );
  runner.start();
  try {
    await runner.ready;
  } catch (error) {
    await runner.stop();
    throw error;
  }
  return runner;
}

const contents = (runner: ViewRunner): string => JSON.stringify(runner.snapshots());

/**
 * `ledger rebuild`: folds the views from the first event, compares them with what the kept snapshot leads
 * to, and keeps the new ones.
 * @returns 0 when both are the same or nothing was kept, 1 when the kept one was wrong and is replaced
 */
export async function rebuildCommand(configuration: Configuration): Promise<number> {
  const snapshotFile = join(configuration.LEDGER_DATA_DIR, 'views.snapshot');
  const { ledger, store, close } = await openLedger(configuration);
  try {
    if (store.name.startsWith('the register'))
      throw new CommandFault(
        'The register is running and writes its own snapshot; stop it first, then rebuild.',
      );
    let kept: string | null = null;
    if (existsSync(snapshotFile)) {
      const runner = await caughtUp(ledger, snapshotFile);
      if (runner.health().startedFrom === 'snapshot') kept = contents(runner);
      await runner.stop();
    }
    rmSync(snapshotFile, { force: true });
    const startedAt = performance.now();
    const runner = await caughtUp(ledger, snapshotFile);
    const { eventsApplied } = runner.health();
    const rebuilt = contents(runner);
    await runner.stop();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const verdict =
      kept === null
        ? 'there was no usable snapshot to compare with'
        : kept === rebuilt
          ? 'the same as the snapshot that was kept'
          : 'NOT the same as the snapshot that was kept, which is replaced';
    process.stdout.write(`Folded ${eventsApplied} events in ${seconds} s: ${verdict}.\n`);
    return kept === null || kept === rebuilt ? 0 : 1;
  } finally {
    await close();
  }
}
