import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import { datePartsOf } from '#pages';
import {
  actionKinds,
  calendarDate,
  type ActionKind,
  type ActionRecorded,
  type ParticipantRegister,
  type RecordedAction,
} from '#treaty';
import type { CaseKind } from '../cases/case-content.ts';
import { isSameContent } from './case-differences.ts';
import { controlOf, fieldsOf } from './case-fields.ts';
import { readCaseForm } from './case-form.ts';
import { textIn, textOfDate } from './form-fields.ts';

const france = {
  code: 'FRA',
  kind: 'state',
  iso2: 'FR',
  name: 'France',
  nameFr: 'France',
  formalName: 'French Republic',
  formalNameFr: 'République française',
  alsoKnownAs: [],
  names: [{ from: null, name: 'France', nameFr: 'France' }],
  from: null,
  until: null,
  predecessors: [],
};
const participants = { byCode: { FRA: france }, tables: {} } as unknown as ParticipantRegister;

const recorded = {
  type: 'actionRecorded',
  treaty: 'XVIII-16',
  action: 'a1',
  kind: 'ratification',
  participant: 'FRA',
  date: calendarDate('2026-11-20'),
  dateOfInstrument: calendarDate('2026-11-02'),
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
} as const satisfies ActionRecorded;
const onRecord: RecordedAction = {
  current: recorded,
  first: recorded,
  corrections: [],
  annulled: null,
  documents: [],
  ordinal: 0,
};

const read = (kind: CaseKind, form: Record<string, string>, content = {}) =>
  readCaseForm({ kind, content }, form, participants, [onRecord]);

const date = (name: string, day: string, month: string, year: string) => ({
  [`${name}-day`]: day,
  [`${name}-month`]: month,
  [`${name}-year`]: year,
});

describe('the form of an instrument', () => {
  it('keeps a participant by code, however it was named, and a date that is not yet one as typed', () => {
    const { content } = read('instrument', {
      acts: '1',
      'act-0-kind': 'ratification',
      'act-0-participant': ' république FRANÇAISE ',
      ...date('act-0-date', '20', '11', '2026'),
      ...date('act-0-dateOfReceipt', '', '11', '2026'),
    });
    const [act] = content.acts ?? [];
    expect([act?.participant, act?.date, act?.dateOfReceipt, act?.dateOfInstrument]).toStrictEqual([
      'FRA',
      '2026-11-20',
      '2026-11-',
      null,
    ]);
    expect(datePartsOf(act?.dateOfReceipt)).toStrictEqual({ day: '', month: '11', year: '2026' });
  });

  it('keeps nothing of a field that the kind has not, so that nothing is recorded unseen', () => {
    const form = {
      acts: '1',
      'act-0-participant': 'FRA',
      'act-0-predecessor': 'FRA',
      'act-0-text': 'A text of another kind',
      'act-0-territory': 'Guadeloupe',
    };
    const succession = read('instrument', { ...form, 'act-0-kind': 'succession' });
    expect(succession.content.acts?.[0]?.predecessor).toBe('FRA');
    const ratification = read('instrument', { ...form, 'act-0-kind': 'ratification' });
    expect(Object.keys(ratification.content.acts?.[0] ?? {}).toSorted()).toStrictEqual(
      [...fieldsOf('ratification')].toSorted(),
    );
  });

  it('gives statements the State and the dates of their act, adds one and takes one away', () => {
    const form = {
      acts: '2',
      'act-0-kind': 'ratification',
      'act-0-participant': 'France',
      ...date('act-0-date', '20', '11', '2026'),
      'act-1-kind': 'reservation',
      'act-1-text': 'One.\r\n\r\nTwo.',
    };
    const statement = read('instrument', form).content.acts?.[1];
    expect([statement?.participant, statement?.date, statement?.text]).toStrictEqual([
      'FRA',
      '2026-11-20',
      'One.\n\nTwo.',
    ]);
    const added = read('instrument', { ...form, pressed: 'add' });
    expect(added.content.acts?.map(({ kind }) => kind)).toStrictEqual([
      'ratification',
      'reservation',
      'reservation',
    ]);
    const removed = read('instrument', { ...form, pressed: 'remove-1' });
    expect(removed.content.acts?.map(({ kind }) => kind)).toStrictEqual(['ratification']);
    // The act itself is never what a button of a statement takes away.
    expect(read('instrument', { ...form, pressed: 'remove-0' }).content.acts).toHaveLength(2);
  });

  it('refuses a text that is too long instead of cutting it', () => {
    expect(() => textIn({ text: 'x'.repeat(11) }, 'text', 10)).toThrow(/takes 10 characters/);
  });
});

describe('the form of a ceremony', () => {
  it('leaves empty rows out, and keeps the day and the place where all are empty', () => {
    const form = { acts: '3', ...date('ceremony', '23', '11', '2026'), place: 'Hanoi' };
    expect(read('ceremony', form).content.acts).toStrictEqual([
      { kind: 'signature', participant: null, date: '2026-11-23', place: 'Hanoi' },
    ]);
    const { acts = [] } = read('ceremony', {
      ...form,
      'act-1-participant': 'fr',
      'act-2-participant': 'Atlantis',
    }).content;
    expect(acts.map(({ participant, date: day }) => [participant, day])).toStrictEqual([
      ['FRA', '2026-11-23'],
      ['Atlantis', '2026-11-23'],
    ]);
  });
});

describe('the form of a correction', () => {
  const shown = {
    action: 'a1',
    'change-kind': 'ratification',
    'change-participant': 'France',
    ...date('change-date', '20', '11', '2026'),
    ...date('change-dateOfInstrument', '2', '11', '2026'),
    'change-place': '',
  };

  it('changes only what differs from the record', () => {
    expect(read('correction', shown, { action: 'a1' }).content.changes).toStrictEqual({});
    const other = { ...shown, ...date('change-date', '21', '11', '2026') };
    expect(read('correction', other, { action: 'a1' }).content.changes).toStrictEqual({
      date: '2026-11-21',
    });
    const emptied = { ...shown, ...date('change-dateOfInstrument', '', '', '') };
    expect(read('correction', emptied, { action: 'a1' }).content.changes).toStrictEqual({
      dateOfInstrument: null,
    });
  });

  it('begins anew when another record is chosen: the fields shown were those of the first', () => {
    const { content } = read('correction', shown, { action: 'a0' });
    expect([content.action, content.participant, content.changes]).toStrictEqual(['a1', 'FRA', {}]);
  });
});

describe('saving', () => {
  it('is nothing where nothing differs, so that looking makes nobody an editor', () => {
    const saved = { acts: [{ kind: 'ratification', participant: 'FRA' }] };
    const form = { acts: '1', 'act-0-kind': 'ratification', 'act-0-participant': 'France' };
    expect(isSameContent(saved, read('instrument', form, saved).content)).toBe(true);
    const other = { ...form, 'act-0-note': 'Seen.' };
    expect(isSameContent(saved, read('instrument', other, saved).content)).toBe(false);
  });
});

test('every date comes back from its parts as it was', () => {
  const day = fc.stringMatching(/^[0-9]{0,2}$/);
  const year = fc.stringMatching(/^[0-9]{0,4}$/);
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 12 }), year, (d, month, y) => {
      const text = textOfDate({ day: d, month: String(month), year: y });
      const parts = datePartsOf(text);
      expect(textOfDate(parts)).toBe(text);
    }),
  );
});

test.each([
  ['acts[2].date', 'act-2-date-day'],
  ['acts[0].participant', 'act-0-participant'],
  ['acts', 'act-0-participant'],
  ['changes.dateOfReceipt', 'change-dateOfReceipt-day'],
  ['form.signed-by', 'form-signed-by'],
  ['reason', 'reason'],
  ['date', 'date-day'],
])('the fault of %s is told at the control %s', (field, control) => {
  expect(controlOf(field)).toBe(control);
});

test('every kind of action asks for what the law may refuse it for', () => {
  for (const kind of Object.keys(actionKinds) as ActionKind[]) {
    const fields = fieldsOf(kind);
    expect(fields).toContain('participant');
    expect(fields).toContain('date');
    if (actionKinds[kind].family === 'territory') expect(fields).toContain('territory');
    if (actionKinds[kind].family === 'statement') expect(fields).toContain('text');
    expect(new Set(fields).size).toBe(fields.length);
  }
});
