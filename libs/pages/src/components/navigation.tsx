import type { VNode } from 'preact';
import type { Language } from '../language.ts';
import { componentWords } from '../words.ts';

export interface PageLink {
  readonly label: string;
  readonly href: string;
}

/** The way from the start of the register to this page; the page itself is not in it. */
export function Breadcrumbs(props: {
  readonly language: Language;
  readonly trail: readonly PageLink[];
}): VNode {
  return (
    <nav class="crumbs" aria-label={componentWords[props.language].youAreHere}>
      <ol>
        {props.trail.map(({ label, href }) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Parts of one thing, each a page of its own. */
export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly (PageLink & { readonly current: boolean })[];
}): VNode {
  return (
    <nav class="tabs" aria-label={props.label}>
      <ul>
        {props.tabs.map(({ label, href, current }) => (
          <li key={href}>
            <a href={href} {...(current && { 'aria-current': 'page' as const })}>
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Links to the first and the next page of a list; nothing where it has one page only. */
export function Pagination(props: {
  readonly language: Language;
  readonly first: string | null;
  readonly next: string | null;
}): VNode | null {
  const { language, first, next } = props;
  const said = componentWords[language];
  if (first === null && next === null) return null;
  return (
    <nav class="pages" aria-label={said.pages}>
      {first !== null && (
        <a href={first} rel="first">
          {said.firstPage}
        </a>
      )}
      {next !== null && (
        <a href={next} rel="next">
          {said.nextPage}
        </a>
      )}
    </nav>
  );
}
