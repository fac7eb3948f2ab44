import { describe, expect, it, test } from '@jest/globals';
import { actionsView, notificationsView, participantsView, treatiesView } from '#views';
import { TargetGuard, TargetRefused } from '../webhooks/target-guard.ts';
import { allNamed } from './register-names.ts';
import { distinctFaults, emptyForm, prefilledIn, readTyped, typedIn } from './subscribe-form.ts';
import { inBoth, subscriptionWords } from './words.ts';

const nothing = {
  treaties: treatiesView.initial(),
  actions: actionsView.initial(),
  participants: participantsView.initial(),
  notifications: notificationsView.initial(),
};

describe('a form', () => {
  it('as it was sent holds what was typed, and no boxes that were not ticked', () => {
    const typed = typedIn({ target: ' a@example.org ', topics: 'actions', treaties: ['A-1', ' '] });
    expect(typed).toStrictEqual({
      channel: '',
      target: 'a@example.org',
      contact: '',
      language: '',
      mac: '',
      rhythm: '',
      timeZone: '',
      counts: '',
      inForceInDays: '',
      signatureClosesInDays: '',
      topics: ['actions'],
      treaties: ['A-1'],
      participants: [],
      kinds: [],
    });
  });

  it('is filled in by an address, and never with an address to send to', () => {
    const empty = emptyForm('fr', true);
    expect(
      prefilledIn({ counts: '30,39', kinds: ['accession', 'ratification'] }, empty),
    ).toStrictEqual({
      ...empty,
      counts: '30, 39',
      kinds: ['accession', 'ratification'],
    });
    for (const name of ['target', 'contact', 'mac', 'colour', '__proto__x'])
      expect(() => prefilledIn({ [name]: 'x' }, empty)).toThrow('does not take it');
    expect(() => prefilledIn({ treaties: 'x'.repeat(401) }, empty)).toThrow('it is too long');
  });

  it('drops what belongs to the other channel', () => {
    const form = {
      ...emptyForm('en', true),
      target: 'x',
      rhythm: 'daily',
      timeZone: 'Europe/Paris',
    };
    const read = (channel: string) => {
      const { request } = readTyped({ ...form, channel }, nothing);
      return [request['mac'], request['rhythm'], request['timeZone']];
    };
    expect(read('webhook')).toStrictEqual(['v1', undefined, undefined]);
    expect(read('mail')).toStrictEqual([undefined, 'daily', 'Europe/Paris']);
  });

  test.each(['0', '301', '1.5', '-3', '1e2', 'forty', '１'])('counts no "%s"', (counts) => {
    const { faults } = readTyped({ ...emptyForm('en', false), target: 'x', counts }, nothing);
    expect(faults.map(({ field }) => field)).toStrictEqual(['counts']);
  });

  it('names the line that the register does not know, and lists faults as fields stand', () => {
    const typed = { ...emptyForm('en', false), counts: 'x', participants: ['', 'Atlantis'] };
    const { faults } = readTyped(typed, nothing);
    expect(distinctFaults([...faults, ...faults]).map(({ field }) => field)).toStrictEqual([
      'target',
      'participants',
      'participants-2',
      'counts',
    ]);
  });
});

describe('a line of a list', () => {
  const known: Readonly<Record<string, string>> = {
    'Korea, Republic of': 'KOR',
    France: 'FRA',
    FRA: 'FRA',
    BRA: 'BRA',
  };
  const named = (words: string): string | null => known[words] ?? null;
  test.each([
    ['Korea, Republic of', ['KOR']],
    ['France, BRA', ['FRA', 'BRA']],
    [' FRA  BRA ', ['FRA', 'BRA']],
    ['FRA, Atlantis', null],
    ['', null],
  ])('%j names %j', (line, codes) => {
    expect(allNamed(line, named)).toStrictEqual(codes);
  });
});

describe('an address that may not be called', () => {
  const guard = new TargetGuard(undefined, async (name) => {
    if (name === 'unknown.example') throw new Error('ENOTFOUND');
    return ['10.0.0.1'];
  });
  test.each([
    'nothing',
    'http://example.org/x',
    'https://user:word@example.org/x',
    'https://example.org:99/x',
    'https://127.0.0.1/x',
    'https://unknown.example/x',
    'https://private.example/x',
  ])('is refused in French too: %s', async (address) => {
    const refused = await (async () => guard.addressesOf(guard.read(address).hostname))().catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(TargetRefused);
    const { message } = refused as TargetRefused;
    const said = inBoth(({ faults }) => faults.target(message));
    expect(said.en).toBe(message);
    expect([said.en, subscriptionWords.fr.faults.target('something else')]).not.toContain(said.fr);
  });
});
