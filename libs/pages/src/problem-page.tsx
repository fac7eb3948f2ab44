import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '#http';
import { wantsPage } from './accepts.ts';
import { languageOf, type InEveryLanguage, type Language } from './language.ts';
import { Layout, inLanguage } from './layout.tsx';
import { sendPage } from './send-page.ts';

const words: InEveryLanguage<{ readonly home: string; readonly code: string }> = {
  en: { home: 'To the start of the register', code: 'Code' },
  fr: { home: "Vers l'accueil du registre", code: 'Code' },
};

/** Shows a problem to a person: what happened and what to do, with the status and code a program gets. */
export function sendProblemPage(
  { details, headers }: Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): boolean {
  if (!wantsPage(request)) return false;
  const language = languageOrEnglish(request);
  const said = words[language];
  void reply.headers({ ...headers });
  sendPage(
    reply,
    <Layout language={language} title={details.title} address={request.url} navigation={[]}>
      <h1>{details.title}</h1>
      <p>{details.detail}</p>
      <p>
        {said.code}: <code>{details.code}</code> ({details.status})
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
