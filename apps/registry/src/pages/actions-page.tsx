import type { VNode } from 'preact';
import { DateText, Pagination, SelectField, dateInWords } from '#pages';
import { actionKinds, calendarDate, isCalendarDate, type ActionKind } from '#treaty';
import { actionsPage as actionsAnswer, type ActionsAsked, type ViewStates } from '#views';
import type { PageMaker } from '../queries/answer.ts';
import { ActionTable } from './action-table.tsx';
import { kindName } from './action-words.tsx';
import type { ActionsBody } from './bodies.ts';
import { treatyPath, urlOf } from './links.ts';
import { TreatyPageFrame, treatyAbout, type TreatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

/** A list of a treaty's acts, filtered and sorted by the address, a page at a time. */
export function actionsPage(states: ViewStates, asked: ActionsAsked, today: string): PageMaker {
  return (context) => {
    const times = { asOf: calendarDate(today), asKnownAt: null };
    const about = treatyAbout(states, asked.treaty, times, context);
    const { language } = context;
    const said = pageWords[language].actions;
    const body = actionsAnswer(states, asked)?.body() as ActionsBody;
    const url = urlOf(context);
    const at = (cursor: string | null): string => {
      const other = new URL(url);
      other.searchParams.delete('cursor');
      if (cursor !== null) other.searchParams.set('cursor', cursor);
      return other.pathname + other.search;
    };
    return (
      <TreatyPageFrame about={about} part="actions">
        <Filter about={about} asked={asked} />
        <Between asked={asked} about={about} />
        <ActionTable
          actions={body.actions}
          caption={said.caption}
          language={language}
          link={about.link}
          nameOf={about.nameOf}
          withParticipant
        />
        <Pagination
          language={language}
          first={url.searchParams.has('cursor') ? at(null) : null}
          next={body.next === null ? null : at(body.next)}
        />
      </TreatyPageFrame>
    );
  };
}

interface Asked {
  readonly about: TreatyAbout;
  readonly asked: ActionsAsked;
}

function Filter({ about, asked }: Asked): VNode {
  const { language } = about.context;
  const said = pageWords[language].actions;
  const { actions } = about.known.record;
  const kinds = new Set<ActionKind>(actions.map(({ current }) => current.kind));
  const codes = [...new Set(actions.map(({ current }) => current.participant))]
    .map((code) => ({ value: code, label: about.nameOf(code) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, language));
  const lang = urlOf(about.context).searchParams.get('lang');
  return (
    <form method="get" action={treatyPath(about.treaty, 'actions')} class="filters">
      {lang !== null && <input type="hidden" name="lang" value={lang} />}
      <SelectField
        name="kind"
        label={said.kind}
        value={asked.kind ?? ''}
        choices={[
          { value: '', label: said.anyKind },
          ...(Object.keys(actionKinds) as ActionKind[])
            .filter((kind) => kinds.has(kind))
            .map((kind) => ({ value: kind, label: kindName(kind, language) })),
        ]}
      />
      <SelectField
        name="participant"
        label={said.participant}
        value={asked.participant ?? ''}
        choices={[{ value: '', label: said.anyParticipant }, ...codes]}
      />
      <SelectField
        name="sort"
        label={said.order}
        value={asked.sort}
        choices={(['recorded', 'date', '-date'] as const).map((order) => ({
          value: order,
          label: said.orders[order],
        }))}
      />
      <button type="submit" class="second">
        {said.apply}
      </button>
    </form>
  );
}

/** The range of dates that the address asks for, in words. */
function Between({ asked: { from, to }, about }: Asked): VNode | null {
  const { language } = about.context;
  const said = pageWords[language].participants;
  if (from === null && to === null) return null;
  return (
    <p>
      {from !== null && (
        <>
          {said.from} <DateText date={from} language={language} />{' '}
        </>
      )}
      {to !== null && (
        <>
          {said.until} {isCalendarDate(to) && dateInWords(to, language)}
        </>
      )}
    </p>
  );
}
