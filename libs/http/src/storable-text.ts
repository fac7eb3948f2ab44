import { Problem } from './problem.ts';

/** One value of a body on the way to its strings, and how it was reached. */
interface Place {
  readonly value: unknown;
  readonly name: string;
  readonly parent: Place | null;
}

const longestPath = 200;

function pathOf(place: Place): string {
  const names: string[] = [];
  for (let at: Place | null = place; at !== null && at.parent !== null; at = at.parent)
    names.unshift(at.name);
  return names.join('.').toWellFormed().replaceAll('\0', '\uFFFD').slice(0, longestPath) || 'body';
}

/** Text that can be stored and sent as it is: UTF-8 has no lone surrogates, and SQL databases no NUL. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/**
 * The problem with a body that holds text which could not be given back as it came, or null. Names of fields
 * count as text too. Goes through the body without recursion, since a stranger chooses how deep it is.
 */
export function unstorableText(body: unknown): Problem | null {
  const waiting: Place[] = [{ value: body, name: '', parent: null }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const { value } = place;
    if (typeof value === 'string' && !isStorable(value)) return refusalOf(place);
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.entries(value).map(([name, child]): Place => ({
      value: child,
      name,
      parent: place,
    }));
    const misnamed = children.find(({ name }) => !isStorable(name));
    if (misnamed !== undefined) return refusalOf(misnamed);
    // Last in, first out: turned round, the first fault of the body is the one that is told.
    for (const child of children.toReversed()) waiting.push(child);
  }
  return null;
}

function refusalOf(place: Place): Problem {
  const field = pathOf(place);
  const detail =
    'it holds a NUL character or half of a surrogate pair, which cannot be kept as they are; leave them out.';
  return new Problem('invalid-fields', `${field}: ${detail}`, {
    field,
    errors: [{ field, detail }],
  });
}
