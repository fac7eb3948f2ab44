import type { Choice, Language } from '#pages';
import { findParticipant, participantOf } from '#treaty';
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

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** The number of the treaty that words name: its number, its title, or words that only one title has; else null. */
export function treatyNamed(states: ViewStates, words: string): string | null {
  if (states.treaties.byId.has(words)) return words;
  const asked = folded(words);
  if (asked.length < shortestWords) return null;
  const all = [...states.treaties.byId].map(([treaty, { record }]) => {
    const { title = '', titleFr = null } = record.registered ?? {};
    return { treaty, names: [treaty, title, titleFr ?? ''].map(folded) };
  });
  const exact = all.filter(({ names }) => names.includes(asked));
  const found =
    exact.length > 0 ? exact : all.filter(({ names }) => names.join(' ').includes(asked));
  return found.length === 1 ? (found[0]?.treaty ?? null) : null;
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
    const found = parts.map((part) => named(part.trim())).filter((one) => one !== null);
    if (parts.length > 1 && found.length === parts.length) return found;
  }
  return null;
}
