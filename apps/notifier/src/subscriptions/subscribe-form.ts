import { bodyPipe, onlyKnown, Problem } from '#http';
import type { Language } from '#pages';
import { actionKinds } from '#treaty';
import type { ViewStates } from '#views';
import { longestNotice } from '../occurrences/occurrences-of-event.ts';
import { topics } from '../subscribers/filter.ts';
import { allNamed, participantNamed, treatyNamedBy } from './register-names.ts';
import { faultSaid, Refusal, type RefusedField } from './refusals.ts';
import { mostParticipants, mostTreaties, SubscribeDto } from './subscription.dto.ts';
import type { SubscriptionWords } from './words.ts';

/** Fields of the form that hold one text. */
const lines = [
  'channel',
  'target',
  'contact',
  'language',
  'mac',
  'rhythm',
  'timeZone',
  'counts',
  'inForceInDays',
  'signatureClosesInDays',
] as const;
/** Fields that may come several times: lines of a list, boxes that are ticked. */
const lists = ['topics', 'treaties', 'participants', 'kinds'] as const;

export type Line = (typeof lines)[number];
export type List = (typeof lists)[number];

/** The form as somebody typed it, or as a link filled it in: what is shown again. */
export type Typed = Readonly<Record<Line, string> & Record<List, readonly string[]>>;

/** Fields that an address may fill in. Addresses to send to are not among them: addresses of pages are logged. */
export const prefillable = [
  'channel',
  'topics',
  'treaties',
  'participants',
  'kinds',
  'counts',
  'inForceInDays',
  'signatureClosesInDays',
  'rhythm',
] as const satisfies readonly (Line | List)[];

/** A form before anybody typed: a person is told by mail where that is offered. */
export const emptyForm = (language: Language, mailOffered: boolean): Typed => ({
  channel: mailOffered ? 'mail' : 'webhook',
  target: '',
  contact: '',
  language,
  mac: 'v1',
  rhythm: 'immediate',
  timeZone: 'UTC',
  counts: '',
  inForceInDays: '',
  signatureClosesInDays: '',
  topics: ['actions', 'notifications'],
  treaties: [],
  participants: [],
  kinds: [],
});

/** More lines of a list than can be meant; what comes after them is not shown again. */
const mostLines = 300;

const textsIn = (value: unknown): string[] =>
  [value]
    .flat()
    .slice(0, mostLines)
    .flatMap((one) => (typeof one === 'string' && one.trim() !== '' ? [one.trim()] : []));

const isLine = (name: string): name is Line => lines.some((line) => line === name);
const isList = (name: string): name is List => lists.some((list) => list === name);

/** The form as it was sent. What has no value was left empty; boxes that are not ticked are not sent. */
export function typedIn(fields: Readonly<Record<string, unknown>>): Typed {
  const line = (name: Line): [Line, string] => [name, textsIn(fields[name]).at(-1) ?? ''];
  const list = (name: List): [List, readonly string[]] => [name, textsIn(fields[name])];
  return Object.fromEntries([...lines.map(line), ...lists.map(list)]) as Typed;
}

/**
 * The form as an address fills it in: `?treaties=XVIII-16&counts=30,39`; a list may be given with commas, or several
 * times.
 * @throws Problem `invalid-parameter` for what the form does not have, or is too long
 */
export function prefilledIn(query: Readonly<Record<string, unknown>>, empty: Typed): Typed {
  onlyKnown(query, prefillable);
  const given = prefillable.flatMap((name): [string, string | readonly string[]][] => {
    const texts = textsIn(query[name]);
    const tooLong = texts.some((text) => text.length > 400) || texts.join(' ').length > 4000;
    if (tooLong)
      throw new Problem('invalid-parameter', `${name}: it is too long.`, { field: name });
    if (texts.length === 0) return [];
    if (isLine(name)) return [[name, (texts.at(-1) ?? '').replaceAll(/\s*,\s*/g, ', ')]];
    return [[name, texts.flatMap((text) => text.split(/[,;]+/).map((one) => one.trim()))]];
  });
  return { ...empty, ...Object.fromEntries(given) };
}

/** A request as a program would send it, and what is wrong with the form, by the ids of its fields. */
export interface Read {
  readonly request: Readonly<Record<string, unknown>>;
  readonly faults: readonly RefusedField[];
}

const fault = (
  field: string,
  sentence: (faults: SubscriptionWords['faults']) => string,
): RefusedField => {
  const said = faultSaid(sentence);
  return { field, detail: said.en, said };
};

/** Id of a line of a list; the first has the name of the list, so that a summary of errors leads there. */
export const idOfLine = (name: string, index: number): string =>
  index === 0 ? name : `${name}-${index + 1}`;

/** Reads what was typed. What belongs to the other channel is dropped: the page hides it where it can. */
export function readTyped(typed: Typed, states: ViewStates): Read {
  const faults: RefusedField[] = [];
  const named = (name: 'treaties' | 'participants', most: number): string[] => {
    const found = typed[name].flatMap((words, index): readonly string[] => {
      const known = allNamed(words, (one) =>
        name === 'treaties' ? treatyNamedBy(states, one) : participantNamed(states, one),
      );
      if (known !== null) return known;
      const shown = words.slice(0, 60);
      faults.push(
        fault(idOfLine(name, index), (said) =>
          name === 'treaties' ? said.treaty(shown) : said.participant(shown),
        ),
      );
      return [];
    });
    const all = [...new Set(found)];
    if (all.length > most) faults.push(fault(name, (said) => said.tooMany(most)));
    return all;
  };
  const numbers = (name: Line, from: number, to: number): number[] => {
    const read = numbersIn(typed[name], from, to);
    if (read === null) faults.push(fault(name, (said) => said.numbers(from, to)));
    return read ?? [];
  };
  const { channel, target, contact, language, mac, rhythm, timeZone } = typed;
  if (target === '') faults.push(fault('target', (said) => said.targetMissing));
  if (typed.kinds.some((kind) => !Object.hasOwn(actionKinds, kind)))
    faults.push(fault('kinds', (said) => said.choice));
  if (typed.topics.some((one) => !topics.some((topic) => topic === one)))
    faults.push(fault('topics', (said) => said.choice));
  const ofChannel =
    channel === 'mail'
      ? given({ rhythm, timeZone: rhythm === 'immediate' ? '' : timeZone })
      : given({ mac, contact });
  const request = {
    channel,
    target,
    ...given({ language }),
    treaties: named('treaties', mostTreaties),
    participants: named('participants', mostParticipants),
    kinds: typed.kinds,
    topics: typed.topics,
    counts: numbers('counts', 1, 300),
    inForceInDays: numbers('inForceInDays', 0, longestNotice),
    signatureClosesInDays: numbers('signatureClosesInDays', 0, longestNotice),
    ...ofChannel,
  };
  return { request, faults };
}

/** Fields that have a value. */
const given = (fields: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** Numbers with commas or spaces between; null where something else stands there, or too much. */
function numbersIn(text: string, from: number, to: number): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  const fits = (part: string): boolean =>
    /^\d{1,4}$/.test(part) && Number(part) >= from && Number(part) <= to;
  return parts.length <= 50 && parts.every(fits) ? [...new Set(parts.map(Number))] : null;
}

/** What a page says of a field that the request's own shape refuses. */
const saidOfField: Readonly<Record<string, (faults: SubscriptionWords['faults']) => string>> = {
  channel: (said) => said.choice,
  target: (said) => said.tooLong,
  contact: (said) => said.mailAddress,
  language: (said) => said.choice,
  mac: (said) => said.choice,
  rhythm: (said) => said.choice,
  timeZone: (said) => said.timeZone,
  topics: (said) => said.choice,
  kinds: (said) => said.choice,
  treaties: (said) => said.tooMany(mostTreaties),
  participants: (said) => said.tooMany(mostParticipants),
};

/** Makes a request of what was read. Null where its shape is refused; the faults say why. */
export async function requestOf(
  request: Readonly<Record<string, unknown>>,
): Promise<{ readonly wanted: SubscribeDto | null; readonly faults: readonly RefusedField[] }> {
  try {
    const wanted: unknown = await bodyPipe.transform(
      { ...request },
      { type: 'body', metatype: SubscribeDto },
    );
    return { wanted: wanted as SubscribeDto, faults: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = (error.details.errors ?? []) as readonly { readonly field: string }[];
    const faults = errors.map(({ field }) =>
      fault(field, saidOfField[field] ?? ((said) => said.unknownField(field.slice(0, 60)))),
    );
    return { wanted: null, faults };
  }
}

/** A fault for every name of a form that is none of its fields. */
export const strangersIn = (fields: Readonly<Record<string, unknown>>): RefusedField[] =>
  Object.keys(fields)
    .filter((name) => !isLine(name) && !isList(name) && name !== 'more')
    .map((name) => fault(name.slice(0, 60), (said) => said.unknownField(name.slice(0, 60))));

/** The faults that a refusal is about; where it names no field, it is about an address. */
export const faultsIn = (refusal: Refusal): readonly RefusedField[] => {
  const { fields, said, details, beside } = refusal;
  return fields.length > 0 ? fields : [{ field: beside, detail: details.detail, said }];
};

/** Fields as they stand on the page. */
const order: readonly string[] = [
  'channel',
  'target',
  'contact',
  'language',
  'mac',
  'topics',
  'treaties',
  'participants',
  'kinds',
  'rhythm',
  'timeZone',
  'counts',
  'inForceInDays',
  'signatureClosesInDays',
];

/** One fault of each field, the first, in the order of the page; what is chosen is not judged while a number beside it cannot be read. */
export function distinctFaults(faults: readonly RefusedField[]): readonly RefusedField[] {
  const first = new Map<string, RefusedField>();
  const place = (field: string): number => order.indexOf(field.replace(/-\d+$/, ''));
  for (const one of faults) if (!first.has(one.field)) first.set(one.field, one);
  if (['counts', 'inForceInDays', 'signatureClosesInDays'].some((name) => first.has(name)))
    first.delete('topics');
  return [...first.values()].toSorted((a, b) => place(a.field) - place(b.field));
}
