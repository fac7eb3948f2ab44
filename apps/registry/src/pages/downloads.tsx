import type { VNode } from 'preact';
import type { PageContext } from '../queries/answer.ts';
import { linkerOf, urlOf } from './links.ts';
import { pageWords } from './words.ts';

/** Another form of what a page shows: what it is called, and where it is. */
export type Form = readonly [label: string, href: string];

/** Parameters of a page that tables to take away do not have: they are never cut into pages. */
const ofPages: readonly string[] = ['lang', 'limit', 'cursor', 'fields'];

/** The list of a page as tables to take away, with its filters and its moment. */
export function tablesOf(context: PageContext): readonly Form[] {
  const url = urlOf(context);
  const asked = [...url.searchParams].filter(
    ([name, value]) => value !== '' && !ofPages.includes(name),
  );
  url.search = new URLSearchParams(asked).toString();
  return (['csv', 'xlsx'] as const).map((format) => [
    { csv: 'CSV', xlsx: 'Excel' }[format],
    `${url.pathname}.${format}${url.search}`,
  ]);
}

/** The feed at an address, in both of its formats, in the language of the page. */
export function feedsOf({ language }: PageContext, path: string): readonly Form[] {
  const asked = language === 'en' ? '' : `?lang=${language}`;
  return [
    ['Atom', `${path}.atom${asked}`],
    ['JSON Feed', `${path}.json${asked}`],
  ];
}

/** The calendar at an address. */
export function calendarOf({ language }: PageContext, path: string): Form {
  return [pageWords[language].treaty.calendar, `${path}.ics${language === 'en' ? '' : '?lang=fr'}`];
}

/**
 * The form to subscribe, filled in with what the page is about; nothing where subscriptions are not taken.
 * @param wanted fields of the form, as it names them
 */
export function subscriptionOf(
  context: PageContext,
  wanted: Readonly<Record<string, string | null>>,
  label = pageWords[context.language].treaty.beTold,
): readonly Form[] {
  return context.takesSubscriptions ? [[label, linkerOf(context)('/subscriptions', wanted)]] : [];
}

/** Where the same can be taken away or followed. */
export function Downloads(props: {
  readonly context: PageContext;
  readonly forms: readonly Form[];
}): VNode {
  const { context, forms } = props;
  return (
    <section aria-labelledby="downloads" class="not-in-print">
      <h2 id="downloads">{pageWords[context.language].treaty.downloads}</h2>
      <ul class="downloads">
        {forms.map(([label, href]) => (
          <li key={href}>
            <a href={href}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
