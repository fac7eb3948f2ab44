import type { Choice, Language } from '#pages';
import { findParticipant, participantOf, treatyNamed } from '#treaty';
import { inMtdsgOrder, type ViewStates } from '#views';
import { nameOf, titleOf } from '../words/sentences.ts';

/** What a person may choose from, by what is typed; empty where there is too much of it for a page. */
export interface Suggested {
  readonly treaties: readonly Choice[];
  readonly participants: readonly Choice[];
}

/** More are not put into the page; where scripts run, the register's search suggests them. */
const mostTreaties = 60;
const mostParticipants = 400;

/** Treaties by number with their titles, and participants by name with their codes, sorted. */
export function suggested(states: ViewStates, language: Language): Suggested {
  const numbers = [...states.treaties.byId.keys()];
  const { register } = states.participants;
  const known = Object.values(register.byCode).filter(({ until }) => until === null);
  const { compare } = new Intl.Collator(language);
  return {
    treaties:
      numbers.length > mostTreaties
        ? []
        : numbers
            .toSorted(inMtdsgOrder)
            .map((treaty) => ({ value: treaty, label: titleOf(states, treaty, language) })),
    participants:
      known.length > mostParticipants
        ? []
        : known
            .map(({ code }) => ({ value: nameOf(register, code, language), label: code }))
            .toSorted((a, b) => compare(a.value, b.value)),
  };
}

/** Fewer letters may stand in a title by chance. */
const shortestWords = 4;

/** The number of the treaty that words name: its number, its title, or words that only one title has; else null. */
export function treatyNamedBy({ treaties }: ViewStates, words: string): string | null {
  if (treaties.byId.has(words)) return words;
  const registered = [...treaties.byId.values()].flatMap(({ record }) => record.registered ?? []);
  return treatyNamed(registered, words, shortestWords)?.treaty ?? null;
}

/** The code of the participant that words name, by code or any name it has or had; else null. */
export const participantNamed = ({ participants }: ViewStates, words: string): string | null =>
  participantOf(participants.register, words)?.code ??
  findParticipant(participants.register, words)?.code ??
  null;

/**
 * What a line of a list names: one thing as a whole, or several with commas between, or several numbers or codes with
 * spaces between. Null: the register does not know it, or not all of it.
 * @param named gives the number or code behind words
 */
export function allNamed(
  line: string,
  named: (words: string) => string | null,
): readonly string[] | null {
  const words = line.trim();
  const whole = named(words);
  if (whole !== null) return [whole];
  for (const between of [/[,;]+/, /[\s,;]+/]) {
    const parts = words.split(between).filter((part) => part.trim() !== '');
    const found = parts.length > 1 ? everyOne(parts, named) : null;
    if (found !== null) return found;
  }
  return null;
}

/** What each of some words names; null as soon as one names nothing. */
function everyOne(
  words: readonly string[],
  named: (words: string) => string | null,
): readonly string[] | null {
  const found: string[] = [];
  for (const one of words) {
    const known = named(one.trim());
    if (known === null) return null;
    found.push(known);
  }
  return found;
}
