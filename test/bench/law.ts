import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { catalogueOfTreaty } from '#catalogue';
import {
  actionKindOfWords,
  emptyParticipants,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  evolveAll,
  evolveParticipants,
  findParticipant,
  isCalendarDate,
  calendarDate,
  unknownFinalClauses,
  type ActionRecorded,
  type ParticipantEvent,
  type TreatyEvent,
} from '#treaty';
import {
  applyToStates,
  changesAnswer,
  emptyStates,
  entryIntoForceAnswer,
  participantAnswer,
  statusAnswer,
  treatyList,
  type AnyRecorded,
  type ViewStates,
} from '#views';
import { inMilliseconds, latency, showFigures, type Figure } from './measure/figures.ts';
import { table } from './register.ts';

/**
 * What the law costs: the answers about the largest treaty as of a date and as known at a position, beside the
 * plain answer, with the tables of 2015 and with ten times as many other treaties. No HTTP, nothing kept ready.
 */
const rounds = 60;
const today = calendarDate('2026-11-24');

interface Register {
  readonly states: ViewStates;
  /** The treaty with the most actions among those whose clauses are known. */
  readonly largest: string;
  /** Positions at which that treaty changed. */
  readonly positions: readonly string[];
}

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-law-'));
  try {
    const { file, what } = await table(folder);
    const rows: Record<string, string>[] = parse(await readFile(file), {
      columns: true,
      bom: true,
    });
    const participants = await shippedParticipants();
    const [once, tenfold] = [build(rows, participants, 1), build(rows, participants, 10)];
    const plain = measure((n) => status(once, today, null, n));
    const same = latency(measure((n) => status(tenfold, today, null, n)));
    const against = latency(plain);
    const line = (name: string, times: readonly number[], atMost?: number): Figure => {
      const { p50, p99 } = latency(times);
      return {
        name,
        value: `p50 ${inMilliseconds(p50)}, p99 ${inMilliseconds(p99)}`,
        against: 'plain, p50',
        ratio: p50 / against.p50,
        ...(atMost !== undefined && { target: { atMost } }),
      };
    };
    showFigures(`Answers about ${once.largest} of ${what}, each made anew`, [
      line('status, plain', plain),
      line(
        'status as of each tenth year of its history',
        measure((n) => status(once, yearOf(n), null, n)),
        10,
      ),
      line(
        'status as known at a position, first time',
        measure((n) => status(once, today, at(once, n), n)),
        10,
      ),
      line(
        'the same positions again',
        measure((n) => status(once, today, at(once, n % 8), n)),
        10,
      ),
      line(
        'entry into force',
        measure(() => force(once)),
      ),
      line(
        'changes since a position',
        measure((n) => changes(once, at(once, n))),
      ),
    ]);
    showFigures('With ten times the treaties', [
      {
        name: 'status of the same treaty, plain',
        value: `p50 ${inMilliseconds(same.p50)}, p99 ${inMilliseconds(same.p99)}`,
        against: 'once the treaties, p50',
        ratio: same.p50 / against.p50,
        target: { atMost: 1.5 },
      },
      ...compared('status as known at a position', once, tenfold, (register, n) =>
        status(register, today, at(register, n), n + 1000),
      ),
      ...compared('a page of fifty treaties', once, tenfold, (register) => page(register)),
      ...compared(
        'one participant in all treaties (ten times as many)',
        once,
        tenfold,
        (register) => one(register),
      ),
    ]);
    manyActions();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compared(
  name: string,
  once: Register,
  tenfold: Register,
  work: (register: Register, n: number) => void,
): Figure[] {
  const few = latency(measure((n) => work(once, n)));
  const many = latency(measure((n) => work(tenfold, n)));
  return [
    {
      name,
      value: `p50 ${inMilliseconds(few.p50)} → ${inMilliseconds(many.p50)}`,
      against: 'once the treaties, p50',
      ratio: many.p50 / few.p50,
    },
  ];
}

/** Milliseconds of each round, after some that warm up. */
function measure(work: (n: number) => void): number[] {
  for (let n = 0; n < 15; n += 1) work(rounds + n);
  return Array.from({ length: rounds }, (_, n) => {
    const start = performance.now();
    work(n);
    return performance.now() - start;
  });
}

const yearOf = (n: number) => calendarDate(`${1995 + (n % 3) * 10}-06-30`);
const at = ({ positions }: Register, n: number): string =>
  positions[Math.floor((positions.length - 1) * (0.2 + (0.8 * (n % rounds)) / rounds))] ?? '0';

function status(
  { states, largest }: Register,
  asOf: typeof today,
  asKnownAt: string | null,
  n: number,
) {
  const answer = statusAnswer(states, { treaty: largest, asOf, asKnownAt });
  if (answer === null || JSON.stringify(answer.body()).length < 100)
    throw new Error(`No status in round ${n}.`);
}

function force({ states, largest }: Register): void {
  JSON.stringify(
    entryIntoForceAnswer(states, { treaty: largest, asOf: today, asKnownAt: null })?.body(),
  );
}

function changes({ states, largest }: Register, since: string): void {
  const from = { asOf: today, asKnownAt: since };
  const to = { asOf: today, asKnownAt: null };
  JSON.stringify(changesAnswer(states, { treaty: largest, from, to })?.body());
}

function page({ states }: Register): void {
  const { rows, body } = treatyList(states, {
    asOf: today,
    asKnownAt: null,
    state: null,
    participant: null,
    text: null,
    depositary: null,
    sort: 'number',
    limit: 50,
    after: null,
  });
  JSON.stringify(body([...rows()], null));
}

function one({ states }: Register): void {
  JSON.stringify(participantAnswer(states, { code: 'FRA', asOf: today, asKnownAt: null })?.body());
}

/** The participants that the product ships, by the module of the build that seeds them. */
async function shippedParticipants(): Promise<ParticipantEvent[]> {
  const address = new URL('../../dist/apps/standalone/src/seed/load-seed.js', import.meta.url).href;
  const seed: { seedParticipants: () => ParticipantEvent[] } = await import(address);
  return seed.seedParticipants();
}

/** The rows as events in the order of their dates, the treaties repeated under other ids. */
function build(
  rows: readonly Record<string, string>[],
  participants: readonly ParticipantEvent[],
  times: number,
): Register {
  const register = participants.reduce(evolveParticipants, emptyParticipants);
  const byTreaty = Map.groupBy(rows, (row) => row['mtdsg_no'] ?? '');
  const states = emptyStates();
  let position = 0;
  const put = (event: TreatyEvent | ParticipantEvent, stream: string): string => {
    position += 100;
    const recorded = {
      event,
      id: `event-${position}`,
      stream,
      revision: position,
      position: String(position),
      recordedAt: new Date(Date.UTC(2026, 0, 1) + position).toISOString(),
      actor: 'bench',
    } as AnyRecorded;
    applyToStates(states, recorded);
    return recorded.position;
  };
  for (const event of participants) put(event, 'participants');
  const bySize = [...byTreaty].toSorted((a, b) => b[1].length - a[1].length).map(([id]) => id);
  const largest = bySize.find((id) => catalogueOfTreaty(id) !== null) ?? bySize[0] ?? '';
  const positions: string[] = [];
  for (let copy = 0; copy < times; copy += 1)
    for (const [id, ofTreaty] of byTreaty) {
      const treaty = copy === 0 ? id : `${id}-${copy}`;
      for (const event of eventsOf(treaty, id, ofTreaty, register)) {
        const placed = put(event, `treaty-${treaty}`);
        if (treaty === largest) positions.push(placed);
      }
    }
  return { states, largest, positions };
}

function* eventsOf(
  treaty: string,
  id: string,
  rows: readonly Record<string, string>[],
  register: Parameters<typeof findParticipant>[0],
): Generator<TreatyEvent> {
  const entry = catalogueOfTreaty(id);
  yield {
    type: 'treatyRegistered',
    treaty,
    title: rows[0]?.['treaty'] ?? id,
    titleFr: null,
    depositary: null,
    dateOfAdoption: null,
    placeOfAdoption: null,
    finalClauses: entry?.finalClauses ?? unknownFinalClauses,
    source: null,
  };
  for (const [n, row] of rows.entries()) {
    const kind = actionKindOfWords(row['action'] ?? '');
    const who = findParticipant(register, row['iso3'] || (row['participant'] ?? ''));
    const on = row['date'];
    if (kind !== null && who !== null && isCalendarDate(on))
      yield acted(treaty, `${treaty}-${n}`, kind, who.code, on);
  }
}

const acted = (
  treaty: string,
  action: string,
  kind: ActionRecorded['kind'],
  participant: string,
  date: ActionRecorded['date'],
): ActionRecorded => ({
  type: 'actionRecorded',
  treaty,
  action,
  kind,
  participant,
  date,
  dateOfInstrument: null,
  dateOfReceipt: null,
  dateOfEffect: null,
  place: null,
  text: null,
  territory: null,
  relatesTo: null,
  predecessor: null,
  note: null,
  source: null,
  override: null,
});

/** Thirty thousand actions in one treaty: what the fold one by one costs, and one computation. */
function manyActions(): void {
  const on = calendarDate('2000-01-01');
  let record = emptyRecord('X-1');
  const start = performance.now();
  for (let n = 0; n < 30_000; n += 1)
    record = evolve(record, acted('X-1', `a${n}`, 'designationOfAuthority', 'FRA', on));
  const folded = performance.now() - start;
  const again = performance.now();
  entryIntoForceOf(record, emptyParticipants, { asOf: today });
  const computed = performance.now() - again;
  const atOnce = performance.now();
  evolveAll(
    emptyRecord('X-1'),
    record.actions.map(({ first }) => first),
  );
  const folding = performance.now() - atOnce;
  showFigures('Thirty thousand actions in one treaty', [
    { name: 'folded one by one, as commands are decided', value: inMilliseconds(folded) },
    { name: 'folded at once, as views are', value: inMilliseconds(folding) },
    { name: 'entry into force of it, first time', value: inMilliseconds(computed) },
  ]);
}
