import type { Decision, TreatyCommand } from './commands.ts';
import type { TreatyEvent } from './events.ts';
import type { TreatyRecord } from './record.ts';

/** What a document is to the action that it is attached to. */
export const documentRoles = [
  'instrument',
  'full-powers',
  'translation',
  'reservation',
  'note-verbale',
  'proces-verbal',
  'other',
] as const;
export type DocumentRole = (typeof documentRoles)[number];

/** A document as the ledger knows it: by its digest. The document itself is kept elsewhere. */
export interface AttachedDocument {
  /** Of its bytes, 64 hexadecimal digits. */
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  readonly role: DocumentRole;
  /** Language of the document, ISO 639-1; null when not told. */
  readonly language: string | null;
}

/**
 * The depositary holds these documents of an action, and whoever has one can check it by its digest. It does
 * not mean that they are public, nor that what they say was examined as to substance.
 */
export interface DocumentsAttached {
  readonly type: 'documentsAttached';
  readonly treaty: string;
  /** null: of the treaty itself, such as a procès-verbal of rectification. */
  readonly action: string | null;
  readonly documents: readonly AttachedDocument[];
}

/** What a command may bring along: recorded with its events or not at all. */
export interface WithDocuments {
  readonly documents?: readonly AttachedDocument[] | undefined;
}

/** Documents of one action on record. */
function held(record: TreatyRecord, action: string | null): readonly AttachedDocument[] {
  return action === null
    ? record.documents
    : (record.actions.find(({ first }) => first.action === action)?.documents ?? []);
}

/**
 * A decision with the documents that came with its command: one more event after those of the fact, so that
 * one append holds both. Documents that are on record already add nothing.
 */
export function withDocuments(
  decision: Decision,
  command: TreatyCommand,
  record: TreatyRecord,
): Decision {
  if (!('documents' in command) || command.documents === undefined) return decision;
  if (decision.outcome === 'refused') return decision;
  const events: readonly TreatyEvent[] = decision.outcome === 'events' ? decision.events : [];
  const action =
    decision.outcome === 'unchanged'
      ? decision.action
      : (events.flatMap((event) => ('action' in event ? [event.action] : []))[0] ?? null);
  const known = new Set(held(record, action).map(({ sha256 }) => sha256));
  const documents = command.documents.filter(({ sha256 }) => !known.has(sha256));
  if (documents.length === 0) return decision;
  const { treaty } = command;
  return {
    outcome: 'events',
    events: [...events, { type: 'documentsAttached', treaty, action, documents }],
  };
}
