import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cybercrime, date, done, participants, record, treaty } from '../test/deciding.ts';
import type { TreatyEvent } from './events.ts';
import { statusOf } from './status.ts';

/** Two instruments bring it into force: 31 days after the second, on 13 March 2026. */
const small = cybercrime({
  entryIntoForce: {
    article: '65(1)',
    threshold: 2,
    countedKinds: ['ratification', 'acceptance', 'approval', 'accession'],
    delay: { mode: 'days', n: 31 },
    reioInstruments: 'not-counted',
    conditions: [],
  },
});
const france = done('FRA', 'signature', '2025-10-25');
const germany = done('DEU', 'signature', '2025-10-25');
const consents = [
  done('FRA', 'ratification', '2026-01-10'),
  done('ITA', 'accession', '2026-02-10'),
];
const at = (asOf: string, events: TreatyEvent[], registered = small) =>
  statusOf(record(registered, ...events), participants, { asOf: date(asOf) });
const row = (asOf: string, code: string, events: TreatyEvent[], registered = small) =>
  at(asOf, events, registered).participants.find((one) => one.code === code);

describe('the status of participants', () => {
  it('goes from signatory to contracting State to party', () => {
    const events = [germany, france, ...consents];
    expect(at('2025-10-24', events).participants).toStrictEqual([]);
    expect(at('2025-10-25', events).totals).toStrictEqual({
      signatories: 2,
      contractingStates: 0,
      parties: 0,
    });
    expect(row('2026-01-10', 'FRA', events)).toStrictEqual({
      code: 'FRA',
      name: 'France',
      status: 'contracting-state',
      signature: { kind: 'signature', date: '2025-10-25', action: france.action },
      consent: {
        kind: 'ratification',
        dateOfDeposit: '2026-01-10',
        action: 'FRA-ratification-2026-01-10',
      },
    });
    expect(row('2026-02-10', 'FRA', events)).toMatchObject({
      status: 'contracting-state',
      partyFrom: '2026-03-13',
    });
    expect(at('2026-03-13', events)).toMatchObject({
      totals: { signatories: 2, contractingStates: 2, parties: 2 },
      participants: [
        { code: 'FRA', status: 'party', partyFrom: '2026-03-13' },
        { code: 'DEU', status: 'signatory' },
        { code: 'ITA', status: 'party', partyFrom: '2026-03-13' },
      ],
    });
  });

  it('counts a later party from its own deposit, never before the treaty', () => {
    const between = done('ESP', 'accession', '2026-02-11');
    const after = done('DEU', 'ratification', '2026-06-01');
    const events = [germany, france, ...consents, between, after];
    expect(row('2026-12-31', 'ESP', events)?.partyFrom).toBe('2026-03-13');
    expect(row('2026-12-31', 'DEU', events)?.partyFrom).toBe('2026-07-01');
  });

  it('binds at once a deposit between threshold and entry into force, in the other family', () => {
    const family = cybercrime({
      entryIntoForce: small.finalClauses.entryIntoForce,
      laterParties: {
        article: '10(2)',
        delay: { mode: 'months', n: 1 },
        appliesTo: 'after-entry-into-force',
        notBeforeEntryIntoForce: true,
        floorWrittenInText: null,
      },
    });
    const events = [...consents, done('ESP', 'accession', '2026-03-12')];
    expect(row('2026-12-31', 'ESP', events, family)?.partyFrom).toBe('2026-03-13');
    expect(
      row('2026-12-31', 'DEU', [...events, done('DEU', 'accession', '2026-03-13')], family)
        ?.partyFrom,
    ).toBe('2026-03-13');
    expect(
      row('2026-12-31', 'DEU', [...events, done('DEU', 'accession', '2026-03-14')], family)
        ?.partyFrom,
    ).toBe('2026-04-14');
  });

  it('shows a denunciation from its receipt, its effect a year later, and a return', () => {
    const events = [...consents, done('FRA', 'denunciation', '2026-05-01')];
    expect(row('2026-05-01', 'FRA', events)).toMatchObject({
      status: 'party',
      partyUntil: '2027-05-01',
      withdrawal: { kind: 'denunciation', dateOfReceipt: '2026-05-01', effectFrom: '2027-05-01' },
    });
    expect(row('2027-05-01', 'FRA', events)).toMatchObject({ status: 'former-party' });
    const back = [...events, done('FRA', 'accession', '2028-01-10')];
    expect(row('2028-01-10', 'FRA', back)).toMatchObject({
      status: 'contracting-state',
      partyFrom: '2028-02-09',
    });
    const revoked = [...events, done('FRA', 'revocationOfNotice', '2027-04-30')];
    const still = row('2028-01-01', 'FRA', revoked);
    expect(still).toMatchObject({ status: 'party' });
    expect(still).not.toHaveProperty('partyUntil');
  });

  it('leaves a State that took its instrument back a signatory, as Russia after 2023 under the CTBT', () => {
    const events = [
      done('RUS', 'signature', '2025-10-25'),
      done('RUS', 'ratification', '2026-01-10'),
      done('RUS', 'withdrawalOfInstrument', '2026-01-20'),
    ];
    expect(row('2026-01-20', 'RUS', events)?.status).toBe('signatory');
    expect(at('2026-01-20', events).totals.contractingStates).toBe(0);
    expect(
      row('2026-02-01', 'RUS', [...events, done('RUS', 'withdrawalOfSignature', '2026-02-01')])
        ?.status,
    ).toBe('none');
  });

  it('dates a succession before its deposit, never before the treaty itself', () => {
    const succession = done('MNE', 'succession', '2026-10-23', {
      dateOfEffect: date('2026-06-03'),
    });
    expect(row('2026-12-31', 'MNE', [...consents, succession])?.partyFrom).toBe('2026-06-03');
    const early = done('MNE', 'succession', '2026-10-23', { dateOfEffect: date('2006-06-03') });
    expect(row('2026-12-31', 'MNE', [...consents, early])?.partyFrom).toBe('2026-03-13');
  });

  it("takes an officer's date for one participant", () => {
    const official: TreatyEvent = {
      type: 'officialDateRecorded',
      treaty,
      participant: 'ITA',
      date: date('2026-03-14'),
      reason: 'Counted as full days.',
    };
    expect(row('2026-12-31', 'ITA', [...consents, official])?.partyFrom).toBe('2026-03-14');
    expect(row('2026-12-31', 'FRA', [...consents, official])?.partyFrom).toBe('2026-03-13');
  });

  it('does not depend on the order of recording', () => {
    const acts = [
      france,
      germany,
      ...consents,
      done('FRA', 'denunciation', '2026-05-01'),
      done('FRA', 'revocationOfNotice', '2026-05-02'),
      done('DEU', 'ratification', '2026-06-01'),
      done('EUE', 'accession', '2026-06-01'),
      done('EUE', 'denunciation', '2026-08-01'),
    ];
    const days = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(fc.shuffledSubarray(acts, { minLength: acts.length }), days, (shuffled, n) => {
        const asOf = new Date(Date.UTC(2025, 9, 24 + n)).toISOString().slice(0, 10);
        expect(at(asOf, shuffled)).toStrictEqual(at(asOf, acts));
      }),
    );
  });

  it('agrees with itself: every party is a contracting State, and totals are the rows', () => {
    const { totals, participants: rows } = at('2026-06-01', [germany, france, ...consents]);
    expect(totals.parties).toBe(rows.filter(({ status }) => status === 'party').length);
    expect(totals.contractingStates).toBe(rows.filter(({ consent }) => consent).length);
  });
});
