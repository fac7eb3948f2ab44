import { setImmediate } from 'node:timers/promises';
import type { AuditTrail, Officer } from '#depositary';
import type { CalendarDate } from '#treaty';
import type { NotifierRuntime } from '../notifier-runtime.ts';
import { nextDigest } from '../engine/schedule.ts';
import { afterEvent, isAfter, positionIn, type Place } from '../occurrences/place.ts';
import { matches, wantsThresholds, type Filter } from '../subscribers/filter.ts';
import type { SubscriberRow } from '../subscribers/tables.ts';

/** What is to be sent again. */
export type Resend =
  /** What was not told yet, without waiting for the next attempt. */
  | { readonly what: 'now' }
  /** Everything after a position of the ledger. */
  | { readonly what: 'after'; readonly position: string }
  /** Everything recorded on a date or later, by the calendar of the depositary's seat. */
  | { readonly what: 'from'; readonly date: CalendarDate };

/** What sending again would do. */
export interface ResendPlan {
  /** Everything after this place is told. */
  readonly from: Place;
  /** How many things are told; null: more than `mostCounted`. */
  readonly deliveries: number | null;
  /** How many things are left out that it has not been told yet; null: more than `mostCounted`. */
  readonly leftOut: number | null;
}

/** Why nothing is sent to a subscriber, whoever asks. */
export type NotSendable = 'pending' | 'stopped' | 'asked';

/** Nobody waits until tens of thousands are counted, and the answer would be the same. */
export const mostCounted = 1000;
/** Counting lets others go on after so many milliseconds. */
const turn = 20;

/**
 * Why nothing may be sent to a subscriber: it has not confirmed, it said that it is gone, or it paused its own
 * deliveries. Null: it may be sent to.
 */
export function whyNotSendable({
  state,
  reason,
}: Pick<SubscriberRow, 'state' | 'reason'>): NotSendable | null {
  if (state === 'pending' || state === 'stopped') return state;
  return state === 'paused' && reason === 'asked' ? 'asked' : null;
}

/** Whether a position is after everything that is recorded: nobody may be moved there, or would miss what comes. */
export const isBeyond = (runtime: NotifierRuntime, position: string): boolean =>
  isAfter(position, runtime.reader.timeline.position);

/** How many things a subscriber is still to be told; null: more than `mostCounted`. */
export async function waitingFor(
  runtime: NotifierRuntime,
  row: SubscriberRow,
): Promise<number | null> {
  if (row.state === 'pending' || row.state === 'stopped') return 0;
  return countBetween(runtime, row, row.place, await runtime.fannedOutTo());
}

/** What sending again would do to a subscriber. The position must not be beyond the ledger. */
export async function planOf(
  runtime: NotifierRuntime,
  row: SubscriberRow,
  wanted: Resend,
): Promise<ResendPlan> {
  const from = placeBefore(runtime, row, wanted);
  const deliveries = await countBetween(runtime, row, from, await runtime.fannedOutTo());
  const leftOut = from > row.place ? await countBetween(runtime, row, row.place, from) : 0;
  return { from, deliveries, leftOut };
}

function placeBefore({ reader }: NotifierRuntime, row: SubscriberRow, wanted: Resend): Place {
  switch (wanted.what) {
    case 'now':
      return row.place;
    case 'after':
      return afterEvent(wanted.position);
    case 'from':
      return afterEvent(reader.timeline.positionBefore(wanted.date));
  }
}

/**
 * Sends again, as planned. Who did it is in the audit trail before it happens: neither the ledger nor a case
 * would tell.
 * @throws when the audit trail cannot be written; then nothing is sent
 */
export async function sendAgain(
  runtime: NotifierRuntime,
  trail: AuditTrail,
  asked: { readonly row: SubscriberRow; readonly wanted: Resend; readonly plan: ResendPlan },
  { subject, name }: Officer,
): Promise<void> {
  const { row, wanted, plan } = asked;
  const detail = {
    subscriber: row.id,
    what: wanted.what,
    after: positionIn(plan.from),
    ...(wanted.what === 'from' && { from: wanted.date }),
  };
  await trail.add({ kind: 'deliveries-sent-again', subject, name, detail });
  const { subscriptions, notifier } = runtime.parts;
  const upTo = await runtime.fannedOutTo();
  if (row.rhythm === 'immediate') await subscriptions.replay(row.id, plan.from, upTo);
  else if (wanted.what === 'now' && isFailing(row)) await hasten(runtime, row);
  else {
    // A digest goes out at its hour: served before, it would pass over what was recorded since the last one. If we
    // crash between the two, it is told of all when the next thing is recorded that it asks for.
    await subscriptions.replay(row.id, plan.from, plan.from);
    const dueAt = nextDigest(row.rhythm, row.time_zone, runtime.clock.now());
    await notifier.store.mark([{ number: row.number, place: upTo, dueAt }]);
  }
  notifier.nudge();
}

const isFailing = ({ state, attempts }: SubscriberRow): boolean =>
  state === 'active' && attempts > 0;

/** Makes the next attempt at what failed come now; the digest that failed stays as it was put together. */
async function hasten({ parts, clock }: NotifierRuntime, { number }: SubscriberRow): Promise<void> {
  await parts.database.kysely
    .updateTable('progress')
    .set({ due_at: clock.now() })
    .where('number', '=', number)
    .where('state', '=', 'active')
    .where('leased_by', 'is', null)
    .where('due_at', 'is not', null)
    .execute();
}

/**
 * Days are written down by whichever process hands out, and this one may not have read them. Those that it has are
 * never taken back, because its worker counts on them.
 */
async function readDays({ reader: { timeline }, parts }: NotifierRuntime): Promise<void> {
  const days = await parts.notifier.store.days();
  if ((days.at(-1)?.day ?? '') > (timeline.lastDay?.day ?? '')) timeline.setDays(days);
}

/** How many things that a subscriber asks for lie after a place, up to another. */
async function countBetween(
  runtime: NotifierRuntime,
  row: SubscriberRow,
  after: Place,
  upTo: Place,
): Promise<number | null> {
  const { timeline } = runtime.reader;
  await readDays(runtime);
  const filter = JSON.parse(row.filter) as Filter;
  let count = 0;
  let begun = performance.now();
  for (const occurrence of timeline.between(after, upTo, wantsThresholds(filter))) {
    if (matches(filter, occurrence)) count += 1;
    if (count > mostCounted) return null;
    if (performance.now() - begun < turn) continue;
    await setImmediate();
    begun = performance.now();
  }
  return count;
}
