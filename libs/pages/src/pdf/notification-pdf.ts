import { dateInWords } from '../dates.tsx';
import type { InEveryLanguage, Language } from '../language.ts';
import { PdfDocument } from './pdf-document.ts';

/** A depositary notification as a document needs it, issued or still a draft. */
export interface NotificationDocument {
  /** null: a draft, which has no number and no date. */
  readonly notification: string | null;
  readonly dateOfNotification: string | null;
  readonly treaty: string;
  readonly title: string;
  readonly depositary: string | null;
  readonly subject: string;
  /** Paragraphs, an empty line between them. */
  readonly text: string;
  readonly corrects: string | null;
  /** Numbers of those that correct it. */
  readonly correctedBy: readonly string[];
  /** The instant of its issue, or of the draft's last change. */
  readonly madeFrom: string;
}

const words: InEveryLanguage<{
  readonly notification: string;
  readonly draft: string;
  readonly reference: string;
  readonly treaty: string;
  readonly corrects: string;
  readonly correctedBy: string;
  readonly author: string;
}> = {
  en: {
    notification: 'Depositary notification',
    draft: 'DRAFT: not issued, not to be circulated',
    reference: 'Reference',
    treaty: 'Treaty',
    corrects: 'Corrects',
    correctedBy: 'Corrected by',
    author: 'The depositary',
  },
  fr: {
    notification: 'Notification dépositaire',
    draft: 'PROJET : non émis, à ne pas communiquer',
    reference: 'Référence',
    treaty: 'Traité',
    corrects: 'Rectifie',
    correctedBy: 'Rectifiée par',
    author: 'Le dépositaire',
  },
};

/** What the file of an issued notification is called: `C.N.1.2026.TREATIES-XVIII.16-fr.pdf`. */
export const notificationFileName = (notification: string, language: Language): string =>
  `${notification.replace(/[^A-Za-z0-9.-]+/g, '-')}-${language}.pdf`;

/** A depositary notification as a tagged PDF, in one of the languages in which it is circulated. */
export function notificationPdf(
  document: NotificationDocument,
  language: Language,
): Promise<Buffer> {
  const said = words[language];
  const { notification, dateOfNotification, treaty, title, subject } = document;
  const reference = notification ?? said.draft;
  const author = document.depositary ?? said.author;
  const pdf = new PdfDocument({
    title: `${reference}: ${subject}`,
    language,
    author,
    madeFrom: document.madeFrom,
    foot: reference,
  });
  pdf.paragraph(author, 'quiet');
  pdf.heading(1, said.notification);
  if (notification === null) pdf.paragraph(said.draft, 'strong');
  pdf.facts([
    ...(notification === null ? [] : ([[said.reference, notification]] as const)),
    ...(dateOfNotification === null
      ? []
      : ([['Date', dateInWords(dateOfNotification, language)]] as const)),
    [said.treaty, `${title} (${treaty})`],
    ...(document.corrects === null ? [] : ([[said.corrects, document.corrects]] as const)),
    ...(document.correctedBy.length === 0
      ? []
      : ([[said.correctedBy, document.correctedBy.join(', ')]] as const)),
  ]);
  pdf.heading(2, subject);
  pdf.paragraph(document.text);
  return pdf.finish();
}
