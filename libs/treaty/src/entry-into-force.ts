import type { ConditionProgress, EntryIntoForce } from './answers.ts';
import {
  addDelay,
  calendarDate,
  delayInWords,
  later,
  ordinal,
  type CalendarDate,
} from './calendar-date.ts';
import type { ConditionEffect, Deposit } from './condition-effect.ts';
import { evaluateCondition } from './conditions.ts';
import { countInstruments, takenBackBefore, type Count, type TakenBack } from './counting.ts';
import type { EntryIntoForceRule } from './final-clauses.ts';
import { participantOf, personOf } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import {
  firstDayBelow,
  partyPeriodsOn,
  type OtherTreaty,
  type TreatyDates,
} from './party-periods.ts';
import type { TreatyRecord } from './record.ts';
import { actionsOn, isConsent } from './standing.ts';
import type { CirculatedOn } from './statements.ts';

export interface AnswerOptions {
  readonly asOf: CalendarDate;
  /** Another treaty of the register; null for one that is not in it. */
  readonly elsewhere?: (treaty: string) => OtherTreaty | null;
  /** When the depositary first circulated a notification of an action; null: not by the date asked. */
  readonly circulatedOn?: CirculatedOn;
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
  /** The date, were the last condition met on the day asked about. */
  readonly ifMetNow: CalendarDate;
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
  // First as if nothing had been taken back in time; each round can only find more that was.
  let takenBack: ReadonlyMap<string, TakenBack> = new Map();
  for (;;) {
    const computed = compute(record, participants, rule, options, takenBack);
    const more = takenBackBefore(record, options.asOf, computed.date, takenBack);
    if (more.size === takenBack.size) return computed;
    takenBack = more;
  }
}

function compute(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  { asOf, elsewhere = () => null }: AnswerOptions,
  takenBack: ReadonlyMap<string, TakenBack>,
): Computation {
  const count = countInstruments(record, participants, rule, asOf, takenBack);
  const deposits = standingDeposits(record, participants, rule, asOf, count);
  const facts = { record, rule, participants, asOf, deposits, elsewhere };
  const effects = rule.conditions.map((condition) => evaluateCondition(condition, facts));
  const threshold = rule.threshold > 0 ? (count.counted[rule.threshold - 1] ?? null) : null;
  const missing = missingParts(rule, count, effects);
  const undecided = effects.some(({ progress }) => progress.met === null);
  const conditions = effects.map(({ progress }) => progress);
  // Where a date is fixed, the entry into force of another treaty is one of the things to be met by it.
  const isFixed = effects.some(({ fixedDate }) => fixedDate !== null);
  const acts = [
    threshold?.dateOfDeposit ?? null,
    ...effects.map(({ metOn, notBefore, progress }) =>
      isFixed && progress.type === 'entry-into-force-of' ? notBefore : metOn,
    ),
  ].filter((date) => date !== null);
  const metOn = missing.length > 0 || acts.length === 0 ? null : acts.reduce(later);
  const ifMetNow = dateFrom(asOf, rule, effects).date;
  const partial = { count, conditions, missing, undecided, ifMetNow };
  if (metOn === null || undecided) return { ...partial, metOn: null, date: null, steps: [] };
  const { date, steps } = dateFrom(metOn, rule, effects);
  const first =
    threshold === null
      ? []
      : [
          `The ${ordinal(rule.threshold)} counted instrument was deposited on ${threshold.dateOfDeposit} (${threshold.participant}).`,
        ];
  return { ...partial, metOn, date, steps: [...first, ...steps] };
}

/** The first deposit of each legal person of a kind that counts and not withdrawn, in order of date. */
function standingDeposits(
  record: TreatyRecord,
  participants: ParticipantRegister,
  rule: EntryIntoForceRule,
  asOf: CalendarDate,
  { notCounted }: Count,
): Deposit[] {
  const withdrawn = new Set(
    notCounted.filter(({ withdrawnOn }) => withdrawnOn !== undefined).map(({ action }) => action),
  );
  const seen = new Set<string>();
  return actionsOn(record, asOf).flatMap(({ kind, participant, date, action }) => {
    const counts = kind === 'succession' || rule.countedKinds.includes(kind);
    const person = personOf(participants, participant);
    if (!isConsent(kind) || !counts || seen.has(person) || withdrawn.has(action)) return [];
    const who = participantOf(participants, participant);
    if (who?.kind === 'reio' && rule.reioInstruments !== 'counted') return [];
    seen.add(person);
    return [{ participant, date }];
  });
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
  const isInTime = fixed !== undefined && metOn <= fixed;
  let date = isInTime ? fixed : addDelay(metOn, rule.delay);
  const steps = [
    isInTime
      ? `The conditions were met by ${metOn}, so the date is the one the treaty fixes, ${date}.`
      : `${capitalised(delayInWords(rule.delay))} ${metOn} is ${date}.`,
  ];
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
  const rule = record.finalClauses.entryIntoForce;
  const computed =
    rule === null ? null : computeEntryIntoForce(record, participants, rule, options);
  return answerFrom(computed, record, participants, options);
}

function answerFrom(
  computed: Computation | null,
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): EntryIntoForce {
  const { asOf } = options;
  const rule = record.finalClauses.entryIntoForce;
  const recorded = record.officialDates.findLast(({ participant }) => participant === null);
  const official =
    recorded !== undefined && isAnnounced(recorded.date, computed, record, participants, options)
      ? recorded
      : undefined;
  const officialDate =
    official === undefined ? undefined : { date: official.date, reason: official.reason };
  const date = officialDate?.date ?? computed?.date ?? null;
  // What is missing for certain is missing, even beside a condition that nobody can evaluate.
  const pending =
    date === null && computed !== null && (computed.missing.length > 0 || !computed.undecided);
  const ceasedOn =
    date === null || computed === null
      ? null
      : ceased(record, participants, asOf, { entryIntoForce: date, metOn: computed.metOn });
  const state =
    ceasedOn !== null
      ? 'ceased'
      : date !== null
        ? date <= asOf
          ? 'in-force'
          : 'fixed'
        : pending
          ? 'pending'
          : 'unknown';
  return {
    state,
    ...(date !== null && { date }),
    ...(computed?.date != null && { computedDate: computed.date }),
    ...(officialDate !== undefined && { officialDate }),
    ...(ceasedOn !== null && { ceasedOn }),
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
      ...(officialDate === undefined ? [] : [officialStep(officialDate, computed?.date ?? null)]),
      ...(ceasedOn === null
        ? []
        : [`Fewer parties than it needs were left on ${ceasedOn}: it ceased to be in force.`]),
    ],
    missing:
      date === null && computed !== null && computed.missing.length > 0
        ? `Missing: ${computed.missing.map((part) => part.replace(/\.$/, '')).join('; ')}.`
        : null,
    ifMetToday: pending ? (computed?.ifMetNow ?? null) : null,
  };
}

/**
 * Whether an official date belongs in the answer as of a date. It was not announced before the conditions were
 * met; but where all that is on record never meets them, the record lacks something, and the officer knows better.
 */
function isAnnounced(
  official: CalendarDate,
  computed: Computation | null,
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): boolean {
  const rule = record.finalClauses.entryIntoForce;
  if (official <= options.asOf || rule === null || computed === null) return true;
  if (computed.date !== null || computed.undecided) return true;
  const asOf = calendarDate('9999-12-31');
  const whole = computeEntryIntoForce(record, participants, rule, { ...options, asOf });
  return whole.date === null;
}

const consentsOn = (record: TreatyRecord, asOf: CalendarDate): number =>
  new Set(
    actionsOn(record, asOf)
      .filter(({ kind }) => isConsent(kind))
      .map(({ participant }) => participant),
  ).size;

/** What the dates of single participants depend on, and the answer they come from. */
export type DatesAndAnswer = TreatyDates & { readonly answer: EntryIntoForce };

interface AskedLast {
  readonly participants: ParticipantRegister;
  readonly asOf: CalendarDate;
  readonly dates: DatesAndAnswer;
}

const askedLast = new WeakMap<TreatyRecord, AskedLast>();

/**
 * The dates of a treaty on a day. Each page and answer about it begins with them, so those of the day that was
 * asked about last are kept with the record, unless they depend on another treaty as well.
 */
export function treatyDates(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): DatesAndAnswer {
  const conditions = record.finalClauses.entryIntoForce?.conditions ?? [];
  if (conditions.some((condition) => 'treaty' in condition))
    return computeDates(record, participants, options);
  const { asOf } = options;
  const last = askedLast.get(record);
  if (last?.asOf === asOf && last.participants === participants) return last.dates;
  const dates = computeDates(record, participants, options);
  askedLast.set(record, { participants, asOf, dates });
  return dates;
}

function computeDates(
  record: TreatyRecord,
  participants: ParticipantRegister,
  options: AnswerOptions,
): DatesAndAnswer {
  const rule = record.finalClauses.entryIntoForce;
  const computed =
    rule === null ? null : computeEntryIntoForce(record, participants, rule, options);
  const answer = answerFrom(computed, record, participants, options);
  // Where an official date differs, the record lacks something, and its last instrument may not be the real one.
  const metOn = computed !== null && computed.date === answer.date ? computed.metOn : null;
  const { date, ceasedOn, state } = answer;
  return { answer, entryIntoForce: date ?? null, metOn, ceasedOn, pending: state === 'pending' };
}

function officialStep(
  { date, reason }: { date: CalendarDate; reason: string },
  computed: CalendarDate | null,
): string {
  const beside =
    computed === null || computed === date ? '' : ` It differs from the computed ${computed}.`;
  return `The depositary recorded ${date} as the official date: ${reason}${beside}`;
}

/** Once in force a treaty stays so when parties become few (VCLT art. 55), unless it says otherwise. */
function ceased(
  record: TreatyRecord,
  participants: ParticipantRegister,
  asOf: CalendarDate,
  dates: TreatyDates,
): CalendarDate | null {
  const floors = (record.finalClauses.entryIntoForce?.conditions ?? []).flatMap((condition) =>
    condition.type === 'ceases-below' ? [condition.count] : [],
  );
  if (floors.length === 0) return null;
  const periods = partyPeriodsOn(record, participants, asOf, dates);
  return firstDayBelow(Math.max(...floors), periods, asOf);
}
