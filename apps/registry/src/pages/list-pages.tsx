import type { VNode } from 'preact';
import { DataTable, DateText, ForceTag, Pagination, type Language } from '#pages';
import {
  participantsPage as participantsAnswer,
  treatiesPage as treatiesAnswer,
  type TimesAsked,
  type ViewStates,
} from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import type { ParticipantsBody, TreatiesBody } from './bodies.ts';
import { RegisterPage } from './frame.tsx';
import { linkerOf, participantPath, treatyPath, urlOf } from './links.ts';
import { titleIn } from './names.ts';
import { listedName } from './participant-pages.tsx';
import { pageWords } from './words.ts';

interface ListAsked extends TimesAsked {
  readonly limit: number;
  readonly cursor: string | null;
}

/** Addresses of the first and of the next page of a list. */
export function pagesOf(
  context: PageContext,
  next: string | null,
): { readonly first: string | null; readonly next: string | null } {
  const at = (cursor: string | null): string => {
    const url = urlOf(context);
    url.searchParams.delete('cursor');
    if (cursor !== null) url.searchParams.set('cursor', cursor);
    return url.pathname + url.search;
  };
  return {
    first: urlOf(context).searchParams.has('cursor') ? at(null) : null,
    next: next === null ? null : at(next),
  };
}

/** Narrows a list while one types, where scripts run; where none do, the browser's own search finds as well. */
function TypeToFind(props: { readonly table: string; readonly label: string }): VNode {
  return (
    <form class="filters only-with-script" role="search" data-filters={props.table}>
      <div class="field">
        <label for="find">{props.label}</label>
        <input id="find" name="find" type="search" maxLength={60} />
      </div>
      <span class="quiet figures" role="status" data-told />
    </form>
  );
}

/** All treaties with where they stand. */
export function treatiesPage(states: ViewStates, asked: ListAsked): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].treaties;
    const body = treatiesAnswer(states, asked).body() as TreatiesBody;
    return (
      <RegisterPage
        context={context}
        title={said.title}
        section="treaties"
        trail={[]}
        moment={{ ...asked, position: null }}
      >
        <h1>{said.title}</h1>
        <TypeToFind table="treaties" label={said.find} />
        <TreatyTable {...{ body, context, language }} />
        <Pagination language={language} {...pagesOf(context, body.next)} />
      </RegisterPage>
    );
  };
}

function TreatyTable(props: {
  readonly body: TreatiesBody;
  readonly context: PageContext;
  readonly language: Language;
}): VNode {
  const { body, context, language } = props;
  const link = linkerOf(context);
  const said = pageWords[language].treaties;
  return (
    <DataTable
      id="treaties"
      language={language}
      caption={said.caption}
      columns={[
        {
          key: 'treaty',
          label: said.treaty,
          kind: 'heading',
          cell: (one) => (
            <>
              <a href={link(treatyPath(one.treaty))}>{titleIn(one, language)}</a>
              <span class="under code">{one.treaty}</span>
            </>
          ),
        },
        {
          key: 'adopted',
          label: said.adopted,
          cell: (one) => <DateText date={one.dateOfAdoption} language={language} />,
        },
        {
          key: 'force',
          label: said.inForce,
          cell: ({ entryIntoForce: { state, date } }) => (
            <span>
              <ForceTag state={state} language={language} />
              <span class="under">
                <DateText date={date} language={language} />
              </span>
            </span>
          ),
        },
        {
          key: 'signatories',
          label: said.signatories,
          kind: 'number',
          cell: ({ totals }) => totals.signatories,
        },
        {
          key: 'parties',
          label: said.parties,
          kind: 'number',
          cell: ({ totals }) => totals.parties,
        },
      ]}
      rows={body.treaties}
    />
  );
}

/** All participants known to the register. */
export function participantsPage(states: ViewStates, asked: ListAsked): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].participants;
    const body = participantsAnswer(states, asked).body() as ParticipantsBody;
    return (
      <RegisterPage
        context={context}
        title={said.title}
        section="participants"
        trail={[]}
        moment={{ ...asked, position: null }}
      >
        <h1>{said.title}</h1>
        <TypeToFind table="participants" label={said.find} />
        <ParticipantTable {...{ body, context, language, asked }} />
        <Pagination language={language} {...pagesOf(context, body.next)} />
      </RegisterPage>
    );
  };
}

function ParticipantTable(props: {
  readonly body: ParticipantsBody;
  readonly context: PageContext;
  readonly language: Language;
  readonly asked: TimesAsked;
}): VNode {
  const { body, context, language, asked } = props;
  const link = linkerOf(context);
  const said = pageWords[language].participants;
  return (
    <DataTable
      id="participants"
      language={language}
      caption={said.caption}
      columns={[
        {
          key: 'name',
          label: said.name,
          kind: 'heading',
          cell: (one) => (
            <a href={link(participantPath(one.code))}>{listedName(one, asked, language)}</a>
          ),
        },
        {
          key: 'code',
          label: said.code,
          cell: ({ code }) => <span class="code">{code}</span>,
        },
        { key: 'kind', label: said.kind, cell: ({ kind }) => said.kinds[kind] },
        {
          key: 'from',
          label: said.from,
          cell: ({ from }) => <DateText date={from} language={language} />,
        },
        {
          key: 'until',
          label: said.until,
          cell: ({ until }) => <DateText date={until} language={language} />,
        },
      ]}
      rows={body.participants}
    />
  );
}
