import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { seedParticipants } from '../../../apps/standalone/src/seed/load-seed.ts';
import { cybercrime, date, done, participants, treaty } from '../../treaty/test/deciding.ts';
import type {
  ActionKind,
  ActionRecorded,
  FinalClauses,
  OfficialDateRecorded,
  ParticipantEvent,
  TreatyEvent,
} from '#treaty';
import {
  actionAnswer,
  actionList,
  applyToStates,
  changesAnswer,
  emptyStates,
  entryIntoForceAnswer,
  participantAnswer,
  participantInTreatyAnswer,
  participantList,
  statusAnswer,
  treatyList,
  treatyAnswer,
  type AnyRecorded,
  type LazyAnswer,
  type ListPage,
  type ViewStates,
} from './index.ts';

/** A protocol that waits for the Convention, a number and figures. */
const protocol = 'XVIII-16-a';
const rule = (clauses: Partial<NonNullable<FinalClauses['entryIntoForce']>>) =>
  cybercrime({
    entryIntoForce: { ...cybercrime().finalClauses.entryIntoForce!, threshold: 2, ...clauses },
  });
const registered: TreatyEvent[] = [
  rule({}),
  {
    ...rule({
      conditions: [
        { type: 'entry-into-force-of', treaty },
        { type: 'share', attribute: 'gross-tonnage', fraction: '20/100' },
        { type: 'ceases-below', count: 2 },
      ],
    }),
    treaty: protocol,
  },
];

const codes = ['FRA', 'DEU', 'EUE', 'CZE', 'SUN', 'RUS', 'BRA'] as const;
/** Few days, so that several acts fall on one. */
const dayOf = (n: number) =>
  date(new Date(Date.UTC(2025, 9, 25 + n * 75)).toISOString().slice(0, 10));
const days = fc.integer({ min: 0, max: 9 }).map(dayOf);
/** Days asked about: some before all is done, most after. */
const asked = fc.integer({ min: 4, max: 16 }).map(dayOf);
const kinds = fc.constantFrom<ActionKind>(
  'ratification',
  'ratification',
  'accession',
  'accession',
  'denunciation',
  'withdrawalOfInstrument',
  'signature',
  'definitiveSignature',
  'ratification',
  'accession',
  'succession',
  'denunciation',
  'revocationOfNotice',
  'withdrawalOfInstrument',
  'withdrawalOfSignature',
  'reservation',
  'provisionalApplication',
);
const anAct = fc
  .tuple(fc.constantFrom(...codes), kinds, days, fc.constantFrom(treaty, protocol))
  .map(([who, kind, on, of]): Omit<ActionRecorded, 'action'> =>
    done(who, kind, on, { treaty: of, text: kind === 'reservation' ? 'Article 3.' : null }),
  );
const about = fc.oneof(
  fc.tuple(fc.nat(24), days).map(([n, on]) => ({ n, changes: { date: on } })),
  fc.tuple(fc.nat(24), fc.constantFrom(...codes)).map(([n, participant]) => ({
    n,
    changes: { participant },
  })),
  fc.tuple(fc.nat(24), kinds).map(([n, kind]) => ({ n, changes: { kind } })),
  fc.nat(24).map((n) => ({ n, changes: null })),
);
const officialDate = fc
  .tuple(fc.option(fc.constantFrom(...codes), { freq: 1 }), days, fc.constantFrom(treaty, protocol))
  .map(([participant, on, of]): OfficialDateRecorded => ({
    type: 'officialDateRecorded',
    treaty: of,
    participant,
    date: on,
    reason: 'As notified.',
  }));
const ofParticipants = fc.oneof(
  fc.tuple(fc.constantFrom(...codes), days).map(([participant, on]): ParticipantEvent => ({
    type: 'participantRenamed',
    participant,
    name: `Renamed ${participant}`,
    nameFr: null,
    date: on,
  })),
  fc.constantFrom(...codes).chain((code) =>
    days.map((on): ParticipantEvent => ({
      type: 'attributeTableRecorded',
      attribute: 'gross-tonnage',
      title: 'Fleet',
      unit: null,
      date: on,
      values: { [code]: 30, FRA: 15 },
      total: 100,
      source: 'made for this spec',
    })),
  ),
  days.map((on): ParticipantEvent => ({
    type: 'participantDissolved',
    participant: 'BRA',
    date: on,
    successors: ['ITA'],
  })),
);

/** Acts with corrections, annulments, official dates and what became of participants, in one order. */
const ledger = fc
  .tuple(
    fc.array(anAct, { minLength: 5, maxLength: 25 }),
    fc.array(about, { maxLength: 6 }),
    fc.array(officialDate, { maxLength: 3 }),
    fc.array(ofParticipants, { maxLength: 4 }),
  )
  .chain(([acts, changes, dates, others]) => {
    const actions = acts.map((act, n): ActionRecorded => ({ ...act, action: `a${n}` }));
    const later = changes.flatMap(({ n, changes: corrected }): TreatyEvent[] => {
      const action = actions[n];
      if (action === undefined) return [];
      const found = { treaty: action.treaty, action: action.action, reason: 'It was wrong.' };
      return [
        corrected === null
          ? { type: 'actionAnnulled', ...found }
          : { type: 'actionCorrected', ...found, changes: corrected },
      ];
    });
    const rest: (TreatyEvent | ParticipantEvent)[] = [...later, ...dates, ...others];
    return fc
      .shuffledSubarray(rest, { minLength: rest.length })
      .map((shuffled) => [...registered, ...actions, ...shuffled]);
  });

function recorded(events: readonly (TreatyEvent | ParticipantEvent)[]): AnyRecorded[] {
  return [...seedParticipants(), ...events].map((event, index): AnyRecorded => ({
    event,
    id: `event-${index}`,
    stream: 'treaty' in event ? `treaty-${event.treaty}` : 'participants',
    revision: index,
    position: String(1000 + index * 7),
    recordedAt: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
    actor: 'officer',
  }));
}

function statesOf(events: readonly AnyRecorded[]): ViewStates {
  const states = emptyStates();
  for (const event of events) applyToStates(states, event);
  return states;
}

const everyAction = {
  participant: null,
  kind: null,
  from: null,
  to: null,
  recordedFrom: null,
  recordedTo: null,
  sort: 'date',
} as const;
const everyTreaty = {
  state: null,
  participant: null,
  text: null,
  depositary: null,
  sort: 'number',
} as const;
const listed = (page: ListPage | null): Pick<LazyAnswer, 'body'> | null =>
  page && { body: () => page.body([...page.rows()], null) };

/** Every answer there is about a legal date, byte for byte but for the question that it repeats. */
function answers(states: ViewStates, asOf: string, asKnownAt: string | null): string[] {
  const times = { asOf: date(asOf), asKnownAt };
  const page = { ...times, limit: 500, after: null };
  const both = [treaty, protocol].flatMap((id) => {
    const question = { treaty: id, ...times };
    return [
      statusAnswer(states, question),
      entryIntoForceAnswer(states, question),
      treatyAnswer(states, question),
      listed(actionList(states, { ...everyAction, ...page, treaty: id, namesOn: times.asOf })),
      ...codes.map((code) => participantInTreatyAnswer(states, { ...question, code })),
      changesAnswer(states, {
        treaty: id,
        from: { ...times, asOf: date('2026-01-01') },
        to: times,
      }),
    ];
  });
  const all = [
    ...both,
    listed(treatyList(states, { ...everyTreaty, ...page })),
    listed(participantList(states, { kind: null, name: null, sort: 'code', ...page })),
    ...codes.map((code) => participantAnswer(states, { ...times, code })),
    ...Array.from({ length: 25 }, (_, n) => actionAnswer(states, `a${n}`, times)),
  ];
  return all.map((answer) =>
    JSON.stringify(answer?.body() ?? null).replaceAll(
      /"asKnownAt":("[^"]*"|null)/g,
      '"asKnownAt":',
    ),
  );
}

describe('the three times', () => {
  it('as known at any past position, every answer is the one given then', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), asked, (events, n, asOf) => {
        const all = recorded(events);
        const cut = 1 + (n % all.length);
        const last = all[cut - 1]!;
        const then = answers(statesOf(all.slice(0, cut)), asOf, null);
        const now = statesOf(all);
        expect(answers(now, asOf, last.position)).toStrictEqual(then);
        expect(answers(now, asOf, last.recordedAt)).toStrictEqual(then);
      }),
      { numRuns: 60 },
    );
  });

  it('as known now, every answer is the plain one', () => {
    fc.assert(
      fc.property(ledger, asked, (events, asOf) => {
        const all = recorded(events);
        const states = statesOf(all);
        const plain = answers(states, asOf, null);
        expect(answers(states, asOf, all.at(-1)!.position)).toStrictEqual(plain);
        expect(answers(states, asOf, '2027-01-01T00:00:00.000Z')).toStrictEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it('an answer is never confirmed by its revision when its body is another', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), asked, (events, n, asOf) => {
        const all = recorded(events);
        const cut = 1 + (n % all.length);
        const bodies = new Map<string, string>();
        for (const states of [statesOf(all.slice(0, cut)), statesOf(all)])
          for (const id of [treaty, protocol]) {
            const question = { treaty: id, asOf, asKnownAt: null };
            const found = statusAnswer(states, question);
            if (found === null) continue;
            const key = `${id} ${found.revision}`;
            const body = JSON.stringify(found.body());
            expect(bodies.get(key) ?? body).toBe(body);
            bodies.set(key, body);
          }
      }),
      { numRuns: 60 },
    );
  });
});

/** What a table says, whatever the order in which it came to be known. */
function legalAnswers(events: readonly TreatyEvent[], asOf: string): unknown {
  const states = statesOf(recorded(events));
  return [treaty, protocol].map((id) => {
    const question = { treaty: id, asOf: date(asOf), asKnownAt: null };
    const { position: _one, ...status } = statusAnswer(states, question)!.body() as {
      position: string;
    };
    const { position: _two, ...force } = entryIntoForceAnswer(states, question)!.body() as {
      position: string;
    };
    return { status, force };
  });
}

const actions = fc
  .array(anAct, { minLength: 3, maxLength: 25 })
  .map((acts) => acts.map((act, n): ActionRecorded => ({ ...act, action: `a${n}` })));

describe('the revision of an answer', () => {
  const waiting = (id: string, on: string): TreatyEvent => ({
    ...rule({ threshold: 1, conditions: [{ type: 'entry-into-force-of', treaty: on }] }),
    treaty: id,
  });
  const first = [registered[0]!, waiting('B', treaty), waiting('C', 'B')];
  const own = done('FRA', 'accession', '2026-01-10', { treaty: 'C' });
  const parent = done('FRA', 'accession', '2026-01-10', { treaty: 'B' });
  const convention = ['FRA', 'DEU'].map((code) => done(code, 'accession', '2026-01-10'));

  it('changes with the treaty that the treaty it waits for waits for', () => {
    const all = recorded([...first, own, parent, ...convention]);
    const [before, after] = [all.slice(0, -1), all].map((events) =>
      statusAnswer(statesOf(events), { treaty: 'C', asOf: date('2027-01-01'), asKnownAt: null }),
    );
    const state = (answer: typeof before) => (answer!.body() as any).entryIntoForce.state;
    expect([state(before), state(after)]).toStrictEqual(['pending', 'in-force']);
    expect(before!.revision).not.toBe(after!.revision);
  });
});

describe('the order of arrival', () => {
  it('changes nothing: the same acts of the same legal dates give the same status', () => {
    fc.assert(
      fc.property(
        actions.chain((acts) =>
          fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length })),
        ),
        asked,
        ([acts, shuffled], asOf) => {
          expect(legalAnswers([...registered, ...shuffled], asOf)).toStrictEqual(
            legalAnswers([...registered, ...acts], asOf),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('an action recorded wrongly and corrected is the action recorded rightly', () => {
    fc.assert(
      fc.property(actions, fc.nat(), about, asked, (acts, n, { changes }, asOf) => {
        const wrong = acts[n % acts.length]!;
        const found = { treaty: wrong.treaty, action: wrong.action, reason: 'It was wrong.' };
        const right = acts.flatMap((act) =>
          act !== wrong ? [act] : changes === null ? [] : [{ ...act, ...changes }],
        );
        const put: TreatyEvent =
          changes === null
            ? { type: 'actionAnnulled', ...found }
            : { type: 'actionCorrected', ...found, changes };
        expect(legalAnswers([...registered, ...acts, put], asOf)).toStrictEqual(
          legalAnswers([...registered, ...right], asOf),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('adding an instrument', () => {
  const unrelated = Object.values(participants.byCode)
    .filter(
      ({ kind, from, predecessors }) => kind === 'state' && from === null && !predecessors.length,
    )
    .map(({ code }) => code)
    .filter((code) => !(codes as readonly string[]).includes(code))
    .slice(0, 6);

  it('never delays a date that is fixed', () => {
    const dateOf = (events: readonly TreatyEvent[], asOf: string): string => {
      const question = { treaty, asOf: date(asOf), asKnownAt: null };
      const body = entryIntoForceAnswer(statesOf(recorded(events)), question)!.body();
      return (body as { date?: string }).date ?? '9999-12-31';
    };
    fc.assert(
      fc.property(actions, fc.constantFrom(...unrelated), days, asked, (acts, who, on, asOf) => {
        const before = [...registered, ...acts];
        const after = [...before, done(who, 'ratification', on, { action: 'added' })];
        expect(dateOf(after, asOf) <= dateOf(before, asOf)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
