import type { VNode } from 'preact';
import { inLanguage, type Language } from '#pages';
import type { ViewStates } from '#views';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { FilterInWords } from './filter-in-words.tsx';
import { AskPage, DonePage } from './result-page.tsx';
import { subscriptionWords } from './words.ts';

/** What a link in mail asks. */
export type Use = 'confirm' | 'unsubscribe';

/** Asks whether a subscription is to begin, or to end; with what it is about, and without the address. */
export function MailLinkPage(props: {
  readonly use: Use;
  readonly language: Language;
  readonly states: ViewStates;
  readonly row: SubscriberRow;
  /** The page's own address, with the token of the link. */
  readonly address: string;
}): VNode {
  const { use, language, states, row, address } = props;
  const words = subscriptionWords[language];
  const { confirm, unsubscribe } = words;
  const said =
    use === 'confirm'
      ? { ...confirm, button: confirm.confirm, instead: confirm.not }
      : { ...unsubscribe, button: unsubscribe.unsubscribe };
  return (
    <AskPage
      language={language}
      address={address}
      title={said.title}
      lead={said.lead}
      action={inLanguage(address, language)}
      button={said.button}
      danger={use === 'unsubscribe'}
      instead={said.instead}
    >
      <FilterInWords {...{ language, states, row }} target={null} mac={null} />
    </AskPage>
  );
}

/** What was done by a link in mail. */
export function MailLinkDone(props: {
  readonly what: 'confirmed' | 'confirmed-already' | 'unsubscribed';
  readonly language: Language;
}): VNode {
  const { what, language } = props;
  const { confirm, unsubscribe } = subscriptionWords[language];
  const isEnd = what === 'unsubscribed';
  const title = isEnd
    ? unsubscribe.unsubscribed
    : what === 'confirmed'
      ? confirm.confirmed
      : confirm.already;
  return (
    <DonePage
      language={language}
      address="/subscriptions"
      title={title}
      sentence={isEnd ? unsubscribe.unsubscribedLead : confirm.confirmedLead}
      tone="good"
      again={isEnd}
    />
  );
}
