import type { VNode } from 'preact';
import type { Language } from './language.ts';
import type { NavigationEntry } from './layout.tsx';
import { componentWords } from './words.ts';

/** The sections of the register for the public. */
export type PublicSection = keyof (typeof componentWords)[Language]['publicSections'];

const sections: readonly (readonly [PublicSection, string])[] = [
  ['treaties', '/treaties'],
  ['participants', '/participants'],
  ['actions', '/actions'],
  ['notifications', '/notifications'],
  ['finalClauses', '/final-clauses'],
  ['subscriptions', '/subscriptions'],
  ['search', '/search'],
];

/**
 * The navigation of every public page.
 * @param link makes the address of a section from its path, in the language of the page
 * @param takesSubscriptions whether anybody answers at `/subscriptions`; its section is left out where nobody does
 */
export function publicNavigation(props: {
  readonly language: Language;
  readonly link: (path: string) => string;
  readonly current: PublicSection | undefined;
  readonly takesSubscriptions: boolean;
}): NavigationEntry[] {
  const { language, link, current, takesSubscriptions } = props;
  const said = componentWords[language].publicSections;
  return sections
    .filter(([name]) => takesSubscriptions || name !== 'subscriptions')
    .map(([name, path]) => ({ label: said[name], href: link(path), current: name === current }));
}

/** What the register is, at the foot of every public page. */
export function PublicFoot({ language }: { readonly language: Language }): VNode {
  const said = componentWords[language].foot;
  return (
    <>
      <p>{said.about}</p>
      <nav aria-label={said.nav}>
        <ul>
          <li>
            <a href="/openapi.json">{said.api}</a>
          </li>
          <li>
            <a href="/health">{said.health}</a>
          </li>
        </ul>
      </nav>
    </>
  );
}
