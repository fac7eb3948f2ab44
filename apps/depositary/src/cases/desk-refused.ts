import { Problem, type ProblemMapper } from '#http';
import type { InEveryLanguage } from '#pages';
import type { FormFault } from './due-form.ts';

export type DeskRefusalKind = 'not-found' | 'moved' | 'rule' | 'fields';

/** Refusals of the desk itself, for which its pages have words that say what stands on the page. */
export type DeskCode =
  | 'four-eyes'
  | 'case-version-moved'
  | 'case-not-in-state'
  | 'case-incomplete'
  | 'outcome-moved'
  | 'publication-time'
  | 'blank-reason'
  | 'nothing-to-record'
  | 'unknown-document'
  | 'document-already-there'
  | 'draft-version-moved'
  | 'notification-issued';

/** One thing that the law has against what a case holds, at its field; its French sentence is for pages alone. */
export interface LawFault extends FormFault {
  readonly detailFr: string;
  readonly code: string;
  readonly article: string | null;
  readonly overridable: boolean;
}

interface More {
  readonly field?: string | undefined;
  readonly faults?: readonly (FormFault | LawFault)[];
}

/** What the desk refuses, in one sentence: for a person to read and a program to branch on. */
export class DeskRefused extends Error {
  readonly kind: DeskRefusalKind;
  /** Stable, kebab-case. */
  readonly code: string;
  /** The sentence in French; null where the pages have words of their own for the code. */
  readonly inFrench: string | null;
  readonly field: string | undefined;
  readonly faults: readonly (FormFault | LawFault)[];

  /** A refusal that pages have words for; `sentence` is what programs get. */
  constructor(kind: DeskRefusalKind, code: DeskCode, sentence: string, more?: More);
  /** Any other refusal: its sentence in every language, so that no page shows it in another one. */
  constructor(kind: DeskRefusalKind, code: string, said: InEveryLanguage<string>, more?: More);
  constructor(
    kind: DeskRefusalKind,
    code: string,
    said: string | InEveryLanguage<string>,
    more: More = {},
  ) {
    super(typeof said === 'string' ? said : said.en);
    this.kind = kind;
    this.code = code;
    this.inFrench = typeof said === 'string' ? null : said.fr;
    this.field = more.field;
    this.faults = more.faults ?? [];
  }
}

const problemCodes = {
  'not-found': 'not-found',
  moved: 'conflict',
  rule: 'refused-by-rule',
  fields: 'invalid-fields',
} as const;

/** A fault without the words that only pages show. */
const forPrograms = (fault: FormFault | LawFault): object => {
  if (!('detailFr' in fault)) return fault;
  const { detailFr: _detailFr, ...rest } = fault;
  return rest;
};

/** The desk's refusals as problem details. */
export const deskProblems: ProblemMapper = (error) => {
  if (!(error instanceof DeskRefused)) return null;
  return new Problem(problemCodes[error.kind], error.message, {
    refusal: error.code,
    detailFr: error.inFrench ?? undefined,
    field: error.field ?? error.faults[0]?.field,
    errors: error.faults.length === 0 ? undefined : error.faults.map(forPrograms),
  });
};
