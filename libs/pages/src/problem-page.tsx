import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Problem } from '#http';
import { wantsPage } from './accepts.ts';
import { languageOf, type InEveryLanguage, type Language } from './language.ts';
import { Layout, inLanguage } from './layout.tsx';
import { problemWordsFr } from './problem-words.fr.ts';
import { sendPage } from './send-page.ts';

const words: InEveryLanguage<{ readonly home: string; readonly code: string }> = {
  en: { home: 'To the start of the register', code: 'Code' },
  fr: { home: 'Vers l’accueil du registre', code: 'Code' },
};

/** The title of a problem in a language. */
const titleIn = ({ details, entry }: Problem, language: Language): string =>
  language === 'fr' ? problemWordsFr[entry].title : details.title;

/** What happened and what to do: in French where somebody wrote it so, else in general, and in English beside. */
function Detail(props: { readonly problem: Problem; readonly language: Language }): VNode {
  const { problem, language } = props;
  const { details, detailFr, entry } = problem;
  if (language === 'en') return <p>{details.detail}</p>;
  if (detailFr !== null) return <p>{detailFr}</p>;
  return (
    <>
      <p>{problemWordsFr[entry].advice}</p>
      <p class="quiet" lang="en">
        {details.detail}
      </p>
    </>
  );
}

/** Shows a problem to a person: what happened and what to do, with the status and code a program gets. */
export function sendProblemPage(
  problem: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  if (!wantsPage(request)) return false;
  const language = languageOrEnglish(request);
  const said = words[language];
  const { details, headers } = problem;
  const title = titleIn(problem, language);
  void reply.headers({ ...headers });
  sendPage(
    reply,
    <Layout language={language} title={title} address={request.url} navigation={[]}>
      <h1>{title}</h1>
      <Detail problem={problem} language={language} />
      <p>
        {said.code}
        {language === 'fr' && '\u00a0'}: <code>{details.code}</code> ({details.status})
      </p>
      <p>
        <a href={inLanguage('/', language)}>{said.home}</a>
      </p>
    </Layout>,
    details.status,
  );
  return true;
}

/** The language itself may be what is wrong with the request. */
function languageOrEnglish(request: FastifyRequest): Language {
  try {
    return languageOf(request);
  } catch {
    return 'en';
  }
}
