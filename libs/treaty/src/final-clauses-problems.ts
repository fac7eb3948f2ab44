import { actionKinds } from './action-kinds.ts';
import { isCalendarDate } from './calendar-date.ts';

export interface FinalClausesProblem {
  readonly field: string;
  readonly sentence: string;
}

type Check = (value: unknown, field: string) => FinalClausesProblem[];

const problem = (field: string, sentence: string): FinalClausesProblem[] => [{ field, sentence }];
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Check = (value, field) =>
  typeof value === 'string' && value.length <= 2000 ? [] : problem(field, 'must be a text');
const flag: Check = (value, field) =>
  typeof value === 'boolean' ? [] : problem(field, 'must be true or false');
const date: Check = (value, field) =>
  isCalendarDate(value)
    ? []
    : problem(field, 'must be a calendar date that exists, written YYYY-MM-DD');
const count: Check = (value, field) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 10_000
    ? []
    : problem(field, 'must be a whole number from 0 to 10000');
const word =
  (...words: readonly string[]): Check =>
  (value, field) =>
    typeof value === 'string' && words.includes(value)
      ? []
      : problem(field, `must be one of ${words.join(', ')}`);
const nullable =
  (check: Check): Check =>
  (value, field) =>
    value === null ? [] : check(value, field);
const list =
  (check: Check): Check =>
  (value, field) =>
    Array.isArray(value) && value.length <= 1000
      ? value.flatMap((item, index) => check(item, `${field}[${index}]`))
      : problem(field, 'must be a list');
const object =
  (
    required: Readonly<Record<string, Check>>,
    optional: Readonly<Record<string, Check>> = {},
  ): Check =>
  (value, field) => {
    if (!isRecord(value)) return problem(field, 'must be an object');
    const at = (name: string): string => (field === '' ? name : `${field}.${name}`);
    const strangers = Object.keys(value).filter(
      (name) => !Object.hasOwn(required, name) && !Object.hasOwn(optional, name),
    );
    return [
      ...strangers.flatMap((name) =>
        problem(at(name.slice(0, 60)), 'is not a field of final clauses'),
      ),
      ...Object.entries(required).flatMap(([name, check]) => check(value[name], at(name))),
      ...Object.entries(optional).flatMap(([name, check]) =>
        value[name] === undefined ? [] : check(value[name], at(name)),
      ),
    ];
  };

const delay = object({
  mode: word(
    'days',
    'months',
    'years',
    'first-of-month-after-days',
    'first-of-month-after-months',
    'first-of-nth-month',
    'same-day',
  ),
  n: count,
});

const kind: Check = (value, field) =>
  typeof value === 'string' && Object.hasOwn(actionKinds, value)
    ? []
    : problem(field, 'must be a kind of action');

const conditionShapes: Readonly<Record<string, Check>> = {
  'not-before-date': object({ type: text, date }, { note: text }),
  'not-before-offset': object({
    type: text,
    from: word('opening-for-signature', 'adoption'),
    delay,
  }),
  'fixed-date-alternative': object({ type: text, date }, { note: text }),
  'entry-into-force-of': object({ type: text, treaty: text }),
  'party-to': object({ type: text, treaty: text }),
  'all-parties-of': object({ type: text, treaty: text }),
  'fraction-of-parties-of': object({ type: text, treaty: text, fraction: text }, { count }),
  'named-states': object(
    { type: text, group: text, participants: list(text) },
    { includedInCount: flag },
  ),
  'subset-count': object({ type: text, group: text, count }, { participants: list(text) }),
  'other-count': object({ type: text, count }),
  share: object({ type: text, attribute: text }, { minPercent: count, minFraction: text }),
  'minimum-protocols': object({ type: text, count }),
  'tacit-consent': object({ type: text, text }),
  'pairwise-acceptance': object({ type: text, text }),
  'objection-window': object({ type: text, delay }, { text }),
  'ceases-below': object({ type: text, count }, { article: text }),
};

const condition: Check = (value, field) => {
  const type = isRecord(value) ? value['type'] : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(conditionShapes, type))
    return problem(`${field}.type`, `must be one of ${Object.keys(conditionShapes).join(', ')}`);
  return conditionShapes[type]?.(value, field) ?? [];
};

const article = nullable(text);

const finalClauses = object({
  version: (value, field) =>
    value === 1 ? [] : problem(field, 'must be 1, the only version there is'),
  signature: nullable(
    object({ article, windows: list(object({ place: text, from: date, until: nullable(date) })) }),
  ),
  consent: nullable(
    object({
      article,
      accessionArticle: article,
      reioAfterMember: flag,
      accessionOpens: word(
        'any-time',
        'after-signature-closes',
        'after-entry-into-force',
        'unknown',
      ),
    }),
  ),
  entryIntoForce: nullable(
    object({
      article,
      threshold: count,
      countedKinds: list(kind),
      delay,
      reioInstruments: word('not-counted', 'counted', 'unknown'),
      conditions: list(condition),
    }),
  ),
  laterParties: nullable(
    object({
      article,
      delay,
      appliesTo: word('after-threshold', 'after-entry-into-force', 'unknown'),
      notBeforeEntryIntoForce: flag,
      floorWrittenInText: nullable(flag),
    }),
  ),
  withdrawal: nullable(
    object({
      article,
      word: word('denunciation', 'withdrawal'),
      notice: nullable(delay),
      earliest: nullable(delay),
      earliestFrom: nullable(word('entry-into-force', 'entry-into-force-for-the-party')),
      words: nullable(text),
    }),
  ),
  source: nullable(text),
});

/** What keeps a value from outside from being FinalClauses: field and sentence; empty when it is. */
export function finalClausesProblems(value: unknown): FinalClausesProblem[] {
  return finalClauses(value, '').map((found) =>
    found.field === '' ? { ...found, field: 'finalClauses' } : found,
  );
}
