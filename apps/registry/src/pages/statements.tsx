import type { VNode } from 'preact';
import { DateText, Tag, dateInWords, type Language } from '#pages';
import type { StatementStatus, StatusRow, TreatyRecord } from '#treaty';
import { kindName } from './action-words.tsx';
import { actionPath, type Link } from './links.ts';
import type { NameOf } from './names.ts';
import { pageWords } from './words.ts';

interface About {
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
  readonly textOf: (action: string) => string | null;
}

/** Finds the text of an action of a treaty as it now stands. */
export function textsOf({ actions }: TreatyRecord): (action: string) => string | null {
  const texts = new Map(actions.map(({ current }) => [current.action, current.text]));
  return (action) => texts.get(action) ?? null;
}

/** Every reservation and declaration with its text, what became of it, and who objected. */
export function Statements(props: About & { readonly rows: readonly StatusRow[] }): VNode {
  const { rows, nameOf, language } = props;
  const having = rows.filter(({ statements = [] }) => statements.length > 0);
  if (having.length === 0) return <p>{pageWords[language].treaty.noStatements}</p>;
  return (
    <>
      {having.map(({ code, statements = [] }) => (
        <section key={code} id={`statements-${code}`} aria-label={nameOf(code)}>
          <h3>{nameOf(code)}</h3>
          {statements.map((statement) => (
            <Statement key={statement.action} {...props} statement={statement} />
          ))}
        </section>
      ))}
    </>
  );
}

function Statement(props: About & { readonly statement: StatementStatus }): VNode {
  const { statement, language, link, nameOf, textOf } = props;
  const { kind, action, date, state, late, confirmedOn, modifiedOn, withdrawnOn } = statement;
  const { objectionsUntil, objectionsFrom, objections = [] } = statement;
  const said = pageWords[language].statement;
  const forever = { asOf: null, asKnownAt: null };
  const lines = [
    ...(late === undefined ? [] : [said.late]),
    ...(confirmedOn === undefined ? [] : [said.confirmed(dateInWords(confirmedOn, language))]),
    ...(modifiedOn === undefined ? [] : [said.modified(dateInWords(modifiedOn, language))]),
    ...(withdrawnOn === undefined ? [] : [said.withdrawn(dateInWords(withdrawnOn, language))]),
    ...(objectionsUntil === undefined
      ? []
      : [said.objectionsUntil(dateInWords(objectionsUntil, language), objectionsFrom)]),
  ];
  return (
    <>
      <p>
        <a href={link(actionPath(action), forever)}>
          {kindName(kind, language)}, <DateText date={date} language={language} />
        </a>{' '}
        <Tag tone={state === 'standing' ? 'info' : 'warn'}>{said.states[state] ?? state}</Tag>
        {lines.length > 0 && <span class="quiet"> {lines.join(' ')}</span>}
      </p>
      <StatementText text={textOf(action)} />
      {objections.length > 0 && (
        <>
          <h4>{said.objections}</h4>
          {objections.map((one) => (
            <div key={one.action}>
              <p>
                <a href={link(actionPath(one.action), forever)}>
                  {nameOf(one.participant)}, <DateText date={one.date} language={language} />
                </a>
                {!one.inTime && <span class="quiet"> {said.afterTime}</span>}
                {one.withdrawnOn !== undefined && (
                  <span class="quiet">
                    {' '}
                    {said.withdrawn(dateInWords(one.withdrawnOn, language))}
                  </span>
                )}
              </p>
              <StatementText text={textOf(one.action)} />
            </div>
          ))}
        </>
      )}
    </>
  );
}

/** A text as a State wrote it: its words and its lines, nothing interpreted. */
export function StatementText({ text }: { readonly text: string | null }): VNode | null {
  return text === null ? null : <blockquote class="statement">{text}</blockquote>;
}
