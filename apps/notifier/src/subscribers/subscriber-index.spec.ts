import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { matches, topics, type Filter } from './filter.ts';
import { SubscriberIndex, type Indexed } from './subscriber-index.ts';

const treaties = ['XVIII-16', 'XXVII-7-d'];
const codes = ['FRA', 'VNM', 'EUE'];
const kinds = ['ratification', 'signature', 'objection'] as const;
const numbers = fc.subarray([0, 1, 2, 30, 40]);

const filters: fc.Arbitrary<Filter> = fc.record({
  treaties: fc.subarray(treaties),
  participants: fc.subarray(codes),
  kinds: fc.subarray([...kinds]),
  topics: fc.subarray([...topics]),
  counts: numbers,
  inForceInDays: numbers,
  signatureClosesInDays: numbers,
});

const told = { id: 'x', place: '', position: '1', time: '' };
const treaty = fc.constantFrom(...treaties);
const occurrences = fc.oneof(
  fc.record({
    what: fc.constantFrom('action', 'notification', 'register'),
    treaty: fc.oneof(treaty, fc.constant(null)),
    participants: fc.subarray(codes),
    kinds: fc.subarray([...kinds]),
  }),
  fc.record({ what: fc.constant('count'), treaty, before: fc.nat(41), after: fc.nat(41) }),
  fc.record({
    what: fc.constantFrom('entry-into-force', 'signature-closes'),
    treaty,
    days: fc.constantFrom(0, 1, 2, 3, 30, 35),
    isNew: fc.boolean(),
  }),
) as fc.Arbitrary<object>;

it('finds everyone whose filter matches and nobody else, also after changes and removals', () => {
  fc.assert(
    fc.property(
      fc.array(filters, { maxLength: 12 }),
      fc.array(filters, { maxLength: 4 }),
      occurrences,
      (first, changed, some) => {
        const occurrence = { ...told, ...some } as Occurrence;
        const index = new SubscriberIndex();
        const held = new Map<number, Indexed>();
        const put = (filter: Filter, n: number): void => {
          const one: Indexed = { number: n, filter, rhythm: 'immediate', timeZone: 'UTC' };
          held.set(n, one);
          index.put(one);
        };
        first.forEach(put);
        changed.forEach(put);
        held.delete(1);
        index.remove(1);
        const expected = [...held.values()].filter(({ filter }) => matches(filter, occurrence));
        const numbers = (found: readonly Indexed[]): number[] =>
          found.map(({ number }) => number).toSorted((a, b) => a - b);
        expect(numbers(index.matching(occurrence))).toStrictEqual(numbers(expected));
        expect(index.size).toBe(held.size);
      },
    ),
    { numRuns: 500 },
  );
});
