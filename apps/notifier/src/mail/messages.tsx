import type { VNode } from 'preact';
import { renderDocument, type InEveryLanguage, type Language } from '#pages';
import { actionOfEvent } from '#treaty';
import type { ViewStates } from '#views';
import { followsFromElsewhere, type Occurrence } from '../occurrences/occurrence.ts';
import { sentenceOf } from '../words/sentences.ts';
import type { Message } from './mail-sender.ts';
import { notificationOf, type Attached } from './official-documents.ts';

/** Where a subscriber of mail goes: addresses that hold its own tokens. */
export interface Links {
  readonly confirm: string;
  readonly manage: string;
  readonly unsubscribe: string;
}

interface MailWords {
  readonly register: string;
  readonly confirmSubject: string;
  readonly confirm: string;
  readonly confirmLink: string;
  readonly ignore: string;
  readonly digest: (count: number) => string;
  readonly why: string;
  readonly manage: string;
  readonly unsubscribe: string;
  readonly read: string;
  readonly leftOut: string;
  /** What stands before a list or an address. */
  readonly colon: string;
}

const words: InEveryLanguage<MailWords> = {
  en: {
    register: 'The Treaty Ledger',
    confirmSubject: 'Confirm your subscription',
    confirm: 'Somebody, we hope you, asked for notices about treaties to be sent to this address.',
    confirmLink: 'Confirm the subscription',
    ignore:
      'If it was not you, do nothing: you will get nothing more, and the request is erased in three days.',
    digest: (count) => `${count} ${count === 1 ? 'notice' : 'notices'} about treaties`,
    why: 'You get this because you subscribed.',
    manage: 'Change or pause the subscription',
    unsubscribe: 'Unsubscribe',
    read: 'Read it in the register',
    leftOut: 'The official document is not attached, the message would be too large; it is here',
    colon: ':',
  },
  fr: {
    register: 'Le registre des traités',
    confirmSubject: 'Confirmez votre abonnement',
    confirm:
      'Quelqu’un, vous sans doute, a demandé que des avis sur des traités soient envoyés à cette adresse.',
    confirmLink: 'Confirmer l’abonnement',
    ignore:
      'Si ce n’est pas vous, ne faites rien : vous ne recevrez rien d’autre et la demande sera effacée dans trois jours.',
    digest: (count) => `${count} avis sur des traités`,
    why: 'Vous recevez ce message parce que vous vous êtes abonné.',
    manage: 'Modifier ou suspendre l’abonnement',
    unsubscribe: 'Se désabonner',
    read: 'Lire dans le registre',
    leftOut: 'Le document officiel n’est pas joint, le message serait trop volumineux ; il est ici',
    colon: ' :',
  },
};

/** A message without the address it goes to. */
export type Body = Omit<Message, 'to' | 'id'>;

/** The HTML of a message, which is a page of its own. */
export const document = (language: Language, title: string, content: VNode): string =>
  renderDocument(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
      </head>
      <body>{content}</body>
    </html>,
  );

/** The message that asks whether the subscription is wanted: the only one before it is. */
export function confirmationMessage(language: Language, { confirm }: Pick<Links, 'confirm'>): Body {
  const said = words[language];
  return {
    subject: `${said.register}: ${said.confirmSubject}`,
    text: `${said.confirm}\n\n${said.confirmLink}:\n${confirm}\n\n${said.ignore}\n`,
    html: document(
      language,
      said.confirmSubject,
      <div>
        <p>{said.confirm}</p>
        <p>
          <a href={confirm}>{said.confirmLink}</a>
        </p>
        <p>{said.ignore}</p>
      </div>,
    ),
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** Headers of a message that nobody wrote by hand, and that one click ends (RFC 8058). */
export const unsubscribedBy = (link: string): Readonly<Record<string, string>> => ({
  'Auto-Submitted': 'auto-generated',
  'List-Unsubscribe': `<${link}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

export interface Noticed {
  readonly language: Language;
  readonly states: ViewStates;
  readonly source: string;
  readonly links: Links;
  readonly attached: Attached;
}

/** The message about one occurrence, or the digest of several, with the documents of notifications. */
export function noticeMessage(
  occurrences: readonly [Occurrence, ...Occurrence[]],
  { language, states, source, links, attached }: Noticed,
): Body {
  const said = words[language];
  const notices = occurrences.map((occurrence) => {
    const notification = notificationOf(occurrence);
    const isLeftOut = notification !== null && attached.leftOut.has(notification);
    return {
      sentence: sentenceOf(occurrence, states, language),
      link: linkOf(occurrence, source, language),
      document: isLeftOut ? documentAt(notification, source, language) : null,
    };
  });
  const [first] = occurrences;
  const subject =
    occurrences.length === 1
      ? sentenceOf(first, states, language, 'number')
      : said.digest(occurrences.length);
  const lines = notices.map(
    ({ sentence, link, document: pdf }) =>
      `* ${sentence}\n  ${link}${pdf === null ? '' : `\n  ${said.leftOut}${said.colon}\n  ${pdf}`}`,
  );
  return {
    subject: subject.slice(0, 250),
    text: `${lines.join('\n\n')}\n\n-- \n${said.why}\n${said.manage}: ${links.manage}\n${said.unsubscribe}: ${links.unsubscribe}\n`,
    html: document(
      language,
      subject,
      <div>
        <ul>
          {notices.map(({ sentence, link, document: pdf }) => (
            <li>
              <p>{sentence}</p>
              <p>
                <a href={link}>{said.read}</a>
              </p>
              {pdf !== null && (
                <p>
                  <a href={pdf}>{said.leftOut}</a>
                </p>
              )}
            </li>
          ))}
        </ul>
        <hr />
        <p>
          {said.why} <a href={links.manage}>{said.manage}</a> ·{' '}
          <a href={links.unsubscribe}>{said.unsubscribe}</a>
        </p>
      </div>,
    ),
    headers: {
      ...unsubscribedBy(links.unsubscribe),
      'List-Id': `${said.register} <notices.treaty-ledger.invalid>`,
    },
    attachments: attached.attachments,
  };
}

function linkOf(occurrence: Occurrence, source: string, language: Language): string {
  const { treaty, recorded } = occurrence;
  // Another treaty's action does not show what follows from it here.
  const action = followsFromElsewhere(occurrence) ? null : actionOfEvent(recorded?.event ?? {});
  const notification = notificationOf(occurrence);
  const path =
    action !== null
      ? `/actions/${encodeURIComponent(action)}`
      : notification !== null
        ? `/notifications/${encodeURIComponent(notification)}`
        : treaty === null
          ? '/participants'
          : `/treaties/${encodeURIComponent(treaty)}`;
  return `${source}${path}?lang=${language}`;
}

const documentAt = (notification: string, source: string, language: Language): string =>
  `${source}/notifications/${encodeURIComponent(notification)}.pdf?lang=${language}`;
