import type { VNode } from 'preact';
import {
  DataTable,
  DateText,
  StatusMark,
  componentWords,
  dateInWords,
  type Column,
  type Language,
} from '#pages';
import {
  participantOf,
  type CalendarDate,
  type ParticipantStatus,
  type PartyFromRule,
  type StatusRow,
} from '#treaty';
import type { StatusSort } from '#views';
import type { PageContext } from '../queries/answer.ts';
import { kindLetter, kindName } from './action-words.tsx';
import { actionPath, treatyPath, urlOf } from './links.ts';
import type { NameOf } from './names.ts';
import type { TreatyAbout } from './treaty-frame.tsx';
import { pageWords } from './words.ts';

const byStanding: readonly ParticipantStatus[] = [
  'party',
  'contracting-state',
  'signatory',
  'former-party',
  'none',
];

/** What the heads of the table sort it by; the address takes `date` too. */
const sortable: readonly string[] = ['name', 'status', 'signature', 'consent', 'partyFrom'];

/** Rows in the order asked for, by the names that the page shows; rows without a date come last either way. */
export function sortedRows(
  rows: readonly StatusRow[],
  sort: StatusSort,
  nameOf: NameOf,
  language: Language,
): readonly StatusRow[] {
  const descending = sort.startsWith('-');
  const order = sort.replace(/^-/, '');
  const { compare } = new Intl.Collator(language);
  const keyOf = ({ status, signature, consent, partyFrom }: StatusRow): string => {
    const keys: Readonly<Record<string, string | undefined>> = {
      status: String(byStanding.indexOf(status)),
      date: consent?.dateOfDeposit ?? signature?.date,
      signature: signature?.date,
      consent: consent?.dateOfDeposit,
      partyFrom,
    };
    return keys[order] ?? '';
  };
  return rows
    .map((row) => ({ row, key: keyOf(row), name: nameOf(row.code) }))
    .toSorted((a, b) => {
      if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1;
      const by = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
      const turned = descending ? -1 : 1;
      return by === 0 ? compare(a.name, b.name) * (order === 'name' ? turned : 1) : by * turned;
    })
    .map(({ row }) => row);
}

interface About extends Pick<TreatyAbout, 'treaty' | 'link' | 'nameOf' | 'known' | 'times'> {
  readonly language: Language;
}

/** The status table: one row a participant, what ended and what was before included. */
export function StatusTable(props: {
  readonly about: TreatyAbout;
  readonly rows: readonly StatusRow[];
  readonly caption: string;
  readonly sort: string;
  /** null: a table of one row. */
  readonly sortHref: ((order: string) => string) | null;
}): VNode {
  const { about, rows, caption, sort, sortHref } = props;
  const { language } = about.context;
  return (
    <DataTable
      id="status-table"
      language={language}
      caption={<strong>{caption}</strong>}
      columns={columnsOf({ ...about, language })}
      rows={rows}
      rowClass={({ status }) =>
        status === 'former-party' || status === 'none' ? 'ended' : undefined
      }
      rowId={({ code }) => `p-${code}`}
      {...(sortHref !== null && { sorting: { by: sort, keys: sortable, href: sortHref } })}
    />
  );
}

function columnsOf(about: About): readonly Column<StatusRow>[] {
  const { language } = about;
  const said = pageWords[language].status;
  return [
    {
      key: 'name',
      label: said.participant,
      kind: 'heading',
      cell: (row) => <Participant {...about} row={row} />,
    },
    {
      key: 'status',
      label: said.status,
      cell: (row) => (
        <span>
          <StatusMark status={row.status} language={language} />
          <Under lines={noticeLines(row, language)} />
        </span>
      ),
    },
    {
      key: 'signature',
      label: said.signature,
      cell: ({ signature }) =>
        signature && <Act {...about} {...signature} plain={signature.kind === 'signature'} />,
    },
    {
      key: 'consent',
      label: said.consent,
      cell: ({ consent }) =>
        consent && <Act {...about} {...consent} date={consent.dateOfDeposit} plain={false} />,
    },
    { key: 'partyFrom', label: said.partyFrom, cell: (row) => <InForce row={row} {...about} /> },
  ];
}

function Under({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <>
      {lines.map((line) => (
        <span key={line} class="under">
          {line}
        </span>
      ))}
    </>
  );
}

function Participant({ row, ...about }: About & { readonly row: StatusRow }): VNode {
  const { treaty, language, link, nameOf, known, times } = about;
  const said = pageWords[language].status;
  const names = (codes: readonly string[]): string => codes.map(nameOf).join(', ');
  const written = (date: CalendarDate): string => dateInWords(date, language);
  const ceased = participantOf(known.participants, row.code)?.until ?? null;
  const lines = [
    ...(ceased === null || ceased > times.asOf ? [] : [said.dissolved(written(ceased))]),
    ...(row.predecessors === undefined ? [] : [said.predecessors(names(row.predecessors))]),
    ...(row.successors === undefined ? [] : [said.successors(names(row.successors))]),
    ...(row.provisionalApplicationFrom === undefined
      ? []
      : [
          said.provisional(
            written(row.provisionalApplicationFrom),
            row.provisionalApplicationUntil === undefined
              ? null
              : written(row.provisionalApplicationUntil),
          ),
        ]),
    ...(row.territories ?? []).map(({ territory, applies, since }) =>
      (applies ? said.applies : said.doesNotApply)(territory, written(since)),
    ),
  ];
  const { statements = [] } = row;
  return (
    <>
      <a href={link(treatyPath(treaty, `participants/${row.code}`))}>{nameOf(row.code)}</a>
      <Under lines={lines} />
      {statements.length > 0 && (
        <a class="under" href={`#statements-${row.code}`}>
          {said.statements(statements.length)}
        </a>
      )}
    </>
  );
}

function noticeLines({ withdrawal }: StatusRow, language: Language): readonly string[] {
  if (withdrawal === undefined) return [];
  const { kind, dateOfReceipt, effectFrom } = withdrawal;
  const effect = effectFrom === null ? null : dateInWords(effectFrom, language);
  const said = pageWords[language].status;
  return [
    said.noticeReceived(kindName(kind, language), dateInWords(dateOfReceipt, language), effect),
  ];
}

function Act(
  props: About & {
    readonly kind: Parameters<typeof kindName>[0];
    readonly date: CalendarDate;
    readonly action: string;
    readonly plain: boolean;
  },
): VNode {
  const { kind, date, action, plain, language, link } = props;
  const letter = kindLetter(kind);
  return (
    <span>
      <a href={link(actionPath(action), { asOf: null, asKnownAt: null })}>
        <DateText date={date} language={language} />
      </a>
      {!plain && (
        <span class="under">
          {kindName(kind, language)}
          {letter !== '' && ` (${letter})`}
        </span>
      )}
    </span>
  );
}

function InForce({ row, language }: About & { readonly row: StatusRow }): VNode | null {
  const said = pageWords[language].status;
  const { partyFrom, partyUntil, partyFromRule, earlier = [] } = row;
  const written = (date: CalendarDate | null): string | null =>
    date === null ? null : dateInWords(date, language);
  const lines = [
    ...(partyUntil === undefined ? [] : [said.until(dateInWords(partyUntil, language))]),
    ...ruleLines(partyFromRule, language),
    ...earlier.map((one) => said.earlier(written(one.partyFrom), written(one.partyUntil))),
  ];
  if (partyFrom === undefined && lines.length === 0) return null;
  return (
    <span>
      <DateText date={partyFrom} language={language} />
      <Under lines={lines} />
    </span>
  );
}

/** Which clause gave the date, or why an official one stands in its place. */
function ruleLines(rule: PartyFromRule | undefined, language: Language): readonly string[] {
  if (rule === undefined) return [];
  const said = pageWords[language].status;
  const { clause, article, reason, computedDate } = rule;
  const computed = computedDate === undefined ? null : dateInWords(computedDate, language);
  if (reason !== undefined) return [said.official(reason, computed)];
  const line = said.clauses[clause]?.(article === null ? '' : said.article(article)) ?? '';
  return line === '' ? [] : [line];
}

/** Narrows the table: a form that works by itself, and that filters while one types where scripts run. */
export function StatusFilter(props: {
  readonly context: PageContext;
  readonly action: string;
  readonly status: ParticipantStatus | null;
  readonly name: string;
  readonly told: string;
}): VNode {
  const { context, action, status, name, told } = props;
  const { language } = context;
  const said = pageWords[language].status;
  const { searchParams } = urlOf(context);
  return (
    <form method="get" action={action} class="filters" role="search" data-filters="status-table">
      {['lang', 'asOf', 'asKnownAt', 'sort'].map((parameter) => {
        const value = searchParams.get(parameter);
        return value !== null && <input type="hidden" name={parameter} value={value} />;
      })}
      <div class="field">
        <label for="name">{said.find}</label>
        <input id="name" name="name" type="search" value={name} maxLength={60} />
      </div>
      <div class="field">
        <label for="status">{said.only}</label>
        <select id="status" name="status">
          <option value="">{said.anyStatus}</option>
          {byStanding.map((one) => (
            <option key={one} value={one} selected={one === status}>
              {componentWords[language].statuses[one]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="second">
        {said.apply}
      </button>
      <span class="quiet figures" role="status" data-told>
        {told}
      </span>
    </form>
  );
}
