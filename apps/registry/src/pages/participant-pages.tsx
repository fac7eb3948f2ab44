import type { VNode } from 'preact';
import {
  DataTable,
  DateText,
  Facts,
  StatusMark,
  dateInWords,
  nameOn,
  type Column,
  type Language,
} from '#pages';
import type { Participant } from '#treaty';
import {
  participantAnswer,
  participantInTreatyAnswer,
  treatyKnown,
  type TimesAsked,
  type ViewStates,
} from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { ActionTable } from './action-table.tsx';
import { kindName } from './action-words.tsx';
import type { ParticipantBody, ParticipantInTreatyBody } from './bodies.ts';
import { Downloads, calendarOf, feedsOf, subscriptionOf, tablesOf } from './downloads.tsx';
import { RegisterPage } from './frame.tsx';
import { actionPath, linkerOf, participantPath, treatyPath, type Link } from './links.ts';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { Statements, textsOf } from './statements.tsx';
import { StatusTable } from './status-table.tsx';
import { TreatyPageFrame, treatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** One participant in one treaty: where it stands, what it stated, all its acts. */
export function participantInTreatyPage(
  states: ViewStates,
  { treaty, code, ...times }: TimesAsked & { readonly treaty: string; readonly code: string },
): PageMaker {
  return (context) => {
    const about = treatyAbout(states, treaty, times, context);
    const { language } = context;
    const { link, nameOf, known } = about;
    const said = pageWords[language];
    const body = participantInTreatyAnswer(states, {
      treaty,
      code,
      ...times,
    })?.body() as ParticipantInTreatyBody;
    return (
      <TreatyPageFrame about={about} part={null} heading={nameOf(code)}>
        <StatusTable
          about={about}
          rows={[body]}
          caption={said.treaty.statusCaption(dateInWords(times.asOf, language))}
          sort="name"
          sortHref={null}
        />
        {(body.statements ?? []).length > 0 && (
          <>
            <h2>{said.treaty.statements}</h2>
            <Statements
              {...{ language, link, nameOf }}
              rows={[body]}
              textOf={textsOf(known.record)}
            />
          </>
        )}
        <h2>{said.participant.allActions}</h2>
        <ActionTable
          {...{ language, link, nameOf }}
          actions={body.actions}
          caption={said.participant.actions}
          withParticipant={false}
        />
        <p>
          <a href={link(participantPath(code))}>{said.participant.treaties}</a>
        </p>
      </TreatyPageFrame>
    );
  };
}

interface About {
  readonly body: ParticipantBody;
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
  readonly titleOf: (treaty: string) => string;
}

/** A State or organization: its names and dates, what it signed and has not ratified, where it stands everywhere. */
export function participantPage(
  states: ViewStates,
  { code, ...times }: TimesAsked & { readonly code: string },
): PageMaker {
  return (context) => {
    const { language } = context;
    const link = linkerOf(context);
    const said = pageWords[language];
    const body = participantAnswer(states, { code, ...times })?.body() as ParticipantBody;
    const nameOf = namesOn(states.participants.register, times.asOf, language);
    const name = nameOf(code);
    const titleOf = (treaty: string): string => {
      const registered = treatyKnown(states, treaty, times)?.record.registered;
      return registered == null ? treaty : titleIn(registered, language);
    };
    const about = { body, language, link, nameOf, titleOf };
    const signedOnly = body.treaties.filter(({ status }) => status === 'signatory');
    return (
      <RegisterPage
        context={context}
        title={name}
        section="participants"
        trail={[{ label: said.sections.participants, href: link('/participants') }]}
        moment={{ ...times, position: null }}
      >
        <p class="eyebrow">{said.participants.kinds[body.kind]}</p>
        <h1>{name}</h1>
        <ParticipantFacts {...about} />
        <h2>{said.participant.signedOnly}</h2>
        {signedOnly.length === 0 ? (
          <p>{said.participant.noSignedOnly}</p>
        ) : (
          <ul class="plain">
            {signedOnly.map(({ treaty, signature }) => (
              <li key={treaty}>
                <a href={link(treatyPath(treaty))}>{titleOf(treaty)}</a>
                <span class="under quiet">
                  {said.status.signature} <DateText date={signature?.date} language={language} />
                </span>
              </li>
            ))}
          </ul>
        )}
        <h2>{said.participant.treaties}</h2>
        <Treaties {...about} caption={said.participant.caption(name)} />
        <p>
          <a href={link('/actions', { participant: code, sort: '-date' })}>
            {said.participant.everyAct}
          </a>
        </p>
        <Downloads
          context={context}
          forms={[
            ...tablesOf(context),
            ...feedsOf(context, participantPath(code)),
            calendarOf(context, participantPath(code)),
            ...subscriptionOf(context, { participants: code }),
          ]}
        />
      </RegisterPage>
    );
  };
}

function Codes({
  codes,
  nameOf,
  link,
}: { codes: readonly string[] } & Pick<About, 'nameOf' | 'link'>): VNode {
  return (
    <>
      {codes.map((code, index) => (
        <>
          {index > 0 && ', '}
          <a href={link(participantPath(code))}>{nameOf(code)}</a>
        </>
      ))}
    </>
  );
}

function ParticipantFacts({ body, language, link, nameOf }: About): VNode {
  const said = pageWords[language].participant;
  const list = (codes: readonly string[]): VNode | null =>
    codes.length === 0 ? null : <Codes {...{ codes, nameOf, link }} />;
  const [formal, other] = {
    en: [body.formalName, body.nameFr],
    fr: [body.formalNameFr ?? body.formalName, body.name],
  }[language];
  const names = body.names
    .map(({ name, nameFr, from }) => {
      const shown = language === 'fr' ? (nameFr ?? name) : name;
      return from === null ? shown : said.since(shown, dateInWords(from, language));
    })
    .join('; ');
  const codes = [body.code, body.iso2, body.m49].filter((code) => code !== null).join(' · ');
  const { participants } = pageWords[language];
  return (
    <Facts
      facts={[
        { name: said.formalName, value: formal },
        { name: said.names, value: body.names.length > 1 ? names : null },
        {
          name: said.alsoKnownAs,
          value: [...new Set([other, ...body.alsoKnownAs])]
            .filter((one) => one !== null && one !== nameOf(body.code))
            .join('; '),
        },
        { name: said.codes, value: codes },
        {
          name: participants.from,
          value: body.from && <DateText date={body.from} language={language} />,
        },
        {
          name: participants.until,
          value: body.until && <DateText date={body.until} language={language} />,
        },
        { name: said.predecessors, value: list(body.predecessors) },
        { name: said.successors, value: list(body.successors) },
        { name: said.continues, value: body.continues === null ? null : list([body.continues]) },
        { name: said.members, value: list(body.members.map(({ code }) => code)) },
        { name: said.note, value: body.note },
      ]}
    />
  );
}

type Row = ParticipantBody['treaties'][number];

function Treaties(props: About & { readonly caption: string }): VNode {
  const { body, language, link, titleOf, caption } = props;
  const said = pageWords[language];
  const act = (action: string, date: string, words: string | null): VNode => (
    <span>
      <a href={link(actionPath(action), { asOf: null, asKnownAt: null })}>
        <DateText date={date} language={language} />
      </a>
      {words !== null && <span class="under">{words}</span>}
    </span>
  );
  const columns: readonly Column<Row>[] = [
    {
      key: 'treaty',
      label: said.treaties.treaty,
      kind: 'heading',
      cell: ({ treaty }) => (
        <>
          <a href={link(treatyPath(treaty, `participants/${body.code}`))}>{titleOf(treaty)}</a>
          <span class="under code">{treaty}</span>
        </>
      ),
    },
    {
      key: 'status',
      label: said.status.status,
      cell: ({ status }) => <StatusMark status={status} language={language} />,
    },
    {
      key: 'signature',
      label: said.status.signature,
      cell: ({ signature }) => signature && act(signature.action, signature.date, null),
    },
    {
      key: 'consent',
      label: said.status.consent,
      cell: ({ consent }) =>
        consent && act(consent.action, consent.dateOfDeposit, kindName(consent.kind, language)),
    },
    {
      key: 'partyFrom',
      label: said.status.partyFrom,
      cell: ({ partyFrom, partyUntil }) =>
        partyFrom && (
          <span>
            <DateText date={partyFrom} language={language} />
            {partyUntil !== undefined && (
              <span class="under">{said.status.until(dateInWords(partyUntil, language))}</span>
            )}
          </span>
        ),
    },
  ];
  return (
    <DataTable
      language={language}
      caption={<strong>{caption}</strong>}
      columns={columns}
      rows={body.treaties}
    />
  );
}

/** The name of a participant as a list shows it. */
export const listedName = (
  participant: Participant,
  { asOf }: TimesAsked,
  language: Language,
): string => nameOn(participant, asOf, language);
