import { describe, expect, it, test } from '@jest/globals';
import { calendarDate, emptyParticipants, refuse } from '#treaty';
import type { CaseContent, CaseKind } from '../cases/case-content.ts';
import { commandsOfCase } from '../cases/commands-of-case.ts';
import { DeskRefused } from '../cases/desk-refused.ts';
import { formFaults } from '../cases/due-form.ts';
import { readSignatures } from '../cases/signatures-table.ts';
import { readStatusFile } from '../reconcile/status-file.ts';
import { faultsOf, sentenceOf } from './case-faults.ts';
import type { DeskContext } from './desk-context.ts';
import { ofStatusFile } from './status-file-words.ts';
import { deskWords } from './words.ts';

const inLanguage = (language: 'en' | 'fr'): DeskContext => ({
  language,
  said: deskWords[language],
  officer: { subject: 's', name: 'n', roles: [] },
  formToken: '',
  address: '/',
  today: calendarDate('2026-11-24'),
  participants: emptyParticipants,
});
const french = inLanguage('fr');

/** All that a draft of a kind lacks, as its page tells it. */
function lacking(kind: CaseKind, content: CaseContent): string[] {
  const faults = [
    ...commandsOfCase({ kind, treaty: 'XVIII-16', content, documents: [] }).faults,
    ...formFaults(kind, content, []),
  ];
  const told = faultsOf(french, new DeskRefused('fields', 'case-incomplete', '', { faults }));
  expect(told.filter(({ inEnglish, isLaw }) => inEnglish === true || isLaw)).toStrictEqual([]);
  return told.map(({ sentence }) => sentence);
}

describe('what a draft lacks, on a French page', () => {
  const told = (kind: CaseKind, content: object): string[] => lacking(kind, content);
  const act = { kind: 'signature', participant: 'FRA', date: '2026-01-01' };

  it('an act that says nothing yet', () => {
    expect(told('instrument', {})[0]).toBe('Le dossier n’a pas encore d’acte.');
    const acts = [{ kind: 'wedding', date: '2026-02-30' }];
    expect(told('instrument', { acts }).slice(0, 4)).toStrictEqual([
      'Nature n’est pas une nature d’acte.',
      'Participant manque.',
      'Date juridique n’est pas une date qui existe.',
      '«\u00a0Signataire : chef de l’État, chef du gouvernement, ministre des affaires étrangères, ou personne munie de pleins pouvoirs\u00a0» est sans réponse.',
    ]);
  });

  it('a ceremony', () => {
    const powers = { answer: 'yes' };
    const form = { 'signed-by': { answer: 'full-powers' }, 'full-powers-in-order': powers };
    expect(told('ceremony', { acts: [act], form }).slice(0, 1)).toStrictEqual([
      '«\u00a0Les pleins pouvoirs désignent la personne, le traité et l’acte, et sont signés par l’une des trois autorités\u00a0»\u00a0: téléversez les pleins pouvoirs, ou dites dans la remarque où ils sont conservés.',
    ]);
    const other = { 'signed-by': { answer: 'other' } };
    expect(told('ceremony', { acts: [{ ...act, kind: 'accession' }], form: other })).toStrictEqual([
      'Une cérémonie ne comporte que des signatures.',
      '«\u00a0Signataire : chef de l’État, chef du gouvernement, ministre des affaires étrangères, ou personne munie de pleins pouvoirs\u00a0» demande une remarque disant pourquoi c’est admis malgré tout.',
    ]);
  });

  it('a correction', () => {
    const form = { 'evidence-seen': { answer: 'yes' } };
    const correction = { action: 'a', reason: 'r', form };
    expect(told('correction', correction)).toStrictEqual([
      'Rien n’est modifié : modifiez ce qui est faux.',
    ]);
    expect(told('correction', { ...correction, changes: { participant: 3 } })).toStrictEqual([
      'Participant doit être un texte.',
    ]);
    // Only a program sends a field that no form has.
    expect(told('correction', { ...correction, changes: { override: 'x' } })).toStrictEqual([
      'changes.override ne se corrige pas : annulez l’inscription et inscrivez de nouveau l’acte.',
    ]);
  });
});

test('a refusal of the law is told in the language of the page, its dates written out', () => {
  const { code, sentence, sentenceFr, article, overridable } = refuse(
    'accession-by-signatory',
    'kind',
    {
      who: { code: 'DEU', kind: 'state', name: 'Germany', nameFr: 'Allemagne' },
      signed: calendarDate('2025-12-01'),
    },
    '64(4)',
  );
  const about = { field: 'acts[0].kind', code, article, overridable };
  const fault = { ...about, detail: sentence, detailFr: sentenceFr };
  const refused = new DeskRefused(
    'rule',
    code,
    { en: sentence, fr: sentenceFr },
    { faults: [fault] },
  );
  const told = { field: 'act-0-kind', isLaw: true, overridable: true };
  expect(faultsOf(inLanguage('en'), refused)).toStrictEqual([
    {
      ...told,
      sentence:
        'Germany signed on 1 December 2025, so it ratifies, accepts or approves; accession is for those that did not sign.',
      article: 'art. 64(4)',
    },
  ]);
  expect(faultsOf(french, refused)).toStrictEqual([
    {
      ...told,
      sentence:
        'Allemagne : ce participant a signé le 1er décembre 2025 ; il ratifie donc, accepte ou approuve, car l’adhésion est ouverte à ceux qui n’ont pas signé.',
      article: 'art. 64, par. 4',
    },
  ]);
});

test('a refusal of the desk is told in the words of its pages', () => {
  const refused = new DeskRefused('rule', 'four-eyes', 'Another officer approves it.');
  expect(sentenceOf(french, refused)).toBe(deskWords.fr.refusals['four-eyes']);
});

test.each([
  ['', 'Le tableau a besoin d’un en-tête avec participant'],
  ['participant,hat\nFRA,x', 'il n’admet pas hat.'],
  ['participant\n"FRA', 'Le tableau ne peut pas être lu comme CSV (en anglais : « '],
])('the table of signatures %j is refused in French', (table, words) => {
  const { unusable } = readSignatures(table, emptyParticipants, {
    date: '2026-01-01',
    place: null,
  });
  expect(unusable?.fr).toContain(words);
});

describe('a status file on a French page', () => {
  it.each([
    ['<a/>', 'Le fichier n’a pas de tableau des participants'],
    ['<!DOCTYPE x><x/>', 'Le fichier déclare un type de document'],
    ['<Participants><Row>', 'Le fichier ne peut pas être lu comme XML (en anglais : « '],
    ['iso3\n"FRA', 'Le fichier ne peut pas être lu comme CSV (en anglais : « '],
  ])('that cannot be read: %j', (text, words) => {
    let message = '';
    try {
      readStatusFile(text, 'XVIII-16');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(ofStatusFile(french, message)).toContain(words);
  });

  it('tells what of it was not read, and where', () => {
    const csv =
      'participant,action,date\n,signature,2025-10-25\nFrance,signed,x\nFrance,signature,x\n';
    const { unread } = readStatusFile(csv, 'XVIII-16');
    expect(
      unread.map(({ where, detail }) => [
        ofStatusFile(french, where),
        ofStatusFile(french, detail),
      ]),
    ).toStrictEqual([
      ['ligne 1', 'ne nomme aucun participant'],
      ['ligne 2', '« signed » n’est pas une nature d’acte'],
      ['ligne 3', '« x » n’est pas une date'],
    ]);
    expect(ofStatusFile(french, 'row 2, column 3')).toBe('ligne 2, colonne 3');
  });
});
