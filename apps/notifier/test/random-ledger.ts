import type { AnyEvent } from '#ledger';
import { addDays, type CalendarDate, type Condition, type EntryIntoForceRule } from '#treaty';
import { cybercrime, done } from '../../../libs/treaty/test/deciding.ts';

/** Chance that a seed makes the same again. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to one less. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  /** Whether something happens that happens once in so many times. */
  onceIn(times: number): boolean {
    return this.next() * times < 1;
  }

  of<One>(all: readonly One[]): One {
    const one = all[this.below(all.length)];
    if (one === undefined) throw new Error('There is nothing to choose from.');
    return one;
  }
}

const codes = ['FRA', 'DEU', 'ITA', 'BRA', 'KEN', 'JPN', 'EUE', 'FJI'];
const ids = ['I-1', 'I-2', 'I-3', 'I-4', 'I-5', 'I-6'];

const asks = (type: 'entry-into-force-of' | 'all-parties-of', treaty: string): Condition => ({
  type,
  treaty,
});
const conditionsOf: Readonly<Record<string, readonly Condition[]>> = {
  'I-2': [asks('entry-into-force-of', 'I-1')],
  'I-3': [asks('all-parties-of', 'I-1')],
  'I-4': [{ type: 'share', attribute: 'tonnage', fraction: '1/3' }],
  'I-5': [{ type: 'subset-count', group: 'members', count: 1, of: { membersOf: 'EUE' } }],
  'I-6': [asks('entry-into-force-of', 'I-2')],
};

/** Treaties that enter into force early and ask about each other, with everything that may follow from an event. */
export class RandomLedger {
  private readonly chance: Chance;
  private readonly actions: { treaty: string; action: string }[] = [];
  private made = 0;

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** The treaties, as they are first registered. */
  first(day: CalendarDate): AnyEvent[] {
    return ids.map((treaty) => ({
      ...cybercrime(),
      treaty,
      title: treaty,
      ...this.clauses(treaty, day),
    }));
  }

  private clauses(treaty: string, day: CalendarDate) {
    const entryIntoForce: EntryIntoForceRule = {
      article: '9',
      threshold: 1 + this.chance.below(3),
      countedKinds: ['ratification', 'accession'],
      delay: { mode: 'days', n: 1 + this.chance.below(40) },
      reioInstruments: 'not-counted',
      conditions: conditionsOf[treaty] ?? [],
    };
    const { finalClauses } = cybercrime({ entryIntoForce });
    const [window] = finalClauses.signature?.windows ?? [];
    if (finalClauses.signature === null || window === undefined) return { finalClauses };
    const until = addDays(day, 5 + this.chance.below(60));
    const windows = [{ ...window, from: addDays(day, -300), until }];
    return { finalClauses: { ...finalClauses, signature: { ...finalClauses.signature, windows } } };
  }

  /** What is recorded next. */
  next(day: CalendarDate): AnyEvent {
    const { chance } = this;
    const treaty = chance.of(ids);
    const known = this.actions.length > 0 && chance.onceIn(3) ? chance.of(this.actions) : null;
    if (known !== null) {
      const reason = 'It was another one.';
      if (chance.onceIn(2)) return { type: 'actionAnnulled', ...known, reason };
      const changes = chance.onceIn(2)
        ? { date: addDays(day, -chance.below(60)) }
        : { participant: chance.of(codes) };
      return { type: 'actionCorrected', ...known, changes, reason };
    }
    if (chance.onceIn(6)) return this.ofParticipants(day);
    if (chance.onceIn(12))
      return {
        type: 'finalClausesRecorded',
        treaty,
        reason: 'Read better.',
        ...this.clauses(treaty, day),
      };
    if (chance.onceIn(12)) {
      const date = addDays(day, chance.below(50) - 10);
      return { type: 'officialDateRecorded', treaty, participant: null, date, reason: 'So.' };
    }
    const kind = chance.of([
      'ratification',
      'accession',
      'ratification',
      'signature',
      'denunciation',
      'withdrawalOfInstrument',
    ] as const);
    const action = `action-${(this.made += 1)}`;
    this.actions.push({ treaty, action });
    return done(chance.of(codes), kind, addDays(day, -chance.below(5)), { treaty, action });
  }

  private ofParticipants(day: CalendarDate): AnyEvent {
    const { chance } = this;
    const [participant, other] = [chance.of(codes), chance.of(codes)];
    const date = addDays(day, chance.below(20) - 10);
    switch (chance.below(4)) {
      case 0:
        return {
          type: 'membershipRecorded',
          organization: 'EUE',
          member: participant,
          from: date,
          until: chance.onceIn(2) ? addDays(date, 10) : null,
        };
      case 1:
        return {
          type: 'attributeTableRecorded',
          attribute: 'tonnage',
          title: 'Tonnage',
          unit: null,
          date,
          values: Object.fromEntries(codes.map((code) => [code, 1 + chance.below(100)])),
          total: 500,
          source: 'The world.',
        };
      case 2:
        return { type: 'participantDissolved', participant, date, successors: [other] };
      default:
        return { type: 'participantContinued', participant, predecessor: other, date };
    }
  }
}
