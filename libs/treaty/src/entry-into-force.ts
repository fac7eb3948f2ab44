import type { ConditionProgress, EntryIntoForce } from './answers.ts';
import { addDelay, delayInWords, later, ordinal, type CalendarDate } from './calendar-date.ts';
import { evaluateCondition, type ConditionEffect } from './conditions.ts';
import { countInstruments, type Count } from './counting.ts';
import type { EntryIntoForceRule } from './final-clauses.ts';
import type { ParticipantRegister } from './participants.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, isConsent } from './standing.ts';

export interface AnswerOptions {
  readonly asOf: CalendarDate;
  /** Date of entry into force of another treaty of the register, null while it has none. */
  readonly entryIntoForceElsewhere?: (treaty: string) => CalendarDate | null;
}

/** The date, how it came about, and what is missing: before it is put into an answer. */
export interface Computation {
  readonly count: Count;
  readonly conditions: readonly ConditionProgress[];
  /** Date of the act that met the last condition. */
  readonly metOn: CalendarDate | null;
  readonly date: CalendarDate | null;
  readonly steps: readonly string[];
  readonly missing: readonly string[];
  /** A condition could not be evaluated, so no date is claimed. */
  readonly undecided: boolean;
}

/**
 * Computes entry into force from what was deposited up to a date. Counting an instrument depends on its not
 * having been withdrawn before the date it leads to, so it is computed, and again without those that were.
 */
export function computeEntryIntoForce(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  options: AnswerOptions,
): Computation {
  // First as if nothing had been withdrawn in time; each round can only find more that was.
  let computed = compute(record, participants, rule, options, '0000-00-00' as CalendarDate);
  for (let round = 0; round < record.actions.length + 1; round += 1) {
    const again = compute(record, participants, rule, options, computed.date);
    if (again.count.counted.length === computed.count.counted.length) return again;
    computed = again;
  }
  return computed;
}

function compute(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  { asOf, entryIntoForceElsewhere = () => null }: AnswerOptions,
  assumed: CalendarDate | null,
): Computation {
  const count = countInstruments(record, participants, rule, asOf, assumed);
  const deposits = new Map<string, CalendarDate>();
  const withdrawn = new Set(
    count.notCounted
      .filter(({ reason }) => reason.includes('was withdrawn'))
      .map(({ action }) => action),
  );
  for (const act of actionsOn(record, asOf)) {
    if (isConsent(act.kind) && !deposits.has(act.participant) && !withdrawn.has(act.action))
      deposits.set(act.participant, act.date);
  }
  const facts = { record, asOf, counted: count.counted, deposits, entryIntoForceElsewhere };
  const effects = rule.conditions.map((condition) => evaluateCondition(condition, facts));
  const threshold = rule.threshold > 0 ? (count.counted[rule.threshold - 1] ?? null) : null;
  const missing = missingParts(rule, count, effects);
  const undecided = effects.some(({ progress }) => progress.met === null);
  const conditions = effects.map(({ progress }) => progress);
  const acts = [threshold?.dateOfDeposit ?? null, ...effects.map(({ metOn }) => metOn)].filter(
    (date) => date !== null,
  );
  const metOn = missing.length > 0 || acts.length === 0 ? null : acts.reduce(later);
  if (metOn === null || undecided)
    return { count, conditions, metOn: null, date: null, steps: [], missing, undecided };
  const { date, steps } = dateFrom(metOn, rule, effects);
  const first =
    threshold === null
      ? []
      : [
          `The ${ordinal(rule.threshold)} counted instrument was deposited on ${threshold.dateOfDeposit} (${threshold.participant}).`,
        ];
  return { count, conditions, metOn, date, steps: [...first, ...steps], missing, undecided };
}

function missingParts(
  rule: EntryIntoForceRule,
  count: Count,
  effects: readonly ConditionEffect[],
): string[] {
  const short = rule.threshold - count.counted.length;
  const instruments =
    short > 0
      ? [`${short} more ${short === 1 ? 'instrument' : 'instruments'} of ${rule.threshold}`]
      : [];
  return [
    ...instruments,
    ...effects
      .filter(({ progress }) => progress.met === false)
      .map(({ progress }) => progress.sentence),
  ];
}

/** The period from the last act, then what holds the date back or fixes it. */
function dateFrom(
  metOn: CalendarDate,
  rule: EntryIntoForceRule,
  effects: readonly ConditionEffect[],
): { date: CalendarDate; steps: string[] } {
  const fixed = effects.flatMap(({ fixedDate }) => fixedDate ?? [])[0];
  if (fixed !== undefined && metOn <= fixed)
    return {
      date: fixed,
      steps: [
        `The conditions were met by ${metOn}, so the date is the one the treaty fixes, ${fixed}.`,
      ],
    };
  let date = addDelay(metOn, rule.delay);
  const steps = [`${capitalised(delayInWords(rule.delay))} ${metOn} is ${date}.`];
  for (const { notBefore, progress } of effects) {
    if (notBefore === null || notBefore <= date) continue;
    date = notBefore;
    steps.push(`${progress.sentence} So the date is ${date}.`);
  }
  return { date, steps };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** When the treaty enters into force as of a date, and why. */
export function entryIntoForceOf(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): EntryIntoForce {
  const { asOf } = options;
  const rule = record.finalClauses.entryIntoForce;
  const official = record.officialDates.findLast(({ participant }) => participant === null);
  const officialDate =
    official === undefined ? undefined : { date: official.date, reason: official.reason };
  const computed =
    rule === null ? null : computeEntryIntoForce(record, participants, rule, options);
  const date = officialDate?.date ?? computed?.date ?? null;
  const pending = date === null && computed !== null && !computed.undecided;
  const state =
    date !== null ? (date <= asOf ? 'in-force' : 'fixed') : pending ? 'pending' : 'unknown';
  return {
    state,
    ...(date !== null && { date }),
    ...(computed?.date != null && { computedDate: computed.date }),
    ...(officialDate !== undefined && { officialDate }),
    counted: computed?.count.counted.length ?? consentsOn(record, asOf),
    required: rule?.threshold ?? null,
    article: rule?.article ?? null,
    conditions: computed?.conditions ?? [],
    countedInstruments: computed?.count.counted ?? [],
    notCounted: computed?.count.notCounted ?? [],
    steps: [
      ...(computed?.steps ?? [
        'The final clauses on entry into force are not recorded, so no date is computed.',
      ]),
      ...(officialDate === undefined
        ? []
        : [
            `The depositary recorded ${officialDate.date} as the official date: ${officialDate.reason}`,
          ]),
    ],
    missing:
      date === null && computed !== null && computed.missing.length > 0
        ? `Missing: ${computed.missing.join('; ')}.`
        : null,
    ifMetToday: pending && rule !== null ? addDelay(asOf, rule.delay) : null,
  };
}

const consentsOn = (record: TreatyRecord, asOf: CalendarDate): number =>
  new Set(
    actionsOn(record, asOf)
      .filter(({ kind }) => isConsent(kind))
      .map(({ participant }) => participant),
  ).size;
