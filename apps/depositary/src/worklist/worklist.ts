import type { CaseFile, CaseState } from '../cases/case-file.ts';
import type { LegalClock } from '../cases/legal-clocks.ts';
import type { NotificationDraft } from '../notifications/notification-desk.ts';
import { isPermitted, type Role } from '../staff/permissions.ts';
import { addDays, type CalendarDate } from '#treaty';

/** Why something is on the list: what is to be done about it. */
export type Task =
  | 'finish-draft'
  | 'mend-sent-back'
  | 'await-answer'
  | 'approve'
  | 'await-approval'
  | 'await-publication'
  | 'await-ledger'
  | 'issue-notification'
  | 'clock';

export interface WorkItem {
  readonly task: Task;
  readonly treaty: string;
  readonly participant: string | null;
  readonly case: string | null;
  readonly draft: string | null;
  readonly clock: LegalClock | null;
  /** Since when it waits. */
  readonly since: string | null;
  /** When it is due: a calendar date, or for a publication an instant. */
  readonly due: string | null;
}

export interface WorklistInput {
  readonly cases: readonly CaseFile[];
  readonly drafts: readonly NotificationDraft[];
  readonly clocks: readonly LegalClock[];
  readonly officer: { readonly subject: string; readonly roles: readonly Role[] };
  readonly today: CalendarDate;
  /** How far ahead to look for clocks. */
  readonly days: number;
}

/** The states of cases that somebody still has to do something about. */
export const openStates: readonly CaseState[] = [
  'draft',
  'queried',
  'submitted',
  'scheduled',
  'approved',
];

const order: readonly Task[] = [
  'approve',
  'issue-notification',
  'clock',
  'mend-sent-back',
  'finish-draft',
  'await-answer',
  'await-publication',
  'await-ledger',
  'await-approval',
];

function taskOf(file: CaseFile, { officer }: WorklistInput): Task | null {
  const mine = file.editors.includes(officer.subject);
  switch (file.state) {
    case 'draft':
      if (!mine) return null;
      return file.sentBack === null ? 'finish-draft' : 'mend-sent-back';
    case 'queried':
      return mine || isPermitted(officer.roles, 'approve-cases') ? 'await-answer' : null;
    case 'submitted':
      if (mine) return 'await-approval';
      return isPermitted(officer.roles, 'approve-cases') ? 'approve' : null;
    case 'scheduled':
      return 'await-publication';
    case 'approved':
      return 'await-ledger';
    default:
      return null;
  }
}

/** What an officer must do today, the most pressing first. Pure: the day comes in. */
export function worklist(input: WorklistInput): WorkItem[] {
  const { cases, drafts, clocks, officer, today, days } = input;
  const horizon = addDays(today, days);
  const items: WorkItem[] = [];
  for (const file of cases) {
    const task = taskOf(file, input);
    if (task === null) continue;
    const query = file.queries.find(({ answer }) => answer === null);
    items.push({
      task,
      treaty: file.treaty,
      participant: file.content.acts?.[0]?.participant ?? file.content.participant ?? null,
      case: file.id,
      draft: null,
      clock: null,
      since: query?.askedAt ?? file.submitted?.at ?? file.opened.at,
      due: file.publishAt,
    });
  }
  if (isPermitted(officer.roles, 'issue-notifications'))
    for (const { id, treaty, case: of, changedAt } of drafts)
      items.push({
        task: 'issue-notification',
        treaty,
        participant: null,
        case: of,
        draft: id,
        clock: null,
        since: changedAt,
        due: null,
      });
  for (const clock of clocks) {
    // What waits for nobody's date is due now; the rest within the days asked for.
    if (clock.date !== null && clock.date > horizon) continue;
    items.push({
      task: 'clock',
      treaty: clock.treaty,
      participant: clock.participant,
      case: null,
      draft: null,
      clock,
      since: null,
      due: clock.date,
    });
  }
  const rank = ({ task }: WorkItem): number => order.indexOf(task);
  return items.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.due ?? a.since ?? '').localeCompare(b.due ?? b.since ?? '') ||
      a.treaty.localeCompare(b.treaty),
  );
}
