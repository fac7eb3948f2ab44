import { describe, expect, it, test } from '@jest/globals';
import { date, participants } from '../../test/deciding.ts';
import { participantOf } from '../participant-register.ts';
import type { RefusalCode, RefusalFacts, Who } from '../refusal-facts.ts';
import { refusalCatalogue, refuse } from '../refusals.ts';
import { articleInFrench } from './articles-in-french.ts';
import { refusalMeaningsInFrench } from './refusal-meanings-in-french.ts';

const who = (code: string): Who => participantOf(participants, code)!;
const [germany, union] = [who('DEU'), who('EUE')];
const on = date('2026-03-01');
const before = date('2025-12-25');
const after = date('2027-04-01');
const act = { who: germany, date: on };

/** Facts for every form that a sentence takes; the compiler misses a code that has none. */
type Examples = {
  readonly [Code in RefusalCode]: readonly [RefusalFacts[Code], ...RefusalFacts[Code][]];
};
const examples: Examples = {
  'treaty-not-registered': [{ treaty: 'IV-9' }],
  'treaty-already-registered': [
    { treaty: 'IV-9', title: 'Xyz', titleFr: 'Zyx' },
    { treaty: 'IV-9', title: 'Xyz', titleFr: null },
  ],
  'invalid-treaty-id': [{ problem: 'must be an id' }],
  'unknown-participant': [
    { code: 'XXX', acts: true },
    { code: 'XXX', acts: false },
  ],
  'unknown-action': [{ action: 'a-1', treaty: 'IV-9' }],
  'action-annulled': [{ because: 'Zyx.' }],
  'blank-reason': [null],
  'incomplete-notification': [null],
  'unknown-notification': [{ notification: 'C.N.1.2026.TREATIES-IV.9' }],
  'unknown-rectification': [{ rectification: 'r-1' }],
  'objection-out-of-time': [
    { from: before, until: on, rectified: null, date: after },
    { from: before, until: on, rectified: date('2026-06-11'), date: after },
  ],
  'rectification-objected': [act],
  'objection-period-running': [{ until: on }],
  'date-in-future': [
    { date: after, today: on },
    { date: after, today: null },
  ],
  'missing-text': [{ of: 'reservation' }, { of: 'error in the text' }, { of: 'procès-verbal' }],
  'missing-territory': [{ kind: 'territorialApplication' }],
  'missing-related-action': [{ kind: 'withdrawalOfReservation' }],
  'unknown-related-action': [{ action: 'a-1', treaty: 'IV-9' }],
  'wrong-related-action': [
    {
      kind: 'withdrawalOfReservation',
      mayBe: ['reservation'],
      whose: 'same',
      found: { ...act, kind: 'accession' },
    },
    {
      kind: 'objection',
      mayBe: ['reservation', 'modificationOfReservation', 'declaration'],
      whose: 'another',
      found: { ...act, kind: 'declaration' },
    },
  ],
  'official-date-before-deposit': [{ ...act, deposited: after }],
  'date-before-adoption': [{ date: before, adopted: on }],
  'participant-not-existing-on-date': [
    { ...act, until: before },
    { ...act, since: after },
  ],
  'instrument-after-deposit': [
    { date: on, dateOfInstrument: after },
    { date: on, dateOfReceipt: after },
  ],
  'effect-date-not-allowed': [null],
  'only-for-organizations': [{ kind: 'formalConfirmation', who: germany }],
  'not-for-organizations': [{ kind: 'succession', who: union }],
  'not-for-territories': [{ who: who('HKG') }],
  'signature-outside-window': [
    {
      date: on,
      windows: [
        { place: 'Hanoi', from: before, until: on },
        { place: null, from: before, until: null },
      ],
    },
  ],
  'signature-at-wrong-place': [{ date: on, open: ['Hanoi', 'Rome'], place: 'Oslo' }],
  'second-signature': [{ who: germany, signed: on }],
  'second-consent': [
    { who: germany, consented: on, stands: 'on' },
    { who: germany, consented: on, stands: 'until', until: after },
    { who: germany, consented: on, stands: 'after', date: before },
  ],
  'accession-by-signatory': [{ who: germany, signed: on }],
  'ratification-without-signature': [act, { who: union, date: on }],
  'accession-not-open': [
    { opens: 'on entry into force' },
    { opens: 'after signature', signatureUntil: on },
    { opens: 'after signature', signatureUntil: null },
  ],
  'reio-before-member': [
    { who: union, date: on, act: 'signature' },
    { who: union, date: on, act: 'consent' },
  ],
  'withdrawal-without-instrument': [
    { ...act, of: 'participation' },
    { ...act, of: 'instrument' },
  ],
  'withdrawal-word': [{ word: 'denunciation' }, { word: 'withdrawal' }],
  'withdrawal-too-early': [{ from: on }],
  'second-notice': [{ who: germany, given: on }],
  'revocation-without-notice': [act],
  'revocation-too-late': [{ who: germany, effect: on }],
  'instrument-withdrawal-after-entry-into-force': [
    { who: germany, inForce: on, word: 'denunciation' },
    { who: germany, inForce: on, word: 'withdrawal' },
    { who: germany, inForce: on, word: null },
  ],
  'withdrawal-without-signature': [act],
  'confirmation-without-signature': [act],
  'late-reservation': [{ ...act, acted: [before, after] }],
  'statement-before-act': [act],
};

const codes = Object.keys(refusalCatalogue) as RefusalCode[];
const refusals = codes.flatMap((code) =>
  examples[code].map((facts) => refuse(code, null, facts as never)),
);
const meanings = codes.map((code) => ({
  code,
  sentence: refusalCatalogue[code].meaning,
  sentenceFr: refusalMeaningsInFrench[code],
}));
const said = [...refusals, ...meanings];

const wordsIn = (text: string): string[] => text.toLowerCase().match(/\p{L}{2,}/gu) ?? [];

describe('why the law refuses, in French', () => {
  it('is said for every code', () => {
    expect(Object.keys(examples).toSorted()).toStrictEqual(codes.toSorted());
    expect(Object.keys(refusalMeaningsInFrench).toSorted()).toStrictEqual(codes.toSorted());
  });

  it('shares no word with the English sentence but facts, and what both languages write alike', () => {
    const alike = new Set(
      said.flatMap(({ sentence, sentenceFr }) => {
        const french = new Set(wordsIn(sentenceFr));
        return wordsIn(sentence).filter((word) => french.has(word));
      }),
    );
    const facts = 'alpha eue hanoi hong iso iv kong oslo rome treaties xxx xyz zyx';
    const cognates =
      'actions ad adoption application clauses code confirmation date dates instrument modification notification objection objections participant place procès ratification rectification referendum signature succession union verbal';
    expect([...alike].toSorted()).toStrictEqual(`${facts} ${cognates}`.split(' ').toSorted());
  });

  it('keeps the dates, names and numbers of the English sentence', () => {
    const factsIn = (text: string): string[] =>
      text
        .replace('Germany', 'DEU')
        .replace('Allemagne', 'DEU')
        .replace(/European Union|Union européenne/, 'EUE')
        .replace('Xyz', 'Zyx')
        .match(/\d{4}-\d{2}-\d{2}|Hanoi|Rome|Oslo|Zyx|XXX|IV-9|a-1|r-1|C\.N\.\S+\d|DEU|EUE/g)
        ?.toSorted() ?? [];
    for (const { code, sentence, sentenceFr } of refusals) {
      expect([code, factsIn(sentenceFr)]).toStrictEqual([code, factsIn(sentence)]);
    }
  });

  it('is a whole sentence with the signs of French, and nothing left blank', () => {
    const whole = /^[\p{Lu}«].*\.$/u;
    const wrong = /['"]|undefined|null|NaN|\[object| {2}|\S[;:!?] |« *»| ,/;
    expect(said.filter(({ sentenceFr }) => !whole.test(sentenceFr))).toStrictEqual([]);
    expect(said.filter(({ sentenceFr }) => wrong.test(sentenceFr))).toStrictEqual([]);
  });
});

test.each([
  [
    refuse('accession-by-signatory', null, { who: germany, signed: before }),
    'Germany signed on 2025-12-25, so it ratifies, accepts or approves; accession is for those that did not sign.',
    'Allemagne : ce participant a signé le 2025-12-25 ; il ratifie donc, accepte ou approuve, car l’adhésion est ouverte à ceux qui n’ont pas signé.',
  ],
  [
    refuse('wrong-related-action', null, examples['wrong-related-action'][1]!),
    'Objection refers to an earlier reservation or modification of reservation or declaration of another participant; that action is a declaration of DEU of 2026-03-01.',
    '« Objection » : cet acte se rapporte à un acte antérieur d’un autre participant (réserve, modification de réserve ou déclaration) ; celui-ci est : déclaration, Allemagne, 2026-03-01.',
  ],
  [
    refuse('signature-outside-window', null, examples['signature-outside-window'][0]),
    'The treaty is not open for signature on 2026-03-01; it is open at Hanoi 2025-12-25 to 2026-03-01; any place 2025-12-25 to no end.',
    'Le traité n’est pas ouvert à la signature le 2026-03-01 ; il l’est du 2025-12-25 au 2026-03-01 (Hanoi) ; à partir du 2025-12-25, en tout lieu.',
  ],
  [
    refuse('reio-before-member', null, { who: union, date: on, act: 'consent' }),
    'No member State of European Union has consented to be bound by 2026-03-01; record that of a member first.',
    'Union européenne : aucun État membre n’a consenti à être lié jusqu’au 2026-03-01 inclus ; inscrivez d’abord l’acte d’un membre.',
  ],
  [
    refuse('instrument-withdrawal-after-entry-into-force', null, {
      who: { ...germany, nameFr: null },
      inForce: on,
      word: 'withdrawal',
    }),
    'The treaty is in force since 2026-03-01; after that Germany leaves by withdrawal.',
    'Germany : le traité est en vigueur depuis le 2026-03-01 ; ce participant le quitte désormais par le retrait du traité.',
  ],
])('%j', (refusal, english, french) => {
  expect([refusal.sentence, refusal.sentenceFr]).toStrictEqual([english, french]);
});

test.each([
  ['VCLT art. 77(1)(d)', 'CV art. 77, par. 1 d)'],
  ['VCLT 1986 art. 14', 'CV 1986 art. 14'],
  ['VCLT art. 14-15', 'CV art. 14-15'],
  ['VCLT art. 7(1)-(2), 67(2)', 'CV art. 7, par. 1-2, 67, par. 2'],
  ['VCLT art. 16(b), 78', 'CV art. 16 b), 78'],
  ['VCLT art. 77(1)(d)-(g)', 'CV art. 77, par. 1 d)-g)'],
  [
    'Vienna Convention on Succession of States in respect of Treaties (1978), art. 22',
    'Convention de Vienne sur la succession d’États en matière de traités (1978), art. 22',
  ],
  ['art. XXI(2)', 'art. XXI, par. 2'],
  ['art. 64(4)', 'art. 64, par. 4'],
])('%s is cited as %s', (english, french) => {
  expect(articleInFrench(english)).toBe(french);
});
