import { describe, expect, it, test } from '@jest/globals';
import { catalogueEntry } from '#catalogue';
import { act, cybercrime, date, done, given, participants, record } from '../test/deciding.ts';
import { addDays } from './calendar-date.ts';
import { entryIntoForceOf, treatyDates } from './entry-into-force.ts';
import type { TreatyEvent } from './events.ts';
import { evolveParticipants } from './participant-register.ts';
import type { ParticipantRegister } from './participants.ts';
import { partyPeriodsOn } from './party-periods.ts';
import { statusOf } from './status.ts';

/** The Convention against Cybercrime with the clause on leaving of another treaty. */
const leavingBy = (id: string) =>
  cybercrime({ withdrawal: catalogueEntry(id)!.finalClauses.withdrawal });
const official = (on: string): TreatyEvent => ({
  type: 'officialDateRecorded',
  treaty: 'XVIII-16',
  participant: null,
  date: date(on),
  reason: 'As announced.',
});
const consent = done('FRA', 'accession', '2025-11-01');

/** Until when France is a party after a notice, as seen at the end of 2099. */
function partyUntil(id: string, inForce: string, received: string): string | undefined {
  const notice = done('FRA', 'denunciation', received);
  const events = [leavingBy(id), consent, official(inForce), notice];
  const { participants: rows } = statusOf(record(...events), participants, {
    asOf: date('2099-12-31'),
  });
  return rows[0]?.partyUntil;
}

describe('when a notice takes effect', () => {
  test.each([
    ['a year after receipt (UNCAC 70(1))', 'uncac', '2026-01-01', '2026-03-02', '2027-03-02'],
    ['ninety days after receipt (CWC)', 'cwc', '2026-01-01', '2026-03-02', '2026-05-31'],
    [
      'the first of the month after twelve months (CMW)',
      'cmw',
      '2026-01-01',
      '2026-03-02',
      '2027-04-01',
    ],
    [
      'on 1 January, received by 1 July (drugs 1961)',
      'drugs-1961',
      '2026-01-01',
      '2026-07-01',
      '2027-01-01',
    ],
    ['a year later, received after 1 July', 'drugs-1961', '2026-01-01', '2026-07-02', '2028-01-01'],
    [
      'at the end of ten years (Genocide XIV)',
      'genocide',
      '2026-01-01',
      '2027-03-02',
      '2036-01-01',
    ],
    [
      'at the end of the next five, given too late for the first',
      'genocide',
      '2026-01-01',
      '2035-07-02',
      '2041-01-01',
    ],
    [
      'at the end of ten, given six months before it',
      'genocide',
      '2026-01-01',
      '2035-07-01',
      '2036-01-01',
    ],
  ])('%s', (_what, id, inForce, received, until) => {
    expect(partyUntil(id, inForce, received)).toBe(until);
  });

  it('names a later date of its own, never an earlier one', () => {
    const until = (effect: string): string | undefined => {
      const notice = done('FRA', 'denunciation', '2026-03-02', { dateOfEffect: date(effect) });
      const events = [cybercrime(), consent, official('2026-01-01'), notice];
      return statusOf(record(...events), participants, { asOf: date('2026-12-31') }).participants[0]
        ?.partyUntil;
    };
    expect(until('2027-12-31')).toBe('2027-12-31');
    expect(until('2026-04-01')).toBe('2027-03-02');
  });

  it('may not be given before some years from the entry into force for the party (Paris Agreement)', () => {
    const paris = leavingBy('paris');
    // France is a party from 1 December 2025: thirty days after its deposit.
    const events = [paris, official('2025-01-01'), consent];
    given(...events)
      .when(act('FRA', 'denunciation', '2028-11-30'), date('2030-01-01'))
      .isRefused(['withdrawal-too-early'], { sentence: 'Notice may be given from 2028-12-01 on.' });
    given(...events)
      .when(act('FRA', 'denunciation', '2028-12-01'), date('2030-01-01'))
      .records(done('FRA', 'denunciation', '2028-12-01', { action: 'new-action' }));
  });
});

describe('a treaty that ceases below a number of parties (Genocide XV)', () => {
  const members = Object.values(participants.byCode)
    .filter(({ kind, from }) => kind === 'state' && from === null)
    .map(({ code }) => code);
  const sixteen = members.slice(0, 20);
  const genocide = cybercrime({
    ...catalogueEntry('genocide')!.finalClauses,
    signature: null,
    withdrawal: cybercrime().finalClauses.withdrawal,
  });
  const deposits = sixteen.map((code) => done(code, 'accession', '2025-01-01'));
  const leaving = (count: number) =>
    sixteen
      .slice(0, count)
      .map((code, n) => done(code, 'denunciation', addDays(date('2025-06-01'), n)));
  const force = (count: number, asOf: string) =>
    entryIntoForceOf(record(genocide, ...deposits, ...leaving(count)), participants, {
      asOf: date(asOf),
    });

  it('stays in force with sixteen', () => {
    expect(force(4, '2030-01-01')).toMatchObject({ state: 'in-force', date: '2025-04-01' });
  });

  it('ceases on the day the denunciation that leaves fifteen takes effect', () => {
    expect(force(5, '2026-06-04').state).toBe('in-force');
    expect(force(5, '2026-06-05')).toMatchObject({ state: 'ceased', ceasedOn: '2026-06-05' });
    expect(force(5, '2026-06-05').steps.at(-1)).toBe(
      'Fewer parties than it needs were left on 2026-06-05: it ceased to be in force.',
    );
  });

  it('another treaty stays in force whatever the number (VCLT 55)', () => {
    const small = cybercrime({
      entryIntoForce: { ...cybercrime().finalClauses.entryIntoForce!, threshold: 20 },
    });
    const all = [small, ...deposits, ...leaving(20)];
    expect(entryIntoForceOf(record(...all), participants, { asOf: date('2030-01-01') }).state).toBe(
      'in-force',
    );
  });
});

describe('a regional organization whose members have all denounced (UNCAC 70(2))', () => {
  const rows = (asOf: string, register: ParticipantRegister, ...more: TreatyEvent[]) => {
    const events = [
      cybercrime(),
      official('2026-01-01'),
      consent,
      done('DEU', 'accession', '2025-11-01'),
      done('EUE', 'accession', '2025-11-01'),
      done('FRA', 'denunciation', '2026-03-01'),
      ...more,
    ];
    const { participants: found, totals } = statusOf(record(...events), register, {
      asOf: date(asOf),
    });
    return { union: found.find(({ code }) => code === 'EUE'), totals };
  };

  it('stays a party while one member is left', () => {
    expect(rows('2027-06-01', participants).union?.status).toBe('party');
  });

  it('does not leave, with them, what it joined after them', () => {
    const last = done('DEU', 'denunciation', '2026-05-01');
    const again = done('EUE', 'withdrawalOfInstrument', '2026-04-01');
    const later = done('EUE', 'accession', '2027-06-01');
    expect(rows('2027-07-01', participants, last, again, later).union).toMatchObject({
      status: 'party',
      partyFrom: '2027-07-01',
    });
  });

  it('ceases with the last of them', () => {
    const last = done('DEU', 'denunciation', '2026-05-01');
    expect(rows('2027-04-30', participants, last).union?.status).toBe('party');
    const { union, totals } = rows('2027-05-01', participants, last);
    expect(union).toMatchObject({ status: 'former-party', partyUntil: '2027-05-01' });
    expect(totals.parties).toBe(0);
  });

  it('is not a party any more where another treaty counts parties', () => {
    const convention = record(
      cybercrime(),
      official('2026-01-01'),
      consent,
      ...['BRA', 'EUE'].map((code) => done(code, 'accession', '2025-11-01')),
      done('FRA', 'denunciation', '2026-03-01'),
    );
    const protocol = record(
      cybercrime({
        entryIntoForce: {
          ...cybercrime().finalClauses.entryIntoForce!,
          threshold: 1,
          conditions: [{ type: 'all-parties-of', treaty: 'XVIII-16' }],
        },
      }),
      done('BRA', 'accession', '2026-06-01'),
    );
    const force = (on: string) => {
      const asOf = date(on);
      const dates = treatyDates(convention, participants, { asOf });
      const parties = partyPeriodsOn(convention, participants, asOf, dates);
      const elsewhere = () => ({ entryIntoForce: dates.entryIntoForce, parties });
      return entryIntoForceOf(protocol, participants, { asOf, elsewhere });
    };
    expect(force('2027-02-28').conditions).toMatchObject([{ met: false, reached: 1, needed: 3 }]);
    expect(force('2027-03-01')).toMatchObject({
      date: '2027-05-30',
      conditions: [{ met: true, reached: 1, needed: 1 }],
    });
  });

  it('ceases when the only one that has not denounced leaves the organization, and not before', () => {
    const leaves = (until: string | null) =>
      evolveParticipants(participants, {
        type: 'membershipRecorded',
        organization: 'EUE',
        member: 'DEU',
        from: date('1958-01-01'),
        until: until === null ? null : date(until),
      });
    const union = (register: ParticipantRegister) => rows('2028-06-01', register).union;
    expect(union(leaves(null))?.partyUntil).toBe(undefined);
    expect(union(leaves('2028-01-31'))).toMatchObject({
      status: 'former-party',
      partyUntil: '2028-02-01',
    });
  });

  it('does not come back with a State that joins the organization later', () => {
    const joins = evolveParticipants(participants, {
      type: 'membershipRecorded',
      organization: 'EUE',
      member: 'BRA',
      from: date('2028-01-01'),
      until: null,
    });
    const last = done('DEU', 'denunciation', '2026-05-01');
    const brazil = done('BRA', 'accession', '2025-11-01');
    expect(rows('2028-06-01', joins, last, brazil).union).toMatchObject({
      status: 'former-party',
      partyUntil: '2027-05-01',
    });
  });
});

describe('a past party that returns (USA, Paris Agreement)', () => {
  const paris = cybercrime({
    ...catalogueEntry('paris')!.finalClauses,
    entryIntoForce: null,
    signature: null,
  });
  const events = [
    { ...paris, dateOfAdoption: date('2015-12-12') },
    official('2016-11-04'),
    done('USA', 'acceptance', '2016-09-03'),
    done('USA', 'withdrawalFromTreaty', '2019-11-04'),
    done('USA', 'acceptance', '2021-01-20'),
  ];
  const row = (asOf: string) =>
    statusOf(record(...events), participants, { asOf: date(asOf) }).participants[0];

  it.each([
    ['2016-11-04', 'party'],
    ['2020-11-03', 'party'],
    ['2020-11-04', 'former-party'],
    ['2021-01-20', 'contracting-state'],
    ['2021-02-19', 'party'],
  ])('is on %s a %s', (asOf, status) => {
    expect(row(asOf)?.status).toBe(status);
  });

  it('shows both participations', () => {
    expect(row('2021-02-19')).toMatchObject({
      partyFrom: '2021-02-19',
      earlier: [
        {
          consent: { kind: 'acceptance', dateOfDeposit: '2016-09-03' },
          partyFrom: '2016-11-04',
          partyUntil: '2020-11-04',
        },
      ],
    });
  });
});
