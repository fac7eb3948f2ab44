import { describe, expect, it } from '@jest/globals';
import { cybercrime, date, done, participants, record, treaty } from '../test/deciding.ts';
import type { TreatyEvent } from './events.ts';
import { evolveParticipants } from './participant-register.ts';
import { statusOf } from './status.ts';

const signature = done('FRA', 'signature', '2025-10-25');
const ratification = done('FRA', 'ratification', '2026-03-02');
const reservation = done('FRA', 'reservation', '2025-10-25', { action: 'r', text: 'Article 17.' });
const row = (asOf: string, code: string, ...events: TreatyEvent[]) =>
  statusOf(record(cybercrime(), ...events), participants, { asOf: date(asOf) }).participants.find(
    (one) => one.code === code,
  );
const statement = (asOf: string, ...events: TreatyEvent[]) =>
  row(asOf, 'FRA', signature, reservation, ...events)?.statements?.[0];

describe('a reservation made when signing (VCLT 23(2))', () => {
  it('awaits confirmation, and counts for nothing without it', () => {
    expect(statement('2026-01-01')).toStrictEqual({
      kind: 'reservation',
      action: 'r',
      date: '2025-10-25',
      state: 'awaiting-confirmation',
      objectionsUntil: '2026-10-25',
      objectionsFrom: 'act',
    });
    expect(statement('2026-03-02', ratification)?.state).toBe('not-confirmed');
  });

  it('stands once confirmed, and the twelve months run from that', () => {
    const confirmation = done('FRA', 'confirmationOfReservation', '2026-03-02', { relatesTo: 'r' });
    expect(statement('2026-03-02', ratification, confirmation)).toMatchObject({
      state: 'standing',
      confirmedOn: '2026-03-02',
      objectionsUntil: '2027-03-02',
    });
  });

  it('needs no confirmation when made with the instrument', () => {
    const made = done('FRA', 'reservation', '2026-03-02', { text: 'Article 17.' });
    expect(row('2026-03-02', 'FRA', signature, ratification, made)?.statements).toMatchObject([
      { state: 'standing', objectionsUntil: '2027-03-02' },
    ]);
  });
});

describe('a late reservation', () => {
  const late = done('FRA', 'reservation', '2026-05-04', { action: 'late', text: 'Article 17.' });
  const of = (asOf: string, ...events: TreatyEvent[]) =>
    row(asOf, 'FRA', signature, ratification, late, ...events)?.statements?.[0];
  const objection = done('DEU', 'objection', '2027-05-04', { relatesTo: 'late', text: 'Late.' });

  it('stands only when nobody has objected within twelve months', () => {
    expect(of('2027-05-04')).toMatchObject({ state: 'awaiting-acceptance', late: true });
    expect(of('2027-05-05')).toMatchObject({ state: 'standing', late: true });
  });

  it('does not stand against one objection on the last day', () => {
    expect(of('2027-05-04', objection)?.state).toBe('not-accepted');
    expect(of('2028-01-01', { ...objection, date: date('2027-05-05') })?.state).toBe('standing');
  });
});

describe('the time for objecting (VCLT 20(5))', () => {
  const made = done('FRA', 'reservation', '2026-03-02', { action: 'r', text: 'Article 17.' });
  const objection = (on: string) =>
    done('DEU', 'objection', on, { relatesTo: 'r', text: 'Incompatible.' });
  const inTime = (...events: TreatyEvent[]) =>
    row('2029-01-01', 'FRA', signature, ratification, made, ...events)?.statements?.[0]
      ?.objections?.[0]?.inTime;

  it('is twelve months for who had consented by then, and until its own consent for who comes later', () => {
    const early = done('DEU', 'accession', '2026-04-01');
    expect(inTime(early, objection('2027-03-02'))).toBe(true);
    expect(inTime(early, objection('2027-03-03'))).toBe(false);
    const later = done('DEU', 'accession', '2028-04-01');
    expect(inTime(later, objection('2028-04-01'))).toBe(true);
    expect(inTime(later, objection('2028-04-02'))).toBe(false);
    expect(inTime(objection('2028-04-02'))).toBe(true);
  });
});

describe('the notification from which the time for objecting runs', () => {
  const made = done('FRA', 'reservation', '2026-03-02', { action: 'r', text: 'Article 17.' });
  const accession = done('DEU', 'accession', '2026-03-02');
  const objection = done('DEU', 'objection', '2027-03-20', { relatesTo: 'r', text: 'Not so.' });
  const of = (circulated: Readonly<Record<string, string>>, ...events: TreatyEvent[]) => {
    const all = record(cybercrime(), signature, ratification, made, accession, ...events);
    const circulatedOn = (action: string) =>
      circulated[action] === undefined ? null : date(circulated[action]);
    return statusOf(all, participants, {
      asOf: date('2027-04-01'),
      circulatedOn,
    }).participants.find(({ code }) => code === 'FRA')?.statements?.[0];
  };

  it('is that of the reservation; while there is none, the act', () => {
    expect(of({}, objection)).toMatchObject({
      objectionsUntil: '2027-03-02',
      objectionsFrom: 'act',
      objections: [{ participant: 'DEU', inTime: false }],
    });
    expect(of({ r: '2026-03-20' }, objection)).toMatchObject({
      objectionsUntil: '2027-03-20',
      objectionsFrom: 'notification',
      objections: [{ participant: 'DEU', inTime: true }],
    });
  });

  it('is that of the confirmation, once the reservation is confirmed', () => {
    const confirmation = done('FRA', 'confirmationOfReservation', '2026-06-01', {
      action: 'c',
      relatesTo: 'r',
    });
    expect(of({ r: '2026-03-20' }, confirmation)).toMatchObject({
      objectionsUntil: '2027-06-01',
      objectionsFrom: 'act',
    });
    expect(of({ r: '2026-03-20', c: '2026-06-15' }, confirmation)).toMatchObject({
      objectionsUntil: '2027-06-15',
      objectionsFrom: 'notification',
    });
  });

  it('keeps a late reservation waiting for as long as others may object', () => {
    const late = done('FRA', 'reservation', '2026-03-30', { action: 'late', text: 'Article 18.' });
    const lateOne = (circulated: Readonly<Record<string, string>>) => {
      const all = record(cybercrime(), signature, ratification, late);
      return statusOf(all, participants, {
        asOf: date('2027-04-01'),
        circulatedOn: (action) =>
          circulated[action] === undefined ? null : date(circulated[action]),
      }).participants[0]?.statements?.[0]?.state;
    };
    expect(lateOne({})).toBe('standing');
    expect(lateOne({ late: '2026-04-15' })).toBe('awaiting-acceptance');
  });
});

describe('what becomes of a statement', () => {
  const made = done('FRA', 'reservation', '2026-03-02', { action: 'r', text: 'Article 17.' });
  const objection = done('DEU', 'objection', '2026-06-01', {
    action: 'o',
    relatesTo: 'r',
    text: 'Incompatible.',
  });
  const of = (asOf: string, ...events: TreatyEvent[]) =>
    row(asOf, 'FRA', signature, ratification, made, ...events)?.statements?.[0];

  it('objections stand beside it, each with its own withdrawal', () => {
    expect(of('2026-06-01', objection)?.objections).toStrictEqual([
      { participant: 'DEU', date: '2026-06-01', action: 'o', inTime: true },
    ]);
    const withdrawal = done('DEU', 'withdrawalOfObjection', '2026-09-01', { relatesTo: 'o' });
    expect(of('2026-09-01', objection, withdrawal)?.objections).toStrictEqual([
      {
        participant: 'DEU',
        date: '2026-06-01',
        action: 'o',
        inTime: true,
        withdrawnOn: '2026-09-01',
      },
    ]);
    expect(of('2026-05-31', objection)?.objections).toBeUndefined();
  });

  it('it may be modified and withdrawn', () => {
    const modification = done('FRA', 'modificationOfReservation', '2026-07-01', {
      relatesTo: 'r',
      text: 'Article 17(2) only.',
    });
    const withdrawal = done('FRA', 'withdrawalOfReservation', '2026-08-01', { relatesTo: 'r' });
    expect(of('2026-07-31', modification, withdrawal)).toMatchObject({
      state: 'standing',
      modifiedOn: '2026-07-01',
    });
    expect(of('2026-08-01', modification, withdrawal)).toMatchObject({
      state: 'withdrawn',
      withdrawnOn: '2026-08-01',
    });
  });

  it("a declaration of the European Union's competence is shown with its modification", () => {
    const events = [
      ratification,
      done('EUE', 'accession', '2026-04-01'),
      done('EUE', 'declarationOfCompetence', '2026-04-01', { text: 'Article 25.' }),
      done('EUE', 'modificationOfCompetence', '2026-10-01', { text: 'Articles 25 and 27.' }),
    ];
    expect(row('2026-11-01', 'EUE', signature, ...events)?.statements).toMatchObject([
      { kind: 'declarationOfCompetence', state: 'standing', modifiedOn: '2026-10-01' },
    ]);
  });

  it('an annulled record is no statement', () => {
    const annulment: TreatyEvent = {
      type: 'actionAnnulled',
      treaty,
      action: 'r',
      reason: 'Not made.',
    };
    expect(of('2026-09-01', annulment)).toBeUndefined();
  });
});

describe('territories', () => {
  it('an extension to come leaves what applies until then; a notice may be for one of them alone', () => {
    const on = (
      kind: 'territorialExclusion' | 'territorialExtension',
      day: string,
      effect: string,
    ) => done('FRA', kind, day, { territory: 'Mayotte', dateOfEffect: date(effect), action: kind });
    const acts = [
      signature,
      ratification,
      on('territorialExtension', '2026-03-02', '2026-03-02'),
      on('territorialExclusion', '2026-04-02', '2026-07-01'),
    ];
    expect(row('2026-06-30', 'FRA', ...acts)?.territories).toMatchObject([{ applies: true }]);
    expect(row('2026-07-01', 'FRA', ...acts)?.territories).toMatchObject([{ applies: false }]);
    const notice = done('FRA', 'denunciation', '2026-08-03', { territory: 'New Caledonia' });
    const left = row('2028-01-01', 'FRA', signature, ratification, notice);
    expect(left).toMatchObject({
      status: 'contracting-state',
      territories: [{ territory: 'New Caledonia', applies: false, since: '2027-08-03' }],
    });
    expect(left).not.toHaveProperty('withdrawal');
  });

  it('each by the last act about it', () => {
    const acts = [
      signature,
      ratification,
      done('FRA', 'territorialExclusion', '2026-03-02', {
        territory: 'French Polynesia',
        action: 't1',
      }),
      done('FRA', 'territorialExtension', '2026-05-01', {
        territory: 'French Polynesia',
        dateOfEffect: date('2026-06-01'),
        action: 't2',
      }),
      done('FRA', 'territorialApplication', '2026-03-02', {
        territory: 'New Caledonia',
        action: 't3',
      }),
    ];
    expect(row('2026-04-01', 'FRA', ...acts)?.territories).toStrictEqual([
      { territory: 'French Polynesia', applies: false, since: '2026-03-02', action: 't1' },
      { territory: 'New Caledonia', applies: true, since: '2026-03-02', action: 't3' },
    ]);
    expect(row('2026-06-01', 'FRA', ...acts)?.territories?.[0]).toStrictEqual({
      territory: 'French Polynesia',
      applies: true,
      since: '2026-06-01',
      action: 't2',
    });
  });
});

describe('predecessors and names', () => {
  it("rows of predecessors stay and are linked to their successors'", () => {
    const acts = [
      done('SCG', 'signature', '2005-06-01'),
      done('SCG', 'ratification', '2006-01-01'),
      done('MNE', 'succession', '2006-10-23', { dateOfEffect: date('2006-06-03') }),
    ];
    expect(row('2026-11-24', 'MNE', ...acts)?.predecessors).toStrictEqual(['SCG']);
    expect(row('2026-11-24', 'SCG', ...acts)).toMatchObject({
      successors: ['MNE'],
      consent: { kind: 'ratification' },
    });
  });

  it('a State that continues another is linked to it too', () => {
    const acts = [
      done('SUN', 'signature', '1990-01-01'),
      done('RUS', 'ratification', '1995-01-01'),
    ];
    expect(row('2026-11-24', 'RUS', ...acts)?.predecessors).toStrictEqual(['SUN']);
  });

  it('names are those of the date asked', () => {
    const renamed = evolveParticipants(participants, {
      type: 'participantRenamed',
      participant: 'TUR',
      name: 'Republic of Anatolia',
      nameFr: null,
      date: date('2026-06-01'),
    });
    const name = (asOf: string) =>
      statusOf(record(cybercrime(), done('TUR', 'signature', '2025-10-25')), renamed, {
        asOf: date(asOf),
      }).participants[0]?.name;
    expect(name('2026-05-31')).toBe('Türkiye');
    expect(name('2026-06-01')).toBe('Republic of Anatolia');
  });
});

describe('provisional application', () => {
  it('runs from its date until it is ended', () => {
    const acts = [
      signature,
      done('FRA', 'provisionalApplication', '2026-01-01'),
      done('FRA', 'terminationOfProvisionalApplication', '2026-02-01'),
    ];
    expect(row('2026-01-31', 'FRA', ...acts)?.provisionalApplicationFrom).toBe('2026-01-01');
    expect(row('2026-01-31', 'FRA', ...acts)).not.toHaveProperty('provisionalApplicationUntil');
    expect(row('2026-02-01', 'FRA', ...acts)).toMatchObject({
      provisionalApplicationFrom: '2026-01-01',
      provisionalApplicationUntil: '2026-02-01',
    });
  });
});
