import { mergedContent, type CaseContent } from '../cases/case-content.ts';
import { labelOf } from './case-faults.ts';
import { valueInWords } from './correction-fields.tsx';
import type { DeskContext } from './desk-context.ts';

/** Everything of a draft by its path; what is empty is left out, since nothing was typed there. */
function flat(value: unknown, path = ''): [path: string, text: string][] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((one, index) => flat(one, `${path}[${index}]`));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([key, one]) =>
      flat(one, path === '' ? key : `${path}.${key}`),
    );
  // Draft values are texts and numbers.
  return [[path, typeof value === 'string' ? value : JSON.stringify(value)]];
}

/** Whether saving would change nothing. An empty change of a correction still counts: it says "as on record". */
export function isSameContent(saved: CaseContent, changes: CaseContent): boolean {
  const text = (content: CaseContent): string =>
    JSON.stringify([
      flat(content).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      Object.entries(content.changes ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]);
  return text(saved) === text(mergedContent(saved, changes));
}

/** Where two drafts differ, by label, each value as a page shows it. */
export function differencesOf(
  context: DeskContext,
  saved: CaseContent,
  typed: CaseContent,
): { field: string; saved: string; typed: string }[] {
  const [was, is] = [new Map(flat(saved)), new Map(flat(typed))];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    if (was.get(path) === is.get(path)) return [];
    const field = path.replace(/^form\.([^.]+)\..*$/, 'form.$1');
    const name = path.split('.').at(-1) ?? path;
    const shown = (value: string | undefined): string => valueInWords(context, name, value ?? null);
    return [
      { field: labelOf(context, field), saved: shown(was.get(path)), typed: shown(is.get(path)) },
    ];
  });
}
