/** A treaty by its number and titles. */
export interface TitledTreaty {
  readonly treaty: string;
  readonly title: string;
  readonly titleFr: string | null;
}

interface Names {
  readonly each: readonly string[];
  readonly together: string;
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Folding costs, and a form may name many treaties among hundreds: each is folded once. */
const known = new WeakMap<TitledTreaty, Names>();

function namesOf(one: TitledTreaty): Names {
  let names = known.get(one);
  if (names === undefined) {
    const each = [one.treaty, one.title, one.titleFr ?? ''].map(folded);
    known.set(one, (names = { each, together: each.join(' ').trim() }));
  }
  return names;
}

/**
 * The treaty that words name, whatever their case and accents: its number, a title, or words that only one of all
 * has. Null for none or several.
 * @param shortest words of fewer letters name none: they may stand in a title by chance
 */
export function treatyNamed<One extends TitledTreaty>(
  all: Iterable<One>,
  words: string,
  shortest = 1,
): One | null {
  const asked = folded(words);
  if (asked.length < shortest) return null;
  const exact: One[] = [];
  const within: One[] = [];
  for (const one of all) {
    const { each, together } = namesOf(one);
    if (each.includes(asked)) exact.push(one);
    else if (together.includes(asked)) within.push(one);
  }
  const found = exact.length > 0 ? exact : within;
  return found.length === 1 ? (found[0] ?? null) : null;
}
