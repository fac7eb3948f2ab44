import { openDeskDatabase, deskOf } from '#depositary';
import { Ledger } from '#ledger';
import { calendarDate } from '#treaty';

/**
 * A desk that takes up what is left, works through everything that waits, and kills itself the nth time that it
 * passes a step: `crashing-desk.ts CONNECTION FILE WORK STEP NTH`. Run from the build, as the program is.
 */
const [connection = '', file = '', work = '', step = '', nth = '0'] = process.argv.slice(2);
let left = Number(nth);

const database = await openDeskDatabase({ file });
const ledger = new Ledger(connection);
const desk = deskOf({
  database,
  ledger,
  today: { today: () => calendarDate('2026-11-25') },
  clock: { now: () => '2026-11-25T10:00:00.000Z' },
  steps: {
    passed: (passed) => {
      if (passed !== step) return;
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    },
  },
});

await desk.recorder.recordDue();
await desk.notifications.resume();
const bo = { subject: 'bo@un', name: 'Bo' };
if (work !== 'issue')
  for (const { id, version } of await desk.cases.list({ states: ['submitted'], limit: 100 })) {
    const { revision, digest } = await desk.cases.preview(id);
    await desk.cases.approve(id, { version, revision, digest, publishAt: null }, bo);
  }
if (work !== 'approve')
  for (const { id, version } of await desk.notifications.list(['draft']))
    await desk.notifications.issue(id, version, bo);
await desk.store.settled();
await ledger.close();
await database.close();
