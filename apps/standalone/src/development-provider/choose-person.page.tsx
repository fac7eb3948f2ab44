import type { VNode } from 'preact';
import { Layout, type InEveryLanguage, type Language } from '#pages';
import { developmentPeople } from './people.ts';

const words: InEveryLanguage<{
  readonly title: string;
  readonly why: string;
  readonly end: string;
  readonly endButton: string;
}> = {
  en: {
    title: 'Who are you today?',
    why: 'This is the development provider: it asks for no password and answers this machine only. With OIDC_ISSUER set, officers sign in at your own provider instead.',
    end: 'Sign out at the development provider?',
    endButton: 'Sign out',
  },
  fr: {
    title: 'Qui êtes-vous aujourd’hui ?',
    why: 'Ceci est le fournisseur d’identité de développement : il ne demande pas de mot de passe et ne répond qu’à cette machine. Avec OIDC_ISSUER, les agents se connectent auprès de votre propre fournisseur.',
    end: 'Se déconnecter du fournisseur de développement ?',
    endButton: 'Se déconnecter',
  },
};

/** The provider's only question. */
export function ChoosePersonPage(props: {
  readonly language: Language;
  readonly address: string;
}): VNode {
  const { language, address } = props;
  const said = words[language];
  return (
    <Layout language={language} title={said.title} address={address} navigation={[]}>
      <h1>{said.title}</h1>
      <p>{said.why}</p>
      <form method="post" action={address}>
        <ul>
          {developmentPeople.map(({ subject, name, roles }) => (
            <li key={subject}>
              <button type="submit" name="person" value={subject}>
                {name}
              </button>{' '}
              ({roles.join(', ')})
            </li>
          ))}
        </ul>
      </form>
    </Layout>
  );
}

/** Asks whether to end the provider's session; the form is the provider library's own. */
export function EndSessionPage(props: {
  readonly language: Language;
  readonly address: string;
  readonly xsrf: string;
}): VNode {
  const { language, address, xsrf } = props;
  const said = words[language];
  return (
    <Layout language={language} title={said.end} address={address} navigation={[]}>
      <h1>{said.end}</h1>
      <form method="post" action={address}>
        <input type="hidden" name="xsrf" value={xsrf} />
        <button type="submit" name="logout" value="yes">
          {said.endButton}
        </button>
      </form>
    </Layout>
  );
}
