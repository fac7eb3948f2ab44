import { Facts } from '#pages';
import { articleInFrench } from '#treaty';
import type { PageMaker } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { meaningOf } from './meanings.ts';
import { pageWords } from './words.ts';

/** What is known of the code of a problem: some are of HTTP, some are refusals of the law. */
export interface ProblemEntry {
  readonly code: string;
  readonly status?: number;
  readonly article?: string | null;
  readonly overridable?: boolean;
}

/** What the code of a problem means, at the address that every problem names. */
export function problemCodePage(entry: ProblemEntry): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].problem;
    const { code, status, article, overridable } = entry;
    const cited = language === 'fr' && article != null ? articleInFrench(article) : article;
    return (
      <RegisterPage context={context} title={said.title(code)} trail={[]}>
        <h1>
          {said.title('')} <code>{code}</code>
        </h1>
        <Facts
          facts={[
            { name: said.meaning, value: meaningOf(code, language) },
            { name: said.status, value: status === undefined ? null : String(status) },
            { name: said.article, value: cited },
            {
              name: said.overridable,
              value: overridable === undefined ? null : overridable ? said.yes : said.no,
            },
          ]}
        />
      </RegisterPage>
    );
  };
}
