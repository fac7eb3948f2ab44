import type { VNode } from 'preact';
import { DataTable, DateText, InstantText, Tag, type Column, type Language } from '#pages';
import { kindLetter, kindName } from './action-words.tsx';
import type { ActionItem } from './bodies.ts';
import { actionPath, treatyPath, type Link } from './links.ts';
import type { NameOf } from './names.ts';
import { pageWords } from './words.ts';

const forever = { asOf: null, asKnownAt: null };

interface About {
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
  /** Left out where all acts are of one participant. */
  readonly withParticipant: boolean;
  /** Titles of treaties, where the acts are of more than one. */
  readonly titleOf?: ((treaty: string) => string) | null;
}

/** Acts, each with the address that never changes. Annulled ones stay in sight, and say so. */
export function ActionTable(
  props: About & { readonly actions: readonly ActionItem[]; readonly caption: string },
): VNode {
  const { actions, caption, language } = props;
  return (
    <DataTable
      language={language}
      caption={<strong>{caption}</strong>}
      rowClass={({ annulled }) => (annulled === null ? undefined : 'ended')}
      columns={columnsOf(props)}
      rows={actions}
    />
  );
}

function columnsOf({
  language,
  link,
  nameOf,
  withParticipant,
  titleOf = null,
}: About): readonly Column<ActionItem>[] {
  const said = pageWords[language].actions;
  const participant: Column<ActionItem> = {
    key: 'participant',
    label: said.participant,
    cell: (one) => (
      <a href={link(treatyPath(one.treaty, `participants/${one.participant}`))}>
        {nameOf(one.participant)}
      </a>
    ),
  };
  const treaty: Column<ActionItem> = {
    key: 'treaty',
    label: pageWords[language].treaties.treaty,
    cell: (one) => (
      <span>
        <a href={link(treatyPath(one.treaty))}>{titleOf?.(one.treaty)}</a>
        <span class="under code">{one.treaty}</span>
      </span>
    ),
  };
  return [
    {
      key: 'kind',
      label: said.kind,
      kind: 'heading',
      cell: ({ kind, action, annulled }) => (
        <>
          <a
            href={link(actionPath(action), forever)}
            class={annulled === null ? undefined : 'struck'}
          >
            {kindName(kind, language)}
          </a>
          {kindLetter(kind) !== '' && <span class="quiet"> ({kindLetter(kind)})</span>}
        </>
      ),
    },
    {
      key: 'date',
      label: said.date,
      cell: ({ date }) => <DateText date={date} language={language} />,
    },
    ...(withParticipant ? [participant] : []),
    ...(titleOf === null ? [] : [treaty]),
    {
      key: 'recorded',
      label: said.recorded,
      cell: ({ recordedAt }) => (
        <span class="small quiet">
          <InstantText instant={recordedAt} language={language} />
        </span>
      ),
    },
    { key: 'notes', label: said.notes, cell: (one) => <Notes act={one} language={language} /> },
  ];
}

/** What became of the record of an act, and what was noted about it. */
function Notes(props: { readonly act: ActionItem; readonly language: Language }): VNode {
  const { annulled, corrected, territory, note } = props.act;
  const said = pageWords[props.language].actions;
  return (
    <span>
      {annulled !== null && <Tag tone="bad">{said.annulled}</Tag>}{' '}
      {corrected && <Tag tone="warn">{said.corrected}</Tag>} {territory} {note}
    </span>
  );
}
