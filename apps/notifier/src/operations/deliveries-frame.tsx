import type { VNode } from 'preact';
import { deliveriesPath, frameContextOf, type FrameContext } from '#depositary';
import { inLanguage, InstantText, Tag, TextField, type Tone } from '#pages';
import type { FastifyRequest } from 'fastify';
import { ownFault } from '../engine/channel.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';
import { deliveriesWords, type DeliveriesWords } from './deliveries-words.ts';
import { durationInWords } from './durations.ts';
import { failureInFrench } from './failure-sentences.fr.ts';

/** What every page about deliveries is made for. */
export interface DeliveriesContext extends FrameContext {
  readonly words: DeliveriesWords;
  /** Milliseconds since 1970: from when lengths of time are told. */
  readonly now: number;
}

/**
 * The context of the page that answers a request.
 * @param address the page's own address, for a form that came back: its own has no page
 */
export function deliveriesContext(
  request: FastifyRequest,
  now: number,
  address = request.url,
): DeliveriesContext {
  const context = frameContextOf(request);
  return { ...context, address, words: deliveriesWords[context.language], now };
}

/** The address of the page of a subscriber, below which its form is sent. */
export const pathOf = (subscriber: string): string =>
  `${deliveriesPath}/${encodeURIComponent(subscriber)}`;

/** The same with what the page is to say or show. */
export function addressOf(
  { language }: Pick<DeliveriesContext, 'language'>,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const search = new URLSearchParams(given).toString();
  return inLanguage(search === '' ? path : `${path}?${search}`, language);
}

type Stated = Pick<SubscriberRow, 'state' | 'reason' | 'attempts'>;

const tones: Readonly<Record<SubscriberRow['state'], Tone>> = {
  pending: 'info',
  active: 'good',
  paused: 'warn',
  stopped: 'bad',
};

/** The state of a subscriber: the word in a frame. One that failed last time is called failing. */
export function StateMark(props: {
  readonly context: DeliveriesContext;
  readonly of: Stated;
}): VNode {
  const { context, of } = props;
  const isFailing = of.state === 'active' && of.attempts > 0;
  return (
    <Tag tone={isFailing ? 'bad' : tones[of.state]}>
      {isFailing ? context.words.failing : context.words.states[of.state]}
    </Tag>
  );
}

/** Why a subscriber is in its state, as a sentence; null for one that is told and does not fail. */
export function whyOf({ words: { why } }: DeliveriesContext, of: Stated): string | null {
  const { state, reason, attempts } = of;
  if (state === 'pending') return why.pending;
  if (state === 'active') {
    if (attempts === 0) return null;
    return reason === ownFault
      ? `${why.attempts(attempts)} ${why.register}`
      : why.attempts(attempts);
  }
  switch (reason) {
    case 'failing':
    case 'bounced':
    case 'gone':
    case 'asked':
      return why[reason];
    default:
      return reason;
  }
}

/** Why an attempt failed, in the language of the page where it has the sentence; else marked as English. */
export function FailureText(props: {
  readonly context: DeliveriesContext;
  readonly sentence: string;
}): VNode {
  const { context, sentence } = props;
  if (context.language === 'en') return <span>{sentence}</span>;
  const french = failureInFrench(sentence);
  return french === null ? <span lang="en">{sentence}</span> : <span>{french}</span>;
}

/** An instant, and under it how long ago that is, or how long it is until then. */
export function When(props: {
  readonly context: DeliveriesContext;
  readonly instant: string;
}): VNode {
  const { context, instant } = props;
  const { language, words, now } = context;
  const seconds = (Date.parse(instant) - now) / 1000;
  const length = durationInWords(Math.abs(seconds), language);
  const isNow = Math.abs(seconds) < 1;
  return (
    <span>
      <InstantText instant={instant} language={language} />
      <span class="under">
        {isNow ? words.now : seconds > 0 ? words.inTime(length) : words.ago(length)}
      </span>
    </span>
  );
}

/** A ledger position with the day on which it was recorded, where that is known. */
export function PositionText(props: {
  readonly context: DeliveriesContext;
  readonly position: string;
  readonly recordedAt: string | null;
}): VNode {
  const { context, position, recordedAt } = props;
  const { language, words } = context;
  if (recordedAt === null) return <span>{words.atPosition(position)}</span>;
  return (
    <span>
      <InstantText instant={recordedAt} language={language} />
      <span class="under">{words.atPosition(position)}</span>
    </span>
  );
}

/** Opens a subscriber by its id: the only way to one that needs no attention. */
export function OpenForm(props: {
  readonly context: DeliveriesContext;
  readonly value?: string;
}): VNode {
  const { context, value = '' } = props;
  const { open } = context.words;
  return (
    <section>
      <h2>{open.title}</h2>
      <form method="get" action={deliveriesPath}>
        <input type="hidden" name="lang" value={context.language} />
        <TextField name="subscriber" label={open.label} hint={open.hint} value={value} size={38} />
        <div class="buttons">
          <button type="submit" class="second">
            {open.open}
          </button>
        </div>
      </form>
    </section>
  );
}
