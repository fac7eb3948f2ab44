import type { ComponentChildren, VNode } from 'preact';
import { DateText, Facts, Notice, dateInWords, instantInWords, type Language } from '#pages';
import { calendarDate, isCalendarDate, type ActionKind } from '#treaty';
import { actionAnswer, participantsKnown, type TimesAsked, type ViewStates } from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { Definitions, kindLetter, kindName } from './action-words.tsx';
import type { ActionBody } from './bodies.ts';
import { RegisterPage } from './frame.tsx';
import { actionPath, linkerOf, notificationPath, treatyPath, type Link } from './links.ts';
import { meaningOf } from './meanings.ts';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { StatementText } from './statements.tsx';
import { pageWords } from './words.ts';

interface About {
  readonly body: ActionBody;
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
}

/** One act under the address that never changes: as it stands, as it was first recorded, every correction. */
export function actionPage(states: ViewStates, action: string, times: TimesAsked): PageMaker {
  return (context) => {
    const body = actionAnswer(states, action, times)?.body() as ActionBody;
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language];
    const nameOf = namesOn(participantsKnown(states, times.asKnownAt), body.date, language);
    const registered = states.treaties.byId.get(body.treaty)?.record.registered;
    const title = registered == null ? body.treaty : titleIn(registered, language);
    const about = { body, language, link, nameOf };
    const heading = said.action.title(kindName(body.kind, language), nameOf(body.participant));
    return (
      <RegisterPage
        context={context}
        title={`${heading} · ${body.treaty}`}
        section="treaties"
        trail={[
          { label: said.sections.treaties, href: link('/treaties') },
          { label: title, href: link(treatyPath(body.treaty)) },
          { label: said.treaty.actions, href: link(treatyPath(body.treaty, 'actions')) },
        ]}
        {...(times.asKnownAt !== null && { moment: { ...times, position: null } })}
      >
        <h1>{heading}</h1>
        {body.annulled !== null && (
          <Notice tone="bad" title={said.action.annulment}>
            <p>{body.annulled}</p>
          </Notice>
        )}
        <ActionFacts {...about} title={title} />
        {body.text !== null && (
          <>
            <h2>{said.action.text}</h2>
            <StatementText text={body.text} />
          </>
        )}
        {body.override !== null && (
          <Notice tone="warn" title={said.action.override}>
            <p>{body.override.reason}</p>
            <ul>
              {body.override.refusals.map((code) => (
                <li key={code}>
                  {meaningOf(code, language)}{' '}
                  <a href={link(`/problems/${code}`)}>
                    <code>{code}</code>
                  </a>
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <ToldIn {...about} />
        <h2>{said.treaty.definitions}</h2>
        <Definitions kinds={[body.kind]} language={language} />
        <h2>{said.action.history}</h2>
        <History {...about} />
        <p class="quiet">{said.action.neverChanges}</p>
      </RegisterPage>
    );
  };
}

function ActionFacts({
  body,
  language,
  link,
  nameOf,
  title,
}: About & { readonly title: string }): VNode {
  const said = pageWords[language].action;
  const dated = (date: ActionBody['dateOfEffect']): VNode | null =>
    date === null ? null : <DateText date={date} language={language} />;
  const participants = treatyPath(body.treaty, `participants/${body.participant}`);
  return (
    <Facts
      facts={[
        { name: said.fields['kind'] ?? '', value: <Kind kind={body.kind} language={language} /> },
        {
          name: said.fields['participant'] ?? '',
          value: <a href={link(participants)}>{nameOf(body.participant)}</a>,
        },
        { name: said.treaty, value: <a href={link(treatyPath(body.treaty))}>{title}</a> },
        { name: said.date, value: dated(body.date) },
        { name: said.dateOfInstrument, value: dated(body.dateOfInstrument) },
        { name: said.dateOfReceipt, value: dated(body.dateOfReceipt) },
        { name: said.dateOfEffect, value: dated(body.dateOfEffect) },
        { name: said.place, value: body.place },
        { name: said.territory, value: body.territory },
        {
          name: said.relatesTo,
          value: body.relatesTo && <a href={link(actionPath(body.relatesTo))}>{said.earlierAct}</a>,
        },
        { name: said.predecessor, value: body.predecessor && nameOf(body.predecessor) },
        { name: said.note, value: body.note },
        { name: said.source, value: body.source },
        { name: said.id, value: <span class="code">{body.action}</span> },
      ]}
    />
  );
}

function Kind({
  kind,
  language,
}: {
  readonly kind: ActionKind;
  readonly language: Language;
}): VNode {
  const letter = kindLetter(kind);
  return (
    <>
      {kindName(kind, language)}
      {letter !== '' && ` (${letter})`}
    </>
  );
}

/** The depositary notifications that tell of it. */
function ToldIn({ body: { notifications }, language, link }: About): VNode | null {
  if (notifications.length === 0) return null;
  return (
    <>
      <h2>{pageWords[language].treaty.notifications}</h2>
      <ul>
        {notifications.map((number) => (
          <li key={number}>
            <a class="code" href={link(notificationPath(number))}>
              {number}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The first record, then what each correction changed, with its reason: nothing is overwritten. */
function History(about: About): VNode {
  const { body, language } = about;
  const said = pageWords[language].action;
  const at = (instant: string): string => instantInWords(instant, language);
  let values: Readonly<Record<string, unknown>> = { ...body.first };
  return (
    <ol class="timeline">
      <li class="milestone">
        <strong>{said.first}</strong>: {at(body.recordedAt)}
      </li>
      {body.corrections.map(({ changes, reason, recordedAt, position }) => {
        const before = values;
        values = { ...values, ...changes };
        return (
          <li key={position}>
            <strong>{said.correction}</strong>: {at(recordedAt)}. {reason}
            <ul>
              {Object.entries(changes).map(([field, value]) => (
                <li key={field}>
                  {said.fields[field] ?? field}: {said.from}{' '}
                  <del>{valueInWords(about, field, before[field])}</del>, {said.to}{' '}
                  <ins>{valueInWords(about, field, value)}</ins>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
      {body.annulled !== null && (
        <li>
          <strong>{said.annulment}</strong>: {body.annulled}
        </li>
      )}
    </ol>
  );
}

function valueInWords(
  { language, nameOf }: About,
  field: string,
  value: unknown,
): ComponentChildren {
  if (typeof value !== 'string') return pageWords[language].action.nothing;
  if (isCalendarDate(value)) return dateInWords(calendarDate(value), language);
  if (field === 'kind') return kindName(value as ActionKind, language);
  if (field === 'participant' || field === 'predecessor') return nameOf(value);
  return value;
}
