import { describe, expect, it } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import { uuidFrom, type AnyEvent } from '#ledger';
import type { Condition, EntryIntoForceRule, Recorded, TreatyRegistered } from '#treaty';
import { cybercrime, date, done } from '../../../../libs/treaty/test/deciding.ts';
import { LedgerInMemory, type TimelineUnderTest } from '../../test/timeline-under-test.ts';
import { noticeMessage } from '../mail/messages.tsx';
import { noneAttached } from '../mail/official-documents.ts';
import { sentenceOf } from '../words/sentences.ts';
import type { Occurrence } from './occurrence.ts';
import { placeOfEvent } from './place.ts';
import { whatChanged } from './what-changed.ts';

const entry = (id: string): TreatyRegistered => {
  const { treaty, title, dateOfAdoption, finalClauses } = catalogueEntry(id)!;
  return { ...cybercrime(), treaty, title, dateOfAdoption, finalClauses };
};
/** A treaty that enters into force ten days after its first instrument, under conditions. */
const made = (treaty: string, conditions: readonly Condition[] = [], threshold = 1) => {
  const entryIntoForce: EntryIntoForceRule = {
    article: '9',
    threshold,
    countedKinds: ['ratification'],
    delay: { mode: 'days', n: 10 },
    reioInstruments: 'not-counted',
    conditions,
  };
  return { ...cybercrime({ signature: null, entryIntoForce }), treaty, title: treaty };
};
const ratified = (treaty: string, code: string, on: string) =>
  done(code, 'ratification', on, { treaty, action: `${treaty} ${code} ${on}` });

/** What is told, in short. */
const inShort = (told: readonly Occurrence[]) =>
  told.map((one) => {
    if (one.what === 'count') return [one.treaty, 'count', one.before, one.after];
    return 'days' in one ? [one.treaty, one.what, one.date, one.days] : [one.treaty, one.what];
  });
const changedIn = (timeline: TimelineUnderTest, occurrence: Occurrence | undefined) =>
  occurrence && whatChanged(occurrence, timeline.records, (at) => timeline.dateAt(at));

// The real instruments: the protocol had its ten before the convention had its twenty.
const convention =
  'JAM 2007-03-30,HUN 2007-07-20,PAN 2007-08-07,HRV 2007-08-15,CUB 2007-09-06,GAB 2007-10-01,IND 2007-10-01,BGD 2007-11-30,ZAF 2007-11-30,ESP 2007-12-03,NAM 2007-12-04,NIC 2007-12-07,SLV 2007-12-14,MEX 2007-12-17,PER 2008-01-30,GIN 2008-02-08,SMR 2008-02-22,JOR 2008-03-31,TUN 2008-04-02';
const protocol =
  'HUN 2007-07-20,PAN 2007-08-07,HRV 2007-08-15,ZAF 2007-11-30,ESP 2007-12-03,NAM 2007-12-04,SLV 2007-12-14,MEX 2007-12-17,PER 2008-01-30,GIN 2008-02-08';

function disabilities() {
  const ledger = new LedgerInMemory();
  ledger.record('2007-03-30', entry('crpd'), entry('crpd-op'));
  const acts = [
    ...convention.split(',').map((act) => ['IV-15', ...act.split(' ')]),
    ...protocol.split(',').map((act) => ['IV-15-a', ...act.split(' ')]),
  ].toSorted(([, , a = ''], [, , b = '']) => (a < b ? -1 : 1));
  for (const [treaty = '', code = '', on = ''] of acts)
    ledger.record(on, ratified(treaty, code, on));
  const twentieth = ledger.record('2008-04-03', ratified('IV-15', 'ECU', '2008-04-03'));
  return { ledger, twentieth };
}

describe('the Optional Protocol to the CRPD, which waits for the Convention', () => {
  it('is told of at the Convention’s twentieth instrument, as its own, in a place after it', () => {
    const { ledger, twentieth } = disabilities();
    const timeline = ledger.timeline();
    const told = timeline.ofEventAndAfter(twentieth);
    expect(inShort(told)).toStrictEqual([
      ['IV-15', 'action'],
      ['IV-15', 'count', 19, 20],
      ['IV-15', 'entry-into-force', '2008-05-03', 30],
      ['IV-15-a', 'entry-into-force', '2008-05-03', 30],
    ]);
    expect(told.map(({ place }) => place)).toStrictEqual(
      [0, 1, 2, 3].map((part) => placeOfEvent(twentieth.position, part)),
    );
    const [, , , last] = told;
    expect(last).toMatchObject({
      id: uuidFrom('entry-into-force', 'IV-15-a', '2008-05-03', '30'),
      recorded: twentieth,
      position: twentieth.position,
    });
    expect(changedIn(timeline, last)).toStrictEqual({
      asOf: '2008-04-03',
      status: [],
      counted: { before: 10, after: 10, required: 10 },
      entryIntoForce: {
        before: { state: 'pending' },
        after: { state: 'fixed', date: '2008-05-03' },
      },
    });
    expect(sentenceOf(last!, timeline.states, 'en')).toBe(
      'OP-CRPD enters into force on 3 May 2008, in 30 days. This follows from: CRPD: Ecuador, Ratification, 3 April 2008.',
    );
    expect(sentenceOf(last!, timeline.states, 'fr')).toBe(
      'OP-CRPD entre en vigueur le 3 mai 2008, dans 30 jours. Cela résulte de ce qui suit : CRPD : Équateur, Ratification, 3 avril 2008.',
    );
    expect(sentenceOf(last!, timeline.states, 'en', 'number')).toBe(
      'IV-15-a enters into force on 3 May 2008, in 30 days.',
    );
    const links = { confirm: '', manage: '', unsubscribe: '' };
    const mail = { language: 'en', states: timeline.states, source: 'https://t.example' } as const;
    const attached = noneAttached([last!]);
    expect(noticeMessage([last!], { ...mail, links, attached }).text).toContain(
      '\n  https://t.example/treaties/IV-15-a?lang=en\n',
    );
  });

  it('is not told of again when the next day begins, nor at its own next event', () => {
    const { ledger, twentieth } = disabilities();
    const next = ledger.record('2008-04-24', ratified('IV-15-a', 'SVN', '2008-04-24'));
    const timeline = ledger.timeline();
    const day = date('2008-04-04');
    timeline.setDays([{ day, position: twentieth.position }]);
    const told = [
      ...timeline.between(placeOfEvent(twentieth.position, 9), placeOfEvent(next.position), true),
    ];
    expect(told.map((one) => ('isNew' in one ? [one.treaty, one.isNew] : one.what))).toStrictEqual([
      ['IV-15', false],
      ['IV-15-a', false],
      'action',
    ]);
    expect(inShort(timeline.ofEventAndAfter(next))).toStrictEqual([
      ['IV-15-a', 'action'],
      ['IV-15-a', 'count', 10, 11],
    ]);
  });

  it('is near when a day begins, although no event of its own came since', () => {
    const { ledger, twentieth } = disabilities();
    const timeline = ledger.timeline();
    timeline.setDays([{ day: date('2008-04-13'), position: twentieth.position }]);
    const [, other] = [
      ...timeline.between(placeOfEvent(twentieth.position, 9), '99999999999999999999', true),
    ];
    expect(inShort([other!])).toStrictEqual([['IV-15-a', 'entry-into-force', '2008-05-03', 20]]);
  });
});

describe('what follows for a treaty from an event that is not its own', () => {
  const asks = (treaty: string): Condition => ({ type: 'entry-into-force-of', treaty });

  it('comes for every treaty of a chain, in the order of their ids', () => {
    const ledger = new LedgerInMemory();
    ledger.record(
      '2026-01-01',
      made('I-9'),
      made('I-3', [asks('I-9')]),
      made('I-5', [asks('I-3')]),
    );
    for (const treaty of ['I-3', 'I-5'])
      ledger.record('2026-01-02', ratified(treaty, 'FRA', '2026-01-02'));
    const last = ledger.record('2026-02-01', ratified('I-9', 'FRA', '2026-02-01'));
    expect(inShort(ledger.timeline().ofEventAndAfter(last))).toStrictEqual([
      ['I-9', 'action'],
      ['I-9', 'count', 0, 1],
      ['I-9', 'entry-into-force', '2026-02-11', 10],
      ['I-3', 'entry-into-force', '2026-02-11', 10],
      ['I-5', 'entry-into-force', '2026-02-11', 10],
    ]);
  });

  it('is another count, where what was withdrawn in time depends on the other’s date', () => {
    const ledger = new LedgerInMemory();
    ledger.record('2026-01-01', made('I-1'), made('I-2', [asks('I-1')]));
    const [first, back] = [
      ratified('I-2', 'DEU', '2026-01-02'),
      done('DEU', 'withdrawalOfInstrument', '2026-03-01', { treaty: 'I-2' }),
    ];
    ledger.record('2026-03-01', ratified('I-2', 'FRA', '2026-01-02'), first, back);
    const late = ratified('I-1', 'FRA', '2026-03-15');
    ledger.record('2026-03-15', late);
    const corrected = ledger.record('2026-03-16', {
      type: 'actionCorrected',
      treaty: 'I-1',
      action: late.action,
      changes: { date: date('2026-02-01') },
      reason: 'It was received in February.',
    });
    const told = ledger.timeline().ofEventAndAfter(corrected);
    expect(inShort(told)).toStrictEqual([
      ['I-1', 'action'],
      ['I-2', 'count', 1, 2],
    ]);
    expect(told[1]?.id).toBe(uuidFrom('count', corrected.id, 'I-2'));
  });

  it('comes with events of participants: a membership, figures, a registration, a continuation', () => {
    const ledger = new LedgerInMemory();
    const twoThirds: Condition = { type: 'share', attribute: 'tonnage', fraction: '2/3' };
    const ofUnion: Condition = {
      type: 'subset-count',
      group: 'members',
      count: 1,
      of: { membersOf: 'EUE' },
    };
    ledger.record('2026-01-01', made('I-1', [ofUnion]), made('I-2', [twoThirds]));
    ledger.record('2026-01-01', made('I-3', [], 3), made('I-4', [asks('I-1')]));
    for (const [treaty, code] of [
      ...['I-1', 'I-2', 'I-4'].map((treaty) => [treaty, 'BRA']),
      ...['ARG', 'BRA', 'CHL'].map((code) => ['I-3', code]),
    ] as const)
      ledger.record('2026-01-02', ratified(treaty!, code!, '2026-01-02'));
    const [from, day] = [date('2026-02-01'), '2026-02-01'];
    const membership = ledger.record(day, {
      type: 'membershipRecorded',
      organization: 'EUE',
      member: 'BRA',
      from,
      until: null,
    });
    const table = (on: string, share: number): AnyEvent => ({
      type: 'attributeTableRecorded',
      attribute: 'tonnage',
      title: 'Fleet',
      unit: null,
      date: date(on),
      values: { BRA: share },
      total: 10,
      source: 'made for this spec',
    });
    const figures = ledger.record(day, table('2025-01-01', 1), table('2026-02-01', 9));
    const chile = ledger.events.find(
      ({ event }) => event.type === 'participantRegistered' && event.participant === 'CHL',
    )!.event;
    const kind = ledger.record(day, { ...chile, kind: 'reio' } as AnyEvent);
    const continued = ledger.record(day, {
      type: 'participantContinued',
      participant: 'ARG',
      predecessor: 'BRA',
      date: from,
    });
    const renamed = ledger.record(day, {
      type: 'participantRenamed',
      participant: 'BRA',
      name: 'Brazil',
      nameFr: null,
      date: from,
    });
    const timeline = ledger.timeline();
    const told = (event: Recorded<AnyEvent>) => inShort(timeline.ofEventAndAfter(event));
    expect(told(membership)).toStrictEqual([
      [null, 'register'],
      ['I-1', 'entry-into-force', '2026-02-11', 10],
      ['I-4', 'entry-into-force', '2026-02-11', 10],
    ]);
    expect(told(figures)).toStrictEqual([
      [null, 'register'],
      ['I-2', 'entry-into-force', '2026-02-11', 10],
    ]);
    expect(told(kind)).toStrictEqual([
      [null, 'register'],
      ['I-3', 'count', 3, 2],
    ]);
    expect(told(continued)).toStrictEqual([
      [null, 'register'],
      ['I-3', 'count', 2, 1],
    ]);
    expect(told(renamed)).toStrictEqual([[null, 'register']]);
    const [, count] = timeline.ofEventAndAfter(continued);
    expect(changedIn(timeline, count)?.counted).toStrictEqual({ before: 2, after: 1, required: 3 });
  });

  it('is the same for a process that read no further and for one that read on, walking back as well', () => {
    const { ledger } = disabilities();
    // Later events that change the answers: who counts, and what the clauses ask.
    const { finalClauses } = made('IV-15-a');
    const reason = 'Made for this spec.';
    ledger.record('2008-05-10', {
      type: 'finalClausesRecorded',
      treaty: 'IV-15-a',
      finalClauses,
      reason,
    });
    for (const code of ['HUN', 'MEX', 'ECU']) {
      const { event } = ledger.events.find(
        ({ event: one }) => one.type === 'participantRegistered' && one.participant === code,
      )!;
      ledger.record('2008-05-11', { ...event, kind: 'reio' } as AnyEvent);
    }
    const all = ledger.timeline();
    const backwards = ledger.timeline();
    const treaties = ledger.events.filter(({ recordedAt }) => recordedAt > '2007');
    for (const event of treaties.toReversed()) backwards.ofEventAndAfter(event);
    for (const event of treaties) {
      const then = ledger.timeline(event.position).ofEventAndAfter(event);
      expect(all.ofEventAndAfter(event)).toStrictEqual(then);
      expect(backwards.ofEventAndAfter(event)).toStrictEqual(then);
    }
  });

  it('comes with a day where only a day makes the date known, and every longer notice is due', () => {
    const ledger = new LedgerInMemory();
    const all: Condition = { type: 'all-parties-of', treaty: 'I-1' };
    ledger.record('2024-01-01', made('I-1'), made('I-2', [all]));
    for (const code of ['FRA', 'DEU'])
      ledger.record('2024-01-02', ratified('I-1', code, '2024-01-02'));
    ledger.record('2024-02-01', ratified('I-2', 'FRA', '2024-02-01'));
    // Germany leaves a year later, and France is then all the parties there are.
    const notice = done('DEU', 'denunciation', '2025-01-10', { treaty: 'I-1' });
    const last = ledger.record('2025-01-10', notice);
    const timeline = ledger.timeline();
    expect(inShort(timeline.ofEventAndAfter(last))).toStrictEqual([['I-1', 'action']]);
    const days = ['2026-01-09', '2026-01-10', '2026-01-11'].map((day) => date(day));
    timeline.setDays(days.map((day) => ({ day, position: last.position })));
    const brought = timeline.between(placeOfEvent(last.position, 9), '99999999999999999999', true);
    expect(
      [...brought].map((one) => 'days' in one && [one.date, one.days, one.isNew]),
    ).toStrictEqual([
      ['2026-01-20', 10, true],
      ['2026-01-20', 9, false],
    ]);
  });
});
