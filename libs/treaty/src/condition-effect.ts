import type { ConditionProgress } from './answers.ts';
import type { CalendarDate } from './calendar-date.ts';
import type { EntryIntoForceRule } from './final-clauses.ts';
import type { ParticipantRegister } from './participants.ts';
import type { OtherTreaty } from './party-periods.ts';
import type { TreatyRecord } from './record.ts';

/** What a condition adds to the count. */
export interface ConditionEffect {
  readonly progress: ConditionProgress;
  /** Date of the act that met it, where acts do; the period runs from the last of all such acts. */
  readonly metOn: CalendarDate | null;
  /** Entry into force is not before this date. */
  readonly notBefore: CalendarDate | null;
  /** Entry into force is on this date if everything else is met by then. */
  readonly fixedDate: CalendarDate | null;
}

/** First deposit of consent of a participant that stands. */
export interface Deposit {
  readonly participant: string;
  readonly date: CalendarDate;
}

export interface ConditionFacts {
  readonly record: TreatyRecord;
  readonly rule: EntryIntoForceRule;
  readonly participants: ParticipantRegister;
  readonly asOf: CalendarDate;
  /** In order of date; of kinds that count, without regional organizations that do not. */
  readonly deposits: readonly Deposit[];
  readonly elsewhere: (treaty: string) => OtherTreaty | null;
}

export const effect = (
  type: string,
  sentence: string,
  met: boolean | null,
  rest: Partial<Omit<ConditionEffect, 'progress'>> & Partial<ConditionProgress> = {},
): ConditionEffect => {
  const { metOn = null, notBefore = null, fixedDate = null, reached, needed } = rest;
  const figures = {
    ...(reached !== undefined && { reached }),
    ...(needed !== undefined && { needed }),
  };
  return { progress: { type, sentence, met, ...figures }, metOn, notBefore, fixedDate };
};

/** What is not expressible from what the ledger knows is said to be so; it is never left out. */
export const notEvaluable = (type: string, what: string, lacking: string): ConditionEffect =>
  effect(type, `${what}: ${lacking}, so whether this is met is not known.`, null);

/** The first day, of a deposit or of another change, from which something is so; null: not by the date asked. */
export function firstDay(
  { deposits, asOf }: ConditionFacts,
  changes: readonly CalendarDate[],
  isSo: (date: CalendarDate) => boolean,
): CalendarDate | null {
  const days = [...deposits.map(({ date }) => date), ...changes].filter((date) => date <= asOf);
  return [...new Set(days)].toSorted().find(isSo) ?? null;
}
