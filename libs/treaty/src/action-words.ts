import { actionKinds, type ActionKind } from './action-kinds.ts';

const kinds = Object.keys(actionKinds) as ActionKind[];

/**
 * Words of the column heads of UN status tables, exactly. What is missing here is a heading that says no
 * act ("as amended", "3)") and stays unread rather than guessed.
 */
const tableWords: Readonly<Record<string, ActionKind>> = {
  'definitive signature of the protocol': 'definitiveSignature',
  'definitive signature or participation in the convention and the protocol': 'definitiveSignature',
  'definitive signature or acceptance of the protocol': 'definitiveSignature',
  'participation in the convention by virtue of ratification': 'participation',
  'participation by virtue of accession to the protocol of 11 april 1980': 'participation',
  'participation under article xi of the protocol of 11 april 1980': 'participation',
  'participation in the agreement as amended under paragraph 4 of resolution 05-79 and paragraph 1 of article 60 of the unamended agreement':
    'participation',
  'notification under article 25': 'notification',
  'notification under article 21': 'notification',
  'notification in respect of the agreement as amended': 'notification',
  'provisional application by virtue of signature': 'provisionalApplication',
  'provisional application under article 23': 'provisionalApplication',
  'provisional application of the agreement as amended and extended': 'provisionalApplication',
  'undertaking of provisional application in accordance with article 31': 'provisionalApplication',
  'notification of non-provisional application under article 7':
    'terminationOfProvisionalApplication',
  'succession to the convention as amended': 'succession',
  'succession to the convention as amended by the protocol': 'succession',
  'succession to the agreement as amended by the protocol': 'succession',
  'accession to the convention as amended': 'accession',
  'accession to the convention as amended by the protocol': 'accession',
  'accession to the agreement as amended by the protocol': 'accession',
  'ratification of the convention as amended': 'ratification',
  'ratification of the convention as amended by the protocol': 'ratification',
  'ratification of the agreement as amended by the protocol': 'ratification',
  'signature by non-regional members under section 3 (c) (i) of resolution 07-79': 'signature',
  'confirmation of signature': 'confirmationOfSignatureAdReferendum',
};

const byWords = new Map<string, ActionKind>([
  ...kinds.flatMap((kind): [string, ActionKind][] => [
    [kind.toLowerCase(), kind],
    [actionKinds[kind].label.toLowerCase(), kind],
  ]),
  ...Object.entries(tableWords),
]);

/** The kind that a table's words name, or null. Words only: MTDSG's letters need their column to be read. */
export function actionKindOfWords(words: string): ActionKind | null {
  return byWords.get(words.trim().toLowerCase().replace(/\s+/g, ' ')) ?? null;
}
