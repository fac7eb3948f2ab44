import { describe, expect, it, test } from '@jest/globals';
import { date, given, record, treaty } from '../test/deciding.ts';
import { open } from '../test/facts.ts';
import { rectificationStateOn } from './rectifications.ts';

const text = 'Article 3, authentic French text: "saisie" for "saisi".';
const proposed = {
  type: 'rectificationProposed',
  treaty,
  rectification: 'new-action',
  date: date('2026-01-15'),
  text,
  objectionsUntil: date('2026-04-15'),
} as const;
const objected = {
  type: 'rectificationObjected',
  treaty,
  rectification: 'new-action',
  participant: 'FRA',
  date: date('2026-04-15'),
  text: null,
} as const;
const adoption = (on: string) =>
  ({
    type: 'adoptRectification',
    treaty,
    rectification: 'new-action',
    date: date(on),
    procesVerbal: 'PROCÈS-VERBAL OF RECTIFICATION',
  }) as const;
const objection = (on: string) =>
  ({
    type: 'objectToRectification',
    treaty,
    rectification: 'new-action',
    participant: 'FRA',
    date: date(on),
  }) as const;

describe('rectification of the text (VCLT 79)', () => {
  it('is proposed with ninety days for objections, the day of the proposal being day 0', () => {
    const propose = {
      type: 'proposeRectification',
      treaty,
      date: date('2026-01-15'),
      text,
    } as const;
    given(open).when(propose).records(proposed);
    given(open)
      .when({ ...propose, daysForObjections: 30 })
      .records({ ...proposed, objectionsUntil: date('2026-02-14') });
    given(open, proposed).when(propose).changesNothing();
    given(open)
      .when({ ...propose, text: ' ' })
      .isRefused(['missing-text'], { field: 'text' });
  });

  it('takes objections up to the last day and not after it', () => {
    given(open, proposed).when(objection('2026-04-15')).records(objected);
    given(open, proposed)
      .when(objection('2026-04-16'))
      .isRefused(['objection-out-of-time'], { article: 'VCLT art. 79(2)' });
    given(open, proposed).when(objection('2026-01-14')).isRefused(['objection-out-of-time']);
    given(open, proposed, objected).when(objection('2026-04-10')).changesNothing();
    given(open, proposed)
      .when({ ...objection('2026-02-01'), participant: 'XYZ' })
      .isRefused(['unknown-participant']);
    given(open).when(objection('2026-02-01')).isRefused(['unknown-rectification']);
  });

  it('is adopted by a procès-verbal after the period, and then replaces the text', () => {
    given(open, proposed)
      .when(adoption('2026-04-15'))
      .isRefused(['objection-period-running'], { article: 'VCLT art. 79(2)(a)' });
    given(open, proposed, objected)
      .when(adoption('2026-04-16'))
      .isRefused(['rectification-objected'], { article: 'VCLT art. 79(2)(b)' });
    const procesVerbal = 'PROCÈS-VERBAL OF RECTIFICATION';
    const adopted = {
      type: 'rectificationAdopted',
      treaty,
      rectification: 'new-action',
      date: date('2026-04-16'),
      procesVerbal,
    } as const;
    given(open, proposed)
      .when(adoption('2026-04-16'))
      .records(adopted, { type: 'textRectified', treaty, date: date('2026-04-16'), text });
    given(open, proposed, adopted).when(adoption('2026-04-17')).changesNothing();
    given(open, proposed)
      .when({ ...adoption('2026-04-16'), procesVerbal: '' })
      .isRefused(['missing-text']);
    given(open).when(adoption('2026-04-16')).isRefused(['unknown-rectification']);
    given(open, proposed).when(adoption('2027-04-16')).isRefused(['date-in-future']);
  });

  test.each([
    ['2026-04-15', [proposed], 'open'],
    ['2026-04-16', [proposed], 'due'],
    ['2026-04-16', [proposed, objected], 'objected'],
  ] as const)('stands on %s as events say: %#', (on, events, expected) => {
    const [procedure] = record(open, ...events).procedures;
    expect(procedure === undefined ? null : rectificationStateOn(procedure, date(on))).toBe(
      expected,
    );
  });
});
