import { expect } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import { seedParticipants } from '../../../apps/standalone/src/seed/load-seed.ts';
import {
  calendarDate,
  decide,
  emptyParticipants,
  emptyRecord,
  evolve,
  evolveParticipants,
  type ActionKind,
  type ActionRecorded,
  type CalendarDate,
  type Decision,
  type FinalClauses,
  type ParticipantRegister,
  type RecordAction,
  type RefusalCode,
  type TreatyCommand,
  type TreatyEvent,
  type TreatyRecord,
  type TreatyRegistered,
} from '../src/index.ts';

export const date = calendarDate;
export const treaty = 'XVIII-16';
/** The day on which the specs decide, unless they say another. */
export const today = date('2026-11-24');

/** The participants that the product ships. */
export const participants: ParticipantRegister = seedParticipants().reduce(
  evolveParticipants,
  emptyParticipants,
);

const cybercrimeFinalClauses = catalogueEntry('cybercrime')!.finalClauses;

/** The Convention against Cybercrime as registered, its clauses changed where a spec needs it. */
export function cybercrime(changes: Partial<FinalClauses> = {}): TreatyRegistered {
  return {
    type: 'treatyRegistered',
    treaty,
    title: 'United Nations Convention against Cybercrime',
    titleFr: null,
    depositary: 'Secretary-General of the United Nations',
    dateOfAdoption: date('2024-12-24'),
    placeOfAdoption: 'New York',
    finalClauses: { ...cybercrimeFinalClauses, ...changes },
    source: null,
  };
}

/** The command that records an act. */
export function act(
  participant: string,
  kind: ActionKind,
  on: string,
  rest: Partial<RecordAction> = {},
): RecordAction {
  return { type: 'recordAction', treaty, participant, kind, date: date(on), ...rest };
}

/** The same act as it stands in the ledger. */
export function done(
  participant: string,
  kind: ActionKind,
  on: string,
  rest: Partial<ActionRecorded> = {},
): ActionRecorded {
  return {
    type: 'actionRecorded',
    treaty,
    action: `${participant}-${kind}-${on}`,
    kind,
    participant,
    date: date(on),
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
    ...rest,
  };
}

/** The fold of events. */
export function record(...events: TreatyEvent[]): TreatyRecord {
  return events.reduce(evolve, emptyRecord(events[0]?.treaty ?? treaty));
}

/** given what is on record, when a command comes, then exactly this. */
export function given(...events: TreatyEvent[]) {
  return {
    when: (command: TreatyCommand, on: CalendarDate = today) => {
      const context = { participants, today: on, action: 'new-action' };
      const decision: Decision = decide(command, record(...events), context);
      const codes = decision.outcome === 'refused' ? decision.refusals.map(({ code }) => code) : [];
      return {
        decision,
        records: (...expected: TreatyEvent[]) =>
          expect(decision).toStrictEqual({ outcome: 'events', events: expected }),
        changesNothing: (action: string | null = null) =>
          expect(decision).toStrictEqual({ outcome: 'unchanged', action }),
        /** Exactly these codes in order, the first as shown: its sentence and article. */
        isRefused: (expected: readonly RefusalCode[], first?: object) => {
          expect(codes).toStrictEqual(expected);
          if (first !== undefined && decision.outcome === 'refused')
            expect(decision.refusals[0]).toMatchObject(first);
        },
      };
    },
  };
}
