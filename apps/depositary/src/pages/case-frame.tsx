import type { ComponentChildren, VNode } from 'preact';
import { InstantText, Notice, Tabs, type FormFault } from '#pages';
import type { CaseFile } from '../cases/case-file.ts';
import { caseInWords, handIn, reasonIn, StateTag } from './case-words.tsx';
import { at, type DeskContext } from './desk-context.ts';
import { DeskFrame } from './frame.tsx';

export type CasePart = 'record' | 'documents' | 'query' | 'check' | 'history';

/** A case with what its pages show beside it. */
export interface ShownCase {
  readonly file: CaseFile;
  /** Title of the treaty in the language of the page. */
  readonly title: string;
  /** Names of officers by subject, from the history. */
  readonly names: ReadonlyMap<string, string>;
}

/** Whether the words of a case may still change. */
export const isOpen = ({ state }: CaseFile): boolean => state === 'draft' || state === 'queried';

/** The frame of every page of one case: what it is, in what state, and its parts. */
export function CaseFrame(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly part: CasePart;
  readonly faults?: readonly FormFault[];
  readonly told?: string | null;
  readonly children: ComponentChildren;
}): VNode {
  const { context, shown, part, faults = [], told = null, children } = props;
  const { file, title } = shown;
  const { said } = context;
  const path = `/cases/${file.id}`;
  const tab = (which: CasePart, label: string, ending: string) => ({
    label,
    href: at(context, path + ending),
    current: which === part,
  });
  const count = file.documents.length;
  const what = caseInWords(context, file);
  return (
    <DeskFrame context={context} section="cases" title={what} faults={faults} told={told}>
      <p class="eyebrow">
        <span class="code">{file.treaty}</span> {title}
      </p>
      <h1 class="long">{what}</h1>
      <p class="stamp">
        <StateTag context={context} state={file.state} />
        <span class="quiet small">
          {said.check.prepared} {preparedBy(shown)}
        </span>
      </p>
      <Tabs
        label={said.form.parts}
        tabs={[
          ...(isOpen(file) ? [tab('record', said.form.record, '')] : []),
          tab('documents', `${said.form.documentsTab} (${count})`, '/documents'),
          tab('check', said.form.checkTab, '/check'),
          ...(isOpen(file) || file.state === 'submitted' || file.state === 'scheduled'
            ? [tab('query', said.form.queryTab, '/query')]
            : []),
          tab('history', said.form.historyTab, '/history'),
        ]}
      />
      <SentBack context={context} file={file} />
      {children}
    </DeskFrame>
  );
}

/** The names of all who prepared a case: none of them approves it. */
export const preparedBy = ({ file, names }: ShownCase): string =>
  file.editors.map((subject) => names.get(subject) ?? subject).join(', ');

function SentBack(props: { readonly context: DeskContext; readonly file: CaseFile }): VNode | null {
  const { context, file } = props;
  if (file.sentBack === null) return null;
  const { at: when } = file.sentBack;
  return (
    <Notice tone="warn" title={context.said.check.sentBackTitle(handIn(context, file.sentBack))}>
      <p>{reasonIn(context, file.sentBack)}</p>
      <p class="quiet small">
        <InstantText instant={when} language={context.language} />
      </p>
    </Notice>
  );
}
