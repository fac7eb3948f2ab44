import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import {
  finalClausesSchema,
  isCalendarDate,
  isFraction,
  publishedFinalClausesSchema,
} from '#treaty';
import { catalogueEntry, catalogueOfTreaty, readCatalogue } from './catalogue.ts';

const ajv = new Ajv2020({ discriminator: true, allowUnionTypes: true, allErrors: true });
ajv.addFormat('calendar-date', isCalendarDate);
ajv.addFormat('fraction', isFraction);
const validate = ajv.compile(finalClausesSchema);

describe('the catalogue', () => {
  it('has the final clauses of 121 treaties, each by the published schema', () => {
    const entries = [...readCatalogue().values()];
    expect(entries).toHaveLength(121);
    for (const { id, finalClauses } of entries) {
      validate(finalClauses);
      expect([id, validate.errors]).toStrictEqual([id, null]);
    }
  });

  it('fits the schema as it is published, by a strict validator that knows only the standard', () => {
    const strict = new Ajv2020({ strict: true, allowUnionTypes: true });
    strict.addFormat('date', isCalendarDate);
    const fits = strict.compile(publishedFinalClausesSchema());
    for (const { id, finalClauses } of readCatalogue().values())
      expect([id, fits(finalClauses)]).toStrictEqual([id, true]);
    const uncac = catalogueEntry('uncac')!.finalClauses;
    const force = uncac.entryIntoForce!;
    for (const wrong of [
      { ...uncac, version: 2 },
      { ...uncac, extra: 1 },
      { ...uncac, entryIntoForce: { ...force, threshold: -1 } },
      { ...uncac, entryIntoForce: { ...force, delay: { mode: 'weeks', n: 1 } } },
      { ...uncac, entryIntoForce: { ...force, conditions: [{ type: 'share' }] } },
      { ...uncac, entryIntoForce: { ...force, countedKinds: ['signing'] } },
      {
        ...uncac,
        entryIntoForce: { ...force, conditions: [{ type: 'not-before-date', date: '2026-02-30' }] },
      },
    ])
      expect(fits(wrong)).toBe(false);
  });

  it('names each entry by its file, and each treaty once', () => {
    const files = readdirSync(new URL('../treaties/', import.meta.url));
    expect([...readCatalogue().keys()].toSorted()).toStrictEqual(
      files.map((file) => file.replace(/\.json$/, '')).toSorted(),
    );
    const treaties = [...readCatalogue().values()].map(({ treaty }) => treaty);
    expect(new Set(treaties).size).toBe(treaties.length);
    for (const [id, entry] of readCatalogue()) expect(entry.id).toBe(id);
  });

  it('dates exist, and entry into force comes after adoption', () => {
    for (const { dateOfAdoption, history } of readCatalogue().values()) {
      const dates = [dateOfAdoption, history?.lastInstrument, history?.dateOfEntryIntoForce];
      const known = dates.filter((date) => date != null);
      expect(known.every(isCalendarDate)).toBe(true);
      expect(known.toSorted()).toStrictEqual(known);
    }
  });

  it('refers to treaties that it has, but for the European Convention on Human Rights', () => {
    const referred = [...readCatalogue().values()].flatMap(({ finalClauses }) =>
      (finalClauses.entryIntoForce?.conditions ?? []).flatMap((condition) =>
        'treaty' in condition ? [condition.treaty] : [],
      ),
    );
    expect(new Set(referred.filter((treaty) => catalogueOfTreaty(treaty) === null))).toStrictEqual(
      new Set(['ECHR']),
    );
  });

  it('finds an entry by its id or its treaty', () => {
    expect(catalogueEntry('uncac')?.treaty).toBe('XVIII-14');
    expect(catalogueOfTreaty('XVIII-14')?.id).toBe('uncac');
    expect(catalogueEntry('__proto__')).toBeNull();
    expect(catalogueOfTreaty('I-1')).toBeNull();
  });
});
