import { describe, expect, it } from '@jest/globals';
import { catalogueEntry, readCatalogue } from '#catalogue';
import { actionKinds } from '../action-kinds.ts';
import { actionKindsInFrench } from './action-kinds.fr.ts';
import { clausesInEnglish } from './english.ts';
import { clausesInFrench } from './french.ts';
import { notComputed } from './not-computed.ts';
import { cardinalEn, cardinalFr, ordinalEn, ordinalFr } from './numbers.ts';

const clauses = (id: string) => catalogueEntry(id)!.finalClauses;

describe('numbers', () => {
  it('in English', () => {
    expect(
      [1, 2, 3, 12, 20, 22, 30, 40, 60, 65, 90, 100, 120, 144, 180].map(ordinalEn),
    ).toStrictEqual(
      'first,second,third,twelfth,twentieth,twenty-second,thirtieth,fortieth,sixtieth,sixty-fifth,ninetieth,one hundredth,one hundred and twentieth,one hundred and forty-fourth,one hundred and eightieth'.split(
        ',',
      ),
    );
    expect(cardinalEn(115)).toBe('one hundred and fifteen');
  });

  it('in French', () => {
    expect(
      [1, 2, 4, 5, 9, 10, 20, 21, 22, 30, 60, 65, 71, 80, 81, 90, 100, 120, 180, 200].map(
        ordinalFr,
      ),
    ).toStrictEqual(
      'premier,deuxième,quatrième,cinquième,neuvième,dixième,vingtième,vingt et unième,vingt-deuxième,trentième,soixantième,soixante-cinquième,soixante et onzième,quatre-vingtième,quatre-vingt-unième,quatre-vingt-dixième,centième,cent vingtième,cent quatre-vingtième,deux centième'.split(
        ',',
      ),
    );
    expect(cardinalFr(144)).toBe('cent quarante-quatre');
  });
});

it('every kind of action has words of its own in French, as they are printed', () => {
  expect(Object.keys(actionKindsInFrench)).toStrictEqual(Object.keys(actionKinds));
  const said = Object.values(actionKindsInFrench);
  expect(new Set(said.map(({ label }) => label)).size).toBe(said.length);
  for (const { label, means, doesNotMean } of said) {
    expect(label).toMatch(/^\p{Lu}[^.']+$/u);
    for (const sentence of [means, doesNotMean]) expect(sentence).toMatch(/^\p{Lu}[^']+\.$/u);
  }
});

describe('final clauses read back', () => {
  it('the Convention against Cybercrime', () => {
    expect(clausesInEnglish(clauses('cybercrime'))).toStrictEqual([
      'The treaty is open for signature at Hanoi from 2025-10-25 to 2025-10-26.',
      'The treaty is open for signature at United Nations Headquarters, New York from 2025-10-27 to 2026-12-31.',
      'The treaty shall enter into force on the ninetieth day after the date of deposit of the fortieth instrument of ratification, acceptance, approval or accession.',
      'An instrument of a regional economic integration organization is not counted as additional to those of its member States.',
      'For each that deposits its instrument after the last one needed, it shall enter into force on the thirtieth day after the date of its own deposit, or on the date on which the treaty enters into force, whichever is later.',
      'A denunciation takes effect one year after the date of receipt of the notification.',
      'A regional economic integration organization ceases to be a party when all its member States have denounced the treaty.',
    ]);
    expect(clausesInFrench(clauses('cybercrime')).slice(2, 6)).toStrictEqual([
      "Le traité entrera en vigueur le quatre-vingt-dixième jour suivant la date du dépôt du quarantième instrument de ratification, d'acceptation, d'approbation ou d'adhésion.",
      "L'instrument d'une organisation régionale d'intégration économique n'est pas considéré comme venant s'ajouter à ceux de ses États membres.",
      'Pour chaque déposant postérieur au dernier instrument requis, le traité entrera en vigueur le trentième jour suivant la date de son propre dépôt, ou à la date de son entrée en vigueur si celle-ci est postérieure.',
      'La dénonciation prend effet un an après la date de réception de la notification.',
    ]);
    expect(notComputed(clauses('cybercrime'))).toStrictEqual([]);
  });

  it.each([
    [
      'rome-statute',
      'The treaty shall enter into force on the first day of the month after the sixtieth day following the date of deposit of the sixtieth instrument of ratification, acceptance, approval or accession.',
    ],
    [
      'mine-ban',
      'The treaty shall enter into force on the first day of the sixth month after the month of the date of deposit of the fortieth instrument of ratification, acceptance, approval or accession.',
    ],
    [
      'paris',
      'Those that deposited must account for at least 55 per cent of greenhouse-gas-emissions.',
    ],
    ['genocide', 'It ceases to be in force when fewer than sixteen parties are left.'],
    [
      'drugs-1961',
      'A denunciation received by 07-01 (month and day) takes effect on 01-01 of the next year; one received later, as if it had been received by that day of the next year.',
    ],
    [
      'cwc',
      'It shall not enter into force earlier than two years after its opening for signature.',
    ],
  ])('%s: %s', (id, sentence) => {
    expect(clausesInEnglish(clauses(id))).toContain(sentence);
  });

  it('every treaty of the catalogue, in both languages, sentence by sentence', () => {
    for (const { id, finalClauses } of readCatalogue().values()) {
      const [english, french] = [clausesInEnglish(finalClauses), clausesInFrench(finalClauses)];
      expect([id, english.length]).toStrictEqual([id, french.length]);
      expect(english.length).toBeGreaterThan(1);
      for (const sentence of [...english, ...french]) {
        expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
        expect(sentence).not.toMatch(/undefined|null|NaN|  /);
      }
    }
  });
});
