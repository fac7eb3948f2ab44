import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deskOf, openDeskDatabase, type CaseContent } from '#depositary';
import { startEmbeddedEventStore } from '#embedded-eventstore';
import { Ledger } from '#ledger';
import { loadSeed, seedParticipants } from '#standalone';
import { calendarDate, type RecordAction, type TreatyCommand } from '#treaty';
import { inMilliseconds, latency, showFigures } from './measure/figures.ts';

/**
 * What recording at the desk costs beside the bare append. Bare: `Ledger.transact`, one deposit at a time: load,
 * decide, append, durable. At the desk: the same deposits out of cases that were prepared before: approval by a
 * second officer (the outcome looked at compared, the approval and the plan durable in SQL), the append, the
 * outcome noted in SQL, which goes on after the answer: the ledger has it by then. What comes before, submitting and looking at the preview,
 * is shown apart and has no target. All alternate on one store, so that they share its moods.
 */
const treaty = 'XVIII-16';
const today = calendarDate('2026-11-24');
const meta = { actor: 'bench', today };
const ana = { subject: 'ana', name: 'Ana' };
const bo = { subject: 'bo', name: 'Bo' };
const form = Object.fromEntries(
  ['treaty-named', 'place-and-date', 'statement-in-writing'].map((id) => [id, { answer: 'yes' }]),
);

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(process.env['BENCH_DIR'] ?? tmpdir(), 'bench-desk-'));
  const store = await startEmbeddedEventStore({ dataDir: join(folder, 'store') });
  const ledger = new Ledger(store.connectionString);
  const database = await openDeskDatabase({ file: join(folder, 'desk.sqlite') });
  try {
    await loadSeed(ledger, { actor: 'bench', today });
    await measure(ledger, deskOf({ database, ledger, today: { today: () => today } }));
  } finally {
    await ledger.close();
    await database.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed<Result>(into: number[], work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  into.push(performance.now() - start);
  return result;
}

/** A designation of an authority: a State may make any number of them, so a bench has enough. */
const act = (participant: string, text: string): RecordAction => ({
  type: 'recordAction',
  treaty,
  kind: 'designationOfAuthority',
  participant,
  date: calendarDate('2026-11-20'),
  text,
});

async function measure(ledger: Ledger, desk: ReturnType<typeof deskOf>): Promise<void> {
  const codes = seedParticipants().flatMap((event) =>
    event.type === 'participantRegistered' && event.kind === 'state' ? [event.participant] : [],
  );
  const bare: number[] = [];
  const submitting: number[] = [];
  const looking: number[] = [];
  const approving: number[] = [];
  const noting: number[] = [];
  const rounds = 250;
  for (let round = 0; round < rounds; round += 1) {
    const participant = codes[round % codes.length] ?? 'FRA';
    const command: TreatyCommand = act(participant, `Authority ${round}, by append`);
    const { type: _type, treaty: _treaty, ...atDesk } = act(participant, `Authority ${round}`);
    const content: CaseContent = {
      acts: [atDesk as NonNullable<CaseContent['acts']>[number]],
      form: { ...form, 'signed-by': { answer: 'foreign-minister' } },
    };
    const opened = await desk.cases.open('instrument', treaty, content, ana);
    const warm = round < 50;
    await timed(warm ? [] : bare, () => ledger.transact(command, meta));
    const { id, version } = await timed(warm ? [] : submitting, () =>
      desk.cases.submit(opened.id, opened.version, ana),
    );
    const { revision, digest } = await timed(warm ? [] : looking, () => desk.cases.preview(id));
    const recorded = await timed(warm ? [] : approving, () =>
      desk.cases.approve(id, { version, revision, digest, publishAt: null }, bo),
    );
    await timed(warm ? [] : noting, () => desk.store.settled());
    if (recorded.state !== 'recorded') throw new Error(`A case is ${recorded.state}.`);
  }
  const p50 = latency(bare).p50;
  const shown = (times: readonly number[]): string => {
    const { p50: middle, p99 } = latency(times);
    return `p50 ${inMilliseconds(middle)}, p99 ${inMilliseconds(p99)}`;
  };
  const against = 'bare append, p50';
  showFigures(`Recording at the desk, ${rounds - 50} acts each way`, [
    { name: 'bare append', value: shown(bare) },
    {
      name: 'submit',
      value: shown(submitting),
      against,
      ratio: latency(submitting).p50 / p50,
    },
    {
      name: 'look at the preview',
      value: shown(looking),
      against,
      ratio: latency(looking).p50 / p50,
    },
    {
      name: 'approve and record',
      value: shown(approving),
      against,
      ratio: latency(approving).p50 / p50,
      target: { atMost: 2 },
    },
    {
      name: 'note the outcome, after the answer',
      value: shown(noting),
      against,
      ratio: latency(noting).p50 / p50,
    },
  ]);
}
