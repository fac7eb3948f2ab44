import { describe, expect, it, test } from '@jest/globals';
import { date, participants } from '../test/deciding.ts';
import type { ParticipantEvent } from './participants.ts';
import {
  evolveParticipants,
  findParticipant,
  isMemberOn,
  participantNameOn,
  participantOf,
} from './participant-register.ts';

describe('finding a participant', () => {
  test.each([
    ['FRA', 'FRA'],
    ['fr', 'FRA'],
    ['Côte d’Ivoire', 'CIV'],
    ["cote d'ivoire", 'CIV'],
    ['République-Unie de Tanzanie', 'TZA'],
    ['DAHOMEY', 'BEN'],
    ['Bolivia', 'BOL'],
    ['European Union', 'EUE'],
  ])('by %j', (words, code) => {
    expect(findParticipant(participants, words)?.code).toBe(code);
  });

  test.each(['', 'Atlantis', '__proto__', 'constructor'])('nobody by %j', (words) => {
    expect(findParticipant(participants, words)).toBeNull();
    expect(participantOf(participants, words)).toBeNull();
  });
});

describe('what happens to participants', () => {
  it('gives the name borne on a date after a renaming, whatever the order of recording', () => {
    const renamings: ParticipantEvent[] = [
      {
        type: 'participantRenamed',
        participant: 'TUR',
        name: 'Türkiye',
        nameFr: 'Türkiye',
        date: date('2022-06-01'),
      },
      {
        type: 'participantRenamed',
        participant: 'TUR',
        name: 'Turkey',
        nameFr: 'Turquie',
        date: date('1923-10-29'),
      },
    ];
    for (const order of [renamings, renamings.toReversed()]) {
      const known = participantOf(order.reduce(evolveParticipants, participants), 'TUR')!;
      expect(participantNameOn(known, date('2022-05-31'))).toBe('Turkey');
      expect(participantNameOn(known, date('2022-06-01'))).toBe('Türkiye');
      expect(known.name).toBe('Türkiye');
      expect(known.alsoKnownAs).toContain('Turkey');
    }
  });

  it('counts the last day of a membership: the United Kingdom in the European Union', () => {
    expect(isMemberOn(participants, 'EUE', 'GBR', date('2020-01-31'))).toBe(true);
    expect(isMemberOn(participants, 'EUE', 'GBR', date('2020-02-01'))).toBe(false);
    expect(isMemberOn(participants, 'EUE', 'HRV', date('2013-06-30'))).toBe(false);
    expect(isMemberOn(participants, 'EUE', 'HRV', date('2013-07-01'))).toBe(true);
  });

  it('keeps a dissolved State with its successors', () => {
    const after = evolveParticipants(participants, {
      type: 'participantDissolved',
      participant: 'NLD',
      date: date('2026-01-01'),
      successors: ['BEL'],
    });
    expect(participantOf(after, 'NLD')).toMatchObject({
      kind: 'dissolved-state',
      until: '2026-01-01',
      successors: ['BEL'],
    });
  });

  it('passes over a code nobody registered', () => {
    expect(
      evolveParticipants(participants, {
        type: 'participantContinued',
        participant: 'ZZZ',
        predecessor: 'SUN',
        date: date('1991-12-24'),
      }),
    ).toBe(participants);
  });
});
