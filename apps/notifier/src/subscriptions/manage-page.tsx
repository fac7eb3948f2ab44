import type { VNode } from 'preact';
import { Button, inLanguage, InstantText, Notice, type Fact, type Tone } from '#pages';
import { ownFault } from '../engine/channel.ts';
import { patienceWithFailures } from '../engine/schedule.ts';
import { cloudEventTypes } from '../webhooks/cloud-event.ts';
import type { Filter } from '../subscribers/filter.ts';
import { ContactSection, type ShownContact } from './contact-section.tsx';
import { DeliveryLog, type LoggedDelivery } from './delivery-log.tsx';
import { Sentence, SubscriptionFrame, type SubscriptionPage } from './frame.tsx';
import { FilterInWords, type Shown } from './filter-in-words.tsx';
import { Copied } from './result-page.tsx';
import { StateTag } from './state-tag.tsx';
import { subscriptionWords, type SubscriptionWords } from './words.ts';

/** What somebody just asked for, and what came of it. */
export interface ToldBack {
  readonly tone: Tone;
  readonly sentence: string;
  /** Shown only now. */
  readonly secret?: string;
}

/** What the page of a subscription is made from. */
export interface Managed extends SubscriptionPage, Shown {
  /** How far it was told: a ledger position, and when what is there was recorded where that is known. */
  readonly toldUpTo: { readonly position: string; readonly recordedAt: string | null };
  readonly deliveries: readonly LoggedDelivery[];
  readonly told: ToldBack | null;
  /** What is wrong with one of the forms, with what was typed. */
  readonly wrong: {
    readonly form: 'replay' | 'contact';
    readonly typed: string;
    readonly sentence: string;
  } | null;
  /** Null: nobody, or it is no webhook. */
  readonly contact: ShownContact | null;
  readonly mailOffered: boolean;
  /** The address of one of the subscription's doings, with the token. */
  readonly doing: (what: string) => string;
}

/** A subscription as who holds its token sees it: what it is about, how it stands, what can be done. */
export function ManagePage(page: Managed): VNode {
  const { language, told, wrong, deliveries, states } = page;
  const said = subscriptionWords[language].manage;
  const faults =
    wrong === null
      ? []
      : [
          {
            field: wrong.form === 'contact' ? 'contact' : fieldOf(wrong.typed),
            sentence: wrong.sentence,
          },
        ];
  return (
    <SubscriptionFrame {...page} title={said.title} faults={faults}>
      {told !== null && <Told {...page} told={told} />}
      <h1>{said.title}</h1>
      <State {...page} />
      <FilterInWords {...page} more={progress(page)} />
      <h2>{said.doings}</h2>
      <Doings {...page} />
      {page.row.channel === 'webhook' && (page.mailOffered || page.contact !== null) && (
        <ContactSection {...page} wrong={wrong?.form === 'contact' ? wrong : null} />
      )}
      <h2>{said.deliveries}</h2>
      <DeliveryLog language={language} states={states} deliveries={deliveries} />
    </SubscriptionFrame>
  );
}

function Told({ language, mac, told }: Managed & { readonly told: ToldBack }): VNode {
  const { result } = subscriptionWords[language];
  const { tone, sentence, secret } = told;
  return (
    <>
      <Notice tone={tone} alert>
        <p>
          <Sentence text={sentence} />
        </p>
      </Notice>
      {secret !== undefined && (
        <section class="once">
          <p>{result.newSecretLead}</p>
          <Copied
            id="subscription-secret"
            label={mac === 'v1a' ? result.publicKey : result.secret}
            text={secret}
            language={language}
          />
        </section>
      )}
    </>
  );
}

type Name = keyof SubscriptionWords['manage']['states'];

/** Unconfirmed subscriptions are erased so long after they were made; milliseconds. */
const pendingFor = 3 * 24 * 3_600_000;

/** In what state it is, why, and what to do. */
function State(page: Managed): VNode {
  const { language, row } = page;
  const said = subscriptionWords[language].manage;
  const name: Name = row.state === 'active' && row.attempts > 0 ? 'failing' : row.state;
  const at = (instant: number): VNode => (
    <InstantText instant={new Date(instant).toISOString()} language={language} />
  );
  const line = (words: string, instant: number): VNode => (
    <>
      {words} {at(instant)}.
    </>
  );
  return (
    <div class="state">
      <StateTag language={language} state={row.state} isFailing={name === 'failing'} />
      <p>
        <Sentence text={whyOf(page, name)} />
      </p>
      {name === 'pending' && <p>{line(said.pendingUntil, row.created_at + pendingFor)}</p>}
      {name === 'failing' && row.failing_since !== null && (
        <p>
          {line(said.failingSince, row.failing_since)}{' '}
          {row.reason === ownFault
            ? said.ownFault
            : line(said.pausedOn, row.failing_since + patienceWithFailures)}
        </p>
      )}
      {(name === 'stopped' || row.reason === 'bounced') && (
        <p>
          <a href={sameAgain(page)}>{said.again}</a>
        </p>
      )}
      {row.state === 'paused' && row.reason === 'failing' && row.failing_since !== null && (
        <p>{line(said.failingSince, row.failing_since)}</p>
      )}
    </div>
  );
}

/** The form to subscribe, filled in with what this subscription asks for; the address is typed anew. */
function sameAgain({ language, row }: Managed): string {
  const filter = JSON.parse(row.filter) as Filter;
  const { channel, rhythm } = row;
  const query = new URLSearchParams({ channel, rhythm });
  for (const [name, values] of Object.entries(filter))
    if (values.length > 0) query.set(name, values.join(','));
  return inLanguage(`/subscriptions?${query}`, language);
}

function whyOf({ language, row }: Managed, name: Name): string {
  const said = subscriptionWords[language].manage;
  const webhook = row.channel === 'webhook';
  switch (name) {
    case 'pending':
      return webhook ? said.pendingWebhook(cloudEventTypes.verification) : said.pendingMail;
    case 'active':
      return row.due_at === null ? said.upToDate : said.onItsWay;
    case 'failing':
      return said.failing(row.attempts);
    case 'paused':
      if (row.reason === 'failing') return webhook ? said.pausedFailing : said.pausedMailFailing;
      return row.reason === 'bounced' ? said.pausedBounced : said.pausedAsked;
    case 'stopped':
      return said.stopped;
  }
}

/** How far it was told, and when more comes. */
function progress({ language, row, toldUpTo }: Managed): Fact[] {
  const said = subscriptionWords[language].facts;
  const { position, recordedAt } = toldUpTo;
  const waits = row.state === 'active' && row.due_at !== null;
  const isDigest = row.rhythm !== 'immediate' && row.attempts === 0;
  return [
    {
      name: said.toldUpTo,
      value:
        row.state === 'pending' ? null : recordedAt === null ? (
          said.position(position)
        ) : (
          <>
            <InstantText instant={recordedAt} language={language} />
            <span class="under">{said.position(position)}</span>
          </>
        ),
    },
    {
      name: isDigest ? said.nextDigest : said.next,
      value: !waits ? null : row.leased_by !== null || row.due_at === null ? (
        said.now
      ) : (
        <InstantText instant={new Date(row.due_at).toISOString()} language={language} />
      ),
    },
  ];
}

function Doings(page: Managed): VNode {
  const { language, row, doing } = page;
  const said = subscriptionWords[language].manage;
  const webhook = row.channel === 'webhook';
  const { state } = row;
  const confirmed = state === 'active' || state === 'paused';
  const Doing = (props: { what: string; label: string; says: string; first?: boolean }): VNode => (
    <li>
      <form method="post" action={doing(props.what)}>
        <Button look={props.first === true ? 'first' : 'second'}>{props.label}</Button>
      </form>
      <p>
        <Sentence text={props.says} />
      </p>
    </li>
  );
  return (
    <ul class="doings">
      {state === 'pending' && webhook && (
        <Doing what="verification" label={said.verify} says={said.verifyWhat} first />
      )}
      {state === 'paused' && (
        <Doing what="resumption" label={said.resume} says={said.resumeWhat} first />
      )}
      {state === 'active' && <Doing what="pause" label={said.pause} says={said.pauseWhat} />}
      {confirmed && webhook && (
        <Doing what="ping" label={said.ping} says={said.pingWhat(cloudEventTypes.ping)} />
      )}
      {confirmed && <Replay {...page} />}
      {webhook && state !== 'stopped' && (
        <Doing what="secrets" label={said.rotate} says={said.rotateWhat} />
      )}
      <li>
        <a class="button second" href={doing('erasure')}>
          {said.erase}
        </a>
        <p>{said.eraseWhat}</p>
      </li>
    </ul>
  );
}

/** A position is written in digits; everything else was meant as a day. */
const fieldOf = (typed: string): 'from' | 'from-position' =>
  /^\d+$/.test(typed) ? 'from-position' : 'from';

/** Sends again from a day, or from a position of the ledger: two forms that send the same field. */
function Replay({ language, row, wrong: any, doing }: Managed): VNode {
  const wrong = any?.form === 'replay' ? any : null;
  const said = subscriptionWords[language].manage;
  const field = fieldOf(wrong?.typed ?? '');
  const form = (id: 'from' | 'from-position', label: string, input: object): VNode => {
    const error = wrong !== null && field === id ? wrong.sentence : null;
    return (
      <form method="post" action={doing('replay')} noValidate class="filters">
        <div class={error === null ? 'field' : 'field wrong'}>
          <label for={id}>{label}</label>
          {error !== null && (
            <p class="error" id={`${id}-error`}>
              {error}
            </p>
          )}
          <input
            id={id}
            name="from"
            value={field === id ? (wrong?.typed ?? '') : ''}
            {...input}
            {...(error !== null && {
              'aria-invalid': 'true' as const,
              'aria-describedby': `${id}-error`,
            })}
          />
        </div>
        <Button look="second">{said.replay}</Button>
      </form>
    );
  };
  return (
    <li class="with-fields">
      <h3>{said.replay}</h3>
      <p>{row.channel === 'webhook' ? said.replayWhat : said.replayMailWhat}</p>
      {form('from', said.fromDate, { type: 'date' })}
      <details open={field === 'from-position'}>
        <summary>{said.byPosition}</summary>
        {form('from-position', said.fromPosition, {
          type: 'text',
          inputMode: 'numeric',
          autoComplete: 'off',
          size: 14,
        })}
      </details>
    </li>
  );
}
