import { expect, it } from '@jest/globals';
import { renderDocument } from '#pages';
import { calendarDate } from '#treaty';
import { actionsView, notificationsView, participantsView, treatiesView } from '#views';
import { homePage } from './home-page.tsx';

it('leads to being told only where subscriptions are taken', () => {
  const states = {
    treaties: treatiesView.initial(),
    actions: actionsView.initial(),
    participants: participantsView.initial(),
    notifications: notificationsView.initial(),
  };
  const links = (takesSubscriptions: boolean): string[] => {
    const context = {
      language: 'fr',
      address: '/?lang=fr',
      origin: '',
      takesSubscriptions,
    } as const;
    const page = renderDocument(homePage(states, calendarDate('2026-11-24'))(context));
    return page.match(/href="\/subscriptions[^"]*"/g) ?? [];
  };
  expect(links(true)).toStrictEqual(Array<string>(2).fill('href="/subscriptions?lang=fr"'));
  expect(links(false)).toStrictEqual([]);
});
