import type { VNode } from 'preact';
import {
  DataTable,
  Facts,
  inLanguage,
  InstantText,
  Notice,
  instantInWords,
  type Fact,
} from '#pages';
import type { ActionRecorded, TreatyRecord } from '#treaty';
import type { ActDraft } from '../cases/case-content.ts';
import type { CaseFile } from '../cases/case-file.ts';
import type { CasePreview } from '../cases/case-preview.ts';
import { formItemsOf } from '../cases/due-form.ts';
import { isPermitted } from '../staff/permissions.ts';
import type { ToldFault } from './case-faults.ts';
import { CaseFrame, isOpen, preparedBy, type ShownCase } from './case-frame.tsx';
import { fieldsOf } from './case-fields.ts';
import { actionLine, caseInWords } from './case-words.tsx';
import { valueInWords } from './correction-fields.tsx';
import { Decision, type DecisionState } from './decision.tsx';
import { at, type DeskContext } from './desk-context.ts';
import { DocumentTable } from './documents-page.tsx';
import { PreviewOfCase } from './preview.tsx';

export interface CheckShown {
  readonly shown: ShownCase;
  /** What approving would do; null when it cannot be said, or when it is done already. */
  readonly preview: CasePreview | null;
  /** What keeps the case from being submitted, or the law from taking it. */
  readonly faults: readonly ToldFault[];
  readonly decision: DecisionState;
  /** The treaty as it is now: a correction is shown beside what is on record. */
  readonly record: TreatyRecord | null;
  /** Other open cases that look like the same act: one of the two may be a slip. */
  readonly twins: readonly CaseFile[];
  readonly told?: string | null;
}

/** Everything about a case on one page: what will happen, the answers, the decision. */
export function CheckPage(props: CheckShown & { readonly context: DeskContext }): VNode {
  const { context, shown, preview, faults, told = null, decision, record } = props;
  const { check } = context.said;
  const { file } = shown;
  const mayApprove = isPermitted(context.officer.roles, 'approve-cases');
  const hasDecision = file.state === 'draft' ? faults.length === 0 : mayApprove;
  return (
    <CaseFrame
      context={context}
      shown={shown}
      part="check"
      faults={decision.faults ?? []}
      told={told}
    >
      <CaseFaults context={context} shown={shown} faults={faults} />
      <StateOfCase context={context} shown={shown} />
      <Doubts {...props} />
      {preview !== null && (
        <section aria-labelledby="what-happens">
          <h2 id="what-happens">{check.whatHappens}</h2>
          <p class="quiet">
            {check.nothingYet} {hasDecision && <a href="#decision">{check.decide}</a>}
          </p>
          <PreviewOfCase context={context} preview={preview} />
        </section>
      )}
      <Answers context={context} shown={shown} record={record} />
      <Decision {...props} />
    </CaseFrame>
  );
}

/** What is missing or against the rules: each a link to its field on the form. */
function CaseFaults(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly faults: readonly ToldFault[];
}): VNode | null {
  const { context, shown, faults } = props;
  const { check } = context.said;
  if (faults.length === 0) return null;
  const isLaw = faults.some((fault) => fault.isLaw);
  const form = at(context, `/cases/${shown.file.id}`);
  return (
    <div class="summary-of-errors" role="alert" tabIndex={-1} aria-labelledby="case-faults">
      <h2 id="case-faults">{isLaw ? check.refused : check.incomplete}</h2>
      <ul>
        {faults.map(({ field, sentence, article, overridable, inEnglish = false }) => (
          <li key={field + sentence}>
            {isOpen(shown.file) ? (
              <a href={`${form}#${field}`} {...(inEnglish && { lang: 'en' })}>
                {sentence}
              </a>
            ) : (
              <span {...(inEnglish && { lang: 'en' })}>{sentence}</span>
            )}
            {article !== null && <span class="quiet"> {article}</span>}
            {overridable && <span class="quiet"> ({check.overridable})</span>}
          </li>
        ))}
      </ul>
      {faults.some(({ overridable }) => overridable) && <p>{check.refusedHint}</p>}
    </div>
  );
}

/** What no rule forbids, and still makes one look twice. */
function Doubts({ context, shown: { file }, twins }: CheckShown & { context: DeskContext }) {
  const { check } = context.said;
  const isAct = file.kind === 'instrument' || file.kind === 'ceremony';
  const lacksScan = isAct && file.documents.length === 0 && file.outcome === null;
  if (!lacksScan && twins.length === 0) return null;
  return (
    <Notice tone="warn" title={check.lookTwice}>
      <ul>
        {lacksScan && (
          <li>
            {check.noDocument}{' '}
            <a href={at(context, `/cases/${file.id}/documents`)}>{context.said.documents.title}</a>
          </li>
        )}
        {twins.map((twin) => (
          <li key={twin.id}>
            {check.twin}{' '}
            <a href={at(context, `/cases/${twin.id}/check`)}>{caseInWords(context, twin)}</a> (
            {context.said.states[twin.state]}, {twin.opened.name})
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** What became of the case, once it left the hands of who prepared it. */
function StateOfCase(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
}): VNode | null {
  const { context, shown } = props;
  const { file } = shown;
  const { check } = context.said;
  const notice = (text: string, tone: 'info' | 'good' | 'warn' = 'info'): VNode => (
    <Notice tone={tone}>
      <p>{text}</p>
    </Notice>
  );
  if (file.state === 'queried') return notice(check.queriedText, 'warn');
  if (file.state === 'submitted' && file.editors.includes(context.officer.subject))
    return (
      <Notice tone="warn" title={check.fourEyes}>
        <p>{check.waits}</p>
        <p>{check.fourEyesText(preparedBy(shown))}</p>
      </Notice>
    );
  if (file.state === 'withdrawn')
    return notice(`${check.withdrawnText} ${file.withdrawnBecause ?? ''}`, 'warn');
  if (file.state === 'scheduled' && file.publishAt !== null)
    return notice(check.scheduledText(instantInWords(file.publishAt, context.language)));
  if (file.outcome === null) return null;
  return (
    <Notice tone="good">
      <p>{check.recordedText}</p>
      <ul>
        {file.outcome.actions.map((action, index) => (
          <li key={action}>
            <a href={inLanguage(`/actions/${action}`, context.language)}>
              {actInWords(context, file.content.acts?.[index]) || action}
            </a>
          </li>
        ))}
        {file.outcome.drafts.map((draft, index) => (
          <li key={draft}>
            <a href={at(context, `/notifications/${draft}`)}>
              {check.notificationOf(index + 1, file.outcome?.drafts.length ?? 1)}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** One act of a case in a line; empty for a case that has none. */
function actInWords(context: DeskContext, act: ActDraft | undefined): string {
  if (act === undefined) return '';
  const parts = (['participant', 'kind', 'date'] as const).map((field) =>
    valueInWords(context, field, act[field]),
  );
  return parts.join(', ');
}

function Answers(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly record: TreatyRecord | null;
}): VNode {
  const { context, shown, record } = props;
  const { file } = shown;
  const { check, form } = context.said;
  const acts = file.content.acts ?? [];
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">{check.answers}</h2>
      {isOpen(file) && (
        <p>
          <a href={at(context, `/cases/${file.id}`)}>{check.change}</a>
        </p>
      )}
      {file.kind === 'ceremony' ? (
        <SignaturesGiven context={context} acts={acts} />
      ) : (
        acts.map((act, index) => (
          <div key={index}>
            {index > 0 && <h3>{form.statement(index)}</h3>}
            <Facts facts={factsOfAct(context, act, index)} />
          </div>
        ))
      )}
      <Corrected context={context} shown={shown} record={record} />
      <Given facts={factsOfContent(context, shown)} />
      <h3>{form.formOf}</h3>
      <Facts facts={factsOfForm(context, shown)} />
      {file.documents.length > 0 && <DocumentTable context={context} file={file} />}
      <Hands context={context} shown={shown} />
    </section>
  );
}

/** Facts, or nothing at all where none has a value. */
function Given({ facts }: { readonly facts: readonly Fact[] }): VNode | null {
  const given = facts.filter(({ value }) => value != null && value !== '');
  return given.length === 0 ? null : <Facts facts={given} />;
}

function SignaturesGiven(props: {
  readonly context: DeskContext;
  readonly acts: readonly ActDraft[];
}): VNode {
  const { context, acts } = props;
  return (
    <ol class="small">
      {acts.map((act, index) => (
        <li key={index}>
          {valueInWords(context, 'participant', act.participant)},{' '}
          {valueInWords(context, 'kind', act.kind)}, {valueInWords(context, 'date', act.date)}
          {act.note == null ? '' : `, ${act.note}`}
        </li>
      ))}
    </ol>
  );
}

/** Fields of a statement that are those of the act it came with. */
const inherited: readonly string[] = ['participant', 'date', 'dateOfInstrument', 'dateOfReceipt'];

function factsOfAct(context: DeskContext, act: ActDraft, index: number): Fact[] {
  const { fields } = context.said.correction;
  const { overrideReason } = context.said.form;
  return fieldsOf(act.kind).flatMap((field): Fact[] => {
    const value = act[field];
    if (value == null || value === '' || (index > 0 && inherited.includes(field))) return [];
    const name = field === 'overrideReason' ? overrideReason : (fields[field] ?? field);
    return [
      {
        name,
        value:
          field === 'text' ? <p class="statement">{value}</p> : valueInWords(context, field, value),
      },
    ];
  });
}

/** What a correction changes, beside what is on record now, and what the record said first. */
function Corrected(props: {
  readonly context: DeskContext;
  readonly shown: ShownCase;
  readonly record: TreatyRecord | null;
}): VNode | null {
  const { context, shown, record } = props;
  const { correction } = context.said;
  const { content } = shown.file;
  const found = record?.actions.find(({ first }) => first.action === content.action);
  if (found === undefined) return null;
  const changes = Object.entries(content.changes ?? {});
  return (
    <>
      <p>
        <strong>{correction.action}</strong>:{' '}
        <a href={inLanguage(`/actions/${found.first.action}`, context.language)}>
          {actionLine(context, found)}
        </a>
      </p>
      {changes.length > 0 && (
        <DataTable
          language={context.language}
          caption={correction.caption}
          columns={[
            {
              key: 'field',
              label: correction.field,
              kind: 'heading',
              cell: ([field]) => correction.fields[field] ?? field,
            },
            {
              key: 'now',
              label: correction.now,
              cell: ([field]) => (
                <span class="was">
                  {valueInWords(context, field, found.current[field as keyof ActionRecorded])}
                </span>
              ),
            },
            {
              key: 'should',
              label: correction.should,
              cell: ([field, value]) => <strong>{valueInWords(context, field, value)}</strong>,
            },
          ]}
          rows={changes}
        />
      )}
    </>
  );
}

/** The fields of cases about the register itself. */
function factsOfContent(context: DeskContext, { file }: ShownCase): Fact[] {
  const { correction, form } = context.said;
  const { content } = file;
  const text = content.text == null ? null : <p class="statement">{content.text}</p>;
  return [
    {
      name: form.participant,
      value:
        content.action == null &&
        content.participant &&
        valueInWords(context, 'participant', content.participant),
    },
    {
      name: correction.fields['date'] ?? '',
      value: content.date && valueInWords(context, 'date', content.date),
    },
    { name: correction.rectification, value: content.rectification },
    { name: correction.fields['text'] ?? '', value: text },
    { name: correction.days, value: content.daysForObjections },
    { name: correction.reason, value: content.reason },
    { name: correction.corrects, value: content.corrects },
    { name: form.overrideReason, value: content.overrideReason },
  ];
}

function factsOfForm(context: DeskContext, { file }: ShownCase): Fact[] {
  const { answers } = context.said.form;
  return formItemsOf(file.kind, file.content).map((item) => {
    const given = file.content.form?.[item.id];
    const answer = given === undefined ? '' : (answers[given.answer] ?? given.answer);
    const remark = given?.remark ?? '';
    return {
      name: item[context.language],
      value: answer === '' ? '—' : remark === '' ? answer : `${answer}: ${remark}`,
    };
  });
}

function Hands(props: { readonly context: DeskContext; readonly shown: ShownCase }): VNode {
  const { context, shown } = props;
  const { file } = shown;
  const { check } = context.said;
  const hand = (by: { name: string; at: string } | null) =>
    by && (
      <>
        {by.name}, <InstantText instant={by.at} language={context.language} />
      </>
    );
  return (
    <Facts
      facts={[
        { name: check.prepared, value: hand(file.opened) },
        { name: check.submittedBy, value: hand(file.submitted) },
        { name: check.approvedBy, value: hand(file.approved) },
        { name: check.position, value: file.outcome?.position },
      ]}
    />
  );
}
