import type { Indexed } from '../subscribers/subscriber-index.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

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
  for (let days = 0; days <= 8; days += 1) {
    const at = atDigestHour(after + days * 24 * hour, timeZone);
    if (at > after && (rhythm === 'daily' || weekdayIn(at, timeZone) === 'Mon')) return at;
  }
  return after + 24 * hour;
}

/** The last moment up to an instant at which a digest was due. */
export function lastDigest(rhythm: Indexed['rhythm'], timeZone: string, upTo: number): number {
  if (rhythm === 'immediate') return upTo;
  for (let days = 0; days <= 8; days += 1) {
    const at = atDigestHour(upTo - days * 24 * hour, timeZone);
    if (at <= upTo && (rhythm === 'daily' || weekdayIn(at, timeZone) === 'Mon')) return at;
  }
  return upTo - 24 * hour;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(instant: number, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

const weekdayIn = (instant: number, timeZone: string): string =>
  partsIn(instant, timeZone)['weekday'] ?? '';

/** The digest's hour on the day of an instant, in a time zone. */
function atDigestHour(instant: number, timeZone: string): number {
  const wanted = (at: number): number => {
    const {
      year,
      month,
      day,
      hour: hours,
      minute: minutes,
      second: seconds,
    } = partsIn(at, timeZone);
    const shown = Date.UTC(
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hours),
      Number(minutes),
      Number(seconds),
    );
    const { year: y, month: m, day: d } = partsIn(instant, timeZone);
    return at + (Date.UTC(Number(y), Number(m) - 1, Number(d), digestHour) - shown);
  };
  // Twice: the first guess may lie on the other side of a change of the clocks.
  return wanted(wanted(Math.floor(instant / second) * second));
}
