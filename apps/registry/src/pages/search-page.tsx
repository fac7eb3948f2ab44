import type { VNode } from 'preact';
import { Tabs } from '#pages';
import type { SearchKind } from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { SearchBox } from './home-page.tsx';
import { linkerOf } from './links.ts';
import { pageWords } from './words.ts';

/** What the search page reads of an answer: where each thing found is, what it is called, and why it was found. */
export interface SearchBody {
  readonly q: string;
  readonly kind: SearchKind | null;
  readonly total: number;
  readonly results: readonly {
    readonly kind: SearchKind;
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

/** Most results that the address can ask for. */
const mostResults = 50;

/** What was found, the best first; a box to write in where nothing is asked yet. */
export function searchPage(body: () => object): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].search;
    const { q, kind, total, results } = body() as SearchBody;
    const asked = q.trim() !== '';
    const title = asked ? `${said.title}: ${q}` : said.title;
    return (
      <RegisterPage context={context} title={title} section="search" trail={[]}>
        <h1>{said.title}</h1>
        <p>{said.hint}</p>
        <SearchBox context={context} words={q} kind={kind} />
        {asked && <Results {...{ context, q, kind, total, results }} />}
      </RegisterPage>
    );
  };
}

function Results(props: SearchBody & { readonly context: PageContext }): VNode {
  const { context, q, kind, total, results } = props;
  const { language } = context;
  const link = linkerOf(context);
  const said = pageWords[language].search;
  const kinds = [null, ...(Object.keys(said.types) as SearchKind[])];
  return (
    <>
      <Tabs
        label={said.kinds}
        tabs={kinds.map((one) => ({
          label: one === null ? said.everywhere : said.types[one],
          href: link('/search', { q, kind: one }),
          current: one === kind,
        }))}
      />
      <h2>{said.found(total, q)}</h2>
      {results.length === 0 && <p>{said.nothing}</p>}
      <ol class="plain results">
        {results.map((one) => (
          <li key={one.address}>
            <a href={link(one.address)}>{one.title}</a>{' '}
            <span class="quiet small">{said.types[one.kind]}</span>
            {one.excerpt.text !== one.title && (
              <span class="under">
                <Marked excerpt={one.excerpt} />
              </span>
            )}
          </li>
        ))}
      </ol>
      {results.length < total && (
        <p>
          {said.firstOf(results.length, total)}{' '}
          {results.length < mostResults && (
            <a href={link('/search', { q, kind, limit: String(mostResults) })}>{said.more}</a>
          )}
        </p>
      )}
    </>
  );
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
