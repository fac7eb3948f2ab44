import { describe, expect, it, test } from '@jest/globals';
import {
  DateField,
  DateText,
  dateInWords,
  datePartsIn,
  datePartsOf,
  instantInWords,
  nameOn,
  numberInWords,
  readDate,
  renderDocument,
} from '#pages';
import type { CalendarDate, Participant } from '#treaty';
import { Gallery } from '../../test/gallery.tsx';

describe('dates', () => {
  test.each([
    ['2026-11-20', 'en', '20 November 2026'],
    ['2026-11-20', 'fr', '20 novembre 2026'],
    ['2026-08-01', 'fr', '1er août 2026'],
    ['1961-03-09', 'en', '9 March 1961'],
  ] as const)('%s in %s is written %s', (date, language, words) => {
    expect(dateInWords(date, language)).toBe(words);
  });

  it('are readable by programs on a page, and instants name their zone', () => {
    expect(renderDocument(<DateText date="2026-11-20" language="en" />)).toBe(
      '<!doctype html><time datetime="2026-11-20">20 November 2026</time>',
    );
    expect(instantInWords('2026-11-20T14:05:59.123Z', 'en')).toBe('20 November 2026, 14:05 UTC');
  });

  it('come out of a form as they went in', () => {
    const parts = datePartsOf('2026-02-09');
    expect(parts).toStrictEqual({ day: '9', month: '2', year: '2026' });
    const form = { 'on-day': '9', 'on-month': '2', 'on-year': '2026', 'on-other': '1' };
    expect(datePartsIn(form, 'on')).toStrictEqual(parts);
    expect(readDate(parts, 'en')).toStrictEqual({ outcome: 'date', date: '2026-02-09' });
  });

  test.each([
    [{ day: '', month: '', year: '' }, 'missing'],
    [{ day: '1', month: '', year: '2026' }, 'incomplete'],
    [{ day: '30', month: '2', year: '2026' }, 'unknown'],
    [{ day: '1', month: '1', year: '26' }, 'unknown'],
    [{ day: 'x', month: '1', year: '2026' }, 'unknown'],
  ])('typed as %j are %s, with a sentence', (parts, outcome) => {
    const read = readDate(parts, 'fr');
    expect([read.outcome, 'sentence' in read]).toStrictEqual([outcome, true]);
  });

  it('in a form name the month, so that nobody reads the day for it', () => {
    const shown = renderDocument(
      <DateField name="on" label="On" language="fr" parts={datePartsOf('2026-02-09')} />,
    );
    expect(shown).toContain('<option value="2" selected>février</option>');
  });
});

describe('numbers and names', () => {
  it('follow the language', () => {
    expect(numberInWords(29_461, 'en')).toBe('29,461');
    expect(numberInWords(29_461, 'fr').replace(/\s/g, ' ')).toBe('29 461');
  });

  it('are those of the date', () => {
    const name = 'Türkiye';
    const participant = {
      name,
      nameFr: 'Türkiye',
      names: [
        { name: 'Turkey', nameFr: 'Turquie', from: null },
        { name, nameFr: 'Türkiye', from: '2022-06-01' },
      ],
    } as unknown as Participant;
    expect(nameOn(participant, '2000-01-01' as CalendarDate, 'fr')).toBe('Turquie');
    expect(nameOn(participant, '2024-01-01' as CalendarDate, 'en')).toBe('Türkiye');
  });
});

describe('the gallery of components', () => {
  const page = renderDocument(<Gallery language="en" />);

  it('escapes what people wrote, in attributes and in texts', () => {
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script>');
    expect(page).toContain('&lt;/textarea>');
  });

  it('holds nothing that a strict policy refuses', () => {
    expect(page).not.toMatch(/ style=| on[a-z]+=|<style|javascript:/);
    expect(
      [...page.matchAll(/<script[^>]*>(.*?)<\/script>/g)].map(([, text]) => text),
    ).toStrictEqual(['']);
  });

  it('scopes its heads, tells how it is sorted, and describes its fields', () => {
    expect(page).toContain('aria-sort="descending"><a href="?sort=name"');
    expect(page).toContain('aria-sort="none"><a href="?sort=length"');
    expect(page).toContain('<th role="rowheader" scope="row">party</th>');
    expect(page).toContain('aria-describedby="title-hint"');
    expect(page).toContain('<a href="#deposited-day">Enter the date.</a>');
  });

  it('is laid out from right to left where a language is', () => {
    expect(page).toContain('<html lang="en" dir="ltr">');
    const turned = renderDocument(<Gallery language="en" direction="rtl" />);
    expect(turned).toContain('<html lang="en" dir="rtl">');
  });
});
