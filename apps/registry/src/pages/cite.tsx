import type { VNode } from 'preact';
import { componentWords, dateInWords, type Language } from '#pages';
import type { CalendarDate } from '#treaty';
import type { TreatyBody } from './bodies.ts';
import { treatyPath } from './links.ts';
import { titleIn } from './names.ts';
import { pageWords } from './words.ts';

export interface Citation {
  readonly form: 'plain' | 'bibtex' | 'oscola';
  readonly name: string;
  readonly text: string;
}

/** Characters that TeX would read as commands. */
const teXEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '%': '\\%',
  '&': '\\&',
  '#': '\\#',
  $: '\\$',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};
const escapedForTeX = (text: string): string =>
  text.replace(/[\\{}%&#$_~^]/g, (character) => teXEscapes[character] ?? character);

/**
 * How to cite the status of a treaty. The address names the date and the position, so it answers the same
 * whenever it is followed.
 */
export function citationsOf(
  body: Pick<TreatyBody, 'treaty' | 'title' | 'titleFr' | 'dateOfAdoption' | 'asOf' | 'position'>,
  origin: string,
  language: Language,
): readonly Citation[] {
  const { treaty, dateOfAdoption, asOf, position } = body;
  const title = titleIn(body, language);
  const { register } = componentWords[language];
  const written = (date: CalendarDate): string => dateInWords(date, language);
  const address = `${origin}${treatyPath(treaty, 'status')}?asOf=${asOf}&asKnownAt=${position}`;
  const [adopted, asAt, at, accessed] = {
    en: ['adopted', 'status as at', 'ledger position', 'accessed'],
    fr: ['adopté le', 'état au', 'position du registre', 'consulté le'],
  }[language] as [string, string, string, string];
  const when = dateOfAdoption === null ? '' : ` (${adopted} ${written(dateOfAdoption)})`;
  return [
    {
      form: 'plain',
      name: { en: 'Plain', fr: 'Texte' }[language],
      text: `${title}${when}, ${treaty}, ${asAt} ${written(asOf)}, ${register}, ${at} ${position}, ${address}`,
    },
    {
      form: 'bibtex',
      name: 'BibTeX',
      text: [
        `@misc{treaty-${treaty.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${asOf},`,
        `  title = {{${escapedForTeX(title)}}},`,
        ...(dateOfAdoption === null ? [] : [`  year = {${dateOfAdoption.slice(0, 4)}},`]),
        `  howpublished = {${escapedForTeX(register)}, ${escapedForTeX(treaty)}},`,
        `  note = {${escapedForTeX(`${asAt} ${written(asOf)}, ${at} ${position}`)}},`,
        `  url = {${address}},`,
        `  urldate = {${asOf}}`,
        '}',
      ].join('\n'),
    },
    {
      form: 'oscola',
      name: 'OSCOLA',
      text: `${title}${when} ${treaty} (${asAt} ${written(asOf)}, ${at} ${position}) <${address}> ${accessed} ${written(asOf)}`,
    },
  ];
}

/** The citations, each with a button that copies it where scripts run. */
export function CiteThis(props: {
  readonly body: TreatyBody;
  readonly origin: string;
  readonly language: Language;
}): VNode {
  const { body, origin, language } = props;
  const { copy, copied } = componentWords[language];
  return (
    <>
      <p class="quiet">{pageWords[language].treaty.citeHint}</p>
      {citationsOf(body, origin, language).map(({ form, name, text }) => (
        <div key={form} class="cite">
          <h3>{name}</h3>
          <pre id={`cite-${form}`}>{text}</pre>
          <button
            type="button"
            class="second only-with-script"
            data-copies={`cite-${form}`}
            data-copied={copied}
          >
            {copy} ({name})
          </button>
        </div>
      ))}
    </>
  );
}
