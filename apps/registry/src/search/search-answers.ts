import { dateInWords, type Language } from '#pages';
import { findParticipant, type CalendarDate } from '#treaty';
import {
  excerptOf,
  foldedWords,
  searchDocument,
  searchKinds,
  wordsFound,
  type SearchKind,
  type ViewStates,
} from '#views';
import { actionLabel, nameOf, titleOf } from '../feeds/entry-words.ts';
import type { SearchIndex } from './search-index.ts';
import type { Found } from './word-index.ts';

export interface SearchAsked {
  readonly question: string;
  readonly kind: SearchKind | null;
  readonly limit: number;
  readonly language: Language;
  readonly today: CalendarDate;
}

/** What the question names outright, by number, code, id or a whole name: it stands before all that is alike. */
export function namedOutright(states: ViewStates, question: string): Found[] {
  const asked = question.trim();
  const words = new Set(foldedWords(asked));
  const found = (kind: SearchKind, key: string | undefined): Found[] =>
    key === undefined ? [] : [{ kind, key, score: Infinity, words }];
  const treaty = [asked, asked.toUpperCase(), asked.toUpperCase().replaceAll(/[.\s/]+/g, '-')].find(
    (id) => states.treaties.byId.has(id),
  );
  const number = [asked, asked.toUpperCase()].find((one) => states.notifications.byNumber.has(one));
  const action = [asked, asked.toLowerCase()].find((id) => states.actions.byId.has(id));
  return [
    ...found('treaty', treaty),
    ...found('participant', findParticipant(states.participants.register, asked)?.code),
    ...found('notification', number),
    ...found('action', action),
  ];
}

function everythingFound(index: SearchIndex, states: ViewStates, asked: SearchAsked): Found[] {
  const kinds = asked.kind === null ? searchKinds : [asked.kind];
  const named = namedOutright(states, asked.question).filter(({ kind }) => kinds.includes(kind));
  const others = index
    .find(states, asked.question, kinds)
    .filter(({ kind, key }) => !named.some((one) => one.kind === kind && one.key === key));
  return [...named, ...others];
}

/** What was found, with where it is and a piece of what it says. */
export function searchAnswer(index: SearchIndex, states: ViewStates, asked: SearchAsked): object {
  const found = everythingFound(index, states, asked);
  return {
    q: asked.question,
    kind: asked.kind,
    total: found.length,
    results: found.slice(0, asked.limit).map((one) => resultOf(states, one, asked)),
  };
}

/** Participants and treaties whose names go on as the question does, for typing ahead. */
export function suggestionsAnswer(
  index: SearchIndex,
  states: ViewStates,
  asked: SearchAsked,
): object {
  const kinds: readonly SearchKind[] =
    asked.kind === null ? ['participant', 'treaty'] : [asked.kind];
  const found = kinds
    .flatMap((kind) => everythingFound(index, states, { ...asked, kind }))
    .toSorted((a, b) => b.score - a.score || 0);
  return {
    q: asked.question,
    suggestions: found.slice(0, asked.limit).map((one) => {
      const { kind, key, title, address, excerpt } = resultOf(states, one, asked);
      return { kind, key, title, address, excerpt };
    }),
  };
}

interface Result {
  readonly kind: SearchKind;
  readonly key: string;
  readonly title: string;
  readonly address: string;
  readonly excerpt: ReturnType<typeof excerptOf>;
  readonly treaty?: string;
  readonly participant?: string;
}

function resultOf(states: ViewStates, { kind, key, words }: Found, asked: SearchAsked): Result {
  const document = searchDocument(states, kind, key);
  const numbers = document?.numbers ?? [];
  const names = [...(document?.names ?? []), ...(document?.otherNames ?? [])];
  // The text of an action where it has the words; else the name that fits best, a number where none does.
  const text = document?.text ?? '';
  const candidates = [...names, ...numbers];
  let best = wordsFound(text, words) > 0 ? text : (candidates[0] ?? key);
  if (best !== text)
    for (const candidate of candidates)
      if (wordsFound(candidate, words) > wordsFound(best, words)) best = candidate;
  return { kind, key, ...described(states, kind, key, asked), excerpt: excerptOf(best, words) };
}

/** The title in the language asked, the address, and what it belongs to. */
function described(
  states: ViewStates,
  kind: SearchKind,
  key: string,
  { language, today }: SearchAsked,
): Omit<Result, 'kind' | 'key' | 'excerpt'> {
  const { register } = states.participants;
  switch (kind) {
    case 'treaty': {
      const record = states.treaties.byId.get(key)?.record;
      const title = record === undefined ? key : titleOf({ record }, language);
      return { title, address: `/treaties/${encodeURIComponent(key)}`, treaty: key };
    }
    case 'participant': {
      const title = nameOf(register, key, today, language);
      return { title, address: `/participants/${encodeURIComponent(key)}`, participant: key };
    }
    case 'notification': {
      const place = states.notifications.byNumber.get(key) ?? -1;
      const event = states.notifications.issued[place]?.event;
      const title = event === undefined ? key : `${key} – ${event.subject[language]}`;
      const address = `/notifications/${encodeURIComponent(key)}`;
      return { title, address, ...(event !== undefined && { treaty: event.treaty }) };
    }
    case 'action': {
      const place = states.actions.byId.get(key);
      const record = place && states.treaties.byId.get(place.treaty)?.record;
      const current = record?.actions[place?.ordinal ?? -1]?.current;
      const address = `/actions/${key}`;
      if (current === undefined) return { title: key, address };
      const { participant, treaty, date } = current;
      const who = nameOf(register, participant, date, language);
      const what = `${actionLabel(current.kind, language)}, ${dateInWords(date, language)}`;
      return { title: `${who} – ${what} (${treaty})`, address, treaty, participant };
    }
  }
}
