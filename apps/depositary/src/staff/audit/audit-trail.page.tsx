import type { VNode } from 'preact';
import { Layout, inLanguage, type InEveryLanguage, type Language } from '#pages';
import type { Officer } from '../officer.ts';
import { SignedIn } from '../sign-in/sign-in.page.tsx';
import { signInWords } from '../sign-in/sign-in.words.ts';
import type { AuditEntry, AuditKind, AuditVerification } from './audit-trail.ts';

const words: InEveryLanguage<{
  readonly when: string;
  readonly what: string;
  readonly who: string;
  readonly detail: string;
  readonly caption: string;
  readonly older: string;
  readonly exports: string;
  readonly verify: string;
  readonly intact: (entries: number, hash: string) => string;
  readonly broken: (entry: number) => string;
  readonly kinds: Readonly<Record<AuditKind, string>>;
}> = {
  en: {
    when: 'When (UTC)',
    what: 'What',
    who: 'Who',
    detail: 'Detail',
    caption: 'Sign-ins, refusals and deliveries sent again, the newest first',
    older: 'Older entries',
    exports: 'Take away',
    verify: 'Check that nothing was changed',
    intact: (entries, hash) =>
      `All ${entries} entries follow from one another. Keep the hash of the last one elsewhere to see later that nothing was changed: ${hash}`,
    broken: (entry) =>
      `Entry ${entry} is missing or does not follow from the one before it: somebody changed the database. Compare it with an earlier export.`,
    kinds: {
      'signed-in': 'Signed in',
      'signed-out': 'Signed out',
      'sign-in-refused': 'Sign-in refused',
      'session-ended-by-provider': 'Session ended by the provider',
      'request-refused': 'Request refused',
      'token-refused': 'Access token refused',
      'roles-changed': 'Roles seen for the first time or changed',
      'audit-trail-exported': 'Audit trail exported',
      'deliveries-sent-again': 'Deliveries sent again',
    },
  },
  fr: {
    when: 'Quand (UTC)',
    what: 'Quoi',
    who: 'Qui',
    detail: 'Précisions',
    caption: 'Connexions, refus et envois répétés, les plus récents d’abord',
    older: 'Entrées plus anciennes',
    exports: 'Exporter',
    verify: 'Vérifier que rien n’a été modifié',
    intact: (entries, hash) =>
      `Les ${entries} entrées découlent l’une de l’autre. Conservez ailleurs l’empreinte de la dernière pour voir plus tard que rien n’a été modifié : ${hash}`,
    broken: (entry) =>
      `L’entrée ${entry} manque ou ne découle pas de la précédente : quelqu’un a modifié la base de données. Comparez avec une exportation antérieure.`,
    kinds: {
      'signed-in': 'Connexion',
      'signed-out': 'Déconnexion',
      'sign-in-refused': 'Connexion refusée',
      'session-ended-by-provider': 'Session terminée par le fournisseur',
      'request-refused': 'Requête refusée',
      'token-refused': 'Jeton d’accès refusé',
      'roles-changed': 'Rôles vus pour la première fois ou modifiés',
      'audit-trail-exported': 'Journal d’audit exporté',
      'deliveries-sent-again': 'Envois répétés',
    },
  },
};

const trailAddress = '/depositary/audit-trail';

/** The audit trail for an administrator. */
export function AuditTrailPage(props: {
  readonly language: Language;
  readonly officer: Officer;
  readonly formToken: string;
  readonly entries: readonly AuditEntry[];
  readonly verification: AuditVerification | null;
  readonly limit: number;
}): VNode {
  const { language, entries, verification, limit } = props;
  const said = words[language];
  const desk = signInWords[language];
  const last = entries.at(-1)?.entry ?? 1;
  return (
    <Layout
      language={language}
      title={desk.auditTrail}
      address={trailAddress}
      navigation={[
        { label: desk.register, href: inLanguage('/', language) },
        { label: desk.desk, href: inLanguage('/depositary', language) },
        { label: desk.auditTrail, href: inLanguage(trailAddress, language), current: true },
      ]}
      aside={<SignedIn {...props} />}
    >
      <h1>{desk.auditTrail}</h1>
      {verification !== null && (
        <p role="status">
          {verification.brokenAt === null
            ? said.intact(verification.entries, verification.hash)
            : said.broken(verification.brokenAt)}
        </p>
      )}
      <p>
        <a href={inLanguage(`${trailAddress}?verify=true`, language)}>{said.verify}</a> ·{' '}
        {said.exports}: <a href={`${trailAddress}.csv`}>CSV</a>,{' '}
        <a href={`${trailAddress}.ndjson`}>JSON</a>
      </p>
      <div class="wide" role="region" aria-label={said.caption} tabIndex={0}>
        <table>
          <caption>{said.caption}</caption>
          <thead>
            <tr>
              <th scope="col">N</th>
              <th scope="col">{said.when}</th>
              <th scope="col">{said.what}</th>
              <th scope="col">{said.who}</th>
              <th scope="col">{said.detail}</th>
            </tr>
          </thead>
          <tbody>{entries.map((entry) => row(entry, said.kinds[entry.kind]))}</tbody>
        </table>
      </div>
      {entries.length === limit && last > 1 && (
        <p>
          <a href={inLanguage(`${trailAddress}?before=${last}&limit=${limit}`, language)}>
            {said.older}
          </a>
        </p>
      )}
    </Layout>
  );
}

function row({ entry, at, name, subject, detail }: AuditEntry, kind: string): VNode {
  const told = Object.entries(detail).map(
    ([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : String(value ?? '')}`,
  );
  return (
    <tr key={entry}>
      <td>{entry}</td>
      <td>
        <time dateTime={at}>{at.slice(0, 19).replace('T', ' ')}</time>
      </td>
      <td>{kind}</td>
      <td title={subject ?? undefined}>{name ?? subject ?? ''}</td>
      <td>{told.join('; ')}</td>
    </tr>
  );
}
