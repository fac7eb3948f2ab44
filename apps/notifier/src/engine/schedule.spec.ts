import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  lastDigest,
  nextAttempt,
  nextDigest,
  patienceWithFailures,
  retryAfterOf,
} from './schedule.ts';

const at = (text: string): number => Date.parse(text);

describe('attempts', () => {
  it('come after growing pauses, more than ten of them within three days, the last when those end', () => {
    let now = 0;
    const times: number[] = [];
    for (let attempts = 1; ; attempts += 1) {
      const next = nextAttempt({ attempts, failingSince: 0, retryAfter: null }, now, 0.5);
      if (next === null) break;
      times.push(next);
      now = next;
    }
    const pauses = times.map((time, index) => time - (times[index - 1] ?? 0));
    expect(pauses.slice(0, 9).every((pause, index) => pause > (pauses[index - 1] ?? 0))).toBe(true);
    expect(times.length).toBeGreaterThan(10);
    expect(times.at(-1)).toBe(patienceWithFailures);
  });

  it('never come before Retry-After, never after the three days, and differ by chance', () => {
    const whole = fc.integer({ min: 0, max: 200_000_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        whole,
        whole,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, now, asked, random) => {
          const next = nextAttempt({ attempts, failingSince: 0, retryAfter: asked }, now, random);
          if (now >= patienceWithFailures) return next === null;
          if (next === null || next > patienceWithFailures || next < now) return false;
          return next === patienceWithFailures || next >= now + Math.min(asked, 86_400_000);
        },
      ),
    );
    const early = nextAttempt({ attempts: 3, failingSince: 0, retryAfter: null }, 0, 0);
    const late = nextAttempt({ attempts: 3, failingSince: 0, retryAfter: null }, 0, 1);
    expect([early, late]).toStrictEqual([90_000, 150_000]);
  });

  test.each([
    ['120', 120_000],
    ['Wed, 25 Nov 2026 12:01:00 GMT', 60_000],
    ['Wed, 25 Nov 2026 11:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('read Retry-After %s', (header, expected) =>
    expect(retryAfterOf(header, at('2026-11-25T12:00:00Z'))).toBe(expected),
  );
});

describe('digests', () => {
  test.each([
    ['daily', 'UTC', '2026-11-25T07:59:59Z', '2026-11-25T08:00:00Z'],
    ['daily', 'UTC', '2026-11-25T08:00:00Z', '2026-11-26T08:00:00Z'],
    ['daily', 'America/New_York', '2026-11-25T12:00:00Z', '2026-11-25T13:00:00Z'],
    // The clocks of Paris go forward on 28 March 2027.
    ['daily', 'Europe/Paris', '2027-03-27T12:00:00Z', '2027-03-28T06:00:00Z'],
    // Sunday has 23 hours, and is not passed over late on Saturday.
    ['daily', 'America/New_York', '2027-03-14T04:45:00Z', '2027-03-14T12:00:00Z'],
    ['weekly', 'America/New_York', '2027-03-14T04:45:00Z', '2027-03-15T12:00:00Z'],
    ['daily', 'America/New_York', '2026-11-01T04:45:00Z', '2026-11-01T13:00:00Z'],
    ['daily', 'Asia/Kathmandu', '2026-11-25T00:00:00Z', '2026-11-25T02:15:00Z'],
    ['weekly', 'UTC', '2026-11-25T12:00:00Z', '2026-11-30T08:00:00Z'],
    ['weekly', 'Pacific/Auckland', '2026-11-25T12:00:00Z', '2026-11-29T19:00:00Z'],
  ] as const)('that are %s in %s, after %s, are due at %s', (rhythm, zone, after, due) => {
    const found = nextDigest(rhythm, zone, at(after));
    expect(new Date(found).toISOString()).toBe(new Date(due).toISOString());
    expect(lastDigest(rhythm, zone, found)).toBe(found);
    expect(lastDigest(rhythm, zone, found + 3_600_000)).toBe(found);
    expect(lastDigest(rhythm, zone, found + 16.5 * 3_600_000)).toBe(found);
  });

  it('come on every day, each once, whatever the clocks do', () => {
    const [begins, ends] = [at('2026-09-01T00:00:00Z'), at('2027-04-30T00:00:00Z')];
    for (const zone of [
      'America/New_York',
      'Pacific/Auckland',
      'America/Santiago',
      'Asia/Beirut',
    ]) {
      const hours = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' });
      const due: number[] = [];
      for (let time = begins; time < ends; time += 3_600_000)
        if (hours.format(time) === '08:00') due.push(time);
      const wrong: string[] = [];
      for (let index = 0, time = due[0] ?? 0; time < (due.at(-1) ?? 0); time += 2_700_000) {
        if (time >= (due[index + 1] ?? 0)) index += 1;
        const found = [lastDigest('daily', zone, time), nextDigest('daily', zone, time)];
        if (found[0] !== due[index] || found[1] !== due[index + 1])
          wrong.push(new Date(time).toISOString());
      }
      expect([zone, wrong]).toStrictEqual([zone, []]);
    }
  });
});
