import type { VNode } from 'preact';
import { DataTable, InstantText, Notice, TextArea, type FormFault } from '#pages';
import type { TreatyRecord } from '#treaty';
import type { HistoryEntry } from '../cases/case-store.ts';
import { isPermitted } from '../staff/permissions.ts';
import { CeremonyForm } from './ceremony-form.tsx';
import { CeremonyTable } from './ceremony-table.tsx';
import { CaseFrame, type ShownCase } from './case-frame.tsx';
import { handIn, reasonIn } from './case-words.tsx';
import { quoted, type DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm } from './frame.tsx';
import { InstrumentForm } from './instrument-form.tsx';
import { RegisterCaseForm } from './register-forms.tsx';

/** Where what was typed differs from what somebody else saved meanwhile. */
export interface Moved {
  readonly name: string;
  readonly version: number;
  readonly differences: readonly { field: string; saved: string; typed: string }[];
}

export interface CaseFormShown {
  readonly shown: ShownCase;
  readonly record: TreatyRecord;
  readonly notified: readonly string[];
  readonly computed: string | null;
  readonly faults: readonly FormFault[];
  readonly moved: Moved | null;
  readonly told: string | null;
  /** A table of signatures that was pasted and could not be read. */
  readonly table?: string;
}

/** The form of a case, whatever its kind. */
export function CaseFormPage(props: CaseFormShown & { readonly context: DeskContext }): VNode {
  const { context, shown, faults, moved, told, table = '' } = props;
  const { file } = shown;
  const isCeremony = file.kind === 'ceremony';
  return (
    <CaseFrame context={context} shown={shown} part="record" faults={faults} told={told}>
      <MovedNotice context={context} moved={moved} />
      <DeskForm
        context={context}
        action={`/cases/${file.id}`}
        version={file.version}
        guard={moved === null ? 'clean' : 'unsaved'}
        autosave={moved === null}
      >
        {file.kind === 'instrument' && <InstrumentForm {...props} file={file} />}
        {isCeremony && <CeremonyForm context={context} file={file} faults={faults} />}
        {file.kind !== 'instrument' && !isCeremony && <RegisterCaseForm {...props} file={file} />}
      </DeskForm>
      {isCeremony && <CeremonyTable context={context} file={file} faults={faults} typed={table} />}
    </CaseFrame>
  );
}

function MovedNotice(props: {
  readonly context: DeskContext;
  readonly moved: Moved | null;
}): VNode | null {
  const { context, moved } = props;
  const { form } = context.said;
  if (moved === null) return null;
  return (
    <Notice tone="warn" title={form.movedTitle} alert>
      <p>{form.movedText(moved.name, moved.version)}</p>
      <ul>
        {moved.differences.map(({ field, saved, typed }) => (
          <li key={field}>
            <strong>{field}</strong>: {form.savedValue} {quoted(context, saved)}, {form.yourValue}{' '}
            {quoted(context, typed)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Questions to the State with their answers, and giving the case up. */
export function QueryPage(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly faults?: readonly FormFault[];
  readonly typed?: string;
  readonly told?: string | null;
}): VNode {
  const { context, shown, faults = [], typed = '', told = null } = props;
  const { file } = shown;
  const { query } = context.said;
  const mayPrepare = isPermitted(context.officer.roles, 'prepare-cases');
  const words = (
    name: 'question' | 'answer' | 'withdrawal',
    label: string,
    button: string,
    path: string,
  ): VNode => (
    <DeskForm
      context={context}
      action={`/cases/${file.id}/${path}`}
      version={file.version}
      guard="clean"
    >
      <TextArea
        name={name}
        label={label}
        rows={4}
        value={faults.some(({ field }) => field === name) ? typed : ''}
        {...errorOf(faults, name)}
      />
      <div class="buttons">
        <button type="submit" class={name === 'withdrawal' ? 'danger' : undefined}>
          {button}
        </button>
      </div>
    </DeskForm>
  );
  return (
    <CaseFrame context={context} shown={shown} part="query" faults={faults} told={told}>
      <h2>{query.title}</h2>
      <p>{query.lead}</p>
      <Queries context={context} shown={shown} />
      {mayPrepare &&
        (file.state === 'draft' || file.state === 'submitted') &&
        words('question', query.question, query.ask, 'question')}
      {mayPrepare &&
        file.state === 'queried' &&
        words('answer', query.answer, query.noteAnswer, 'answer')}
      {mayPrepare && (
        <>
          <h2>{query.giveUp}</h2>
          <p>{query.giveUpHint}</p>
          {words('withdrawal', query.reason, query.giveUp, 'withdrawal')}
        </>
      )}
    </CaseFrame>
  );
}

function Queries({ context, shown }: { context: DeskContext; shown: ShownCase }): VNode {
  const { query } = context.said;
  return (
    <ol class="timeline">
      {shown.file.queries.map(({ question, askedBy, askedAt, answer, answeredAt }) => (
        <li key={askedAt}>
          <InstantText instant={askedAt} language={context.language} />, {askedBy.name}{' '}
          {query.asked}:<p class="statement">{question}</p>
          {answer !== null && answeredAt !== null && (
            <>
              <InstantText instant={answeredAt} language={context.language} />, {query.answered}:
              <p class="statement">{answer}</p>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

/** Who did what with the case, from its beginning. */
export function HistoryPage(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly history: readonly HistoryEntry[];
}): VNode {
  const { context, shown } = props;
  const { history } = context.said;
  return (
    <CaseFrame context={context} shown={shown} part="history">
      <h2>{history.title}</h2>
      <DataTable
        language={context.language}
        caption={history.caption}
        columns={[
          {
            key: 'version',
            label: 'N',
            kind: 'heading',
            cell: ({ version }) => version,
          },
          {
            key: 'when',
            label: history.when,
            cell: ({ at: when }) => <InstantText instant={when} language={context.language} />,
          },
          { key: 'who', label: history.who, cell: (entry) => handIn(context, entry) },
          {
            key: 'what',
            label: history.what,
            cell: ({ what, detail, times }) => (
              <span>
                {history.changes[what] ?? what}
                {times > 1 && ` (× ${times})`}
                {wordsIn(context, detail) !== '' && (
                  <span class="under">{wordsIn(context, detail)}</span>
                )}
              </span>
            ),
          },
        ]}
        rows={inTurns(props.history)}
      />
    </CaseFrame>
  );
}

/** Savings of one officer after each other as one line: drafts are saved while one types. */
function inTurns(history: readonly HistoryEntry[]): (HistoryEntry & { times: number })[] {
  const turns: (HistoryEntry & { times: number })[] = [];
  for (const entry of history) {
    const last = turns.at(-1);
    if (last?.what === 'edit' && entry.what === 'edit' && last.subject === entry.subject)
      turns[turns.length - 1] = { ...entry, times: last.times + 1 };
    else turns.push({ ...entry, times: 1 });
  }
  return turns;
}

/** The words of a change that were written for people. */
function wordsIn(context: DeskContext, detail: Readonly<Record<string, unknown>>): string {
  const { reason, reasonFr } = detail;
  if (typeof reason === 'string' && typeof reasonFr === 'string')
    return reasonIn(context, { reason, reasonFr });
  for (const key of ['reason', 'question', 'answer', 'publishAt'])
    if (typeof detail[key] === 'string') return detail[key];
  const document = detail['document'];
  return typeof document === 'object' && document !== null && 'name' in document
    ? String(document.name)
    : '';
}
