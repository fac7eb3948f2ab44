import type { ComponentChildren, VNode } from 'preact';
import { assetAddress } from './assets.ts';
import { pageLanguages, unLanguages, type Language } from './language.ts';
import { componentWords } from './words.ts';

export interface NavigationEntry {
  readonly label: string;
  readonly href: string;
  readonly current?: boolean;
  /** The key that goes there together with the browser's own (Alt, Alt+Shift, Ctrl+Option). */
  readonly accessKey?: string;
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
  /** Against the direction of the language: only to try a layout out. */
  readonly direction?: 'ltr' | 'rtl';
  readonly children: ComponentChildren;
}

/** The same address in another language. */
export function inLanguage(address: string, language: Language): string {
  const url = new URL(address, 'http://register.invalid');
  url.searchParams.set('lang', language);
  return url.pathname + url.search;
}

/** The seal of the register: two lines of a ledger under a signature's stroke. Decoration only. */
function Seal(): VNode {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" focusable="false">
      <path
        d="M3 24.5h22M3 21.5h22"
        stroke="currentcolor"
        stroke-width="1.4"
        fill="none"
        opacity=".8"
      />
      <path
        d="M4 16c5-9 8-12 10-11s-4 10-2 11 5-7 7-7-1 5 1 6 3-1 4-2"
        stroke="currentcolor"
        stroke-width="2"
        stroke-linecap="round"
        stroke-linejoin="round"
        fill="none"
      />
    </svg>
  );
}

/** The frame of every page: head, skip link, header with sections and languages, content, footer. */
export function Layout(props: LayoutProps): VNode {
  const { language, title, address, head, modules = [] } = props;
  const said = componentWords[language];
  return (
    <html lang={language} dir={props.direction ?? unLanguages[language]?.direction ?? 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title === said.register ? title : `${title} · ${said.register}`}</title>
        <link rel="stylesheet" href={assetAddress('pages.css')} />
        <link rel="icon" href={assetAddress('seal.svg')} type="image/svg+xml" />
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
        <Head {...props} />
        <main id="content" tabIndex={-1}>
          {props.children}
        </main>
        <footer class="bottom">
          <div class="inner">{props.footer}</div>
        </footer>
      </body>
    </html>
  );
}

function Head({ language, address, navigation, aside }: LayoutProps): VNode {
  const said = componentWords[language];
  return (
    <header class="top">
      <div class="inner">
        <a class="register" href={inLanguage('/', language)}>
          <Seal />
          {said.register}
        </a>
        {navigation.length > 0 && (
          <nav aria-label={said.sections}>
            <ul>
              {navigation.map(({ label, href, current = false, accessKey }) => (
                <li key={href}>
                  <a
                    href={href}
                    {...(current && { 'aria-current': 'page' as const })}
                    {...(accessKey !== undefined && { accessKey })}
                  >
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
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
      </div>
    </header>
  );
}
