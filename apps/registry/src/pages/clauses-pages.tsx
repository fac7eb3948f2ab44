import { type CatalogueEntry, readCatalogue } from '#catalogue';
import type { VNode } from 'preact';
import { DataTable, DateText, Facts, type Language } from '#pages';
import { clausesInEnglish, clausesInFrench, notComputed } from '#treaty';
import type { PageMaker } from '../queries/answer.ts';
import { RegisterPage } from './frame.tsx';
import { DatesInText } from './law-sentence.tsx';
import { linkerOf, treatyPath } from './links.ts';
import { pageWords } from './words.ts';

/** The catalogue of final clauses. */
export const cataloguePage: PageMaker = (context) => {
  const { language } = context;
  const link = linkerOf(context);
  const said = pageWords[language].clauses;
  return (
    <RegisterPage context={context} title={said.title} section="finalClauses" trail={[]}>
      <h1>{said.title}</h1>
      <p class="lead">{said.lead}</p>
      <p>
        <a href="/final-clauses/schema.json">{said.schema}</a>
      </p>
      <DataTable
        language={language}
        caption={said.caption}
        columns={[
          {
            key: 'treaty',
            label: pageWords[language].treaties.treaty,
            kind: 'heading',
            cell: ({ id, title, treaty }) => (
              <>
                <a href={link(`/final-clauses/${id}`)} lang="en">
                  {title}
                </a>
                <span class="under code">{treaty}</span>
              </>
            ),
          },
          {
            key: 'depositary',
            label: pageWords[language].treaty.depositary,
            cell: ({ depositary }) => <span lang="en">{depositary}</span>,
          },
          {
            key: 'confidence',
            label: said.confidence,
            cell: ({ confidence }) => <span lang="en">{confidence}</span>,
          },
        ]}
        rows={[...readCatalogue().values()]}
      />
    </RegisterPage>
  );
};

/** The final clauses of one treaty: in words, what is not computed, what was announced, the data. */
export function clausesPage(entry: CatalogueEntry, isRegistered: boolean): PageMaker {
  return (context) => {
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language].clauses;
    const { finalClauses, history, title, treaty } = entry;
    const sentences = { en: clausesInEnglish, fr: clausesInFrench }[language](finalClauses);
    const left = notComputed(finalClauses);
    return (
      <RegisterPage
        context={context}
        title={title}
        section="finalClauses"
        trail={[{ label: said.title, href: link('/final-clauses') }]}
      >
        <h1 lang="en">{title}</h1>
        <Facts
          facts={[
            {
              name: said.inRegister,
              value: isRegistered ? (
                <a href={link(treatyPath(treaty))}>{treaty}</a>
              ) : (
                said.notInRegister
              ),
            },
            { name: pageWords[language].treaty.depositary, value: entry.depositary },
            { name: said.confidence, value: entry.confidence },
            { name: pageWords[language].treaty.source, value: finalClauses.source },
          ]}
        />
        <h2>{said.inWords}</h2>
        {sentences.map((sentence) => (
          <p key={sentence}>
            <DatesInText text={sentence} language={language} />
          </p>
        ))}
        {left.length > 0 && (
          <>
            <h2>{pageWords[language].treaty.notComputed}</h2>
            <ul lang="en">
              {left.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </>
        )}
        <Announced history={history} language={language} />
        <h2>{said.asData}</h2>
        <pre>{JSON.stringify(finalClauses, null, 2)}</pre>
      </RegisterPage>
    );
  };
}

/** What the depositary announced, beside what arithmetic gives. */
function Announced(props: {
  readonly history: CatalogueEntry['history'];
  readonly language: Language;
}): VNode | null {
  const { history, language } = props;
  const said = pageWords[language].clauses;
  if (history === null) return null;
  return (
    <>
      <h2>{said.history}</h2>
      <Facts
        facts={[
          {
            name: said.announced,
            value: <DateText date={history.dateOfEntryIntoForce} language={language} />,
          },
          {
            name: said.lastInstrument,
            value: history.lastInstrument && (
              <DateText date={history.lastInstrument} language={language} />
            ),
          },
          {
            name: said.differs,
            value: history.differs && <span lang="en">{history.differs}</span>,
          },
        ]}
      />
    </>
  );
}
