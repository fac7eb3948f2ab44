import type { ComponentChildren, VNode } from 'preact';
import { Layout, inLanguage, type Language } from '#pages';
import { FORM_TOKEN_FIELD, type Officer } from '../officer.ts';
import { signInWords, type SignInFault } from './sign-in.words.ts';

/** Who is signed in, and the way out: at the right of the header of every page for officers. */
export function SignedIn(props: {
  readonly officer: Officer;
  readonly formToken: string;
  readonly language: Language;
}): VNode {
  const said = signInWords[props.language];
  return (
    <form class="signed-in" method="post" action={inLanguage('/sign-out', props.language)}>
      <input type="hidden" name={FORM_TOKEN_FIELD} value={props.formToken} />
      <span>
        {said.signedInAs} <strong>{props.officer.name}</strong>
      </span>{' '}
      <button type="submit">{said.signOut}</button>
    </form>
  );
}

function Plain(props: {
  readonly language: Language;
  readonly title: string;
  readonly address: string;
  readonly children: ComponentChildren;
}): VNode {
  const { language, title, address } = props;
  return (
    <Layout
      language={language}
      title={title}
      address={address}
      navigation={[{ label: signInWords[language].register, href: inLanguage('/', language) }]}
    >
      <h1>{title}</h1>
      {props.children}
    </Layout>
  );
}

/** Why somebody was not let in, and what to do. */
export function SignInFaultPage(props: {
  readonly language: Language;
  readonly fault: SignInFault;
}): VNode {
  const { language, fault } = props;
  const said = signInWords[language];
  return (
    <Plain language={language} title={said.faultTitle} address="/sign-in">
      <p role="alert">{said.faults[fault]}</p>
      <p>
        <a href={inLanguage('/sign-in', language)}>{said.again}</a>
      </p>
    </Plain>
  );
}

/** Asks before signing out: a link alone must not do it. */
export function SignOutPage(props: {
  readonly language: Language;
  readonly officer: Officer;
  readonly formToken: string;
}): VNode {
  const said = signInWords[props.language];
  return (
    <Plain language={props.language} title={said.signOutQuestion} address="/sign-out">
      <SignedIn {...props} />
    </Plain>
  );
}

/** Says that the session is over, and leads on to the provider's own. */
export function SignedOutPage(props: {
  readonly language: Language;
  readonly endSession: string | null;
}): VNode {
  const { language, endSession } = props;
  const said = signInWords[language];
  return (
    <Plain language={language} title={said.signedOut} address="/sign-out">
      <p>{said.signedOutHere}</p>
      {endSession !== null && (
        <p>
          <a href={endSession}>{said.atProvider}</a>
        </p>
      )}
      <p>
        <a href={inLanguage('/sign-in', language)}>{said.again}</a>
      </p>
    </Plain>
  );
}
