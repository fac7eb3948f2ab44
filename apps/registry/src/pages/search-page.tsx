import type { VNode } from 'preact';
import type { PageMaker } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { SearchBox } from './home-page.tsx';
import { linkerOf } from './links.ts';
import { pageWords } from './words.ts';

/** What the search page reads of an answer: where each thing found is, what it is called, and why it was found. */
export interface SearchBody {
  readonly q: string;
  readonly total: number;
  readonly results: readonly {
    readonly kind: string;
    /** Path of its page. */
    readonly address: string;
    readonly title: string;
    readonly excerpt: Excerpt;
  }[];
}

interface Excerpt {
  readonly text: string;
  /** Begin and end of each word found. */
  readonly highlights: readonly (readonly [number, number])[];
  readonly continues: { readonly before: boolean; readonly after: boolean };
}

/** What was found, the best first. */
export function searchPage(body: () => object): PageMaker {
  return (context) => {
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language].search;
    const { q, total, results } = body() as SearchBody;
    return (
      <RegisterPage context={context} title={`${said.title}: ${q}`} section="search" trail={[]}>
        <h1>{said.title}</h1>
        <p>{said.hint}</p>
        <SearchBox language={language} words={q} link={link} />
        <h2>{said.found(total, q)}</h2>
        {results.length === 0 && <p>{said.nothing}</p>}
        <ol class="plain">
          {results.map(({ kind, address, title, excerpt }) => (
            <li key={address}>
              <a href={link(address)}>{title}</a>{' '}
              <span class="quiet small">{said.types[kind] ?? kind}</span>
              {excerpt.text !== title && (
                <>
                  <br />
                  <Marked excerpt={excerpt} />
                </>
              )}
            </li>
          ))}
        </ol>
      </RegisterPage>
    );
  };
}

/** A piece of a text with the words found marked. */
function Marked({ excerpt: { text, highlights, continues } }: { excerpt: Excerpt }): VNode {
  const starts = [0, ...highlights.map(([, end]) => end)];
  return (
    <span class="quiet">
      {continues.before && '… '}
      {starts.map((start, index) => {
        const found = highlights[index];
        if (found === undefined) return text.slice(start);
        return (
          <>
            {text.slice(start, found[0])}
            <mark>{text.slice(...found)}</mark>
          </>
        );
      })}
      {continues.after && ' …'}
    </span>
  );
}
