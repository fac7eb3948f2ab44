import type { VNode } from 'preact';
import { deliveriesPath, DeskFrame } from '#depositary';
import {
  DataTable,
  Facts,
  inLanguage,
  instantInWords,
  Notice,
  numberInWords,
  Pagination,
  Tabs,
} from '#pages';
import { attentionStates, type AttentionState } from './attention.ts';
import type { DeliveriesOverview, NeedsAttention } from './deliveries-answers.ts';
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
import { durationInWords } from './durations.ts';

interface Shown {
  readonly context: DeliveriesContext;
  readonly overview: DeliveriesOverview;
}

/** What the list of subscribers that need attention was narrowed to, and how its pages are reached. */
export interface ListAsked {
  readonly state: AttentionState | undefined;
  readonly limit: string | undefined;
  /** Whether this is a later page of the list. */
  readonly isLater: boolean;
}

/** Something is late when it has waited for so many seconds. */
const late = 120;

/** How deliveries go, and who needs attention. */
export function OverviewPage(props: Shown & { readonly asked: ListAsked }): VNode {
  const { context, overview } = props;
  const { words } = context;
  return (
    <DeskFrame context={context} section="deliveries" title={words.title}>
      <h1>{words.title}</h1>
      <Told {...props} />
      <Late context={context} overview={overview} />
      <Figures context={context} overview={overview} />
      <Attention {...props} />
      <Counts context={context} overview={overview} />
      <OpenForm context={context} />
    </DeskFrame>
  );
}

/** Up to where everyone was told, or what keeps that from being so. */
function Told({ context, overview }: Shown): VNode {
  const { words, language } = context;
  const paused = overview.needAttention.paused;
  if (overview.subscribers.length === 0)
    return (
      <p class="lead">
        {words.nobody} {words.subscribeAt}{' '}
        <a href={inLanguage('/subscriptions', language)}>{words.subscribePage}</a>.
      </p>
    );
  return (
    <>
      <p class="lead">{toldSentence(context, overview)}</p>
      {paused > 0 && <p>{words.pausedToo(paused)}</p>}
    </>
  );
}

function toldSentence(
  { words, language }: DeliveriesContext,
  overview: DeliveriesOverview,
): string {
  const { waiting, failing, awaitingDigest, ledger, ledgerRecordedAt, fannedOutTo } = overview;
  if (ledgerRecordedAt === null) return words.nothingRecorded;
  if (overview.notFannedOutSince !== null) return words.behind(ledger, fannedOutTo);
  const upTo = words.upTo(instantInWords(ledgerRecordedAt, language), ledger);
  if (waiting === 0) return words.everyone(upTo);
  return waiting === awaitingDigest
    ? words.everyoneBut(upTo, awaitingDigest)
    : words.waiting(waiting - awaitingDigest, failing);
}

/** What an officer must not overlook: nobody hands out, or tells, or this process sees nothing of it. */
function Late({ context, overview }: Shown): VNode | null {
  const { words, language, now } = context;
  const { notFannedOutSince: since, oldestDueSeconds, fit } = overview;
  const handingOut = since === null ? 0 : (now - Date.parse(since)) / 1000;
  const sentences = [
    ...(fit ? [] : [words.unfit]),
    ...(handingOut > late ? [words.lateHandingOut(durationInWords(handingOut, language))] : []),
    ...(oldestDueSeconds > late
      ? [words.lateTelling(durationInWords(oldestDueSeconds, language))]
      : []),
  ];
  if (sentences.length === 0) return null;
  return (
    <Notice tone="bad" title={words.late}>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Notice>
  );
}

function Figures({ context, overview }: Shown): VNode {
  const { words, language } = context;
  const { figures } = words;
  const { waiting, failing, awaitingDigest, oldestDueSeconds, ledger, fannedOutTo } = overview;
  const handedOut = overview.notFannedOutSince === null;
  return (
    <>
      <ul class="totals">
        <li>
          <b>{numberInWords(waiting - awaitingDigest, language)}</b> {figures.waiting}
        </li>
        <li>
          <b>{numberInWords(failing, language)}</b> {figures.failing}
        </li>
        <li>
          <b>
            {oldestDueSeconds < 1 ? figures.noWait : durationInWords(oldestDueSeconds, language)}
          </b>{' '}
          {figures.longest}
        </li>
        {awaitingDigest > 0 && (
          <li>
            <b>{numberInWords(awaitingDigest, language)}</b> {figures.digests(awaitingDigest)}
          </li>
        )}
      </ul>
      <Facts
        facts={[
          {
            name: words.ledgerAt,
            value: (
              <PositionText
                context={context}
                position={ledger}
                recordedAt={overview.ledgerRecordedAt}
              />
            ),
          },
          {
            name: words.handedOut,
            value: handedOut ? words.allHandedOut(fannedOutTo) : words.handedOutUpTo(fannedOutTo),
          },
        ]}
      />
    </>
  );
}

function Attention(props: Shown & { readonly asked: ListAsked }): VNode {
  const { context, overview, asked } = props;
  const { attention: said } = context.words;
  const { needAttention: counts, attention, next } = overview;
  const total = counts.active + counts.paused + counts.stopped;
  const page = (state: string | undefined, cursor?: string): string =>
    addressOf(context, deliveriesPath, { state, limit: asked.limit, cursor });
  return (
    <section>
      <h2>
        {said.title} ({total})
      </h2>
      {total === 0 ? (
        <p class="quiet">{said.none}</p>
      ) : (
        <>
          <Tabs
            label={said.filter}
            tabs={[
              {
                label: `${said.all} (${total})`,
                href: page(undefined),
                current: asked.state === undefined,
              },
              ...attentionStates.map((state) => ({
                label: `${said[state]} (${counts[state]})`,
                href: page(state),
                current: asked.state === state,
              })),
            ]}
          />
          {attention.length === 0 ? (
            <p class="quiet">{said.noneOfThese}</p>
          ) : (
            <AttentionTable context={context} rows={attention} />
          )}
          <Pagination
            language={context.language}
            first={asked.isLater ? page(asked.state) : null}
            next={next === null ? null : page(asked.state, next)}
          />
        </>
      )}
    </section>
  );
}

function AttentionTable(props: {
  readonly context: DeliveriesContext;
  readonly rows: readonly NeedsAttention[];
}): VNode {
  const { context, rows } = props;
  const { words, language } = context;
  const { attention: said } = words;
  return (
    <DataTable
      language={language}
      caption={said.caption}
      columns={[
        {
          key: 'subscriber',
          label: said.subscriber,
          kind: 'heading',
          cell: ({ id, channel }) => (
            <span>
              <a class="code" href={addressOf(context, pathOf(id))}>
                {id}
              </a>
              <span class="under">{words.channels[channel]}</span>
            </span>
          ),
        },
        {
          key: 'why',
          label: said.why,
          cell: (row) => (
            <span>
              <StateMark context={context} of={row} />
              <span class="under">{whyOf(context, row)}</span>
            </span>
          ),
        },
        {
          key: 'since',
          label: said.since,
          cell: ({ failingSince, lastFailure }) => {
            const since = failingSince ?? lastFailure?.at;
            return since === undefined ? (
              said.sinceUnknown
            ) : (
              <When context={context} instant={since} />
            );
          },
        },
        {
          key: 'next',
          label: said.next,
          cell: (row) => <NextAttempt context={context} of={row} />,
        },
        {
          key: 'lastFailure',
          label: said.lastFailure,
          cell: ({ lastFailure }) =>
            lastFailure?.detail == null ? (
              said.noFailure
            ) : (
              <span>
                <FailureText context={context} sentence={lastFailure.detail} />
                <span class="under">{instantInWords(lastFailure.at, language)}</span>
              </span>
            ),
        },
      ]}
      rows={rows}
    />
  );
}

/** When a subscriber is tried again: also on its own page. */
export function NextAttempt(props: {
  readonly context: DeliveriesContext;
  readonly of: Pick<NeedsAttention, 'beingTold' | 'nextAttemptAt'>;
}): VNode {
  const { context, of } = props;
  const { words } = context;
  if (of.nextAttemptAt === null) return <span>{words.attention.noNext}</span>;
  return of.beingTold ? (
    <span>{words.subscriber.beingTold}</span>
  ) : (
    <When context={context} instant={of.nextAttemptAt} />
  );
}

function Counts({ context, overview }: Shown): VNode | null {
  const { words, language } = context;
  const { counts: said } = words;
  if (overview.subscribers.length === 0) return null;
  const states = ['active', 'pending', 'paused', 'stopped'] as const;
  const countOf = (channel: string, state: string): number =>
    overview.subscribers.find((one) => one.channel === channel && one.state === state)?.count ?? 0;
  const number = (value: number): string => numberInWords(value, language);
  return (
    <section>
      <h2>{said.title}</h2>
      <DataTable
        language={language}
        caption={said.caption}
        columns={[
          {
            key: 'channel',
            label: said.channel,
            kind: 'heading',
            cell: (channel) => words.channels[channel],
          },
          ...states.map((state) => ({
            key: state,
            label: words.states[state],
            kind: 'number' as const,
            cell: (channel: string) => number(countOf(channel, state)),
          })),
          {
            key: 'total',
            label: said.total,
            kind: 'number',
            cell: (channel) =>
              number(states.reduce((sum, state) => sum + countOf(channel, state), 0)),
          },
        ]}
        rows={['webhook', 'mail'] as const}
      />
    </section>
  );
}
