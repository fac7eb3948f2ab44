import type { FastifyRequest } from 'fastify';
import { numberParameter, oneValue, Problem } from '#http';
import { calendarDate, isCalendarDate, type CalendarDate } from '#treaty';
import type { Cursor, LazyAnswer, ListPage } from '#views';
import { pageIn, type PageOfAnswer } from './pages/with-page.ts';
import { answerVersion, type Answer, type PageMaker } from './queries/answer.ts';

/** Rows on a page when nothing is asked, and at most. */
const usualRows = 100;
const mostRows = 1000;

/** `?limit=100&cursor=...` of a list to which rows are only added: its cursor is that of its views. */
export function pageOf(query: Readonly<Record<string, unknown>>): {
  readonly limit: number;
  readonly cursor: string | null;
} {
  return { limit: limitOf(query), cursor: oneValue('cursor', query['cursor']) ?? null };
}

const limitOf = (query: Readonly<Record<string, unknown>>): number =>
  numberParameter('limit', query['limit'], { from: 1, to: mostRows }) ?? usualRows;

export interface ListPageAsked {
  readonly limit: number;
  readonly cursor: Cursor | null;
}

/** `?limit=100&cursor=...`: the cursor is what the page before gave as `next`, for the same list and order. */
export function listPageOf(
  query: Readonly<Record<string, unknown>>,
  list: string,
  sort: string,
): ListPageAsked {
  const cursor = oneValue('cursor', query['cursor']);
  return {
    limit: limitOf(query),
    cursor: cursor === undefined ? null : cursorOf(cursor, list, sort),
  };
}

/** A cursor as it is written in an address: opaque, and read back only for its own list and order. */
export function writeCursor({ key, asOf, asKnownAt }: Cursor, list: string, sort: string): string {
  const text = JSON.stringify([cursorVersion, list, sort, key, asOf, asKnownAt]);
  return Buffer.from(text).toString('base64url');
}

const cursorVersion = 1;

/** @throws Problem `invalid-parameter` for anything that was not given out for this list and order */
function cursorOf(text: string, list: string, sort: string): Cursor {
  const held = readJson(text);
  if (Array.isArray(held)) {
    const [version, ofList, ofSort, key, asOf, asKnownAt] = held as unknown[];
    if (
      version === cursorVersion &&
      ofList === list &&
      ofSort === sort &&
      isKey(key) &&
      (asOf === null || isCalendarDate(asOf)) &&
      typeof asKnownAt === 'string' &&
      /^(\d{1,19}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.test(asKnownAt)
    )
      return { key, asOf: asOf === null ? null : calendarDate(asOf), asKnownAt };
  }
  throw new Problem(
    'invalid-parameter',
    'cursor: give the "next" of the page before as it is, with the same sort; or leave it out to begin again.',
    {
      field: 'cursor',
      detailFr:
        'cursor : donnez tel quel le « next » de la page précédente, avec le même tri ; ou omettez-le pour recommencer.',
    },
  );
}

const isKey = (value: unknown): value is (string | number)[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.length <= 4 &&
  value.every((part) => typeof part === 'string' || typeof part === 'number');

function readJson(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
}

/** The times of a page: those of the walk that it belongs to, where it is not the first. */
export function timesOfPage<Times extends { asOf: CalendarDate; asKnownAt: string | null }>(
  times: Times,
  cursor: Cursor | null,
): Times {
  if (cursor === null) return times;
  return { ...times, asOf: cursor.asOf ?? times.asOf, asKnownAt: cursor.asKnownAt };
}

/** A page as an answer, with its next page as a link (RFC 8288). */
export function withLinks(
  request: FastifyRequest,
  page: (LazyAnswer & PageOfAnswer & { readonly next: string | null }) | null,
): Answer | null {
  if (page === null) return null;
  return {
    key: [answerVersion, request.url, page.revision].join('\n'),
    body: page.body,
    headers: { Link: linksOf(request, page.next) },
    ...pageIn(page),
  };
}

/** The links to the first and the next page. */
function linksOf(request: FastifyRequest, next: string | null): string {
  const to = (cursor: string | null): string => {
    const address = new URL(request.url, 'http://register.invalid');
    address.searchParams.delete('cursor');
    if (cursor !== null) address.searchParams.set('cursor', cursor);
    return `${address.pathname}${address.search}`;
  };
  const first = `<${to(null)}>; rel="first"`;
  return next === null ? first : `${first}, <${to(next)}>; rel="next"`;
}

/** How a page of a list is shown to people. */
export interface ListShown {
  readonly show: (body: () => object) => PageMaker;
  /** What it shows beyond the answer. */
  readonly revision?: string;
}

/** A page of a list as an answer, with the first and the next page as links (RFC 8288). */
export function listAnswer(
  request: FastifyRequest,
  list: string,
  sort: string,
  page: ListPage | null,
  { show, revision = '' }: ListShown,
): Answer | null {
  if (page === null) return null;
  const next = page.next === null ? null : writeCursor(page.next, list, sort);
  const body = (): object => page.body([...page.rows()], next);
  return {
    key: [answerVersion, request.url, page.revision].join('\n'),
    body,
    headers: { Link: linksOf(request, next) },
    page: show(body),
    pageRevision: revision,
  };
}
