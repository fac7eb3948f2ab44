import type { VNode } from 'preact';
import { Layout, inLanguage, type Language } from '#pages';
import type { Officer } from './officer.ts';
import { isPermitted, permissions, type Permission } from './permissions.ts';
import { SignedIn } from './sign-in/sign-in.page.tsx';
import { signInWords } from './sign-in/sign-in.words.ts';

/** The permissions of an officer's roles. */
export const permissionsOf = ({ roles }: Officer): Permission[] =>
  (Object.keys(permissions) as Permission[]).filter((one) => isPermitted(roles, one));

/** Who is signed in, and what that permits. */
export function DeskPage(props: {
  readonly language: Language;
  readonly officer: Officer;
  readonly formToken: string;
}): VNode {
  const { language, officer } = props;
  const said = signInWords[language];
  const permitted = permissionsOf(officer);
  const trail = { label: said.auditTrail, href: inLanguage('/depositary/audit-trail', language) };
  return (
    <Layout
      language={language}
      title={said.desk}
      address="/depositary"
      navigation={[
        { label: said.register, href: inLanguage('/', language) },
        { label: said.desk, href: inLanguage('/depositary', language), current: true },
        ...(permitted.includes('read-audit-trail') ? [trail] : []),
      ]}
      aside={<SignedIn {...props} />}
    >
      <h1>{said.desk}</h1>
      <h2>{said.roles}</h2>
      <ul>
        {officer.roles.map((role) => (
          <li key={role}>{said.roleNames[role]}</li>
        ))}
      </ul>
      <h2>{said.may}</h2>
      {permitted.length === 0 && <p>{said.none}</p>}
      <ul>
        {permitted.map((permission) => (
          <li key={permission}>
            <code>{permission}</code>
          </li>
        ))}
      </ul>
    </Layout>
  );
}
