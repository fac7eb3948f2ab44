import type { ComponentChildren, VNode } from 'preact';
import { DataTable, dateInWords, Facts, Notice, StatusMark, componentWords } from '#pages';
import type { StatusRow } from '#treaty';
import type { CasePreview, TreatySide } from '../cases/case-preview.ts';
import type { LegalClock } from '../cases/legal-clocks.ts';
import type { NotificationWords } from '../notifications/draft-notification.ts';
import { kindIn, participantInWords } from './case-words.tsx';
import { nameOf, saidOf, type DeskContext } from './desk-context.ts';

interface Shown {
  readonly context: DeskContext;
  readonly preview: CasePreview;
}

/** All that approving a case would do, the most telling first. */
export function PreviewOfCase({ context, preview }: Shown): VNode {
  const { check } = context.said;
  return (
    <>
      <Outcome context={context} preview={preview} />
      <RowsBeforeAndAfter context={context} preview={preview} />
      <h3>{check.clocks}</h3>
      <Clocks context={context} clocks={preview.clocks} />
      <h3>{check.notification}</h3>
      {preview.notifications.length === 0 ? (
        <p>{check.noNotifications}</p>
      ) : (
        <p class="quiet">{check.number}</p>
      )}
      {preview.notifications.map((words, index) => (
        <details key={index} open={preview.notifications.length < 4}>
          <summary>
            <strong>{check.notificationOf(index + 1, preview.notifications.length)}</strong>:{' '}
            {words.subject[context.language]}
          </summary>
          <Circulated context={context} words={words} />
        </details>
      ))}
      {preview.notifications.length > 0 && <Recipients context={context} preview={preview} />}
    </>
  );
}

/** What changes, in figures: `39 → 40`, and the date that follows. */
function Outcome({ context, preview }: Shown): VNode {
  const { check, clocks } = context.said;
  const { before, after } = preview;
  const required = after.entryIntoForce.required;
  const of = required === null || required === undefined ? '' : ` / ${required}`;
  const { date } = after.entryIntoForce;
  const isMet = before.entryIntoForce.state === 'pending' && date !== undefined;
  return (
    <>
      {isMet && (
        <Notice tone="warn" title={check.met}>
          <p>
            {clocks['entry-into-force']}: <strong>{dateInWords(date, context.language)}</strong>
          </p>
        </Notice>
      )}
      <ul class="outcome">
        <Change
          name={check.count}
          before={before.entryIntoForce.counted}
          after={after.entryIntoForce.counted}
          ending={of}
          same={check.same}
        />
        <Force context={context} before={before} after={after} />
        <Change
          name={check.signatories}
          before={before.totals.signatories}
          after={after.totals.signatories}
          same={check.same}
        />
        <Change
          name={check.contracting}
          before={before.totals.contractingStates}
          after={after.totals.contractingStates}
          same={check.same}
        />
        <Change
          name={check.parties}
          before={before.totals.parties}
          after={after.totals.parties}
          same={check.same}
        />
      </ul>
    </>
  );
}

function Change(props: {
  readonly name: string;
  readonly before: number;
  readonly after: number;
  readonly ending?: string;
  readonly same: string;
}): VNode {
  const { name, before, after, ending = '', same } = props;
  return before === after ? (
    <li class="same">
      {name}
      <b>
        {after}
        {ending}
      </b>
      <span class="quiet small">{same}</span>
    </li>
  ) : (
    <li>
      {name}
      <b>
        {before} → {after}
        {ending}
      </b>
    </li>
  );
}

function Force(props: {
  readonly context: DeskContext;
  readonly before: TreatySide;
  readonly after: TreatySide;
}): VNode {
  const { context, before, after } = props;
  const { language, said } = context;
  const { forceStates } = componentWords[language];
  const inWords = ({ entryIntoForce: { state, date } }: TreatySide): string =>
    date === undefined
      ? forceStates[state]
      : saidOf(context, forceStates[state], dateInWords(date, language));
  const [was, is] = [inWords(before), inWords(after)];
  const { article } = after.entryIntoForce;
  return (
    <li class={was === is ? 'same' : undefined}>
      {said.check.force}
      {article === null ? '' : ` (art. ${article})`}
      {was !== is && <span class="quiet"> {was} →</span>}
      <b>{is}</b>
      {was === is && <span class="quiet small">{said.check.same}</span>}
    </li>
  );
}

/** One row of the status table in words. */
export function StatusRowInWords(props: {
  readonly context: DeskContext;
  readonly row: StatusRow | null;
}): VNode {
  const { context, row } = props;
  const { language, said } = context;
  if (row === null) return <span class="quiet">{said.check.noRow}</span>;
  const lines: string[] = [];
  const written = (date: string): string => dateInWords(date, language);
  if (row.signature !== undefined)
    lines.push(saidOf(context, kindIn(context, row.signature.kind), written(row.signature.date)));
  if (row.consent !== undefined)
    lines.push(
      saidOf(context, kindIn(context, row.consent.kind), written(row.consent.dateOfDeposit)),
    );
  if (row.partyFrom !== undefined)
    lines.push(saidOf(context, said.clocks['party-from'], written(row.partyFrom)));
  if (row.withdrawal !== undefined)
    lines.push(
      `${kindIn(context, row.withdrawal.kind)}: ${written(row.withdrawal.dateOfReceipt)}${row.withdrawal.effectFrom === null ? '' : ` → ${written(row.withdrawal.effectFrom)}`}`,
    );
  for (const { kind, date, state } of row.statements ?? [])
    lines.push(`${kindIn(context, kind)}: ${written(date)}${state === 'withdrawn' ? ' ✕' : ''}`);
  for (const { territory, applies } of row.territories ?? [])
    lines.push(`${territory}: ${applies ? '✓' : '✕'}`);
  return (
    <span>
      <StatusMark status={row.status} language={language} />
      {lines.map((line) => (
        <span class="under" key={line}>
          {line}
        </span>
      ))}
    </span>
  );
}

function RowsBeforeAndAfter({ context, preview }: Shown): VNode | null {
  const { check, correction } = context.said;
  if (preview.changed.length === 0) return null;
  return (
    <DataTable
      language={context.language}
      caption={check.rows}
      columns={[
        {
          key: 'participant',
          label: correction.fields['participant'] ?? '',
          kind: 'heading',
          cell: (row) => participantInWords(context, row.participant),
        },
        {
          key: 'before',
          label: check.before,
          cell: (row) => <StatusRowInWords context={context} row={row.before} />,
        },
        {
          key: 'after',
          label: check.after,
          cell: (row) => <StatusRowInWords context={context} row={row.after} />,
        },
      ]}
      rows={preview.changed}
    />
  );
}

/** A legal clock in words: whose, what, when. */
export function clockInWords(context: DeskContext, clock: LegalClock): string {
  const what = context.said.clocks[clock.kind];
  return clock.participant === null
    ? what
    : saidOf(context, nameOf(context, clock.participant), what);
}

function Clocks(props: {
  readonly context: DeskContext;
  readonly clocks: readonly LegalClock[];
}): VNode {
  const { context, clocks } = props;
  if (clocks.length === 0) return <p>{context.said.check.noClocks}</p>;
  return (
    <Facts
      facts={clocks.map((clock) => ({
        name: clockInWords(context, clock),
        value:
          clock.date === null
            ? context.said.todo.noDate
            : dateInWords(clock.date, context.language),
      }))}
    />
  );
}

/** A notification's words in both languages, side by side. */
export function Circulated(props: {
  readonly context: DeskContext;
  readonly words: Pick<NotificationWords, 'subject' | 'text'>;
}): VNode {
  const { context, words } = props;
  const { notice } = context.said;
  const inOne = (language: 'en' | 'fr', label: string): VNode => (
    <article class="circulated" lang={language} aria-label={label}>
      <p class="eyebrow" lang={context.language}>
        {label}
      </p>
      <p class="subject">{words.subject[language]}</p>
      {paragraphsOf(words.text[language])}
    </article>
  );
  return (
    <div class="beside">
      {inOne('en', notice.english)}
      {inOne('fr', notice.french)}
    </div>
  );
}

const paragraphsOf = (text: string): ComponentChildren =>
  text.split(/\n\s*\n/).map((paragraph, index) => <p key={index}>{paragraph}</p>);

function Recipients({ context, preview }: Shown): VNode {
  const { check } = context.said;
  const { recipients } = preview;
  return (
    <details>
      <summary>{check.recipients(recipients.length)}</summary>
      <ul class="columns">
        {recipients.map(({ code, name, nameFr, because }) => (
          <li key={code}>
            {context.language === 'fr' ? nameFr : name}
            {because === 'acted' && <span class="quiet"> ({check.acted})</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
