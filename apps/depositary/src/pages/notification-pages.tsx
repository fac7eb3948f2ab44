import type { VNode } from 'preact';
import {
  DataTable,
  DateText,
  Facts,
  inLanguage,
  InstantText,
  Notice,
  TextArea,
  TextField,
  type FormFault,
} from '#pages';
import type { TitledTreaty } from '#treaty';
import type { NotificationDraft } from '../notifications/notification-desk.ts';
import { isPermitted } from '../staff/permissions.ts';
import { at, type DeskContext } from './desk-context.ts';
import { errorOf } from './due-form-fields.tsx';
import { DeskForm, DeskFrame } from './frame.tsx';
import { Circulated } from './preview.tsx';
import { TreatyField } from './case-lists.tsx';

const publicAddress = (number: string): string => `/notifications/${encodeURIComponent(number)}`;

const mayIssue = ({ officer }: DeskContext): boolean =>
  isPermitted(officer.roles, 'issue-notifications');

/** Drafts of notifications, and those that were issued from them. */
export function NotificationsPage(props: {
  readonly context: DeskContext;
  readonly drafts: readonly NotificationDraft[];
  readonly issued: readonly NotificationDraft[];
}): VNode {
  const { context, drafts, issued } = props;
  const { said, language } = context;
  const { notice } = said;
  const subject = {
    key: 'subject',
    label: notice.subject,
    kind: 'heading' as const,
    cell: (draft: NotificationDraft) => (
      <a href={at(context, `/notifications/${draft.id}`)}>{draft.subject[language]}</a>
    ),
  };
  const treaty = {
    key: 'treaty',
    label: notice.treaty,
    cell: (draft: NotificationDraft) => <span class="code">{draft.treaty}</span>,
  };
  const changed = {
    key: 'changed',
    label: notice.changed,
    cell: (draft: NotificationDraft) => (
      <InstantText instant={draft.changedAt} language={language} />
    ),
  };
  const number = {
    key: 'number',
    label: notice.number,
    cell: ({ notification }: NotificationDraft) =>
      notification !== null && (
        <a class="code" href={inLanguage(publicAddress(notification), language)}>
          {notification}
        </a>
      ),
  };
  return (
    <DeskFrame context={context} section="notifications" title={notice.title}>
      <h1>{notice.title}</h1>
      <p>
        {mayIssue(context) && (
          <>
            <a href={at(context, '/notifications/new')}>{notice.write}</a> ·{' '}
          </>
        )}
        <a href={inLanguage('/notifications', language)}>{notice.public}</a>
      </p>
      <DataTable
        language={language}
        caption={notice.drafts}
        columns={[subject, treaty, changed]}
        rows={drafts}
      />
      <DataTable
        language={language}
        caption={notice.issued}
        columns={[number, subject, treaty, changed]}
        rows={issued}
      />
    </DeskFrame>
  );
}

export interface DraftWords {
  readonly subject: { readonly en: string; readonly fr: string };
  readonly text: { readonly en: string; readonly fr: string };
}

/** One notification: as it will be circulated, and for an approver the forms that change and issue it. */
export function NotificationPage(props: {
  readonly context: DeskContext;
  readonly draft: NotificationDraft;
  readonly title: string;
  /** What was typed, when the form came back with faults. */
  readonly typed?: DraftWords;
  readonly faults?: readonly FormFault[];
  readonly told?: string | null;
}): VNode {
  const { context, draft, title, typed, faults = [], told = null } = props;
  const { said, language } = context;
  const { notice } = said;
  const editable = draft.state === 'draft' && mayIssue(context);
  return (
    <DeskFrame
      context={context}
      section="notifications"
      title={draft.subject[language]}
      faults={faults}
      told={told}
    >
      <p class="eyebrow">
        <span class="code">{draft.treaty}</span> {title}
      </p>
      <h1 class="long">{draft.subject[language]}</h1>
      <Issued context={context} draft={draft} />
      <About context={context} draft={draft} />
      <h2>{draft.notification === null ? notice.preview : notice.asIssued}</h2>
      <Circulated context={context} words={draft} />
      {editable && <Issue context={context} draft={draft} />}
      {editable && (
        <section aria-labelledby="edit">
          <h2 id="edit">{notice.edit}</h2>
          <DeskForm
            context={context}
            action={`/notifications/${draft.id}`}
            version={draft.version}
            guard={typed === undefined ? 'clean' : 'unsaved'}
          >
            <WordsFields context={context} words={typed ?? draft} faults={faults} />
            <div class="buttons">
              <button type="submit" class="second" accessKey="s">
                {notice.save}
              </button>
            </div>
          </DeskForm>
        </section>
      )}
      {draft.state === 'draft' && !editable && <p class="quiet">{notice.onlyApprovers}</p>}
    </DeskFrame>
  );
}

/** What the words do not say: what it announces and corrects, where it comes from, its documents. */
function About(props: { readonly context: DeskContext; readonly draft: NotificationDraft }): VNode {
  const { context, draft } = props;
  const { said, language } = context;
  const { notice } = said;
  return (
    <Facts
      facts={[
        {
          name: notice.announces,
          value: draft.announcesEntryIntoForce && (
            <DateText date={draft.announcesEntryIntoForce} language={language} />
          ),
        },
        { name: notice.corrects, value: draft.corrects },
        {
          name: notice.fromCase,
          value: draft.case && (
            <a href={at(context, `/cases/${draft.case}/check`)}>{draft.case.slice(0, 8)}</a>
          ),
        },
        {
          name: notice.pdf,
          value: (
            <>
              <a href={pdfOf(draft, 'en')}>{notice.english}</a> ·{' '}
              <a href={pdfOf(draft, 'fr')}>{notice.french}</a>
            </>
          ),
        },
      ]}
    />
  );
}

const pdfOf = ({ id, notification }: NotificationDraft, language: 'en' | 'fr'): string =>
  inLanguage(
    notification === null
      ? `/depositary/desk/notifications/${id}/pdf`
      : `${publicAddress(notification)}.pdf`,
    language,
  );

function Issued(props: {
  readonly context: DeskContext;
  readonly draft: NotificationDraft;
}): VNode | null {
  const { context, draft } = props;
  const { notice } = context.said;
  if (draft.notification === null)
    return (
      <p class="stamp">
        <span class="tag warn">{notice.draft}</span>
      </p>
    );
  return (
    <Notice tone="good" title={`${notice.issuedAs} ${draft.notification}`}>
      <p>
        {notice.issuedText}{' '}
        <a href={inLanguage(publicAddress(draft.notification), context.language)}>
          {publicAddress(draft.notification)}
        </a>
      </p>
      {mayIssue(context) && (
        <p>
          <a
            href={at(
              context,
              `/notifications/new?treaty=${encodeURIComponent(draft.treaty)}&corrects=${encodeURIComponent(draft.notification)}`,
            )}
          >
            {notice.correct}
          </a>
        </p>
      )}
    </Notice>
  );
}

function Issue(props: { readonly context: DeskContext; readonly draft: NotificationDraft }): VNode {
  const { context, draft } = props;
  const { notice } = context.said;
  return (
    <section class="decide" aria-labelledby="issue">
      <h2 id="issue">{notice.issueTitle}</h2>
      <p>{notice.issueText(context.today.slice(0, 4))}</p>
      <DeskForm
        context={context}
        action={`/notifications/${draft.id}/issue`}
        version={draft.version}
      >
        <div class="buttons">
          <button type="submit">{notice.issueDo}</button>
        </div>
      </DeskForm>
    </section>
  );
}

function WordsFields(props: {
  readonly context: DeskContext;
  readonly words: DraftWords;
  readonly faults: readonly FormFault[];
}): VNode {
  const { context, words, faults } = props;
  const { notice } = context.said;
  const one = (language: 'en' | 'fr', subject: string, text: string): VNode => (
    <div>
      <TextField
        name={`subject-${language}`}
        label={subject}
        value={words.subject[language]}
        lang={language}
        {...errorOf(faults, `subject-${language}`)}
      />
      <TextArea
        name={`text-${language}`}
        label={text}
        hint={notice.textHint}
        value={words.text[language]}
        lang={language}
        rows={14}
        {...errorOf(faults, `text-${language}`)}
      />
    </div>
  );
  return (
    <div class="beside">
      {one('en', notice.subjectEn, notice.textEn)}
      {one('fr', notice.subjectFr, notice.textFr)}
    </div>
  );
}

/** A notification that no case made: a letter to the States, or a corrigendum. */
export function NewNotificationPage(props: {
  readonly context: DeskContext;
  readonly treaties: readonly TitledTreaty[];
  readonly treaty: string;
  readonly corrects: string;
  readonly words: DraftWords;
  readonly faults?: readonly FormFault[];
}): VNode {
  const { context, treaties, treaty, corrects, words, faults = [] } = props;
  const { notice } = context.said;
  return (
    <DeskFrame context={context} section="notifications" title={notice.write} faults={faults}>
      <h1>{notice.write}</h1>
      <DeskForm context={context} action="/notifications/new" guard="clean">
        <TreatyField
          context={context}
          treaties={treaties}
          value={treaty}
          {...errorOf(faults, 'treaty')}
        />
        <TextField
          name="corrects"
          label={notice.corrects}
          hint={notice.correctsHint}
          value={corrects}
          {...errorOf(faults, 'corrects')}
        />
        <WordsFields context={context} words={words} faults={faults} />
        <div class="buttons">
          <button type="submit">{notice.save}</button>
        </div>
      </DeskForm>
    </DeskFrame>
  );
}
