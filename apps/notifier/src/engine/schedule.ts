import type { Indexed } from '../subscribers/subscriber-index.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Pauses between attempts: they grow, and the last one is repeated until three days have passed. */
const pauses = [
  5 * second,
  30 * second,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
];

/** How long a receiver may fail before it is paused and told. */
export const patienceWithFailures = 72 * hour;
const longestWaitAsked = 24 * hour;

/**
 * When to try again after a failure, or null when three days have passed since the first. A receiver may ask
 * for a later moment with Retry-After, up to a day.
 * @param random from 0 to 1: attempts of many subscribers must not come at the same moment
 */
export function nextAttempt(
  failed: {
    readonly attempts: number;
    readonly failingSince: number;
    readonly retryAfter: number | null;
  },
  now: number,
  random: number,
): number | null {
  const pause = pauses[Math.min(failed.attempts, pauses.length) - 1] ?? pauses[0] ?? minute;
  const jittered = pause * (0.75 + random / 2);
  const asked = Math.min(failed.retryAfter ?? 0, longestWaitAsked);
  const until = failed.failingSince + patienceWithFailures;
  if (now >= until) return null;
  // The last attempt comes when the three days end, not before.
  return Math.min(now + Math.max(jittered, asked), until);
}

/** How many of the pauses are waited for what we could not tell by our own fault: an hour at the most. */
const ownPauses = 6;

/** When to try again what could not be told by our own fault. Nobody is paused for it, however long it lasts. */
export function nextOwnAttempt(attempts: number, now: number, random: number): number {
  const pause = pauses[Math.min(attempts, ownPauses) - 1] ?? minute;
  return now + pause * (0.75 + random / 2);
}

/** `Retry-After`: seconds, or an HTTP date. Milliseconds from now, or null when it says nothing. */
export function retryAfterOf(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * second;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The hour at which digests go out, in the subscriber's time zone; weekly ones on Monday. */
const digestHour = 8;

/** The first moment after an instant at which a digest is due. */
export function nextDigest(rhythm: Indexed['rhythm'], timeZone: string, after: number): number {
  if (rhythm === 'immediate') return after;
  const today = shownIn(after, timeZone);
  for (let days = 0; days <= 8; days += 1) {
    const at = digestOn(today + days * day, timeZone, rhythm);
    if (at !== null && at > after) return at;
  }
  return after + day;
}

/** The last moment up to an instant at which a digest was due. */
export function lastDigest(rhythm: Indexed['rhythm'], timeZone: string, upTo: number): number {
  if (rhythm === 'immediate') return upTo;
  const today = shownIn(upTo, timeZone);
  for (let days = 0; days <= 8; days += 1) {
    const at = digestOn(today - days * day, timeZone, rhythm);
    if (at !== null && at <= upTo) return at;
  }
  return upTo - day;
}

const formats = new Map<string, Intl.DateTimeFormat>();
const keptFormats = 1000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const held = formats.get(timeZone);
  if (held !== undefined) return held;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // One zone may be written in many ways.
  if (formats.size >= keptFormats) formats.clear();
  formats.set(timeZone, format);
  return format;
}

/** What calendars and clocks in a time zone show at an instant, as if they were in UTC. */
function shownIn(instant: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant))
    parts[type] = Number(value);
  const {
    year = 0,
    month = 0,
    day: date = 0,
    hour: hours,
    minute: minutes,
    second: seconds,
  } = parts;
  return Date.UTC(year, month - 1, date, hours, minutes, seconds);
}

const monday = 1;

/** When the digest is due on the day of what clocks show; null where none is on that day of the week. */
function digestOn(shown: number, timeZone: string, rhythm: 'daily' | 'weekly'): number | null {
  const begins = Math.floor(shown / day) * day;
  if (rhythm === 'weekly' && new Date(begins).getUTCDay() !== monday) return null;
  const wanted = begins + digestHour * hour;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  const guess = wanted + (wanted - shownIn(wanted, timeZone));
  return guess + (wanted - shownIn(guess, timeZone));
}
