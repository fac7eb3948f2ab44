import { addDelay, type CalendarDate } from './calendar-date.ts';
import {
  effect,
  firstDay,
  notEvaluable,
  type ConditionEffect,
  type ConditionFacts,
  type Deposit,
} from './condition-effect.ts';
import type { Condition, Group } from './final-clauses.ts';
import { wholeFraction } from './fraction.ts';
import {
  datesOfTables,
  isMemberOn,
  isSamePerson,
  participantOf,
  personOf,
  tableOn,
  valueOf,
} from './participant-register.ts';
import { evaluateShare } from './shares.ts';

/** Evaluates one condition on a date. */
export function evaluateCondition(condition: Condition, facts: ConditionFacts): ConditionEffect {
  const { type } = condition;
  switch (condition.type) {
    case 'not-before-date':
      return effect(
        type,
        `On ${condition.date}, if the other conditions are met by then; else counted from when they are.`,
        true,
        { fixedDate: condition.date },
      );
    case 'not-before-offset':
      return notBeforeOffset(condition, facts);
    case 'entry-into-force-of':
      return afterOther(condition, facts);
    case 'named-states':
      return someOf(
        type,
        condition.group,
        { participants: condition.participants },
        condition.participants.length,
        facts,
      );
    case 'subset-count':
      return condition.of === undefined
        ? notEvaluable(
            type,
            `At least ${condition.count} of ${condition.group}`,
            'nobody has recorded who they are',
          )
        : someOf(type, condition.group, condition.of, condition.count, facts);
    case 'other-count':
      return others(condition, facts);
    case 'all-parties-of':
    case 'fraction-of-parties-of':
      return partiesElsewhere(condition, facts);
    case 'share':
      return evaluateShare(condition, facts);
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
    case 'tacit-consent':
    case 'pairwise-acceptance':
      return effect(type, `${condition.text}; it does not move the date.`, true);
    case 'objection-window':
    case 'minimum-protocols':
      return effect(
        type,
        'Concerns the relation between particular parties; it does not move the date.',
        true,
      );
  }
}

function afterOther(
  { type, treaty }: Extract<Condition, { type: 'entry-into-force-of' }>,
  { elsewhere }: ConditionFacts,
): ConditionEffect {
  const sentence = `Not before the entry into force of ${treaty}`;
  const other = elsewhere(treaty);
  if (other === null) return notEvaluable(type, sentence, `${treaty} is not in the register`);
  const date = other.entryIntoForce;
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
  if (from == null)
    return notEvaluable(
      condition.type,
      `Not before a period after ${what}`,
      'its date is not recorded',
    );
  const date = addDelay(from, condition.delay);
  return effect(condition.type, `Not before ${date}, counted from ${what} on ${from}.`, true, {
    notBefore: date,
  });
}

/** Whether a participant is in a group on a date. */
function isInGroup(
  group: Group,
  participant: string,
  date: CalendarDate,
  { participants }: ConditionFacts,
): boolean {
  if ('participants' in group)
    return group.participants.some((code) => isSamePerson(participants, code, participant));
  if ('membersOf' in group) return isMemberOn(participants, group.membersOf, participant, date);
  const table = tableOn(participants, group.attribute, date);
  const value = table === null ? undefined : valueOf(participants, table, participant);
  return value !== undefined && value >= group.atLeast;
}

/** Days on which who is in a group may change, besides those of deposits: of joining it, of new figures. */
function daysOfChange(group: Group, { participants }: ConditionFacts): readonly CalendarDate[] {
  if ('membersOf' in group)
    return (participantOf(participants, group.membersOf)?.members ?? []).map(({ from }) => from);
  return 'attribute' in group ? datesOfTables(participants, group.attribute) : [];
}

function knows(group: Group, { participants }: ConditionFacts, asOf: CalendarDate): string | null {
  if ('membersOf' in group)
    return (participantOf(participants, group.membersOf)?.members.length ?? 0) > 0
      ? null
      : `the members of ${group.membersOf} are not recorded`;
  if ('attribute' in group)
    return tableOn(participants, group.attribute, asOf) === null
      ? `no figures of ${group.attribute} are recorded`
      : null;
  return null;
}

function someOf(
  type: string,
  name: string,
  group: Group,
  needed: number,
  facts: ConditionFacts,
): ConditionEffect {
  const lacking = knows(group, facts, facts.asOf);
  if (lacking !== null) return notEvaluable(type, `At least ${needed} of ${name}`, lacking);
  // A closed list is asked once, not again for every day.
  const isListed = 'participants' in group;
  const listed = isListed
    ? facts.deposits.filter(({ participant, date }) => isInGroup(group, participant, date, facts))
    : facts.deposits;
  const thereOn = (on: CalendarDate): readonly Deposit[] =>
    listed.filter(
      ({ participant, date }) =>
        date <= on && (isListed || isInGroup(group, participant, on, facts)),
    );
  const metOn =
    needed > 0
      ? firstDay(facts, daysOfChange(group, facts), (on) => thereOn(on).length >= needed)
      : null;
  const there = thereOn(metOn ?? facts.asOf);
  const missing =
    'participants' in group
      ? group.participants.filter(
          (code) =>
            !there.some(({ participant }) => isSamePerson(facts.participants, code, participant)),
        )
      : [];
  const shortfall =
    metOn === null && missing.length > 0 && missing.length <= 12
      ? ` Missing: ${missing.join(', ')}.`
      : '';
  const reached = Math.min(there.length, needed);
  return effect(type, `${reached} of ${needed} of ${name}.${shortfall}`, metOn !== null, {
    metOn,
    reached,
    needed,
  });
}

function others(
  { type, count }: Extract<Condition, { type: 'other-count' }>,
  { deposits, rule, participants }: ConditionFacts,
): ConditionEffect {
  const named = rule.conditions.flatMap((one) =>
    one.type === 'named-states' ? one.participants : [],
  );
  const there = deposits.filter(
    ({ participant }) => !named.some((code) => isSamePerson(participants, code, participant)),
  );
  const metOn = there[count - 1]?.date ?? null;
  const reached = Math.min(there.length, count);
  return effect(type, `${reached} of ${count} other participants.`, metOn !== null, {
    metOn,
    reached,
    needed: count,
  });
}

function partiesElsewhere(
  condition: Extract<Condition, { type: 'all-parties-of' | 'fraction-of-parties-of' }>,
  facts: ConditionFacts,
): ConditionEffect {
  const { type, treaty } = condition;
  const part = type === 'all-parties-of' ? 'All' : condition.fraction;
  const what = `${part} of the parties to ${treaty}`;
  const { deposits, participants, elsewhere, asOf } = facts;
  if (type === 'fraction-of-parties-of' && condition.count !== undefined) {
    const needed = condition.count;
    const metOn = deposits[needed - 1]?.date ?? null;
    const reached = Math.min(deposits.length, needed);
    const sentence = `${what}, which the depositary worked out as ${needed}: ${reached} of ${needed}.`;
    return effect(type, sentence, metOn !== null, { metOn, reached, needed });
  }
  const other = elsewhere(treaty);
  if (other === null) return notEvaluable(type, what, `${treaty} is not in the register`);
  const fixed = type === 'fraction-of-parties-of' ? condition.asOf : undefined;
  const periods = other.parties;
  const partiesOn = (date: CalendarDate): string[] =>
    periods
      .filter(({ from, until }) => from <= date && (until === null || until > date))
      .map(({ code }) => code);
  const consentOf = new Map(
    deposits.map(({ participant, date }) => [personOf(participants, participant), date]),
  );
  const on = (date: CalendarDate): { reached: number; needed: number } => {
    const parties = partiesOn(fixed ?? date);
    const consented = parties.filter(
      (code) => (consentOf.get(personOf(participants, code)) ?? '9999') <= date,
    );
    const needed =
      type === 'all-parties-of'
        ? parties.length
        : wholeFraction(condition.fraction, parties.length);
    return { reached: consented.length, needed };
  };
  const changes = periods.flatMap(({ from, until }) => (until === null ? [from] : [from, until]));
  const metOn = firstDay(facts, changes, (date) => {
    const { reached, needed } = on(date);
    return needed > 0 && reached >= needed;
  });
  const { reached, needed } = on(metOn ?? asOf);
  return effect(type, `${what}: ${reached} of ${needed}.`, metOn !== null, {
    metOn,
    reached,
    needed,
  });
}
