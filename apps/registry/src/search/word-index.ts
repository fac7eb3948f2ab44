import MiniSearch, { type SearchOptions } from 'minisearch';
import { foldedWords, searchKinds, type SearchDocument, type SearchKind } from '#views';
import { stopWords } from './stop-words.ts';

/** Something found: what, how well it fits, and the words of the index that fitted. */
export interface Found {
  readonly kind: SearchKind;
  readonly key: string;
  readonly score: number;
  readonly words: ReadonlySet<string>;
}

/** Words of a question beyond these are not read, and longer ones are cut: a question costs what it may. */
const mostWords = 8;
const longestWord = 40;
/** Shortest word of which a misspelling is looked for, and from where on two letters may differ. */
const shortestMisspelt = 4;
const shortestTwice = 7;

/** How much a kind weighs beside the others: who asks for "Portugal" wants Portugal first. */
const weights: Readonly<Record<SearchKind, number>> = {
  participant: 3,
  treaty: 2,
  notification: 1,
  action: 0.5,
};

const indexOfKind = (kind: SearchKind): MiniSearch<SearchDocument> =>
  new MiniSearch<SearchDocument>({
    idField: 'key',
    fields: ['numbers', 'names', 'otherNames', 'text'],
    extractField: (document, field) => {
      const value = document[field as keyof SearchDocument];
      return typeof value === 'string' ? value : value.join('\n');
    },
    tokenize: foldedWords,
    // Names and titles are few and keep all their words: "in" begins Indonesia.
    processTerm: (word) =>
      kind === 'action' && stopWords.has(word) ? null : word.slice(0, longestWord),
  });

const isMisspellable = (word: string): boolean =>
  word.length >= shortestMisspelt && !/\d/.test(word);

/** The words of a question that tell something; the last may be the beginning of one that does. */
function wordsAsked(question: string): string[] {
  const words = foldedWords(question).slice(0, mostWords);
  return words.filter((word, index) => index === words.length - 1 || !stopWords.has(word));
}

/** How a question is asked: first as it is written, then with slips allowed, then for any of its words. */
type Leniency = 'all-words' | 'all-words-misspelt' | 'some-words';

function optionsFor(kind: SearchKind, leniency: Leniency): SearchOptions {
  // In long texts the beginning of a word is in too many of them to tell anything, unless it is a long one.
  const shortestBeginning = kind === 'action' ? 4 : 1;
  return {
    combineWith: leniency === 'some-words' ? 'OR' : 'AND',
    tokenize: wordsAsked,
    boost: { numbers: 4, names: 4, otherNames: 2 },
    prefix: (word, index, words) =>
      word.length >= Math.max(shortestBeginning, index === words.length - 1 ? 1 : 3),
    fuzzy: (word) =>
      leniency !== 'all-words' && isMisspellable(word)
        ? word.length >= shortestTwice
          ? 2
          : 1
        : false,
    weights: { prefix: 0.5, fuzzy: 0.3 },
  };
}

/** Full-text indexes in memory, one for each kind of thing, so that asking for one kind costs no other. */
export class WordIndex {
  private readonly indexes = Object.fromEntries(
    searchKinds.map((kind) => [kind, indexOfKind(kind)]),
  ) as Readonly<Record<SearchKind, MiniSearch<SearchDocument>>>;

  /** Takes in what is new; what is there already is replaced. */
  put(document: SearchDocument): void {
    const index = this.indexes[document.kind];
    if (index.has(document.key)) index.replace(document);
    else index.add(document);
  }

  get size(): number {
    return searchKinds.reduce((sum, kind) => sum + this.indexes[kind].documentCount, 0);
  }

  /**
   * What fits all words, the best first; where nothing does, what fits some. A word fits whatever its accents
   * and case, by its beginning, and with a letter or two wrong where a kind has it in no other spelling.
   */
  find(question: string, kinds: readonly SearchKind[]): Found[] {
    const all = kinds.flatMap((kind) => {
      const found = this.ask(question, kind, 'all-words');
      return found.length > 0 ? found : this.ask(question, kind, 'all-words-misspelt');
    });
    const found =
      all.length > 0 ? all : kinds.flatMap((kind) => this.ask(question, kind, 'some-words'));
    return found.toSorted((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));
  }

  private ask(question: string, kind: SearchKind, leniency: Leniency): Found[] {
    return this.indexes[kind]
      .search(question, optionsFor(kind, leniency))
      .map(({ id, score, terms }) => ({
        kind,
        key: String(id),
        score: score * weights[kind],
        words: new Set(terms),
      }));
  }
}
