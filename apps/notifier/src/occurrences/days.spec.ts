import { describe, expect, it, test } from '@jest/globals';
import { addDays } from '#treaty';
import { date, done } from '../../../../libs/treaty/test/deciding.ts';
import { Chance, RandomLedger } from '../../test/random-ledger.ts';
import { LedgerInMemory } from '../../test/timeline-under-test.ts';
import type { BegunDay } from './timeline.ts';

const end = '99999999999999999999';

/** A few treaties at the beginning of 2026, of which signature closes soon. */
function begun(seed = 1): { ledger: LedgerInMemory; random: RandomLedger; chance: Chance } {
  const chance = new Chance(seed);
  const [ledger, random] = [new LedgerInMemory(), new RandomLedger(chance)];
  ledger.record('2026-01-01', ...random.first(date('2026-01-01')));
  return { ledger, random, chance };
}

describe('days', () => {
  test.each([
    ['UTC', '2026-01-02T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T10:00:00.000Z'],
    ['America/New_York', '2026-01-02T05:00:00.000Z'],
  ])('begin at midnight in %s', (seat, begins) => {
    const { ledger } = begun();
    const timeline = ledger.timeline(undefined, seat);
    timeline.setDays([{ day: date('2026-01-02'), position: timeline.position }]);
    const brought = [...timeline.between('', end, true)].filter(
      ({ recorded }) => recorded === null,
    );
    expect([...new Set(brought.map(({ time }) => time))]).toStrictEqual([begins]);
  });

  it('wait for events that were not read yet, and come after them', () => {
    const { ledger } = begun();
    const behind = ledger.timeline();
    const signed = ledger.record(
      '2026-01-02',
      done('FRA', 'signature', '2026-01-02', { treaty: 'I-1' }),
    );
    const days = [{ day: date('2026-01-03'), position: signed.position }];
    behind.setDays(days);
    const after = behind.position;
    const told = () => [...behind.between(`${after.padStart(20, '0')}.9`, end, true)];
    expect(told()).toStrictEqual([]);
    behind.read([signed]);
    const [first, second] = told();
    expect([first?.id, second?.recorded]).toStrictEqual([signed.id, null]);
  });

  it('are never taken back by an answer that is older', () => {
    const timeline = begun().ledger.timeline();
    const both = ['2026-01-02', '2026-01-03'].map((day) => ({ day: date(day), position: '0' }));
    timeline.setDays(both);
    timeline.setDays(both.slice(0, 1));
    expect(timeline.lastDay).toStrictEqual(both[1]);
  });

  it('and events bring the same to a process that reads on from day to day as to one that starts later', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { ledger, random, chance } = begun(seed);
      const live = ledger.timeline();
      const days: BegunDay[] = [{ day: date('2026-01-01'), position: live.position }];
      const told: unknown[] = [];
      let [day, place] = [date('2026-01-01'), ''];
      const tell = (): void => {
        live.read(ledger.events.slice(live.length));
        live.setDays([...days]);
        for (const one of live.between(place, end, true)) {
          told.push(one);
          ({ place } = one);
        }
      };
      for (let step = 0; step < 60; step += 1) {
        if (chance.onceIn(2)) ledger.record(day, random.next(day));
        if (chance.onceIn(2)) {
          day = addDays(day, 1);
          days.push({ day, position: ledger.events.at(-1)?.position ?? '0' });
        }
        if (chance.onceIn(2)) tell();
      }
      tell();
      const later = ledger.timeline();
      later.setDays(days);
      expect([seed, told]).toStrictEqual([seed, [...later.between('', end, true)]]);
    }
  });
});
