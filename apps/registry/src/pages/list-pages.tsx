import type { VNode } from 'preact';
import { DataTable, DateText, ForceTag, Pagination, SelectField, componentWords } from '#pages';
import {
  participantKinds,
  type ParticipantListAsked,
  type TimesAsked,
  type TreatyListAsked,
} from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import type { ParticipantsBody, TreatiesBody } from './bodies.ts';
import { Downloads, tablesOf } from './downloads.tsx';
import { RegisterPage } from './frame.tsx';
import { linkerOf, participantPath, treatyPath } from './links.ts';
import { FilterText, ListFilter, inOrder, pagesOf } from './list-filter.tsx';
import { titleIn } from './names.ts';
import { listedName } from './participant-pages.tsx';
import { pageWords } from './words.ts';

/** Treaties with where they stand, filtered and sorted by the address. `body` is the answer that a program gets. */
export function treatiesPage(body: () => object, asked: TreatyListAsked): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].treaties;
    const { treaties, total, next, position } = body() as TreatiesBody;
    return (
      <RegisterPage
        context={context}
        title={said.title}
        section="treaties"
        trail={[]}
        moment={{ ...asked, position }}
      >
        <h1>{said.title}</h1>
        <ListFilter context={context} names={['title', 'state']}>
          <FilterText context={context} name="title" label={said.find} />
          <SelectField
            name="state"
            label={said.inForce}
            value={asked.state ?? ''}
            choices={[
              { value: '', label: pageWords[language].status.anyStatus },
              ...Object.entries(componentWords[language].forceStates).map(([value, label]) => ({
                value,
                label,
              })),
            ]}
          />
        </ListFilter>
        <TreatyTable {...{ context, asked, treaties }} caption={said.caption(total)} />
        <Pagination language={language} {...pagesOf(context, next)} />
        <Downloads context={context} forms={tablesOf(context)} />
      </RegisterPage>
    );
  };
}

function TreatyTable(props: {
  readonly context: PageContext;
  readonly asked: TreatyListAsked;
  readonly treaties: TreatiesBody['treaties'];
  readonly caption: string;
}): VNode {
  const { context, asked, treaties, caption } = props;
  const { language } = context;
  const link = linkerOf(context);
  const said = pageWords[language].treaties;
  return (
    <DataTable
      id="treaties"
      language={language}
      caption={<strong>{caption}</strong>}
      sorting={{
        by: asked.sort,
        keys: ['number', 'title', 'adoption', 'entryIntoForce'],
        href: (sort) => inOrder(context, sort),
      }}
      columns={[
        {
          key: 'number',
          label: said.number,
          cell: ({ treaty }) => <span class="code">{treaty}</span>,
        },
        {
          key: 'title',
          label: said.treaty,
          kind: 'heading',
          cell: (one) => <a href={link(treatyPath(one.treaty))}>{titleIn(one, language)}</a>,
        },
        {
          key: 'adoption',
          label: said.adopted,
          cell: (one) => <DateText date={one.dateOfAdoption} language={language} />,
        },
        {
          key: 'entryIntoForce',
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
      rows={treaties}
    />
  );
}

/** Participants known to the register, filtered and sorted by the address. */
export function participantsPage(body: () => object, asked: ParticipantListAsked): PageMaker {
  return (context) => {
    const { language } = context;
    const said = pageWords[language].participants;
    const { participants, total, next, position } = body() as ParticipantsBody;
    return (
      <RegisterPage
        context={context}
        title={said.title}
        section="participants"
        trail={[]}
        moment={{ ...asked, position }}
      >
        <h1>{said.title}</h1>
        <ListFilter context={context} names={['name', 'kind']}>
          <FilterText context={context} name="name" label={said.find} />
          <SelectField
            name="kind"
            label={said.kind}
            value={asked.kind ?? ''}
            choices={[
              { value: '', label: pageWords[language].status.anyStatus },
              ...participantKinds.map((kind) => ({ value: kind, label: said.kinds[kind] })),
            ]}
          />
        </ListFilter>
        <ParticipantTable {...{ context, asked, participants }} caption={said.caption(total)} />
        <Pagination language={language} {...pagesOf(context, next)} />
        <Downloads context={context} forms={tablesOf(context)} />
      </RegisterPage>
    );
  };
}

function ParticipantTable(props: {
  readonly context: PageContext;
  readonly asked: TimesAsked & Pick<ParticipantListAsked, 'sort'>;
  readonly participants: ParticipantsBody['participants'];
  readonly caption: string;
}): VNode {
  const { context, asked, participants, caption } = props;
  const { language } = context;
  const link = linkerOf(context);
  const said = pageWords[language].participants;
  const byName = language === 'fr' ? 'nameFr' : 'name';
  return (
    <DataTable
      id="participants"
      language={language}
      caption={<strong>{caption}</strong>}
      sorting={{
        by: asked.sort,
        keys: [byName, 'code'],
        href: (sort) => inOrder(context, sort),
      }}
      columns={[
        {
          key: byName,
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
      rows={participants}
    />
  );
}
