import {
  mergedContent,
  type CaseContent,
  type CaseDocument,
  type CaseKind,
} from './case-content.ts';
import type { DeskCode } from './desk-refused.ts';

/**
 * `draft`: being prepared; `queried`: a question is with the State; `submitted`: waits for a second officer;
 * `scheduled`: approved, and kept from the ledger until its time; `approved`: being recorded; `recorded`: in the
 * ledger, its notification not issued; `closed`: nothing is left to do; `withdrawn`: given up, with a reason.
 */
export const caseStates = [
  'draft',
  'queried',
  'submitted',
  'scheduled',
  'approved',
  'recorded',
  'closed',
  'withdrawn',
] as const;
export type CaseState = (typeof caseStates)[number];

/** An officer as a case remembers one. */
export interface Hand {
  readonly subject: string;
  readonly name: string;
}

/** A question to the State about its instrument, until it answers (in doubt the State is asked, never judged). */
export interface StateQuery {
  readonly question: string;
  readonly askedBy: Hand;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** What became of an approved case in the ledger. */
export interface CaseOutcome {
  readonly actions: readonly string[];
  readonly position: string | null;
  readonly recordedAt: string;
  /** Drafts of the notifications that are due. */
  readonly drafts: readonly string[];
}

/** One instrument received, from its arrival until its notification is out. Outside the ledger throughout. */
export interface CaseFile {
  readonly id: string;
  /** Raised by every change: a change names the one it was made on. */
  readonly version: number;
  readonly state: CaseState;
  readonly kind: CaseKind;
  readonly treaty: string;
  readonly content: CaseContent;
  readonly documents: readonly CaseDocument[];
  readonly opened: Hand & { readonly at: string };
  /** Subjects of all who prepared what the case now holds: none of them approves it. */
  readonly editors: readonly string[];
  readonly submitted: (Hand & { readonly at: string }) | null;
  readonly approved: (Hand & { readonly at: string; readonly version: number }) | null;
  /** Not in the ledger, so not public, before this instant; null: as soon as it is approved. */
  readonly publishAt: string | null;
  /** Why it came back last. */
  readonly sentBack:
    | (Hand & {
        readonly at: string;
        readonly reason: string;
        /** Where the register itself wrote the reason: the same in French. */
        readonly reasonFr?: string;
      })
    | null;
  readonly queries: readonly StateQuery[];
  readonly outcome: CaseOutcome | null;
  readonly withdrawnBecause: string | null;
}

export type CaseChange =
  | { readonly type: 'edit'; readonly content: CaseContent }
  | { readonly type: 'attach'; readonly document: CaseDocument }
  | { readonly type: 'detach'; readonly sha256: string }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'answer'; readonly answer: string }
  | { readonly type: 'submit' }
  | { readonly type: 'approve'; readonly publishAt: string | null }
  | { readonly type: 'send-back'; readonly reason: string }
  | { readonly type: 'look-again'; readonly reason: string; readonly reasonFr?: string }
  | { readonly type: 'begin' }
  | { readonly type: 'record'; readonly outcome: CaseOutcome }
  | { readonly type: 'close' }
  | { readonly type: 'withdraw'; readonly reason: string };

export interface CaseRefusal {
  readonly code: DeskCode;
  readonly sentence: string;
  readonly field?: string;
}

export type CaseDecision =
  | { readonly outcome: 'changed'; readonly file: CaseFile }
  | { readonly outcome: 'refused'; readonly refusal: CaseRefusal };

/** A new case of a kind under a treaty. */
export function openCase(
  id: string,
  kind: CaseKind,
  treaty: string,
  content: CaseContent,
  by: Hand,
  at: string,
): CaseFile {
  return {
    id,
    version: 1,
    state: 'draft',
    kind,
    treaty,
    content,
    documents: [],
    opened: { ...by, at },
    editors: [by.subject],
    submitted: null,
    approved: null,
    publishAt: null,
    sentBack: null,
    queries: [],
    outcome: null,
    withdrawnBecause: null,
  };
}

/** In which states each change may come. */
const allowedIn: Readonly<Record<CaseChange['type'], readonly CaseState[]>> = {
  edit: ['draft', 'queried'],
  attach: ['draft', 'queried'],
  detach: ['draft', 'queried'],
  ask: ['draft', 'submitted'],
  answer: ['queried'],
  submit: ['draft'],
  approve: ['submitted'],
  'send-back': ['submitted', 'scheduled'],
  begin: ['scheduled'],
  'look-again': ['approved'],
  record: ['approved'],
  close: ['recorded'],
  withdraw: ['draft', 'queried', 'submitted', 'scheduled'],
};

const refused = (code: CaseRefusal['code'], sentence: string, field?: string): CaseDecision => ({
  outcome: 'refused',
  refusal: { code, sentence, ...(field !== undefined && { field }) },
});

const textOf = (change: CaseChange): { field: string; text: string } | null => {
  if ('reason' in change) return { field: 'reason', text: change.reason };
  if ('question' in change) return { field: 'question', text: change.question };
  return 'answer' in change ? { field: 'answer', text: change.answer } : null;
};

/**
 * What a change makes of a case. Pure. Every change names the version it was made on; on any other it is
 * refused, so of two officers at once one goes first and the other is told.
 */
export function changeCase(
  file: CaseFile,
  version: number,
  change: CaseChange,
  by: Hand,
  at: string,
): CaseDecision {
  if (version !== file.version)
    return refused(
      'case-version-moved',
      `The case is at version ${file.version} now, not ${version}: somebody changed it meanwhile; look at it again.`,
      'version',
    );
  if (!allowedIn[change.type].includes(file.state))
    return refused(
      'case-not-in-state',
      `The case is ${file.state}; this is for one that is ${allowedIn[change.type].join(' or ')}.`,
    );
  const words = textOf(change);
  if (words !== null && words.text.trim() === '')
    return refused(
      'blank-reason',
      'Say it in a sentence: the words are kept with the case.',
      words.field,
    );
  const next = changed(file, change, by, at);
  return 'code' in next
    ? { outcome: 'refused', refusal: next }
    : { outcome: 'changed', file: { ...next, version: file.version + 1 } };
}

const withEditor = (file: CaseFile, { subject }: Hand): readonly string[] =>
  file.editors.includes(subject) ? file.editors : [...file.editors, subject];

function changed(file: CaseFile, change: CaseChange, by: Hand, at: string): CaseFile | CaseRefusal {
  const { subject, name } = by;
  const hand = { subject, name, at };
  switch (change.type) {
    case 'edit':
      return {
        ...file,
        content: mergedContent(file.content, change.content),
        editors: withEditor(file, by),
      };
    case 'attach':
      if (file.documents.some(({ sha256 }) => sha256 === change.document.sha256))
        return {
          code: 'document-already-there',
          sentence: `The case holds this very document already, as ${change.document.sha256.slice(0, 12)}.`,
        };
      return {
        ...file,
        documents: [...file.documents, change.document],
        editors: withEditor(file, by),
      };
    case 'detach': {
      const documents = file.documents.filter(({ sha256 }) => sha256 !== change.sha256);
      if (documents.length === file.documents.length)
        return { code: 'unknown-document', sentence: 'The case has no document of this digest.' };
      return { ...file, documents, editors: withEditor(file, by) };
    }
    case 'ask':
      return {
        ...file,
        state: 'queried',
        queries: [
          ...file.queries,
          {
            question: change.question,
            askedBy: { subject, name },
            askedAt: at,
            answer: null,
            answeredAt: null,
          },
        ],
      };
    case 'answer':
      return {
        ...file,
        state: 'draft',
        editors: withEditor(file, by),
        queries: file.queries.map((query) =>
          query.answer === null ? { ...query, answer: change.answer, answeredAt: at } : query,
        ),
      };
    case 'submit':
      // Who submits says that it is ready, so vouches for it.
      return { ...file, state: 'submitted', submitted: hand, editors: withEditor(file, by) };
    case 'approve':
      return approved(file, change.publishAt, by, at);
    case 'send-back':
    case 'look-again':
      return sentBack(file, change, hand);
    case 'begin':
      // From here on nobody takes it back: the ledger may hold it already.
      return { ...file, state: 'approved' };
    case 'record':
      return { ...file, state: 'recorded', outcome: change.outcome };
    case 'close':
      return { ...file, state: 'closed' };
    case 'withdraw':
      return { ...backIn(file, 'withdrawn'), withdrawnBecause: change.reason };
  }
}

const backIn = (file: CaseFile, state: CaseState): CaseFile => ({
  ...file,
  state,
  approved: null,
  publishAt: null,
});

/** Back to who prepared it, or once more to who approves it. */
function sentBack(
  file: CaseFile,
  { type, ...why }: Extract<CaseChange, { type: 'send-back' | 'look-again' }>,
  hand: Hand & { readonly at: string },
): CaseFile {
  const state = type === 'send-back' ? 'draft' : 'submitted';
  return { ...backIn(file, state), sentBack: { ...hand, ...why } };
}

/** Four eyes: whoever prepared what is approved is another person, whatever roles anyone holds. */
function approved(
  file: CaseFile,
  publishAt: string | null,
  { subject, name }: Hand,
  at: string,
): CaseFile | CaseRefusal {
  if (file.editors.includes(subject))
    return {
      code: 'four-eyes',
      sentence:
        'You prepared or edited what is to be approved, so another officer approves it; this holds whatever roles you have.',
    };
  const embargoed = publishAt !== null && Date.parse(publishAt) > Date.parse(at);
  if (publishAt !== null && !embargoed)
    return {
      code: 'publication-time',
      sentence: `The time of publication, ${publishAt}, has passed; leave it out to publish at once, or give a later one.`,
      field: 'publishAt',
    };
  return {
    ...file,
    state: embargoed ? 'scheduled' : 'approved',
    approved: { subject, name, at, version: file.version },
    publishAt,
    sentBack: null,
  };
}

/** The name under which the ledger records an approved case once: the case and the version that was approved. */
export const recordingKeyOf = ({ id, approved }: CaseFile): string =>
  `case:${id}:${approved?.version ?? 0}`;

/** The name it would have, were it approved as it is. */
export const keyIfApproved = ({ id, version }: CaseFile): string => `case:${id}:${version}`;
