import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { act, DeskUnderTest } from './desk-under-test.ts';

const program = fileURLToPath(new URL('crashing-desk.ts', import.meta.url));
const timesAStep = Number(process.env['CRASH_ROUNDS'] ?? 2);
const members = (
  'BRA CHL PER MEX KEN GHA NGA ZAF IND JPN KOR THA AUS NZL CAN NOR ISL CHE URY PRY BOL COL CRI PAN ' +
  'GTM HND SLV NIC DOM CUB HTI JAM'
).split(' ');
const steps: [work: string, step: string][] = [
  ['approve', 'begun'],
  ['approve', 'approved'],
  ['approve', 'appended'],
  ['approve', 'recorded'],
  ['issue', 'issue-begun'],
  ['issue', 'issued-in-ledger'],
  ['issue', 'issue-noted'],
];

let under: DeskUnderTest;
beforeAll(async () => {
  under = await DeskUnderTest.start();
  for (const [index, participant] of members.entries()) {
    // Those that have not signed accede; the others ratify, which the rules would say.
    const file = await under.submitted({ acts: [act(participant)] });
    if (index < 4) await under.approve(file, { publishAt: '2026-11-25T09:00:00.000Z' });
  }
}, 600_000);
afterAll(() => under.close());

const run = (work: string, step = '', nth = 0): Promise<string> =>
  new Promise((resolve) => {
    const { NODE_OPTIONS: _options, ...environment } = process.env;
    const words = [under.under.connectionString, under.place.file, work, step, String(nth)];
    const child = spawn(process.execPath, [program, ...words], {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('close', (code, signal) => resolve(signal ?? (code === 0 ? 'done' : said)));
  });

describe('a desk that is killed', () => {
  test.each(
    steps.flatMap(([work, step]) =>
      Array.from({ length: timesAStep }, (_, round) => [step, round + 1, work] as const),
    ),
  )(
    'after "%s", the %d. time, is taken up by the next',
    async (step, nth, work) => {
      // Of cases that waited for their time there are few, so those die at the first each time.
      expect(await run(work, step, step === 'begun' ? 1 : nth)).toBe('SIGKILL');
    },
    60_000,
  );

  it('has recorded every case once in the end, and issued one notification for each', async () => {
    expect(await run('all')).toBe('done');
    expect((await under.acts()).toSorted()).toStrictEqual(
      members.map((code) => `${code} accession`).toSorted(),
    );
    const issued: [number, string][] = [];
    for await (const { event } of under.under.ledger.read())
      if (event.type === 'depositaryNotificationIssued')
        issued.push([event.serial, event.actions.join()]);
    expect(issued.map(([serial]) => serial)).toStrictEqual(members.map((_, index) => index + 1));
    const told = new Set(issued.map(([, actions]) => actions));
    const { record } = await under.under.ledger.loadTreaty('XVIII-16');
    expect(told).toStrictEqual(new Set(record.actions.map(({ first }) => first.action)));
    const cases = await under.desk.cases.list({ limit: 100 });
    expect(new Set(cases.map(({ state }) => state))).toStrictEqual(new Set(['closed']));
    const waiting = await under.desk.store.database.kysely
      .selectFrom('desk_outbox')
      .select('key')
      .where('done_at', 'is', null)
      .execute();
    expect(waiting).toStrictEqual([]);
  }, 600_000);
});
