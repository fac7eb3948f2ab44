import type { VNode } from 'preact';
import { Button, Facts, Notice } from '#pages';
import { SubscriptionFrame, type SubscriptionPage } from '../subscriptions/frame.tsx';
import type { ToldBack } from '../subscriptions/manage-page.tsx';
import { StateTag } from '../subscriptions/state-tag.tsx';
import { contactWords } from './contact-words.ts';
import { mayResume, standingInWords, type WebhookStanding } from './webhook-standing.ts';

/** How a webhook stands, for its contact: what happened, the last failure, how far it was told, and a way to go on. */
export function ContactPage(
  page: SubscriptionPage & {
    readonly standing: WebhookStanding;
    /** Where the form goes that resumes deliveries. */
    readonly resume: string;
    /** What somebody just asked for, and what came of it. */
    readonly told: ToldBack | null;
  },
): VNode {
  const { language, standing, resume, told } = page;
  const said = contactWords[language];
  const { state, failingSince, subscription, host } = standing;
  return (
    <SubscriptionFrame {...page} title={said.title}>
      {told !== null && (
        <Notice tone={told.tone} alert>
          <p>{told.sentence}</p>
        </Notice>
      )}
      <h1>{said.title}</h1>
      <div class="state">
        <StateTag
          language={language}
          state={state}
          isFailing={state === 'active' && failingSince !== null}
        />
        {standingInWords(standing, language).map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {mayResume(standing) && (
        <form method="post" action={resume} class="buttons">
          <Button>{said.resume}</Button>
        </form>
      )}
      <Facts
        facts={[
          { name: said.host, value: <code class="long">{host}</code> },
          { name: said.subscription, value: <code class="long">{subscription}</code> },
        ]}
      />
    </SubscriptionFrame>
  );
}
