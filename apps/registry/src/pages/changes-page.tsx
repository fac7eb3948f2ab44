import type { VNode } from 'preact';
import {
  DataTable,
  DateText,
  Facts,
  InstantText,
  StatusMark,
  dateInWords,
  datePartsOf,
} from '#pages';
import type { StatusRow } from '#treaty';
import { changesAnswer, type ViewStates } from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { kindName } from './action-words.tsx';
import type { ChangesBody } from './bodies.ts';
import { forceSentence } from './force.tsx';
import { actionPath, treatyPath, urlOf } from './links.ts';
import { CompareForm } from './moment-forms.tsx';
import { TreatyPageFrame, treatyAbout, type TreatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

type ChangesAsked = Parameters<typeof changesAnswer>[1];

/** What differs between two points in time: where participants stand, and what was recorded in between. */
export function changesPage(states: ViewStates, asked: ChangesAsked): PageMaker {
  return (context) => {
    const about = treatyAbout(states, asked.treaty, asked.to, context);
    const { language } = context;
    const said = pageWords[language].changes;
    const body = changesAnswer(states, asked)?.body() as ChangesBody;
    const from = dateInWords(body.from.asOf, language);
    const to = dateInWords(body.to.asOf, language);
    return (
      <TreatyPageFrame about={about} part="changes">
        <CompareForm
          language={language}
          page={urlOf(context).pathname + urlOf(context).search}
          from={{ parts: datePartsOf(body.from.asOf), asKnownAt: body.from.asKnownAt }}
          to={{ parts: datePartsOf(body.to.asOf), asKnownAt: body.to.asKnownAt }}
        />
        <h2>{said.caption(from, to)}</h2>
        <Facts
          facts={[
            { name: said.before, value: forceSentence(body.entryIntoForce.before, language) },
            { name: said.after, value: forceSentence(body.entryIntoForce.after, language) },
          ]}
        />
        {body.changes.length === 0 ? (
          <p>{said.none}</p>
        ) : (
          <ChangesTable about={about} body={body} caption={said.caption(from, to)} />
        )}
        {body.recorded.length > 0 && (
          <>
            <h2>{said.recorded}</h2>
            <Recorded about={about} body={body} />
          </>
        )}
      </TreatyPageFrame>
    );
  };
}

interface Change {
  readonly code: string;
  readonly before: StatusRow | null;
  readonly after: StatusRow | null;
}

function ChangesTable(props: {
  readonly about: TreatyAbout;
  readonly body: ChangesBody;
  readonly caption: string;
}): VNode {
  const { about, body, caption } = props;
  const { language } = about.context;
  const said = pageWords[language].changes;
  const side = (row: StatusRow | null, other: StatusRow | null): VNode => (
    <Side row={row} other={other} about={about} />
  );
  return (
    <DataTable<Change>
      language={language}
      caption={caption}
      columns={[
        {
          key: 'participant',
          label: pageWords[language].status.participant,
          kind: 'heading',
          cell: ({ code }) => (
            <a href={about.link(treatyPath(about.treaty, `participants/${code}`))}>
              {about.nameOf(code)}
            </a>
          ),
        },
        { key: 'before', label: said.before, cell: ({ before, after }) => side(before, after) },
        { key: 'after', label: said.after, cell: ({ before, after }) => side(after, before) },
      ]}
      rows={body.changes}
    />
  );
}

/** One side of a change: the standing, and those dates that the other side has otherwise. */
function Side(props: {
  readonly row: StatusRow | null;
  readonly other: StatusRow | null;
  readonly about: TreatyAbout;
}): VNode {
  const { row, other, about } = props;
  const { language } = about.context;
  const said = pageWords[language];
  if (row === null) return <span class="quiet">{said.changes.absent}</span>;
  const dates = [
    [said.status.signature, row.signature?.date, other?.signature?.date],
    [said.status.consent, row.consent?.dateOfDeposit, other?.consent?.dateOfDeposit],
    [said.status.partyFrom, row.partyFrom, other?.partyFrom],
  ] as const;
  const differing = dates.filter(([, mine, theirs]) => mine !== undefined && mine !== theirs);
  const same = other !== null && row.status === other.status && differing.length === 0;
  return (
    <span>
      <StatusMark status={row.status} language={language} />
      {differing.map(([label, date]) => (
        <span key={label} class="under">
          {label}: <DateText date={date} language={language} />
        </span>
      ))}
      {same && <span class="under">{said.changes.moreDetails}</span>}
    </span>
  );
}

function Recorded({
  about,
  body,
}: {
  readonly about: TreatyAbout;
  readonly body: ChangesBody;
}): VNode {
  const { language } = about.context;
  return (
    <ul class="plain">
      {body.recorded.map(({ type, action, kind, participant, recordedAt, position }) => {
        const words = kind === undefined ? recordedType(type, about) : kindName(kind, language);
        return (
          <li key={position}>
            {action === undefined ? words : <a href={about.link(actionPath(action))}>{words}</a>}
            {participant != null && `, ${about.nameOf(participant)}`}{' '}
            <span class="quiet small">
              <InstantText instant={recordedAt} language={language} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What was recorded, where it is no act of a participant. */
function recordedType(type: string, { context }: TreatyAbout): string {
  const said = pageWords[context.language];
  switch (type) {
    case 'actionCorrected':
      return said.action.correction;
    case 'actionAnnulled':
      return said.action.annulment;
    case 'officialDateRecorded':
      return said.force.official;
    case 'textRectified':
      return said.treaty.rectifications;
    case 'finalClausesRecorded':
      return said.sections.finalClauses;
    default:
      return said.treaty.registered;
  }
}
