import type { VNode } from 'preact';
import { DateText, Facts, WorldMap, dateInWords } from '#pages';
import { actionKinds, type ActionKind, type StatusRow } from '#treaty';
import {
  entryIntoForceAnswer,
  statusAnswer,
  treatyAnswer,
  type TimesAsked,
  type ViewStates,
} from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { Definitions } from './action-words.tsx';
import type { ForceBody, StatusBody, TreatyBody } from './bodies.ts';
import { CiteThis } from './cite.tsx';
import { Downloads, calendarOf, feedsOf, subscriptionOf, type Form } from './downloads.tsx';
import { Arithmetic, Gauge } from './force.tsx';
import { DatesInText } from './law-sentence.tsx';
import { notificationPath, treatyPath } from './links.ts';
import { Statements, textsOf } from './statements.tsx';
import { StatusFilter, StatusTable, sortedRows } from './status-table.tsx';
import { Timeline } from './timeline.tsx';
import { TreatyPageFrame, treatyAbout, type TreatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** Everything about a treaty at a moment: the page that people are sent to. */
export function treatyPage(
  states: ViewStates,
  { treaty, ...times }: TimesAsked & { readonly treaty: string },
): PageMaker {
  return (context) => {
    const about = treatyAbout(states, treaty, times, context);
    const asked = { treaty, ...times };
    const body = treatyAnswer(states, asked)?.body() as TreatyBody;
    const status = statusAnswer(states, asked)?.body() as StatusBody;
    const force = entryIntoForceAnswer(states, asked)?.body() as ForceBody;
    const { language, origin } = context;
    const said = pageWords[language].treaty;
    return (
      <TreatyPageFrame about={about} part="overview" head={<Feeds about={about} />}>
        <Contents about={about} />
        <Header about={about} body={body} status={status} />
        <h2 id="force">{said.entryIntoForce}</h2>
        <Gauge force={force} language={language} />
        <details>
          <summary>{pageWords[language].force.why}</summary>
          <Arithmetic force={force} language={language} />
        </details>
        <Standing about={about} status={status} />
        <h2 id="statements">{said.statements}</h2>
        <Statements
          rows={status.participants}
          language={language}
          link={about.link}
          nameOf={about.nameOf}
          textOf={textsOf(about.known.record)}
        />
        <h2 id="notifications">{said.notifications}</h2>
        <Notifications states={states} about={about} />
        <h2 id="timeline">{said.timeline}</h2>
        <Timeline
          record={about.known.record}
          force={force}
          asOf={times.asOf}
          language={language}
          link={about.link}
        />
        <Clauses body={body} about={about} />
        <h2 id="definitions">{said.definitions}</h2>
        <Definitions kinds={kindsOf(about)} language={language} />
        <Downloads context={context} forms={[...statusTables(about), ...formsOf(about)]} />
        <h2 id="cite">{said.cite}</h2>
        <CiteThis body={body} origin={origin} language={language} />
      </TreatyPageFrame>
    );
  };
}

/** The kinds of acts that the treaty has seen, in the order of the vocabulary; signature and ratification always. */
function kindsOf({ known }: TreatyAbout): readonly ActionKind[] {
  const seen = new Set<string>(['signature', 'ratification']);
  for (const { current } of known.record.actions) seen.add(current.kind);
  return (Object.keys(actionKinds) as ActionKind[]).filter((kind) => seen.has(kind));
}

function Contents({ about: { context } }: { readonly about: TreatyAbout }): VNode {
  const said = pageWords[context.language].treaty;
  const parts = [
    ['force', said.entryIntoForce],
    ['standing', said.mapTitle],
    ['statements', said.statements],
    ['notifications', said.notifications],
    ['timeline', said.timeline],
    ['clauses', said.clauses],
    ['definitions', said.definitions],
    ['downloads', said.downloads],
    ['cite', said.cite],
  ] as const;
  return (
    <nav aria-label={said.inThisPage} class="not-in-print">
      <ul class="downloads small">
        {parts.map(([id, label]) => (
          <li key={id}>
            <a href={`#${id}`}>{label}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** What the treaty is, and how many stand where. */
function Header(props: {
  readonly about: TreatyAbout;
  readonly body: TreatyBody;
  readonly status: StatusBody;
}): VNode {
  const { about, body, status } = props;
  const { language } = about.context;
  const said = pageWords[language].treaty;
  const { signatories, contractingStates, parties } = status.totals;
  const adopted =
    body.dateOfAdoption === null
      ? null
      : said.adoptedAt(dateInWords(body.dateOfAdoption, language), body.placeOfAdoption);
  return (
    <>
      <Facts
        facts={[
          { name: said.adopted, value: adopted },
          { name: said.depositary, value: body.depositary },
          { name: said.source, value: body.source },
        ]}
      />
      <ul class="totals" aria-label={said.totals}>
        <li>
          <b>{signatories}</b> {said.signatories(signatories)}
        </li>
        <li>
          <b>{contractingStates}</b> {said.contracting(contractingStates)}
        </li>
        <li>
          <b>{parties}</b> {said.parties(parties)}
        </li>
      </ul>
    </>
  );
}

const countOf = (rows: readonly StatusRow[], status: StatusRow['status']): number =>
  rows.filter((row) => row.status === status).length;

/** The map and, beside it, the table that says the same. */
function Standing(props: { readonly about: TreatyAbout; readonly status: StatusBody }): VNode {
  const { about, status } = props;
  const { treaty, times, context, link, nameOf } = about;
  const { language } = context;
  const said = pageWords[language];
  const rows = status.participants;
  return (
    <>
      <h2 id="standing">{said.treaty.mapTitle}</h2>
      <WorldMap
        language={language}
        summary={said.treaty.mapSummary(
          countOf(rows, 'party'),
          countOf(rows, 'contracting-state'),
          countOf(rows, 'signatory'),
          countOf(rows, 'former-party'),
        )}
        participants={rows.map(({ code, status: standing }) => ({
          code,
          name: nameOf(code),
          status: standing,
        }))}
      />
      <StatusFilter
        context={context}
        action={treatyPath(treaty, 'status')}
        status={null}
        name=""
        told={said.status.shown(rows.length, rows.length)}
      />
      <StatusTable
        about={about}
        rows={sortedRows(rows, 'name', nameOf, language)}
        caption={said.treaty.statusCaption(dateInWords(times.asOf, language))}
        sort="name"
        sortHref={(sort) => link(treatyPath(treaty, 'status'), { sort })}
      />
    </>
  );
}

function Notifications(props: { readonly states: ViewStates; readonly about: TreatyAbout }): VNode {
  const { states, about } = props;
  const { treaty, context, link, times } = about;
  const { language } = context;
  const { issued, ofTreaty } = states.notifications;
  const shown = (ofTreaty.get(treaty) ?? [])
    .flatMap((place) => issued[place] ?? [])
    .filter(({ event }) => event.dateOfNotification <= times.asOf)
    .toReversed();
  if (shown.length === 0) return <p>{pageWords[language].treaty.noNotifications}</p>;
  return (
    <ul class="plain">
      {shown.slice(0, 20).map(({ event }) => (
        <li key={event.notification}>
          <a href={link(notificationPath(event.notification), { asOf: null, asKnownAt: null })}>
            <span class="code">{event.notification}</span>
          </a>{' '}
          <DateText date={event.dateOfNotification} language={language} />
          <br />
          {event.subject[language]}
        </li>
      ))}
    </ul>
  );
}

function Clauses(props: { readonly body: TreatyBody; readonly about: TreatyAbout }): VNode {
  const { body, about } = props;
  const { language } = about.context;
  const said = pageWords[language].treaty;
  const sentences = body.inWords[language];
  return (
    <>
      <h2 id="clauses">{said.clauses}</h2>
      {sentences.length === 0 && <p>{said.noClauses}</p>}
      {sentences.map((sentence) => (
        <p key={sentence}>
          <DatesInText text={sentence} language={language} />
        </p>
      ))}
      {body.notComputed.length > 0 && sentences.length > 0 && (
        <>
          <h3>{said.notComputed}</h3>
          <ul lang={language === 'en' ? undefined : 'en'}>
            {body.notComputed.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {body.rectifications.length > 0 && (
        <>
          <h3>{said.rectifications}</h3>
          {body.rectifications.map(({ date, text }) => (
            <div key={`${date} ${text}`}>
              <p>
                <DateText date={date} language={language} />
              </p>
              <blockquote class="statement">{text}</blockquote>
            </div>
          ))}
        </>
      )}
    </>
  );
}

/** Other forms of what is known of a treaty: for print, to follow, and for programs. */
export function formsOf({ treaty, link, context }: TreatyAbout): readonly Form[] {
  const said = pageWords[context.language].treaty;
  return [
    [said.pdf, link(treatyPath(treaty, 'status.pdf'))],
    calendarOf(context, treatyPath(treaty)),
    ...feedsOf(context, treatyPath(treaty, 'actions')),
    ['JSON-LD', link(`${treatyPath(treaty)}.jsonld`, { lang: null })],
    ...subscriptionOf(context, { treaties: treaty }),
  ];
}

/** The status table to take away, at the moment of the page. */
function statusTables({ treaty, link }: TreatyAbout): readonly Form[] {
  const path = treatyPath(treaty, 'status');
  return [
    ['CSV', link(`${path}.csv`, { lang: null })],
    ['Excel', link(`${path}.xlsx`, { lang: null })],
  ];
}

function Feeds({ about }: { readonly about: TreatyAbout }): VNode {
  return (
    <link
      rel="alternate"
      type="application/atom+xml"
      title={about.title}
      href={treatyPath(about.treaty, 'actions.atom')}
    />
  );
}
