import type { VNode } from 'preact';
import type { CalendarDate, CirculatedText } from '#treaty';
import { dateInWords } from './wording.ts';

/** What a notification shows, issued or not yet. */
export interface ShownNotification {
  /** null while it is a draft. */
  readonly notification: string | null;
  readonly dateOfNotification: CalendarDate | null;
  readonly title: CirculatedText;
  readonly subject: CirculatedText;
  /** Paragraphs, a blank line between them. */
  readonly text: CirculatedText;
  readonly corrects: string | null;
}

const words = {
  en: { draft: 'Draft: no number yet', reference: 'Reference', corrects: 'Corrigendum to' },
  fr: { draft: 'Projet : sans numéro', reference: 'Référence', corrects: 'Rectificatif à' },
} as const;

/** A depositary notification as it is circulated: reference, treaty, subject, text, date. Escaped throughout. */
export function NotificationView({
  shown,
  language,
}: {
  readonly shown: ShownNotification;
  readonly language: 'en' | 'fr';
}): VNode {
  const { notification, dateOfNotification, title, subject, text, corrects } = shown;
  const said = words[language];
  return (
    <article class="notification" lang={language}>
      <p class="reference">
        {said.reference}
        {language === 'fr' ? ' : ' : ': '}
        <strong>{notification ?? said.draft}</strong>
      </p>
      <h1>{title[language]}</h1>
      <h2>{subject[language]}</h2>
      {corrects !== null && (
        <p>
          {said.corrects} <a href={`/notifications/${encodeURIComponent(corrects)}`}>{corrects}</a>
        </p>
      )}
      {text[language]
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim() !== '')
        .map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      {dateOfNotification !== null && (
        <p>
          <time dateTime={dateOfNotification}>{dateInWords(dateOfNotification)[language]}</time>
        </p>
      )}
    </article>
  );
}
