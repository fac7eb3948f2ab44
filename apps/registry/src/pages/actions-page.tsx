import type { VNode } from 'preact';
import { Pagination, SelectField } from '#pages';
import { actionKinds, calendarDate, participantOf, type ActionKind } from '#treaty';
import { inMtdsgOrder, participantsKnown, type ActionListAsked, type ViewStates } from '#views';
import type { PageContext, PageMaker } from '../queries/answer.ts';
import { ActionTable } from './action-table.tsx';
import { kindName } from './action-words.tsx';
import type { ActionsBody } from './bodies.ts';
import { Downloads, calendarOf, feedsOf, subscriptionOf, tablesOf } from './downloads.tsx';
import { RegisterPage } from './frame.tsx';
import { linkerOf, treatyPath, urlOf } from './links.ts';
import { FilterText, ListFilter, pagesOf } from './list-filter.tsx';
import { namesOn, titleIn, type NameOf } from './names.ts';
import { TreatyPageFrame, treatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** Acts of one treaty or of all, filtered and sorted by the address, a page at a time. */
export function actionsPage(
  states: ViewStates,
  asked: ActionListAsked,
  body: () => object,
  today: string,
): PageMaker {
  return (context) => {
    const times = { asOf: asked.asOf ?? calendarDate(today), asKnownAt: asked.asKnownAt };
    const list = body() as ActionsBody;
    const { language } = context;
    const said = pageWords[language];
    if (asked.treaty !== null) {
      const about = treatyAbout(states, asked.treaty, times, context);
      const acts = about.known.record.actions.map(({ current }) => current);
      const kinds = new Set<ActionKind>(acts.map(({ kind }) => kind));
      const codes = [...new Set(acts.map(({ participant }) => participant))];
      return (
        <TreatyPageFrame about={about} part="actions">
          <Filter {...{ context, asked, kinds, codes }} nameOf={about.nameOf} />
          <List {...{ context, list }} nameOf={about.nameOf} titleOf={null} />
        </TreatyPageFrame>
      );
    }
    const register = participantsKnown(states, times.asKnownAt);
    const nameOf = namesOn(register, times.asOf, language);
    const codes = [...states.actions.treatiesOf.keys()].filter(
      (code) => participantOf(register, code) !== null,
    );
    const titleOf = (treaty: string): string => {
      const registered = states.treaties.byId.get(treaty)?.record.registered;
      return registered == null ? treaty : titleIn(registered, language);
    };
    return (
      <RegisterPage
        context={context}
        title={said.actions.ofAll}
        section="actions"
        trail={[]}
        moment={{ ...times, position: list.position }}
      >
        <h1>{said.actions.ofAll}</h1>
        <Filter {...{ context, asked, codes, nameOf }} kinds={null}>
          <SelectField
            name="treaty"
            label={said.treaties.treaty}
            value={asked.treaty ?? ''}
            choices={[
              { value: '', label: said.actions.anyTreaty },
              ...[...states.treaties.byId.keys()]
                .toSorted(inMtdsgOrder)
                .map((treaty) => ({ value: treaty, label: treaty })),
            ]}
          />
        </Filter>
        <List {...{ context, list, nameOf, titleOf }} />
      </RegisterPage>
    );
  };
}

function List(props: {
  readonly context: PageContext;
  readonly list: ActionsBody;
  readonly nameOf: NameOf;
  readonly titleOf: ((treaty: string) => string) | null;
}): VNode {
  const { context, list, nameOf, titleOf } = props;
  const { language } = context;
  const path = list.treaty === undefined ? '/actions' : treatyPath(list.treaty, 'actions');
  return (
    <>
      <ActionTable
        actions={list.actions}
        caption={pageWords[language].actions.caption}
        language={language}
        link={linkerOf(context)}
        nameOf={nameOf}
        titleOf={titleOf}
        withParticipant
      />
      <Pagination language={language} {...pagesOf(context, list.next)} />
      <Downloads
        context={context}
        forms={[
          ...tablesOf(context),
          ...feedsOf(context, path),
          calendarOf(context, list.treaty === undefined ? '/calendar' : treatyPath(list.treaty)),
          ...subscriptionOf(context, wantedOf(context, list)),
        ]}
      />
    </>
  );
}

/** What a list of actions is narrowed to, as the form to subscribe names it. */
function wantedOf(context: PageContext, { treaty }: ActionsBody): Record<string, string | null> {
  const asked = urlOf(context).searchParams;
  const chosen = (name: string): string | null => asked.get(name) || null;
  return {
    treaties: treaty ?? chosen('treaty'),
    participants: chosen('participant'),
    kinds: chosen('kind'),
  };
}

function Filter(props: {
  readonly context: PageContext;
  readonly asked: ActionListAsked;
  /** Kinds to choose from; null: all there are. */
  readonly kinds: ReadonlySet<ActionKind> | null;
  readonly codes: readonly string[];
  readonly nameOf: NameOf;
  readonly children?: VNode;
}): VNode {
  const { context, asked, kinds, codes, nameOf, children } = props;
  const { language } = context;
  const said = pageWords[language].actions;
  const { compare } = new Intl.Collator(language);
  const participants = codes
    .map((code) => ({ value: code, label: nameOf(code) }))
    .toSorted((a, b) => compare(a.label, b.label));
  return (
    <ListFilter
      context={context}
      names={['kind', 'participant', 'treaty', 'from', 'to', 'sort', 'limit']}
    >
      {children}
      <SelectField
        name="kind"
        label={said.kind}
        value={asked.kind ?? ''}
        choices={[
          { value: '', label: said.anyKind },
          ...(Object.keys(actionKinds) as ActionKind[])
            .filter((kind) => kinds === null || kinds.has(kind))
            .map((kind) => ({ value: kind, label: kindName(kind, language) })),
        ]}
      />
      <SelectField
        name="participant"
        label={said.participant}
        value={asked.participant ?? ''}
        choices={[{ value: '', label: said.anyParticipant }, ...participants]}
      />
      <FilterText context={context} name="from" label={said.from} type="date" />
      <FilterText context={context} name="to" label={said.to} type="date" />
      <SelectField
        name="sort"
        label={said.order}
        value={asked.sort}
        choices={(['-recorded', 'recorded', '-date', 'date'] as const).map((order) => ({
          value: order,
          label: said.orders[order],
        }))}
      />
    </ListFilter>
  );
}
