import { describe, expect, it } from '@jest/globals';
import { calendarDate } from './calendar-date.ts';
import {
  decideNotification,
  emptySeries,
  evolveSeries,
  notificationNumber,
  type IssueNotification,
} from './depositary-notifications.ts';

const today = calendarDate('2026-11-25');
const nothingEarlier = (): boolean => false;
const command = (draft: string, more: Partial<IssueNotification> = {}): IssueNotification => ({
  treaty: 'XVIII-16',
  subject: { en: 'Mauritius: Signature', fr: 'Maurice : Signature' },
  text: {
    en: 'The above action was effected on 19 November 2025.',
    fr: "L'action susmentionnée a été effectuée le 19 novembre 2025.",
  },
  actions: ['a'],
  announcesEntryIntoForce: null,
  corrects: null,
  draft,
  ...more,
});

describe('numbers of depositary notifications', () => {
  it('are written as the Secretary-General writes them', () => {
    // The notification that opened the Convention against Cybercrime for signature.
    expect(notificationNumber('XVIII-16', 196, 2025)).toBe('C.N.196.2025.TREATIES-XVIII.16');
    expect(notificationNumber('XXVI-8-a', 3, 2026)).toBe('C.N.3.2026.TREATIES-XXVI.8.a');
  });

  it('follow each other within a year, whatever the treaty', () => {
    let series = emptySeries(2026);
    const numbers = ['d1', 'd2', 'd3'].map((draft, index) => {
      const treaty = index === 1 ? 'XVIII-14' : 'XVIII-16';
      const decision = decideNotification(
        command(draft, { treaty }),
        series,
        today,
        nothingEarlier,
      );
      if (decision.outcome !== 'issued') throw new Error(decision.outcome);
      series = evolveSeries(series, decision.event);
      return decision.event.notification;
    });
    expect(numbers).toStrictEqual([
      'C.N.1.2026.TREATIES-XVIII.16',
      'C.N.2.2026.TREATIES-XVIII.14',
      'C.N.3.2026.TREATIES-XVIII.16',
    ]);
  });

  it('are given once for a draft', () => {
    const first = decideNotification(command('d'), emptySeries(2026), today, nothingEarlier);
    if (first.outcome !== 'issued') throw new Error(first.outcome);
    const series = evolveSeries(emptySeries(2026), first.event);
    expect(decideNotification(command('d'), series, today, nothingEarlier)).toStrictEqual({
      outcome: 'unchanged',
      event: first.event,
    });
  });
});

describe('a notification is refused', () => {
  it('without its French or its English', () => {
    const decision = decideNotification(
      command('d', { text: { en: 'The above action was effected.', fr: ' ' } }),
      emptySeries(2026),
      today,
      nothingEarlier,
    );
    expect(decision).toMatchObject({
      outcome: 'refused',
      refusals: [{ code: 'incomplete-notification', field: 'text' }],
    });
  });

  it('when it corrects one that was never issued', () => {
    const corrigendum = command('d', { corrects: 'C.N.9.2026.TREATIES-XVIII.16' });
    expect(decideNotification(corrigendum, emptySeries(2026), today, nothingEarlier)).toMatchObject(
      { outcome: 'refused', refusals: [{ code: 'unknown-notification' }] },
    );
    expect(decideNotification(corrigendum, emptySeries(2026), today, () => true)).toMatchObject({
      outcome: 'issued',
      event: { corrects: 'C.N.9.2026.TREATIES-XVIII.16' },
    });
  });
});
