import { Problem, type ProblemMapper } from '#http';
import type { FormFault } from './due-form.ts';

export type DeskRefusalKind = 'not-found' | 'moved' | 'rule' | 'fields';

/** What the desk refuses, in one sentence: for a person to read and a program to branch on. */
export class DeskRefused extends Error {
  readonly kind: DeskRefusalKind;
  /** Stable, kebab-case. */
  readonly code: string;
  readonly field: string | undefined;
  readonly faults: readonly FormFault[];

  constructor(
    kind: DeskRefusalKind,
    code: string,
    sentence: string,
    more: { readonly field?: string | undefined; readonly faults?: readonly FormFault[] } = {},
  ) {
    super(sentence);
    this.kind = kind;
    this.code = code;
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

/** The desk's refusals as problem details. */
export const deskProblems: ProblemMapper = (error) => {
  if (!(error instanceof DeskRefused)) return null;
  return new Problem(problemCodes[error.kind], error.message, {
    refusal: error.code,
    field: error.field ?? error.faults[0]?.field,
    errors: error.faults.length === 0 ? undefined : error.faults,
  });
};
