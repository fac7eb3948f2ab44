import { describe, expect, it } from '@jest/globals';
import { calendarDate } from '#treaty';
import { openCase, type CaseFile } from '../cases/case-file.ts';
import type { LegalClock } from '../cases/legal-clocks.ts';
import type { Role } from '../staff/permissions.ts';
import type { NotificationDraft } from '../notifications/notification-desk.ts';
import { worklist } from './worklist.ts';

const at = '2026-11-20T10:00:00.000Z';
const ana = { subject: 'ana@un', name: 'Ana' };
const opened = openCase('c', 'instrument', 'XVIII-16', { acts: [{ participant: 'FRA' }] }, ana, at);
const file = (id: string, change: Partial<CaseFile>): CaseFile => ({ ...opened, id, ...change });
const query = { question: 'q', askedBy: ana, askedAt: at, answer: null, answeredAt: null };
const cases = [
  file('draft', {}),
  file('back', { sentBack: { ...ana, at, reason: 'r' } }),
  file('asked', { state: 'queried', queries: [query] }),
  file('submitted', { state: 'submitted' }),
  file('of-bo', { state: 'submitted', editors: ['bo@un'] }),
  file('waiting', { state: 'scheduled', publishAt: '2026-12-01T09:00:00.000Z' }),
  file('closed', { state: 'closed' }),
];
const draft: NotificationDraft = {
  id: 'n1',
  version: 1,
  state: 'draft',
  treaty: 'XVIII-16',
  case: 'x',
  notification: null,
  changedAt: at,
  changedBy: 'register',
  subject: { en: '', fr: '' },
  text: { en: '', fr: '' },
  actions: [],
  announcesEntryIntoForce: null,
  corrects: null,
};
const clock = (date: string | null): LegalClock => ({
  kind: date === null ? 'confirmation-of-reservation' : 'objections-to-reservation',
  treaty: 'XVIII-16',
  participant: 'CHL',
  action: 'a',
  date: date === null ? null : calendarDate(date),
});
const clocks = [clock('2026-12-24'), clock('2026-12-25'), clock(null)];

const listOf = (subject: string, roles: readonly Role[]): string[] =>
  worklist({
    cases,
    drafts: [draft],
    clocks,
    officer: { subject, roles },
    today: calendarDate('2026-11-24'),
    days: 30,
  }).map(({ task, case: of, draft: words, clock: runs, due }) =>
    [task, of ?? words ?? runs?.kind, ...(runs === null ? [] : [due])].join(' '),
  );

describe('what must I do today', () => {
  it('for an approver: what others prepared, notifications, clocks within the days asked', () => {
    expect(listOf('bo@un', ['approver'])).toStrictEqual([
      'approve submitted',
      'issue-notification x',
      'clock confirmation-of-reservation ',
      'clock objections-to-reservation 2026-12-24',
      'await-answer asked',
      'await-publication waiting',
      'await-approval of-bo',
    ]);
  });

  it('for a recorder: own drafts, what came back, what is waited for; nothing of others', () => {
    expect(listOf('ana@un', ['recorder'])).toStrictEqual([
      'clock confirmation-of-reservation ',
      'clock objections-to-reservation 2026-12-24',
      'mend-sent-back back',
      'finish-draft draft',
      'await-answer asked',
      'await-publication waiting',
      'await-approval submitted',
    ]);
    expect(listOf('cy@un', ['recorder'])).toStrictEqual([
      'clock confirmation-of-reservation ',
      'clock objections-to-reservation 2026-12-24',
      'await-publication waiting',
    ]);
  });

  it('never asks anyone with both roles to approve what they prepared', () => {
    const tasks = listOf('ana@un', ['recorder', 'approver']);
    expect(tasks).toContain('approve of-bo');
    expect(tasks).not.toContain('approve submitted');
  });
});
