import type { ConditionProgress, CountedInstrument } from './answers.ts';
import { addDelay, type CalendarDate } from './calendar-date.ts';
import type { Condition } from './final-clauses.ts';
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

export interface ConditionFacts {
  readonly record: TreatyRecord;
  readonly asOf: CalendarDate;
  readonly counted: readonly CountedInstrument[];
  /** First deposit of consent of each participant, whether or not it counts. */
  readonly deposits: ReadonlyMap<string, CalendarDate>;
  readonly entryIntoForceElsewhere: (treaty: string) => CalendarDate | null;
}

const effect = (
  type: string,
  sentence: string,
  met: boolean | null,
  rest: Partial<Omit<ConditionEffect, 'progress'>> = {},
): ConditionEffect => ({
  progress: { type, sentence, met },
  metOn: null,
  notBefore: null,
  fixedDate: null,
  ...rest,
});

/** What is not expressible from what the ledger knows is said to be so; it is never left out. */
const notEvaluable = (type: string, what: string): ConditionEffect =>
  effect(
    type,
    `${what}: the ledger does not hold what is needed to tell whether this is met.`,
    null,
  );

/** Evaluates one condition on a date. */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): ConditionEffect {
  const { type } = condition;
  switch (condition.type) {
    case 'not-before-date':
      return effect(
        type,
        `On ${condition.date}, if the other conditions are met by then; else counted from when they are.`,
        true,
        {
          fixedDate: condition.date,
        },
      );
    case 'fixed-date-alternative':
      return effect(type, `On ${condition.date}, if the other conditions are met before.`, true, {
        fixedDate: condition.date,
      });
    case 'not-before-offset':
      return notBeforeOffset(condition, facts);
    case 'entry-into-force-of':
      return afterOther(condition, facts);
    case 'named-states':
      return named(
        condition.type,
        condition.group,
        condition.participants,
        condition.participants.length,
        facts,
      );
    case 'subset-count':
      return condition.participants === undefined
        ? notEvaluable(type, `At least ${condition.count} of ${condition.group}`)
        : named(type, condition.group, condition.participants, condition.count, facts);
    case 'party-to':
      return effect(
        type,
        `Only parties to ${condition.treaty} may become parties; it does not move the date.`,
        true,
      );
    case 'ceases-below':
      return effect(
        type,
        `Ceases to be in force when parties fall below ${condition.count}.`,
        true,
      );
    case 'pairwise-acceptance':
    case 'objection-window':
    case 'minimum-protocols':
      return effect(
        type,
        'Concerns the relation between particular parties; it does not move the date.',
        true,
      );
    case 'tacit-consent':
      return notEvaluable(type, condition.text);
    case 'share':
      return notEvaluable(
        type,
        `A share of ${condition.minFraction ?? `${condition.minPercent ?? '?'} %`} of ${condition.attribute}`,
      );
    case 'fraction-of-parties-of':
      return notEvaluable(type, `${condition.fraction} of the parties to ${condition.treaty}`);
    case 'all-parties-of':
      return notEvaluable(type, `All parties to ${condition.treaty}`);
    case 'other-count':
      return notEvaluable(type, `A further ${condition.count} instruments`);
  }
}

function afterOther(
  { type, treaty }: Extract<Condition, { type: 'entry-into-force-of' }>,
  { entryIntoForceElsewhere }: ConditionFacts,
): ConditionEffect {
  const date = entryIntoForceElsewhere(treaty);
  const sentence = `Not before the entry into force of ${treaty}`;
  return date === null
    ? effect(type, `${sentence}, which is not fixed.`, false)
    : effect(type, `${sentence}, ${date}.`, true, { notBefore: date });
}

function notBeforeOffset(
  condition: Extract<Condition, { type: 'not-before-offset' }>,
  { record }: ConditionFacts,
): ConditionEffect {
  const opened = record.finalClauses.signature?.windows.map(({ from }) => from).toSorted()[0];
  const from = condition.from === 'adoption' ? record.registered?.dateOfAdoption : opened;
  const what = condition.from === 'adoption' ? 'adoption' : 'the opening for signature';
  if (from == null) return notEvaluable(condition.type, `Not before a period after ${what}`);
  const date = addDelay(from, condition.delay);
  return effect(condition.type, `Not before ${date}, counted from ${what} on ${from}.`, true, {
    notBefore: date,
  });
}

function named(
  type: string,
  group: string,
  participants: readonly string[],
  needed: number,
  { deposits }: ConditionFacts,
): ConditionEffect {
  const dates = participants.flatMap((code) => deposits.get(code) ?? []).toSorted();
  const metOn = needed > 0 ? (dates[needed - 1] ?? null) : null;
  const missing = participants.filter((code) => !deposits.has(code));
  const shortfall =
    metOn === null && missing.length <= 12 ? ` Missing: ${missing.join(', ')}.` : '';
  return effect(
    type,
    `${Math.min(dates.length, needed)} of ${needed} of ${group}.${shortfall}`,
    metOn !== null,
    { metOn },
  );
}
