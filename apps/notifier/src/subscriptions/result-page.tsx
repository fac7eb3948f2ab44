import type { ComponentChildren, VNode } from 'preact';
import { Button, componentWords, inLanguage, Notice, type Language, type Tone } from '#pages';
import { Sentence, SubscriptionFrame, type SubscriptionPage } from './frame.tsx';
import { FilterInWords, type Shown } from './filter-in-words.tsx';
import { subscriptionWords } from './words.ts';

/** Something to copy, in a box of its own, with a button where scripts run. */
export function Copied(props: {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly text: string;
  readonly language: Language;
}): VNode {
  const { id, label, hint, text, language } = props;
  const { copy, copied } = componentWords[language];
  return (
    <div class="copied">
      <h3>{label}</h3>
      {hint !== undefined && <p class="hint">{hint}</p>}
      <pre id={id} tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <button
        type="button"
        class="second only-with-script"
        data-copies={id}
        data-copied={copied}
        aria-label={`${copy}: ${label}`}
      >
        {copy}
      </button>
    </div>
  );
}

/** What came of a form, with the link and the secret that are shown only now. */
export function ResultPage(
  page: SubscriptionPage &
    Shown & {
      readonly sentence: string;
      /** What else was done. */
      readonly also: string | null;
      /** The whole address that opens the subscription; null where it comes by mail. */
      readonly link: string | null;
      readonly secret: string | null;
    },
): VNode {
  const { language, row, mac, sentence, also, link, secret } = page;
  const said = subscriptionWords[language].result;
  const title =
    row.state === 'active'
      ? said.active
      : row.channel === 'mail'
        ? said.askedByMail
        : said.notVerified;
  return (
    <SubscriptionFrame {...page} title={title}>
      <h1>{title}</h1>
      <Notice tone={row.state === 'active' ? 'good' : 'warn'} alert>
        <p>
          <Sentence text={sentence} />
        </p>
        {also !== null && <p>{also}</p>}
      </Notice>
      {link !== null && secret !== null && (
        <section class="once" aria-labelledby="once">
          <h2 id="once">{said.once}</h2>
          <p>{said.onceLead}</p>
          <Copied
            id="subscription-link"
            label={said.link}
            hint={said.linkHint}
            text={link}
            language={language}
          />
          <Copied
            id="subscription-secret"
            label={mac === 'v1a' ? said.publicKey : said.secret}
            text={secret}
            language={language}
          />
        </section>
      )}
      {link !== null && (
        <p>
          {/* Below the register's own origin, whatever the link to keep says of it. */}
          <a class="button" href={inLanguage(pathOf(link), language)}>
            {said.open}
          </a>
        </p>
      )}
      <h2>{said.wanted}</h2>
      <FilterInWords {...page} since={false} />
    </SubscriptionFrame>
  );
}

function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** A page that asks before it does something: a program that only follows links changes nothing. */
export function AskPage(
  page: SubscriptionPage & {
    readonly title: string;
    readonly lead: string;
    /** The address to which the answer is sent. */
    readonly action: string;
    readonly button: string;
    readonly danger?: boolean;
    /** What may be done instead. */
    readonly instead?: ComponentChildren;
    /** What it is about. */
    readonly children?: ComponentChildren;
  },
): VNode {
  const { title, lead, action, button, danger = false, instead, children } = page;
  return (
    <SubscriptionFrame {...page}>
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      {children}
      <form method="post" action={action} class="buttons">
        <Button look={danger ? 'danger' : 'first'}>{button}</Button>
      </form>
      {instead !== undefined && <p>{instead}</p>}
    </SubscriptionFrame>
  );
}

/** What was done, where nothing is left to be shown of the subscription; and the way to subscribe. */
export function DonePage(
  page: SubscriptionPage & {
    readonly title: string;
    readonly sentence: string;
    readonly tone: Tone;
    /** Whether the way to subscribe again is shown. */
    readonly again: boolean;
  },
): VNode {
  const { language, title, sentence, tone, again } = page;
  return (
    <SubscriptionFrame {...page}>
      <h1>{title}</h1>
      <Notice tone={tone}>
        <p>{sentence}</p>
      </Notice>
      {again && (
        <p>
          <a href={inLanguage('/subscriptions', language)}>
            {subscriptionWords[language].result.another}
          </a>
        </p>
      )}
    </SubscriptionFrame>
  );
}

/** Nothing is opened by the link. */
export function UnknownPage(
  page: SubscriptionPage & { readonly what: 'subscription' | 'contact' },
): VNode {
  const { unknown, unknownContact } = subscriptionWords[page.language];
  const isContact = page.what === 'contact';
  const { title, lead } = isContact ? unknownContact : unknown;
  return <DonePage {...page} title={title} sentence={lead} tone="warn" again={!isContact} />;
}
