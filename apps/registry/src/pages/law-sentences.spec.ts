import { describe, expect, it, test } from '@jest/globals';
import { readCatalogue } from '#catalogue';
import {
  calendarDate,
  emptyParticipants,
  emptyRecord,
  entryIntoForceOf,
  evolve,
  type TreatyRecord,
} from '#treaty';
import { lawSentenceInFrench } from './law-sentences.fr.ts';

describe('what the law says of every treaty of the catalogue', () => {
  const records = [...readCatalogue().values()].map((entry): TreatyRecord => {
    const registered = {
      type: 'treatyRegistered' as const,
      treaty: entry.treaty,
      title: entry.title,
      titleFr: null,
      depositary: entry.depositary,
      dateOfAdoption: entry.dateOfAdoption,
      placeOfAdoption: null,
      finalClauses: entry.finalClauses,
      source: null,
    };
    const deposits = 'FRA DEU ITA ESP USA GBR RUS CHN IND JPN'
      .split(' ')
      .map((participant, index) => ({
        type: 'actionRecorded' as const,
        treaty: entry.treaty,
        action: `a-${index}`,
        kind: 'ratification' as const,
        participant,
        date: calendarDate('2020-01-01'),
        dateOfInstrument: null,
        dateOfReceipt: null,
        dateOfEffect: null,
        place: null,
        text: null,
        territory: null,
        relatesTo: null,
        predecessor: null,
        note: null,
        source: null,
        override: null,
      }));
    return [registered, ...deposits].reduce(
      (fold: TreatyRecord, event) => evolve(fold, event),
      emptyRecord(entry.treaty),
    );
  });
  const sentences = new Set(
    records.flatMap((record) => {
      const { steps, missing, conditions, notCounted } = entryIntoForceOf(
        record,
        emptyParticipants,
        { asOf: calendarDate('2026-11-25') },
      );
      return [
        ...steps,
        ...(missing === null ? [] : [missing]),
        ...conditions.map(({ sentence }) => sentence),
        ...notCounted.map(({ reason }) => reason),
      ];
    }),
  );

  it('is many sentences', () => {
    expect(sentences.size).toBeGreaterThan(80);
  });

  it('has French words', () => {
    expect([...sentences].filter((one) => lawSentenceInFrench(one) === null)).toStrictEqual([]);
  });

  it('is not left half in English', () => {
    const english =
      /\b(the|which|day after|months? after|instruments? of|is not in the register)\b/;
    const left = [...sentences]
      .map((one) => lawSentenceInFrench(one) ?? '')
      // What a treaty's own condition is called is quoted as it is recorded, after "parmi" or in guillemets.
      .map((french) => french.replace(/parmi : [^.]+|« [^»]+ »|de [a-zA-Z0-9 -]+ des mêmes/g, ''))
      .filter((french) => english.test(french));
    expect(left).toStrictEqual([]);
  });
});

test.each([
  [
    'The 40th counted instrument was deposited on 2026-11-20 (VNM).',
    'Le 40e instrument compté a été déposé le 2026-11-20 (VNM).',
  ],
  [
    'The 90th day after 2026-11-20 is 2027-02-18.',
    'Le 90e jour après le 2026-11-20 est le 2027-02-18.',
  ],
  ['Missing: 39 more instruments of 40.', 'Il manque : 39 instruments de plus sur 40.'],
])('%s', (english, french) => {
  expect(lawSentenceInFrench(english)).toBe(french);
});
