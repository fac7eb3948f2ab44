import type { ComponentChildren, VNode } from 'preact';
import {
  assetAddress,
  Breadcrumbs,
  ErrorSummary,
  inLanguage,
  Layout,
  PublicFoot,
  publicNavigation,
  type FormFault,
  type Language,
} from '#pages';
import { subscriptionWords } from './words.ts';

/** What every page about subscriptions is made for. */
export interface SubscriptionPage {
  readonly language: Language;
  /** An address at which this page, or the one that led to it, is shown in another language. */
  readonly address: string;
}

/** A sentence in which what stands between backticks is code. */
export function Sentence({ text }: { readonly text: string }): VNode {
  return (
    <>{text.split('`').map((part, index) => (index % 2 === 0 ? part : <code>{part}</code>))}</>
  );
}

/** The frame of the pages about subscriptions: that of the public pages, at no moment in time. */
export function SubscriptionFrame(
  props: SubscriptionPage & {
    readonly title: string;
    /** Whether this is the page that the section leads to. */
    readonly first?: boolean;
    readonly faults?: readonly FormFault[];
    readonly children: ComponentChildren;
  },
): VNode {
  const { language, address, title, first = false, faults = [], children } = props;
  const said = subscriptionWords[language];
  return (
    <Layout
      language={language}
      title={faults.length > 0 ? `${said.error}: ${title}` : title}
      address={address}
      navigation={publicNavigation({
        language,
        link: (path) => inLanguage(path, language),
        current: 'subscriptions',
        takesSubscriptions: true,
      })}
      head={<link rel="stylesheet" href={assetAddress('subscribe.css')} />}
      modules={['enhance.js', 'subscribe.js']}
      footer={<PublicFoot language={language} />}
    >
      <Breadcrumbs
        language={language}
        trail={[
          { label: said.home, href: inLanguage('/', language) },
          ...(first ? [] : [{ label: said.short, href: inLanguage('/subscriptions', language) }]),
        ]}
      />
      <ErrorSummary language={language} faults={faults} />
      {children}
    </Layout>
  );
}
