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
import type { CalendarDate, ParticipantStatus, StatusRow } from '#treaty';
import { kindLetter, kindName } from './action-words.tsx';
import { actionPath, treatyPath, type Link } from './links.ts';
import type { NameOf } from './names.ts';
import { pageWords } from './words.ts';

/** What the table can be sorted by; a minus turns the order round. */
export const statusOrders = ['name', 'status', 'signature', 'consent', 'partyFrom'] as const;
type Order = (typeof statusOrders)[number];

const byStanding: readonly ParticipantStatus[] = [
  'party',
  'contracting-state',
  'signatory',
  'former-party',
  'none',
];

/** Which rows are shown, and in which order. */
export interface StatusFilters {
  /** `name`, `-consent`, ... */
  readonly sort: string;
  readonly status: ParticipantStatus | null;
  /** Part of a name. */
  readonly find: string;
}

const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rows that were asked for, sorted; rows without a date come last either way. */
export function rowsShown(
  rows: readonly StatusRow[],
  { sort, status, find }: StatusFilters,
  nameOf: NameOf,
  language: Language,
): readonly StatusRow[] {
  const words = folded(find).split(/\s+/);
  const descending = sort.startsWith('-');
  const order = (descending ? sort.slice(1) : sort) as Order;
  const { compare } = new Intl.Collator(language);
  const keyOf = (row: StatusRow): string =>
    ({
      name: '',
      status: String(byStanding.indexOf(row.status)),
      signature: row.signature?.date ?? '',
      consent: row.consent?.dateOfDeposit ?? '',
      partyFrom: row.partyFrom ?? '',
    })[order];
  return rows
    .filter(
      (row) =>
        (status === null || row.status === status) &&
        words.every((word) => folded(nameOf(row.code)).includes(word)),
    )
    .map((row) => ({ row, key: keyOf(row), name: nameOf(row.code) }))
    .toSorted((a, b) => {
      if ((a.key === '') !== (b.key === '')) return a.key === '' ? 1 : -1;
      const by = a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
      const turned = descending ? -1 : 1;
      return by === 0 ? compare(a.name, b.name) * (order === 'name' ? turned : 1) : by * turned;
    })
    .map(({ row }) => row);
}

interface About {
  readonly treaty: string;
  readonly language: Language;
  readonly link: Link;
  readonly nameOf: NameOf;
}

/** The status table: one row a participant, what ended and what was before included. */
export function StatusTable(
  props: About & {
    readonly rows: readonly StatusRow[];
    readonly caption: string;
    readonly sort: string;
    readonly sortHref: (order: string) => string;
  },
): VNode {
  const { rows, caption, language, sort, sortHref } = props;
  return (
    <DataTable
      id="status-table"
      language={language}
      caption={<strong>{caption}</strong>}
      columns={columnsOf(props)}
      rows={rows}
      rowClass={({ status }) =>
        status === 'former-party' || status === 'none' ? 'ended' : undefined
      }
      rowId={({ code }) => `p-${code}`}
      sorting={{ by: sort, keys: statusOrders, href: sortHref }}
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

function Participant({ row, treaty, language, link, nameOf }: About & { row: StatusRow }): VNode {
  const said = pageWords[language].status;
  const names = (codes: readonly string[]): string => codes.map(nameOf).join(', ');
  const written = (date: CalendarDate): string => dateInWords(date, language);
  const lines = [
    ...(row.predecessors === undefined ? [] : [said.predecessors(names(row.predecessors))]),
    ...(row.successors === undefined ? [] : [said.successors(names(row.successors))]),
    ...(row.provisionalApplicationFrom === undefined
      ? []
      : [said.provisional(written(row.provisionalApplicationFrom))]),
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
    ...(partyFromRule?.reason === undefined ? [] : [said.official(partyFromRule.reason)]),
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

/** Narrows the table: a form that works by itself, and that filters while one types where scripts run. */
export function StatusFilter(props: {
  readonly language: Language;
  readonly action: string;
  readonly filters: StatusFilters;
  readonly carried: Readonly<Record<string, string>>;
  readonly told: string;
}): VNode {
  const { language, action, filters, carried, told } = props;
  const said = pageWords[language].status;
  return (
    <form method="get" action={action} class="filters" role="search" data-filters="status-table">
      {Object.entries(carried).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div class="field">
        <label for="find">{said.find}</label>
        <input id="find" name="find" type="search" value={filters.find} maxLength={60} />
      </div>
      <div class="field">
        <label for="status">{said.only}</label>
        <select id="status" name="status">
          <option value="">{said.anyStatus}</option>
          {byStanding.map((status) => (
            <option key={status} value={status} selected={status === filters.status}>
              {componentWords[language].statuses[status]}
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
