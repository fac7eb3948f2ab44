import type { CalendarDate } from './calendar-date.ts';
import {
  effect,
  firstDay,
  notEvaluable,
  type ConditionEffect,
  type ConditionFacts,
} from './condition-effect.ts';
import type { Condition } from './final-clauses.ts';
import { fractionInWords, fractionOf } from './fraction.ts';
import { datesOfTables, tableOn, valueOf } from './participant-register.ts';
import type { AttributeTable } from './participants.ts';

type Share = Extract<Condition, { type: 'share' }>;

/** How much of the whole the States that deposited by a date have; null where no figures are recorded. */
function shareOn(
  { attribute, relativeTo }: Share,
  { deposits, participants }: ConditionFacts,
  date: CalendarDate,
): number | null {
  const table = tableOn(participants, attribute, date);
  if (table === null) return null;
  const there = deposits.filter((deposit) => deposit.date <= date);
  const sumOf = (figures: AttributeTable): number =>
    there.reduce(
      (sum, { participant }) => sum + (valueOf(participants, figures, participant) ?? 0),
      0,
    );
  const sum = sumOf(table);
  if (relativeTo === undefined) return table.total > 0 ? sum / table.total : 0;
  const against = tableOn(participants, relativeTo, date);
  if (against === null) return null;
  const base = sumOf(against);
  return base > 0 ? sum / base : 0;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** States that together have so much of something: met by the deposit that reaches it. */
export function evaluateShare(condition: Share, facts: ConditionFacts): ConditionEffect {
  const { type, attribute, fraction, relativeTo } = condition;
  const what = `${fractionInWords(fraction)} of ${relativeTo === undefined ? attribute : `${relativeTo} of the same States in ${attribute}`}`;
  const { part, whole } = fractionOf(fraction);
  const needed = part / whole;
  const reachedBy = (date: CalendarDate): number | null => shareOn(condition, facts, date);
  const now = reachedBy(facts.asOf);
  if (now === null) return notEvaluable(type, what, 'no figures of it are recorded');
  // A sum of decimals may fall short of the fraction by less than any table's last digit.
  const enough = (share: number | null): boolean => share !== null && share >= needed - 1e-9;
  // New figures may reach the share as a deposit does.
  const newFigures = [attribute, relativeTo ?? attribute].flatMap((name) =>
    datesOfTables(facts.participants, name),
  );
  const metOn = firstDay(facts, newFigures, (date) => enough(reachedBy(date)));
  const reached = (metOn === null ? now : reachedBy(metOn)) ?? now;
  const when = metOn === null ? 'so far' : `on ${metOn}`;
  return effect(type, `${what}: ${percent(reached)} ${when}.`, metOn !== null, {
    metOn,
    reached,
    needed,
  });
}
