import { describe, expect, it } from '@jest/globals';
import { act, cybercrime, date, done, given, participants, record } from '../test/deciding.ts';
import { entryIntoForceOf } from './entry-into-force.ts';
import type { TreatyEvent, TreatyRegistered } from './events.ts';
import { evolveParticipants } from './participant-register.ts';
import { statusOf } from './status.ts';

/** Two instruments bring it into force: 31 days after the second. */
const rule = {
  article: '65(1)',
  threshold: 2,
  countedKinds: ['ratification', 'acceptance', 'approval', 'accession'],
  delay: { mode: 'days', n: 31 },
  reioInstruments: 'not-counted',
  conditions: [],
} as const;
const small = cybercrime({ entryIntoForce: rule });
const old: TreatyRegistered = { ...small, dateOfAdoption: null };
const at = (asOf: string, events: TreatyEvent[], known = participants, registered = old) =>
  statusOf(record(registered, ...events), known, { asOf: date(asOf) });
const row = (asOf: string, code: string, events: TreatyEvent[], known = participants) =>
  at(asOf, events, known).participants.find((one) => one.code === code);
const force = (asOf: string, events: TreatyEvent[], known = participants) =>
  entryIntoForceOf(record(old, ...events), known, { asOf: date(asOf) });
const official = (participant: string | null, on: string): TreatyEvent => ({
  type: 'officialDateRecorded',
  treaty: 'XVIII-16',
  participant,
  date: date(on),
  reason: 'As notified.',
});

describe('a dissolved State', () => {
  const acts = [
    done('CSK', 'ratification', '1990-01-01'),
    done('FRA', 'ratification', '1990-02-01'),
    done('CZE', 'succession', '1993-02-22', { dateOfEffect: date('1993-01-01') }),
    done('SVK', 'succession', '1993-05-28', { dateOfEffect: date('1993-01-01') }),
  ];

  it('keeps its row and is a party no longer; its successors are, from its end', () => {
    expect(at('1992-12-31', acts).totals.parties).toBe(2);
    expect(row('1992-12-31', 'CSK', acts)?.status).toBe('party');
    expect(at('1993-12-31', acts).totals).toStrictEqual({
      signatories: 0,
      contractingStates: 3,
      parties: 3,
    });
    expect(row('1993-12-31', 'CSK', acts)).toMatchObject({
      status: 'former-party',
      partyFrom: '1990-03-04',
      partyUntil: '1993-01-01',
      successors: ['CZE', 'SVK'],
    });
    expect(row('1993-12-31', 'CZE', acts)).toMatchObject({
      status: 'party',
      partyFrom: '1993-01-01',
      predecessors: ['CSK'],
    });
  });

  it('does not count as signatory for ever beside its successor', () => {
    const signed = [
      done('CSK', 'signature', '1990-01-01'),
      done('CZE', 'successionToSignature', '1993-02-22'),
    ];
    expect(at('1992-01-01', signed).totals.signatories).toBe(1);
    expect(at('1994-01-01', signed).totals.signatories).toBe(1);
    expect(row('1994-01-01', 'CSK', signed)?.status).toBe('none');
  });
});

describe('a State that continues another', () => {
  const acts = [
    done('SUN', 'ratification', '1990-01-01'),
    done('FRA', 'ratification', '1990-02-01'),
  ];

  it('is a party by the acts of the one that it continues, whose row stays', () => {
    expect(row('1991-12-24', 'SUN', acts)?.status).toBe('party');
    expect(row('1991-12-24', 'RUS', acts)).toBeUndefined();
    expect(row('1991-12-25', 'SUN', acts)).toMatchObject({
      status: 'former-party',
      partyUntil: '1991-12-25',
      successors: ['RUS'],
    });
    expect(row('1991-12-25', 'RUS', acts)).toMatchObject({
      name: 'Russian Federation',
      status: 'party',
      consent: { action: 'SUN-ratification-1990-01-01' },
      partyFrom: '1990-03-04',
      predecessors: ['SUN'],
    });
    expect(at('1991-12-25', acts).totals.parties).toBe(2);
  });

  it('takes the place of the other from the day recorded, where nothing else ended that one', () => {
    const known = evolveParticipants(participants, {
      type: 'participantContinued',
      participant: 'BEL',
      predecessor: 'NLD',
      date: date('2001-06-30'),
    });
    const dutch = [done('NLD', 'ratification', '1990-01-01'), acts[1]!];
    expect(row('2001-06-30', 'BEL', dutch, known)).toBeUndefined();
    expect(row('2001-07-01', 'BEL', dutch, known)).toMatchObject({ status: 'party' });
    expect(row('2001-07-01', 'NLD', dutch, known)).toMatchObject({ partyUntil: '2001-07-01' });
  });

  it('leaves by its own notice, and cannot consent twice', () => {
    const left = [...acts, done('RUS', 'denunciation', '1995-01-01')];
    expect(row('1996-01-01', 'RUS', left)?.status).toBe('former-party');
    given(old, ...acts)
      .when(act('RUS', 'accession', '1992-01-01'))
      .isRefused(['second-consent']);
  });

  it('counts once with the State that it continues', () => {
    const twice = [acts[0]!, done('RUS', 'ratification', '1992-01-01')];
    expect(force('1993-01-01', twice)).toMatchObject({
      state: 'pending',
      counted: 1,
      notCounted: [
        {
          participant: 'RUS',
          reason: 'It is the same legal person as SUN, whose instrument counts already.',
        },
      ],
    });
  });
});

describe('taking back before entry into force', () => {
  const first = done('FRA', 'ratification', '2026-01-10');
  const back = done('FRA', 'withdrawalOfInstrument', '2026-01-20');
  const second = done('ITA', 'ratification', '2026-02-01');

  it('an instrument deposited again counts from its new day', () => {
    const again = done('FRA', 'ratification', '2026-03-01', { action: 'again' });
    const events = [first, back, second, again];
    expect(force('2026-02-28', events)).toMatchObject({ state: 'pending', counted: 1 });
    expect(force('2026-03-01', events)).toMatchObject({
      state: 'fixed',
      date: '2026-04-01',
      countedInstruments: [{ participant: 'ITA' }, { participant: 'FRA', action: 'again' }],
    });
    expect(row('2026-04-01', 'FRA', events)).toMatchObject({ status: 'party' });
  });

  it('within a day, the withdrawal comes before a new deposit and after the only one', () => {
    const renewed = done('FRA', 'ratification', '2026-01-20', { action: 'renewed' });
    expect(force('2026-02-01', [first, back, renewed, second]).countedInstruments).toMatchObject([
      { action: 'renewed' },
      { participant: 'ITA' },
    ]);
    expect(row('2026-02-01', 'FRA', [first, back, renewed])?.consent?.action).toBe('renewed');
    const only = [done('FRA', 'ratification', '2026-01-20'), back];
    expect(force('2026-01-20', only).counted).toBe(0);
    expect(row('2026-01-20', 'FRA', only)).toMatchObject({ status: 'none' });
  });

  it('after the threshold and before the date, the date waits for another instrument', () => {
    const between = done('FRA', 'withdrawalOfInstrument', '2026-02-15');
    const third = done('ESP', 'accession', '2026-05-01');
    expect(force('2026-02-14', [first, second, between]).date).toBe('2026-03-04');
    expect(force('2026-04-01', [first, second, between]).state).toBe('pending');
    expect(force('2026-05-01', [first, second, between, third]).date).toBe('2026-06-01');
  });

  it('a notice of denunciation counts until it takes effect, and leaves no former party', () => {
    const notice = done('FRA', 'denunciation', '2026-01-20');
    expect(force('2026-01-25', [first, notice])).toMatchObject({ state: 'pending', counted: 1 });
    expect(force('2027-01-20', [first, notice])).toMatchObject({
      counted: 0,
      notCounted: [
        {
          reason: 'A notice of leaving received on 2026-01-20 took effect before entry into force.',
        },
      ],
    });
    expect(
      row('2027-01-20', 'FRA', [done('FRA', 'signature', '2025-10-25'), first, notice]),
    ).toStrictEqual({
      code: 'FRA',
      name: 'France',
      status: 'signatory',
      signature: { kind: 'signature', date: '2025-10-25', action: 'FRA-signature-2025-10-25' },
      consent: {
        kind: 'ratification',
        dateOfDeposit: '2026-01-10',
        action: 'FRA-ratification-2026-01-10',
      },
      withdrawal: {
        kind: 'denunciation',
        dateOfReceipt: '2026-01-20',
        effectFrom: '2027-01-20',
        action: 'FRA-denunciation-2026-01-20',
      },
    });
    // In force on 4 March 2026, before the notice takes effect: it counted, and France was a party.
    expect(force('2027-02-01', [first, notice, second])).toMatchObject({ date: '2026-03-04' });
    expect(row('2027-02-01', 'FRA', [first, notice, second])).toMatchObject({
      status: 'former-party',
      partyFrom: '2026-03-04',
      partyUntil: '2027-01-20',
    });
  });

  it('a notice revoked in time never counted; one revoked late did', () => {
    const notice = done('FRA', 'denunciation', '2026-01-20');
    const revoked = (on: string) => [first, notice, done('FRA', 'revocationOfNotice', on)];
    expect(force('2028-01-01', revoked('2027-01-19')).counted).toBe(1);
    expect(force('2028-01-01', revoked('2027-01-20')).counted).toBe(0);
  });
});

describe('a consent given before the notice takes effect', () => {
  const events = [
    done('FRA', 'ratification', '2026-01-10'),
    done('ITA', 'ratification', '2026-01-10'),
    done('FRA', 'denunciation', '2026-03-01'),
    done('FRA', 'accession', '2027-02-20', { action: 'back' }),
  ];

  it('is refused, and says how the State may stay', () => {
    given(small, ...events.slice(0, 3))
      .when(act('FRA', 'accession', '2026-06-01'))
      .isRefused(['second-consent'], {
        sentence:
          'France consented to be bound on 2026-01-10 already, and its notice takes effect only on 2027-03-01; it revokes the notice, or consents anew from that day on.',
      });
  });

  it('recorded all the same, begins a participation when the first has ended', () => {
    expect(row('2027-02-28', 'FRA', events)).toMatchObject({
      status: 'party',
      partyFrom: '2026-02-10',
      partyUntil: '2027-03-01',
    });
    expect(row('2027-03-01', 'FRA', events)).toMatchObject({
      status: 'contracting-state',
      consent: { action: 'back' },
      partyFrom: '2027-03-22',
      earlier: [{ partyFrom: '2026-02-10', partyUntil: '2027-03-01' }],
    });
    const early = [...events.slice(0, 3), done('FRA', 'accession', '2026-09-01')];
    expect(row('2027-03-01', 'FRA', early)).toMatchObject({
      status: 'party',
      partyFrom: '2027-03-01',
    });
  });

  it('lapses when the notice is revoked', () => {
    const revoked = [...events, done('FRA', 'revocationOfNotice', '2027-02-25')];
    expect(row('2028-01-01', 'FRA', revoked)).toMatchObject({
      status: 'party',
      partyFrom: '2026-02-10',
    });
    expect(row('2028-01-01', 'FRA', revoked)).not.toHaveProperty('earlier');
  });
});

describe('official dates of a participant with two participations', () => {
  it('each belongs to the participation that it falls in', () => {
    const events = [
      done('FRA', 'ratification', '2026-01-10'),
      done('ITA', 'ratification', '2026-01-10'),
      done('FRA', 'denunciation', '2026-03-01'),
      done('FRA', 'accession', '2027-06-01'),
      official('FRA', '2026-02-11'),
      official('FRA', '2027-07-03'),
    ];
    expect(row('2028-01-01', 'FRA', events)).toMatchObject({
      partyFrom: '2027-07-03',
      partyFromRule: { clause: 'official-date', computedDate: '2027-07-01' },
      earlier: [{ partyFrom: '2026-02-11', partyUntil: '2027-03-01' }],
    });
  });
});

describe('a consent after a notice that had nothing to end', () => {
  it('is a consent', () => {
    const events = [
      done('FRA', 'denunciation', '2025-12-01'),
      done('FRA', 'accession', '2027-06-01'),
    ];
    expect(row('2028-01-01', 'FRA', events)).toMatchObject({ status: 'contracting-state' });
  });
});

describe('a treaty that has ceased to be in force', () => {
  it('has no parties', () => {
    const floor = cybercrime({
      entryIntoForce: { ...rule, conditions: [{ type: 'ceases-below', count: 2 }] },
    });
    const events = [
      done('FRA', 'ratification', '2026-01-10'),
      done('ITA', 'ratification', '2026-01-10'),
      done('FRA', 'denunciation', '2026-03-01'),
      // A rise above the number does not bring it back.
      done('ESP', 'accession', '2027-06-01'),
    ];
    const ended = at('2027-03-01', events, participants, floor);
    expect(ended.totals.parties).toBe(0);
    expect(ended.participants).toMatchObject([
      { code: 'FRA', status: 'former-party', partyUntil: '2027-03-01' },
      { code: 'ITA', status: 'former-party', partyUntil: '2027-03-01' },
    ]);
    const after = at('2028-01-01', events, participants, floor).participants;
    expect(after.find(({ code }) => code === 'ESP')).not.toHaveProperty('partyFrom');
    expect(after.map(({ status }) => status)).not.toContain('party');
  });
});

describe('provisional application', () => {
  it('ends when the treaty enters into force for the State', () => {
    const events = [
      done('FRA', 'signature', '2025-10-25'),
      done('FRA', 'provisionalApplication', '2025-11-01', { dateOfEffect: date('2025-12-01') }),
      done('FRA', 'ratification', '2026-01-10'),
      done('ITA', 'ratification', '2026-01-10'),
    ];
    expect(row('2026-02-09', 'FRA', events)).toMatchObject({
      status: 'contracting-state',
      provisionalApplicationFrom: '2025-12-01',
    });
    expect(row('2026-02-09', 'FRA', events)).not.toHaveProperty('provisionalApplicationUntil');
    expect(row('2026-02-10', 'FRA', events)).toMatchObject({
      status: 'party',
      provisionalApplicationUntil: '2026-02-10',
    });
  });
});

describe('names', () => {
  it('are those of the date asked', () => {
    const known = evolveParticipants(participants, {
      type: 'participantRenamed',
      participant: 'TUR',
      name: 'Türkiye (renamed)',
      nameFr: null,
      date: date('2026-06-01'),
    });
    const events = [done('TUR', 'ratification', '2026-01-10')];
    const before = row('2026-05-31', 'TUR', events, known)?.name;
    expect(before).toBe(row('2026-05-31', 'TUR', events)?.name);
    expect(row('2026-06-01', 'TUR', events, known)?.name).toBe('Türkiye (renamed)');
  });
});
