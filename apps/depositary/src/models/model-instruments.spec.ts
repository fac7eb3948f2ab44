import { describe, expect, it, test } from '@jest/globals';
import { cybercrime, participants } from '../../../../libs/treaty/test/deciding.ts';
import { actionKinds, type ActionKind } from '#treaty';
import { modelInstrument } from './model-instruments.ts';

const kinds = Object.keys(actionKinds) as ActionKind[];

describe('model instruments', () => {
  test.each(kinds)('%s has one in each language, without a blank left by the register', (kind) => {
    for (const language of ['en', 'fr'] as const) {
      const known = { kind, language, treaty: cybercrime(), participant: 'FRA' };
      const text = modelInstrument(known, participants);
      expect(text).toMatch(language === 'fr' ? /24 décembre 2024/ : /24 December 2024/);
      expect(text).toMatch(language === 'fr' ? /République française/ : /French Republic/);
      expect(text).not.toMatch(/[{}]|undefined|null/);
      const blank = modelInstrument({ ...known, treaty: null, participant: null }, participants);
      expect(blank).toMatch(language === 'fr' ? /\[titre du traité\]/ : /\[title of the treaty\]/);
    }
  });

  it('of ratification speaks of the signature before it, of accession does not', () => {
    const of = (kind: ActionKind): string =>
      modelInstrument({ kind, language: 'en', treaty: null, participant: null }, participants);
    expect(of('ratification')).toContain('has been signed on behalf of [name of State]');
    expect(of('accession')).not.toContain('has been signed');
    expect(of('signature')).toMatch(/^FULL POWERS/);
  });
});
