import type { ComponentChildren, VNode } from 'preact';
import { assetAddress } from './assets.ts';
import { pageLanguages, unLanguages, type InEveryLanguage, type Language } from './language.ts';

const words: InEveryLanguage<{
  readonly register: string;
  readonly skip: string;
  readonly sections: string;
  readonly languages: string;
}> = {
  en: {
    register: 'The Treaty Ledger',
    skip: 'Skip to the content',
    sections: 'Sections',
    languages: 'Language',
  },
  fr: {
    register: 'Le registre des traités',
    skip: 'Aller au contenu',
    sections: 'Rubriques',
    languages: 'Langue',
  },
};

export interface NavigationEntry {
  readonly label: string;
  readonly href: string;
  readonly current?: boolean;
}

export interface LayoutProps {
  readonly language: Language;
  /** What the page is about; the register's name is added. */
  readonly title: string;
  /** The page's own address with its query, from which the language switch is made. */
  readonly address: string;
  readonly navigation: readonly NavigationEntry[];
  /** More for the head: alternates, feeds, JSON-LD by link. */
  readonly head?: ComponentChildren;
  /** At the right of the header: who is signed in. */
  readonly aside?: ComponentChildren;
  readonly footer?: ComponentChildren;
  /** Names of modules in `libs/pages/assets` that enhance the page; it works without them. */
  readonly modules?: readonly string[];
  readonly children: ComponentChildren;
}

/** The same address in another language. */
export function inLanguage(address: string, language: Language): string {
  const url = new URL(address, 'http://register.invalid');
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}

/** The frame of every page: head, skip link, header with sections and languages, content, footer. */
export function Layout(props: LayoutProps): VNode {
  const { language, title, address, navigation, head, aside, footer, modules = [] } = props;
  const said = words[language];
  return (
    <html lang={language} dir={unLanguages[language]?.direction ?? 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · ${said.register}`}</title>
        <link rel="stylesheet" href={assetAddress('pages.css')} />
        {pageLanguages.map((other) => (
          <link key={other} rel="alternate" hreflang={other} href={inLanguage(address, other)} />
        ))}
        {head}
        {modules.map((name) => (
          <script key={name} type="module" src={assetAddress(name)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {said.skip}
        </a>
        <header class="top">
          <a class="register" href={inLanguage('/', language)}>
            {said.register}
          </a>
          <nav aria-label={said.sections}>
            <ul>
              {navigation.map(({ label, href, current = false }) => (
                <li key={href}>
                  <a href={href} {...(current && { 'aria-current': 'page' as const })}>
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <nav class="languages" aria-label={said.languages}>
            <ul>
              {pageLanguages.map((other) => (
                <li key={other}>
                  <a
                    href={inLanguage(address, other)}
                    lang={other}
                    hreflang={other}
                    {...(other === language && { 'aria-current': 'true' as const })}
                  >
                    {unLanguages[other]?.name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {aside}
        </header>
        <main id="content" tabIndex={-1}>
          {props.children}
        </main>
        <footer class="bottom">{footer}</footer>
      </body>
    </html>
  );
}
