import type { VNode } from 'preact';
import {
  DataTable,
  GroupedSelect,
  InstantText,
  SelectField,
  SuggestedField,
  Suggestions,
  type FormFault,
} from '#pages';
import type { TitledTreaty } from '#treaty';
import { caseKinds } from '../cases/case-content.ts';
import { caseStates, type CaseFile } from '../cases/case-file.ts';
import { caseInWords, kindGroups, StateTag } from './case-words.tsx';
import { at, deskPath, type DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm, DeskFrame } from './frame.tsx';
import { ParticipantField, ParticipantList } from './instrument-form.tsx';
import { titleIn } from './treaty-titles.ts';

/** All cases, filtered by what became of them. */
export function CasesPage(props: {
  readonly context: DeskContext;
  readonly cases: readonly CaseFile[];
  readonly state: string;
}): VNode {
  const { context, cases, state } = props;
  const { said, language } = context;
  return (
    <DeskFrame context={context} section="cases" title={said.cases.title}>
      <h1>{said.cases.title}</h1>
      <form method="get" action={`${deskPath}/cases`} class="filters">
        <input type="hidden" name="lang" value={language} />
        <SelectField
          name="state"
          label={said.cases.state}
          value={state}
          choices={[
            { value: '', label: said.cases.all },
            ...caseStates.map((value) => ({ value, label: said.states[value] })),
          ]}
        />
        <button type="submit" class="second">
          {said.cases.filter}
        </button>
      </form>
      <DataTable
        language={language}
        caption={said.cases.caption}
        columns={[
          {
            key: 'what',
            label: said.cases.what,
            kind: 'heading',
            cell: (file) => (
              <a href={at(context, `/cases/${file.id}`)}>{caseInWords(context, file)}</a>
            ),
          },
          {
            key: 'treaty',
            label: said.cases.treaty,
            cell: ({ treaty }) => <span class="code">{treaty}</span>,
          },
          {
            key: 'state',
            label: said.cases.state,
            cell: (file) => <StateTag context={context} state={file.state} />,
          },
          {
            key: 'opened',
            label: said.cases.opened,
            cell: ({ opened }) => (
              <span>
                <InstantText instant={opened.at} language={language} />
                <span class="under">{opened.name}</span>
              </span>
            ),
          },
        ]}
        rows={cases}
      />
    </DeskFrame>
  );
}

/** What was typed to open a case. */
export interface Opening {
  readonly treaty: string;
  /** A kind of action, or `case:` and a kind of case. */
  readonly what: string;
  readonly participant: string | null;
  /** The action that is corrected or annulled, where it is known already. */
  readonly action: string;
}

/** A treaty by number or title; below it, which one it is taken for. */
export function TreatyField(props: {
  readonly context: DeskContext;
  readonly treaties: readonly TitledTreaty[];
  readonly value: string;
  readonly error?: string;
}): VNode {
  const { context, treaties, value, error } = props;
  const { open } = context.said;
  const found = treaties.find(({ treaty }) => treaty === value);
  return (
    <>
      <Suggestions
        id="treaties"
        choices={treaties.map((one) => ({
          value: one.treaty,
          label: titleIn(one, context.language),
        }))}
      />
      <SuggestedField
        name="treaty"
        label={open.treaty}
        hint={open.treatyHint}
        value={value}
        list="treaties"
        asks="treaty"
        recognised={found === undefined ? null : titleIn(found, context.language)}
        {...(error !== undefined && { error })}
      />
    </>
  );
}

/** Opens a case: which treaty, what was received, from whom. */
export function NewCasePage(props: {
  readonly context: DeskContext;
  readonly treaties: readonly TitledTreaty[];
  readonly typed: Opening;
  readonly faults?: readonly FormFault[];
}): VNode {
  const { context, treaties, typed, faults = [] } = props;
  const { open, families, kinds } = context.said;
  const register = caseKinds
    .filter((kind) => kind !== 'instrument')
    .map((kind) => ({ value: `case:${kind}`, label: kinds[kind] }));
  return (
    <DeskFrame context={context} section="new" title={open.title} faults={faults}>
      <h1>{open.title}</h1>
      <p>{open.lead}</p>
      <ParticipantList context={context} />
      <DeskForm context={context} action="/cases/new">
        <input type="hidden" name="action" value={typed.action} />
        <TreatyField
          context={context}
          treaties={treaties}
          value={typed.treaty}
          {...errorOf(faults, 'treaty')}
        />
        <GroupedSelect
          name="what"
          label={open.what}
          none={open.choose}
          value={typed.what}
          groups={[...kindGroups(context), { label: families.register, choices: register }]}
          {...errorOf(faults, 'what')}
        />
        <ParticipantField
          context={context}
          name="participant"
          label={context.said.form.participant}
          hint={open.participantHint}
          value={typed.participant}
          {...errorOf(faults, 'participant')}
        />
        <div class="buttons">
          <button type="submit">{open.open}</button>
        </div>
      </DeskForm>
      <p>
        <a href={at(context, '/model-instruments')}>{open.model}</a>
      </p>
    </DeskFrame>
  );
}
