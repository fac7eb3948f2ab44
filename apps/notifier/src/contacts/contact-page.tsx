import type { VNode } from 'preact';
import { Layout, type Language } from '#pages';
import { contactWords } from './contact-words.ts';
import { mayResume, standingInWords, type WebhookStanding } from './webhook-standing.ts';

/** How a webhook stands, for its contact: what happened, the last failure, how far it was told, and a way to go on. */
export function ContactPage(page: {
  readonly language: Language;
  /** The page's own address, with its token. */
  readonly address: string;
  readonly standing: WebhookStanding;
  /** Where the form goes that resumes deliveries. */
  readonly resume: string;
}): VNode {
  const { language, address, standing, resume } = page;
  const said = contactWords[language];
  return (
    <Layout language={language} title={said.title} address={address} navigation={[]}>
      <h1>{said.title}</h1>
      {standingInWords(standing, language).map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p>
        {said.subscription}
        {said.colon} <code>{standing.subscription}</code>
      </p>
      {mayResume(standing) && (
        <form method="post" action={resume}>
          <button type="submit">{said.resume}</button>
        </form>
      )}
    </Layout>
  );
}
