import type { NotifierRuntime } from '../notifier-runtime.ts';
import { isAfter, positionIn, type Place } from '../occurrences/place.ts';
import type { DeliveryRow, SubscriberRow } from '../subscribers/tables.ts';
import { sentenceOf } from '../words/sentences.ts';
import {
  attemptsOf,
  attentionPage,
  countAttention,
  lastFailures,
  writeCursor,
  type AttemptKey,
  type AttentionKey,
  type AttentionRow,
  type AttentionState,
} from './attention.ts';
import type { Lag } from './metrics.ts';
import { waitingFor, whyNotSendable } from './resending.ts';

/** A fact in a sentence, in both languages. */
type Sentence = Readonly<Record<'en' | 'fr', string>>;

/** One attempt to tell a subscriber; instants in UTC. */
export interface Attempt extends Omit<DeliveryRow, 'number' | 'at' | 'place'> {
  readonly at: string;
  readonly position: string;
  /** What was told; null for a digest, and for what the register does not have any more. */
  readonly sentence: Sentence | null;
}

/** A subscriber that fails, or was paused or stopped by the notifier. */
export interface NeedsAttention extends Pick<
  AttentionRow,
  'id' | 'channel' | 'state' | 'reason' | 'attempts'
> {
  readonly position: string;
  readonly failingSince: string | null;
  readonly nextAttemptAt: string | null;
  /** Whether a notifier is telling it at this moment; `nextAttemptAt` is then when it gives up. */
  readonly beingTold: boolean;
  readonly lastFailure: {
    readonly at: string;
    readonly outcome: DeliveryRow['outcome'];
    readonly code: number | null;
    readonly detail: string | null;
  } | null;
}

/** How deliveries go, and who needs attention: what the page shows, and what a program gets. */
export interface DeliveriesOverview extends Lag {
  /** Of those waiting, mail subscribers whose digest has its hour to come. */
  readonly awaitingDigest: number;
  /** Everything up to here was handed to the subscribers that it concerns. */
  readonly fannedOutTo: string;
  /** Position of the last event that this process read, and when that was recorded. */
  readonly ledger: string;
  readonly ledgerRecordedAt: string | null;
  /** When the first event was recorded that is not handed out yet; null: all are. */
  readonly notFannedOutSince: string | null;
  /** Whether this process can read the ledger and reach the notifier's database. */
  readonly fit: boolean;
  /** How many need attention, by state: `active` ones fail. */
  readonly needAttention: Readonly<Record<AttentionState, number>>;
  readonly attention: readonly NeedsAttention[];
  /** Cursor of the next page of `attention`. */
  readonly next: string | null;
}

/** One subscriber, never its address, and the attempts to tell it. */
export interface DeliveriesOfSubscriber extends Pick<
  SubscriberRow,
  'channel' | 'rhythm' | 'state' | 'reason' | 'attempts'
> {
  readonly subscriber: string;
  /** Everything that it asks for was told up to here, and when that was recorded. */
  readonly position: string;
  readonly positionRecordedAt: string | null;
  /** Position of the last event of the ledger. */
  readonly ledger: string;
  /** How many things it is still to be told; null: more than a thousand. */
  readonly waiting: number | null;
  readonly subscribedAt: string;
  readonly failingSince: string | null;
  readonly nextAttemptAt: string | null;
  readonly beingTold: boolean;
  /** Whether deliveries may be sent to it again. */
  readonly mayBeSentAgain: boolean;
  /** Newest first. */
  readonly deliveries: readonly Attempt[];
  /** Cursor of older attempts. */
  readonly next: string | null;
}

const instant = (at: number): string => new Date(at).toISOString();
const instantOrNull = (at: number | null): string | null => (at === null ? null : instant(at));

/** How deliveries go, with one page of the subscribers that need attention. */
export async function overviewOf(
  runtime: NotifierRuntime,
  asked: {
    readonly state: AttentionState | undefined;
    readonly after: AttentionKey | null;
    readonly limit: number;
  },
): Promise<DeliveriesOverview> {
  const db = runtime.parts.database.kysely;
  const { timeline } = runtime.reader;
  const fannedOutTo = await runtime.fannedOutTo();
  const { rows, next } = await attentionPage(db, asked);
  const failures = await lastFailures(
    db,
    rows.map(({ number }) => number),
  );
  const handedOut = positionIn(fannedOutTo);
  const { position } = timeline;
  return {
    ...(await runtime.lag()),
    awaitingDigest: await countAwaitingDigest(runtime),
    fannedOutTo: handedOut,
    ledger: position,
    ledgerRecordedAt: recordedAt(runtime, position),
    notFannedOutSince: isAfter(position, handedOut) ? firstAfter(runtime, fannedOutTo) : null,
    fit: runtime.health().fit,
    needAttention: await countAttention(db),
    attention: rows.map((row) => needsAttention(row, failures.get(row.number))),
    next: next === null ? null : writeCursor(next.rank, next.since, next.number),
  };
}

function needsAttention(row: AttentionRow, failure: DeliveryRow | undefined): NeedsAttention {
  const { id, channel, state, reason, attempts, place, failing_since, due_at, leased_by } = row;
  return {
    id,
    channel,
    state,
    reason,
    attempts,
    position: positionIn(place),
    failingSince: instantOrNull(failing_since),
    nextAttemptAt: instantOrNull(due_at),
    beingTold: leased_by !== null,
    lastFailure:
      failure === undefined
        ? null
        : {
            at: instant(failure.at),
            outcome: failure.outcome,
            code: failure.code,
            detail: failure.detail,
          },
  };
}

/** One subscriber with a page of its attempts. */
export async function subscriberOf(
  runtime: NotifierRuntime,
  row: SubscriberRow,
  asked: { readonly before: AttemptKey | null; readonly limit: number },
): Promise<DeliveriesOfSubscriber> {
  const { number, id, channel, rhythm, state, reason, attempts, place } = row;
  const { rows, next } = await attemptsOf(runtime.parts.database.kysely, number, asked);
  const told = new Map<Place, Sentence | null>();
  const position = positionIn(place);
  return {
    subscriber: id,
    channel,
    rhythm,
    state,
    reason,
    position,
    positionRecordedAt: recordedAt(runtime, position),
    ledger: runtime.reader.timeline.position,
    waiting: await waitingFor(runtime, row),
    subscribedAt: instant(row.created_at),
    attempts,
    failingSince: instantOrNull(row.failing_since),
    nextAttemptAt: instantOrNull(row.due_at),
    beingTold: row.leased_by !== null,
    mayBeSentAgain: whyNotSendable(row) === null,
    deliveries: rows.map(({ number: _number, at, place: where, ...one }) => {
      if (!told.has(where)) told.set(where, sentenceAt(runtime, where));
      return {
        ...one,
        at: instant(at),
        position: positionIn(where),
        sentence: one.what === 'digest' ? null : (told.get(where) ?? null),
      };
    }),
    next: next === null ? null : writeCursor(next.at, next.place, next.attempt),
  };
}

/** Digests of mail that go out at an hour to come. */
async function countAwaitingDigest({ parts, clock }: NotifierRuntime): Promise<number> {
  const { count } = await parts.database.kysely
    .selectFrom('subscribers')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('due_at', '>', clock.now())
    .where('attempts', '=', 0)
    .where('leased_by', 'is', null)
    .where('rhythm', '<>', 'immediate')
    .executeTakeFirstOrThrow();
  return Number(count);
}

const recordedAt = ({ reader }: NotifierRuntime, position: string): string | null =>
  reader.timeline.ofEventAt(position)?.time ?? null;

function firstAfter(runtime: NotifierRuntime, place: Place): string | null {
  const [first] = runtime.reader.timeline.between(place, runtime.here(), false);
  return first?.time ?? null;
}

/** What stands at a place, in a sentence. */
function sentenceAt({ reader }: NotifierRuntime, place: Place): Sentence | null {
  // A text sorts after its own beginning, and before it no place that differs in more than the last figure.
  for (const occurrence of reader.timeline.between(place.slice(0, -1), place, true))
    if (occurrence.place === place) {
      const states = reader.states();
      return {
        en: sentenceOf(occurrence, states, 'en', 'number'),
        fr: sentenceOf(occurrence, states, 'fr', 'number'),
      };
    }
  return null;
}
