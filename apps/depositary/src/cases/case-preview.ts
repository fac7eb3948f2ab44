import { createHash } from 'node:crypto';
import type { TogetherPreview } from '#ledger';
import {
  entryIntoForceOf,
  statusOf,
  type AnswerOptions,
  type EntryIntoForce,
  type Refusal,
  type Status,
  type StatusRow,
  type TreatyEvent,
  type TreatyRecord,
} from '#treaty';
import { draftNotifications, type NotificationWords } from '../notifications/draft-notification.ts';
import type { CaseContent } from './case-content.ts';
import { entitledOn, type Recipient } from './entitled.ts';
import { legalClocks, startedClocks, type LegalClock } from './legal-clocks.ts';

/** The treaty as its page shows it, before or after. */
export interface TreatySide {
  readonly totals: Status['totals'];
  readonly entryIntoForce: Pick<
    EntryIntoForce,
    'state' | 'date' | 'counted' | 'required' | 'missing' | 'article'
  >;
}

/** One row of the status table before and after. */
export interface ChangedRow {
  readonly participant: string;
  readonly before: StatusRow | null;
  readonly after: StatusRow | null;
}

/** What one act or command of the case would do, after those before it. */
export interface RowOutcome {
  readonly index: number;
  readonly outcome: 'events' | 'unchanged' | 'refused';
  readonly refusals: readonly Refusal[];
  readonly counted: number;
}

/** All that approving a case would do. Two previews with one digest have one outcome. */
export interface CasePreview {
  readonly treaty: string;
  /** Of the treaty when it was looked at; an approval names it. */
  readonly revision: number | null;
  readonly digest: string;
  readonly outcome: 'recorded' | 'unchanged' | 'refused';
  readonly rows: readonly RowOutcome[];
  readonly before: TreatySide;
  readonly after: TreatySide;
  readonly changed: readonly ChangedRow[];
  readonly clocks: readonly LegalClock[];
  readonly notifications: readonly NotificationWords[];
  readonly recipients: readonly Recipient[];
}

interface Side {
  readonly record: TreatyRecord;
  readonly status: Status;
  readonly force: EntryIntoForce;
  readonly shown: TreatySide;
}

function sideOf(record: TreatyRecord, preview: TogetherPreview, options: AnswerOptions): Side {
  const status = statusOf(record, preview.participants, options);
  const force = entryIntoForceOf(record, preview.participants, options);
  const { state, date, counted, required, missing, article } = force;
  const entryIntoForce = {
    state,
    ...(date !== undefined && { date }),
    counted,
    required,
    missing,
    article,
  };
  return { record, status, force, shown: { totals: status.totals, entryIntoForce } };
}

function changedRows(before: Status, after: Status): ChangedRow[] {
  const was = new Map(before.participants.map((row) => [row.code, row]));
  const is = new Map(after.participants.map((row) => [row.code, row]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((participant): ChangedRow[] => {
    const rows = { before: was.get(participant) ?? null, after: is.get(participant) ?? null };
    const same = JSON.stringify(rows.before) === JSON.stringify(rows.after);
    return same ? [] : [{ participant, ...rows }];
  });
}

/** Events without the ids that they get when recorded: what they say. */
const saying = (event: TreatyEvent): object => ({ ...event, action: null, rectification: null });

/**
 * Whether two previews have the same outcome: what is recorded, every refusal, the counts and the dates of
 * entry into force. Names and texts of notifications follow from these.
 */
function digestOf(
  preview: TogetherPreview,
  rows: readonly RowOutcome[],
  after: TreatySide,
): string {
  const events = preview.rows.flatMap(({ decision }) =>
    decision.outcome === 'events' ? decision.events.map(saying) : [],
  );
  const seen = { events, rows, totals: after.totals, entryIntoForce: after.entryIntoForce };
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 22);
}

/** The whole preview of a case, from what the ledger would do. Pure. */
export function previewOfCase(
  treaty: string,
  preview: TogetherPreview,
  content: Pick<CaseContent, 'notify' | 'corrects'>,
  options: AnswerOptions,
): CasePreview {
  const before = sideOf(preview.before, preview, options);
  const after = sideOf(preview.after, preview, options);
  const { participants } = preview;
  const rows = preview.rows.map(({ decision, after: record }, index): RowOutcome => ({
    index,
    outcome: decision.outcome,
    refusals: decision.outcome === 'refused' ? decision.refusals : [],
    counted:
      preview.rows.length === 1
        ? after.shown.entryIntoForce.counted
        : entryIntoForceOf(record, participants, options).counted,
  }));
  const refused = rows.some(({ outcome }) => outcome === 'refused');
  const recorded = rows.some(({ outcome }) => outcome === 'events');
  return {
    treaty,
    revision: preview.revision,
    digest: digestOf(preview, rows, after.shown),
    outcome: refused ? 'refused' : recorded ? 'recorded' : 'unchanged',
    rows,
    before: before.shown,
    after: after.shown,
    changed: changedRows(before.status, after.status),
    clocks: startedClocks(
      legalClocks(preview.before, participants, options, before),
      legalClocks(preview.after, participants, options, after),
    ),
    notifications: draftNotifications(preview.rows, {
      participants,
      options,
      notify: content.notify ?? 'each',
      corrects: content.corrects ?? null,
    }),
    recipients: entitledOn(preview.after, participants, options.asOf),
  };
}
