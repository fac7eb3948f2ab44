import { expect, it } from '@jest/globals';
import { renderToString } from 'preact-render-to-string';
import { calendarDate } from '#treaty';
import { NotificationView, type ShownNotification } from './notification-view.tsx';

const shown: ShownNotification = {
  notification: 'C.N.12.2026.TREATIES-XVIII.16',
  dateOfNotification: calendarDate('2026-11-25'),
  title: { en: 'Convention', fr: 'Convention' },
  subject: { en: 'Corrigendum', fr: 'Rectificatif' },
  text: { en: 'One.\n\nTwo <script>.', fr: 'Un.\n\nDeux.' },
  corrects: 'C.N.3.2026.TREATIES-XVIII.16',
};

it('shows a notification as circulated, its paragraphs apart and its words escaped', () => {
  expect(renderToString(<NotificationView shown={shown} language="en" />)).toBe(
    '<article class="notification" lang="en"><p class="reference">Reference: <strong>C.N.12.2026.TREATIES-XVIII.16</strong></p>' +
      '<h1>Convention</h1><h2>Corrigendum</h2>' +
      '<p>Corrigendum to <a href="/notifications/C.N.3.2026.TREATIES-XVIII.16">C.N.3.2026.TREATIES-XVIII.16</a></p>' +
      '<p>One.</p><p>Two &lt;script>.</p><p><time datetime="2026-11-25">25 November 2026</time></p></article>',
  );
});

it('says of a draft that it has no number, in the language asked', () => {
  const draft = { ...shown, notification: null, dateOfNotification: null, corrects: null };
  const html = renderToString(<NotificationView shown={draft} language="fr" />);
  expect(html).toContain('lang="fr"');
  expect(html).toContain('<strong>Projet : sans numéro</strong>');
  expect(html).not.toContain('<time');
});
