import type { ComponentChildren, VNode } from 'preact';
import {
  ErrorSummary,
  Layout,
  assetAddress,
  inLanguage,
  Notice,
  type FormFault,
  type NavigationEntry,
} from '#pages';
import { FORM_TOKEN_FIELD } from '../staff/officer.ts';
import { isPermitted } from '../staff/permissions.ts';
import { SignedIn } from '../staff/sign-in/sign-in.page.tsx';
import { signInWords } from '../staff/sign-in/sign-in.words.ts';
import { at, saidOf, type DeskContext, type FrameContext } from './desk-context.ts';

export type Section =
  'to-do' | 'cases' | 'new' | 'notifications' | 'reconcile' | 'models' | 'deliveries';

/** Where the pages about deliveries to subscribers are; the notifier answers them. */
export const deliveriesPath = '/depositary/deliveries';

function sectionsOf(context: FrameContext, section: Section): NavigationEntry[] {
  const { language, said, officer } = context;
  const desk = signInWords[language];
  const entry = (
    name: Section,
    label: string,
    path: string,
    accessKey?: string,
  ): NavigationEntry => ({
    label,
    href: name === 'to-do' ? inLanguage('/depositary', language) : at(context, path),
    current: name === section,
    ...(accessKey !== undefined && { accessKey }),
  });
  return [
    entry('to-do', said.frame.toDo, '', 'w'),
    entry('cases', said.frame.cases, '/cases'),
    ...(isPermitted(officer.roles, 'prepare-cases')
      ? [entry('new', said.frame.newCase, '/cases/new', 'n')]
      : []),
    entry('notifications', said.frame.notifications, '/notifications'),
    entry('reconcile', said.frame.reconcile, '/reconciliation'),
    entry('models', said.frame.models, '/model-instruments'),
    ...(isPermitted(officer.roles, 'tend-deliveries')
      ? [
          {
            label: said.frame.deliveries,
            href: inLanguage(deliveriesPath, language),
            current: section === 'deliveries',
          },
        ]
      : []),
    ...(isPermitted(officer.roles, 'read-audit-trail')
      ? [{ label: desk.auditTrail, href: inLanguage('/depositary/audit-trail', language) }]
      : []),
    { label: desk.register, href: inLanguage('/', language) },
  ];
}

/** What just happened, from the address that a form led to. */
export type Told = 'saved' | null;

/** The frame of every page of the desk: its sections, who is signed in, what is wrong, the keys. */
export function DeskFrame(props: {
  readonly context: FrameContext;
  readonly section: Section;
  readonly title: string;
  readonly faults?: readonly FormFault[];
  readonly told?: string | null;
  readonly children: ComponentChildren;
}): VNode {
  const { context, section, title, faults = [], told = null } = props;
  const { language, said, officer, formToken, address } = context;
  return (
    <Layout
      language={language}
      title={faults.length > 0 ? saidOf(context, said.frame.errorTitle, title) : title}
      address={address}
      navigation={sectionsOf(context, section)}
      head={<link rel="stylesheet" href={assetAddress('desk.css')} />}
      modules={['desk.js', 'enhance.js']}
      aside={<SignedIn language={language} officer={officer} formToken={formToken} />}
      footer={<Keys context={context} />}
    >
      <div class="desk">
        {told !== null && (
          <Notice tone="good" alert>
            <p>{told}</p>
          </Notice>
        )}
        <ErrorSummary language={language} faults={faults} />
        {props.children}
      </div>
      <div
        id="desk-words"
        hidden
        data-saved={said.frame.saved}
        data-unsaved={said.frame.unsaved}
        data-over={said.frame.over}
        data-moved={said.frame.moved}
        data-unknown={said.frame.unknown}
      />
    </Layout>
  );
}

function Keys({ context: { said } }: { readonly context: FrameContext }): VNode {
  const { keys, keysAre, keyList, enterKey } = said.frame;
  return (
    <details class="keys">
      <summary>{keys}</summary>
      <p>{keysAre}</p>
      <ul>
        {keyList.map(([key, what]) => (
          <li key={key}>
            <kbd>{key}</kbd> {what}
          </li>
        ))}
      </ul>
      <p>{enterKey}</p>
    </details>
  );
}

/** A form of the desk: sent by POST, with the token of the session and the version that it is about. */
export function DeskForm(props: {
  readonly context: DeskContext;
  /** Below the desk's address, such as `/cases/ID`. */
  readonly action: string;
  readonly version?: number;
  /** With files: the token and what else the register needs before the file stand in the address. */
  readonly files?: Readonly<Record<string, string>>;
  /** Whether leaving it unsent is asked about; `unsaved`: it came back with faults. */
  readonly guard?: 'clean' | 'unsaved';
  readonly autosave?: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}): VNode {
  const { context, action, version, files, guard, autosave = false } = props;
  const { formToken } = context;
  const address = at(context, action);
  const query = new URLSearchParams({ ...files, [FORM_TOKEN_FIELD]: formToken });
  return (
    <form
      method="post"
      noValidate
      action={files === undefined ? address : `${address}&${query}`}
      class={props.class}
      {...(files !== undefined && { encType: 'multipart/form-data' })}
      {...(guard !== undefined && { 'data-guard': guard })}
      {...(autosave && { 'data-autosave': 'yes' })}
    >
      {files === undefined && <input type="hidden" name={FORM_TOKEN_FIELD} value={formToken} />}
      {version !== undefined && files === undefined && (
        <input type="hidden" name="version" value={String(version)} />
      )}
      {props.children}
    </form>
  );
}
