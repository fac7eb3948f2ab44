import {
  actionKindOfWords,
  actionKinds,
  isCalendarDate,
  type ActionKind,
  type CalendarDate,
} from '#treaty';

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** A name without the footnote marks that a status table hangs on it: `Germany 3, 4` → `Germany`. */
export function nameAndFootnotes(cell: string): { name: string; footnotes: string[] } {
  const plain = cell
    .replaceAll(/<superscript>\s*([^<]*?)\s*<\/superscript>|<sup>\s*([^<]*?)\s*<\/sup>/gi, ' $1$2 ')
    .replaceAll(new RegExp(`[${superscripts}]`, 'g'), (digit) => ` ${superscripts.indexOf(digit)} `)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const match = /^(.*?)[\s,]*((?:\d{1,3}[\s,]*)*)$/.exec(plain);
  const name = (match?.[1] ?? plain).trim();
  return { name, footnotes: (match?.[2] ?? '').match(/\d+/g) ?? [] };
}

/** `24 Sep 2003`, `24 September 2003` or `2003-09-24`; null for what is no date that exists. */
export function dateOfCell(text: string): CalendarDate | null {
  if (isCalendarDate(text)) return text;
  const match = /^(\d{1,2})\s+([a-z]{3,9})\.?\s+(\d{4})$/i.exec(text.trim());
  const month = months.indexOf((match?.[2] ?? '').slice(0, 3).toLowerCase()) + 1;
  const candidate = `${match?.[3]}-${String(month).padStart(2, '0')}-${(match?.[1] ?? '').padStart(2, '0')}`;
  return isCalendarDate(candidate) ? candidate : null;
}

export interface CellRead {
  readonly kind: ActionKind;
  readonly date: CalendarDate;
  readonly footnotes: readonly string[];
}

const consents = (Object.keys(actionKinds) as ActionKind[]).filter(
  (kind) => actionKinds[kind].family === 'consent',
);

/** The kinds that a column's heading gives letters to: `Ratification, Accession(a), Succession(d)`. */
function lettersOf(heading: string): Map<string, ActionKind> {
  const letters = new Map<string, ActionKind>();
  for (const [, words = '', letter = ''] of heading.matchAll(
    /([\p{L}' -]+?)\s*\(([A-Za-z]{1,2})\)/gu,
  )) {
    const kind = actionKindOfWords(words);
    if (kind !== null) letters.set(letter, kind);
  }
  return letters;
}

/**
 * One cell of a status table: type and date share it (`24 Sep 2003 a`), footnote marks hang on it, and a
 * denunciation stands in brackets. Letters are case-sensitive: `A` acceptance, `a` accession.
 * @param heading of the column, whose first words say what a date without a letter is
 */
export function readCell(cell: string, heading: string): CellRead | null | 'unreadable' {
  const bracketed = /^\s*\[(.*)\]\s*$/.exec(cell)?.[1];
  const { name: text, footnotes } = nameAndFootnotes(
    (bracketed ?? cell).replaceAll(/(\d{4})\s*<sup/g, '$1 <sup'),
  );
  // A cell may hold a footnote mark alone; four digits are no mark.
  if (text === '' || text === '-') return /\d{4}/.test(cell) ? 'unreadable' : null;
  const match =
    /^(\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{4}|\d{4}-\d{2}-\d{2})\s*([A-Za-z]{0,2})$/.exec(text) ??
    // The year of a bare date looks like a footnote mark.
    /^(\d{1,2}\s+[A-Za-z]{3,9}\.?)\s*([A-Za-z]{0,2})$/.exec(text);
  const year = match !== null && !/\d{4}/.test(match[1] ?? '') ? footnotes[0] : undefined;
  const date =
    match === null ? null : dateOfCell(`${match[1]}${year === undefined ? '' : ` ${year}`}`);
  if (match === null || date === null) return 'unreadable';
  const marks = year === undefined ? footnotes : footnotes.slice(1);
  if (bracketed !== undefined) return { kind: 'denunciation', date, footnotes: marks };
  const kind = kindOfLetter(match[2] ?? '', heading);
  return kind === null ? 'unreadable' : { kind, date, footnotes: marks };
}

function kindOfLetter(letter: string, heading: string): ActionKind | null {
  const [first = ''] = heading.split(/[,(]/);
  const plain = actionKindOfWords(first);
  const inSignatures = plain !== null && actionKinds[plain].family === 'signature';
  if (letter === '') return plain;
  const told = lettersOf(heading).get(letter);
  if (told !== undefined) return told;
  if (inSignatures)
    return letter === 's' ? 'definitiveSignature' : letter === 'd' ? 'successionToSignature' : null;
  return consents.find((kind) => actionKinds[kind].code === letter) ?? null;
}
