import type { LazyAnswer } from '#views';
import type { Answer, PageMaker } from '../queries/answer.ts';

/** What an answer for people adds to one for programs. */
export type PageOfAnswer = Pick<Answer, 'page' | 'pageRevision'>;

/** An answer with the page that shows it. `revision` is what the page shows beyond the answer. */
export function withPage<Found extends LazyAnswer>(
  found: Found | null,
  page: PageMaker,
  revision = '',
): (Found & PageOfAnswer) | null {
  return found === null ? null : { ...found, page, pageRevision: revision };
}

/** The page of what was found, for the answer made from it. */
export function pageIn({ page, pageRevision }: PageOfAnswer): PageOfAnswer {
  return {
    ...(page !== undefined && { page }),
    ...(pageRevision !== undefined && { pageRevision }),
  };
}
