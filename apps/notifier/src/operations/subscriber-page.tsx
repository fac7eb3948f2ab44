import type { VNode } from 'preact';
import { deliveriesPath, DeskFrame, FORM_TOKEN_FIELD } from '#depositary';
import {
  Breadcrumbs,
  Checkbox,
  DataTable,
  dateInWords,
  DateField,
  Facts,
  InstantText,
  Notice,
  Pagination,
  Radios,
  Tag,
  TextField,
  type FormFault,
  type Tone,
} from '#pages';
import type { Attempt, DeliveriesOfSubscriber } from './deliveries-answers.ts';
import {
  addressOf,
  FailureText,
  OpenForm,
  pathOf,
  PositionText,
  StateMark,
  When,
  whyOf,
  type DeliveriesContext,
} from './deliveries-frame.tsx';
import { NextAttempt } from './overview-page.tsx';
import type { TypedResend } from './resend-form.ts';
import type { NotSendable, Resend } from './resending.ts';

/** What a form that led here did. */
export interface Done {
  readonly what: Resend['what'];
  readonly after: string;
  readonly from: string;
  /** Null: more than a thousand. */
  readonly count: number | null;
}

interface Shown {
  readonly context: DeliveriesContext;
  readonly subscriber: DeliveriesOfSubscriber;
}

interface FormShown {
  readonly typed: TypedResend;
  readonly faults: readonly FormFault[];
  /** What a tick in the box would be about; null: nothing is asked. */
  readonly asked: string | null;
  /** Why there is no form. */
  readonly not: NotSendable | null;
}

/** One subscriber: how it is told, the form to send again, and the last attempts. */
export function SubscriberPage(
  props: Shown &
    FormShown & {
      readonly done: Done | null;
      /** Whether the attempts are a later page of them. */
      readonly isLater: boolean;
      /** Whether something was asked for that is not done. */
      readonly isRefused?: boolean;
    },
): VNode {
  const { context, subscriber, faults, done, not, isRefused = false } = props;
  const { words, language } = context;
  const id = subscriber.subscriber;
  const why = whyOf(context, subscriber);
  return (
    <DeskFrame
      context={context}
      section="deliveries"
      title={`${words.subscriber.eyebrow} ${id.slice(0, 8)}`}
      faults={faults}
      told={done === null ? null : doneInWords(context, done, subscriber)}
    >
      <Breadcrumbs
        language={language}
        trail={[{ label: words.title, href: addressOf(context, deliveriesPath) }]}
      />
      <p class="eyebrow">{words.subscriber.eyebrow}</p>
      <h1 class="long code">{id}</h1>
      {isRefused && not !== null && (
        <Notice tone="bad" alert>
          <p>{words.resend.not[not]}</p>
        </Notice>
      )}
      <p class="stamp">
        <StateMark context={context} of={subscriber} />
        {why !== null && <span>{why}</span>}
        <a href={addressOf(context, pathOf(id))}>{words.subscriber.again}</a>
      </p>
      <State context={context} subscriber={subscriber} />
      {not === null ? (
        <ResendForm {...props} />
      ) : (
        !isRefused && <p class="quiet">{words.resend.not[not]}</p>
      )}
      <Attempts {...props} />
    </DeskFrame>
  );
}

function doneInWords(
  { words, language }: DeliveriesContext,
  done: Done,
  { rhythm, attempts }: DeliveriesOfSubscriber,
): string {
  const { done: said, look, withDigest } = words.resend;
  const { what, after, from, count } = done;
  if (count === 0) return said.nothing;
  const sentence =
    what === 'now'
      ? said.now(count)
      : what === 'after'
        ? said.after(after, count)
        : said.from(dateInWords(from, language), count);
  return `${sentence} ${rhythm === 'immediate' || attempts > 0 ? look : withDigest}`;
}

function State({ context, subscriber }: Shown): VNode {
  const { words, language } = context;
  const { subscriber: said } = words;
  const { channel, rhythm, state, waiting, failingSince } = subscriber;
  const isTold = state === 'active' || state === 'paused';
  return (
    <Facts
      facts={[
        { name: said.toldBy, value: `${words.channels[channel]}, ${words.rhythms[rhythm]}` },
        {
          name: said.subscribed,
          value: <InstantText instant={subscriber.subscribedAt} language={language} />,
        },
        {
          name: said.toldUpTo,
          value:
            state === 'pending' ? null : (
              <PositionText
                context={context}
                position={subscriber.position}
                recordedAt={subscriber.positionRecordedAt}
              />
            ),
        },
        {
          name: said.waiting,
          value: isTold ? (waiting === 0 ? said.nothing : said.things(waiting)) : null,
        },
        {
          name: said.failingSince,
          value: failingSince === null ? null : <When context={context} instant={failingSince} />,
        },
        {
          name: said.next,
          value:
            state === 'active' && subscriber.nextAttemptAt !== null ? (
              <NextAttempt context={context} of={subscriber} />
            ) : null,
        },
      ]}
    />
  );
}

/**
 * Whether there is anything to send now: not to one that was told everything, is being told it already, or waits
 * for the hour of its digest.
 */
export const hasNow = (subscriber: DeliveriesOfSubscriber): boolean => {
  const { state, waiting, beingTold, rhythm, attempts } = subscriber;
  if (state === 'paused') return true;
  return waiting !== 0 && !beingTold && (rhythm === 'immediate' || attempts > 0);
};

function ResendForm(props: Shown & FormShown): VNode {
  const { context, subscriber, typed, faults, asked } = props;
  const { words, language, formToken } = context;
  const { resend: said } = words;
  const { state, waiting, rhythm } = subscriber;
  const errorOf = (field: string): { error?: string } => {
    const fault = faults.find((one) => one.field === field);
    return fault === undefined ? {} : { error: fault.sentence };
  };
  return (
    <section>
      <h2>{said.title}</h2>
      <p>{said.lead}</p>
      {rhythm !== 'immediate' && <p>{said.digests}</p>}
      {state === 'paused' && <p>{said.endsPause}</p>}
      <form
        method="post"
        noValidate
        class="sending"
        action={addressOf(context, `${pathOf(subscriber.subscriber)}/resend`)}
      >
        <input type="hidden" name={FORM_TOKEN_FIELD} value={formToken} />
        <Radios
          name="what"
          label={said.what}
          value={typed.what}
          choices={[
            ...(hasNow(subscriber) ? [{ value: 'now', label: said.now(waiting) }] : []),
            { value: 'after', label: said.after },
            { value: 'from', label: said.from },
          ]}
          {...errorOf('what')}
        />
        <div class="beside">
          <TextField
            name="position"
            label={said.position}
            hint={said.positionHint(subscriber.ledger)}
            value={typed.position}
            size={14}
            inputMode="numeric"
            autocomplete="off"
            {...errorOf('position')}
          />
          <DateField
            language={language}
            name="date"
            label={said.date}
            parts={typed.date}
            {...errorOf('date-day')}
          />
        </div>
        {asked !== null && (
          <>
            <input type="hidden" name="asked" value={asked} />
            <Checkbox name="sure" label={said.sure} {...errorOf('sure')} />
          </>
        )}
        <div class="buttons">
          <button type="submit">{said.send}</button>
        </div>
      </form>
    </section>
  );
}

const tones: Readonly<Record<Attempt['outcome'], Tone>> = {
  delivered: 'good',
  failed: 'bad',
  gone: 'bad',
};

function Attempts(props: Shown & { readonly isLater: boolean }): VNode {
  const { context, subscriber, isLater } = props;
  const { words, language } = context;
  const { attempts: said } = words;
  const { deliveries, next } = subscriber;
  const page = (cursor?: string): string =>
    addressOf(context, pathOf(subscriber.subscriber), { cursor });
  return (
    <section>
      <h2>{said.title}</h2>
      {deliveries.length === 0 ? (
        <p class="quiet">{isLater ? said.noneOlder : said.none}</p>
      ) : (
        <DataTable
          language={language}
          caption={said.caption}
          columns={[
            {
              key: 'when',
              label: said.when,
              kind: 'heading',
              cell: ({ at }) => <When context={context} instant={at} />,
            },
            { key: 'what', label: said.what, cell: (one) => <What context={context} of={one} /> },
            { key: 'attempt', label: said.attempt, cell: ({ attempt }) => attempt },
            {
              key: 'outcome',
              label: said.outcome,
              cell: (one) => <Outcome context={context} of={one} />,
            },
          ]}
          rows={deliveries}
        />
      )}
      <Pagination
        language={language}
        first={isLater ? page() : null}
        next={next === null ? null : page(next)}
      />
    </section>
  );
}

function What({ context, of }: { context: DeliveriesContext; of: Attempt }): VNode {
  const { words, language } = context;
  const kind = words.attempts.kinds[of.what] ?? of.what;
  const under = `${kind}, ${words.atPosition(of.position)}`;
  return of.sentence === null ? (
    <span>{under}</span>
  ) : (
    <span>
      {of.sentence[language]}
      <span class="under">{under}</span>
    </span>
  );
}

function Outcome({ context, of }: { context: DeliveriesContext; of: Attempt }): VNode {
  const { attempts: said } = context.words;
  const took = said.took(of.milliseconds);
  return (
    <span>
      <Tag tone={tones[of.outcome]}>{said.outcomes[of.outcome]}</Tag>{' '}
      {of.detail !== null && <FailureText context={context} sentence={of.detail} />}
      <span class="under">{of.code === null ? took : `${said.code(of.code)}, ${took}`}</span>
    </span>
  );
}

/** There is no such subscriber; another id may be tried. */
export function UnknownPage(props: {
  readonly context: DeliveriesContext;
  readonly id: string;
}): VNode {
  const { context, id } = props;
  const { words, language } = context;
  return (
    <DeskFrame context={context} section="deliveries" title={words.unknown.title}>
      <Breadcrumbs
        language={language}
        trail={[{ label: words.title, href: addressOf(context, deliveriesPath) }]}
      />
      <h1>{words.unknown.title}</h1>
      <p>{words.unknown.lead}</p>
      <OpenForm context={context} value={id} />
    </DeskFrame>
  );
}
