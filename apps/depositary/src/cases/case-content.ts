import type { AttachedDocument } from '#treaty';

/** What a case is about, and so which commands of the law it becomes. */
export const caseKinds = [
  'instrument',
  'ceremony',
  'correction',
  'annulment',
  'official-date',
  'rectification-proposal',
  'rectification-objection',
  'rectification-adoption',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** The fields of an act as an officer types them: any may be missing or not yet right in a draft. */
export interface ActDraft {
  readonly kind?: string | null;
  readonly participant?: string | null;
  /** The legal date: of signature, of deposit, of receipt of a notice. */
  readonly date?: string | null;
  readonly dateOfInstrument?: string | null;
  readonly dateOfReceipt?: string | null;
  readonly dateOfEffect?: string | null;
  readonly place?: string | null;
  readonly text?: string | null;
  readonly territory?: string | null;
  readonly relatesTo?: string | null;
  readonly predecessor?: string | null;
  readonly note?: string | null;
  readonly source?: string | null;
  readonly overrideReason?: string | null;
}

/** An answer to an item of the checklist for due and proper form. */
export interface FormAnswer {
  /** `yes`, `no`, `not-applicable`, or one of the item's own choices. */
  readonly answer: string;
  readonly remark?: string | null;
}

/** What a case holds while it is prepared. Which fields count depends on the kind of the case. */
export interface CaseContent {
  /** Of an instrument: the act, then the statements that came with it. Of a ceremony: every signature. */
  readonly acts?: readonly ActDraft[];
  /** The action that is corrected or annulled. */
  readonly action?: string | null;
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly reason?: string | null;
  readonly overrideReason?: string | null;
  readonly participant?: string | null;
  readonly date?: string | null;
  readonly rectification?: string | null;
  readonly text?: string | null;
  readonly daysForObjections?: number | null;
  /** The notification that a corrigendum corrects. */
  readonly corrects?: string | null;
  /** One notification for each act, or one for all. */
  readonly notify?: 'each' | 'grouped';
  readonly form?: Readonly<Record<string, FormAnswer>>;
}

/** A document of a case: what the ledger will hold of it, and who brought it. */
export interface CaseDocument extends AttachedDocument {
  readonly uploadedBy: string;
  readonly uploadedAt: string;
}

/** The content with some fields changed: answers of the checklist one by one, everything else as given. */
export function mergedContent(content: CaseContent, changes: CaseContent): CaseContent {
  const form = { ...content.form, ...changes.form };
  return { ...content, ...changes, ...(Object.keys(form).length > 0 && { form }) };
}
