import type { DeskContext } from './desk-context.ts';
import { quoted } from './desk-context.ts';

type Form = readonly [RegExp, (...parts: string[]) => string];

/** What is said of a status file that cannot be read, or of a cell of one, and of where it stands. */
const forms: readonly Form[] = [
  [
    /^The file cannot be read as (CSV|XML): (.*)\.$/s,
    (what, why) => `Le fichier ne peut pas être lu comme ${what} (en anglais : « ${why} »).`,
  ],
  [
    /^The file declares a document type/,
    () => 'Le fichier déclare un type de document, dont un état des participations n’a pas besoin.',
  ],
  [
    /^The file has no table of participants/,
    () =>
      'Le fichier n’a pas de tableau des participants : il faut une ligne dont la première case est « Participant ».',
  ],
  [/^row (\d+)$/, (row) => `ligne ${row}`],
  [/^row (\d+), column (\d+)$/, (row, column) => `ligne ${row}, colonne ${column}`],
  [/^names no participant$/, () => 'ne nomme aucun participant'],
  [/^"(.*)" is no kind of action$/s, (words) => `« ${words} » n’est pas une nature d’acte`],
  [/^"(.*)" is no date$/s, (words) => `« ${words} » n’est pas une date`],
];

/** What the reader of status files says, in the language of the page; what only quotes the file as it is. */
export function ofStatusFile(context: DeskContext, said: string): string {
  if (context.language === 'en') return said;
  for (const [pattern, french] of forms) {
    const found = pattern.exec(said);
    if (found !== null) return french(...found.slice(1));
  }
  const cell = /^(.*): "(.*)"$/s.exec(said);
  return cell === null ? said : `${cell[1]} : ${quoted(context, cell[2] ?? '')}`;
}
