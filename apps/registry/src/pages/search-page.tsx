import { Pagination, type Language } from '#pages';
import type { PageMaker } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { SearchBox } from './home-page.tsx';
import { linkerOf } from './links.ts';
import { pagesOf } from './list-pages.tsx';
import { pageWords } from './words.ts';

/** What the search page reads of an answer: where each thing found is, what it is called, and why it was found. */
export interface SearchBody {
  readonly q: string;
  readonly total: number;
  readonly results: readonly {
    readonly type: string;
    /** Path of its page. */
    readonly href: string;
    readonly title: string;
    readonly titleFr?: string | null;
    readonly excerpt?: string | null;
  }[];
  readonly next?: string | null;
}

const titleIn = ({ title, titleFr }: SearchBody['results'][number], language: Language): string =>
  language === 'fr' ? (titleFr ?? title) : title;

/** The search page; `body` is null before anything was asked. */
export function searchPage(body: (() => object) | null): PageMaker {
  return (context) => {
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language].search;
    const found = body === null ? null : (body() as SearchBody);
    return (
      <RegisterPage context={context} title={said.title} section="search" trail={[]}>
        <h1>{said.title}</h1>
        <p>{said.hint}</p>
        <SearchBox language={language} words={found?.q ?? ''} link={link} />
        {found !== null && (
          <>
            <h2>{said.found(found.total, found.q)}</h2>
            {found.results.length === 0 && <p>{said.nothing}</p>}
            <ol class="plain">
              {found.results.map((one) => (
                <li key={one.href}>
                  <a href={link(one.href)}>{titleIn(one, language)}</a>{' '}
                  <span class="quiet small">{said.types[one.type] ?? one.type}</span>
                  {one.excerpt != null && one.excerpt !== '' && (
                    <>
                      <br />
                      <span class="quiet">{one.excerpt}</span>
                    </>
                  )}
                </li>
              ))}
            </ol>
            <Pagination language={language} {...pagesOf(context, found.next ?? null)} />
          </>
        )}
      </RegisterPage>
    );
  };
}
