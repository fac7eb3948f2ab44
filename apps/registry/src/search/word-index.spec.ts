import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { applyToStates, changedDocuments, emptyStates, noProgress } from '#views';
import { emptyParticipants, type ParticipantEvent } from '#treaty';
import { seedParticipants } from '../../../standalone/src/seed/load-seed.ts';
import { WordIndex } from './word-index.ts';

const recorded = (event: ParticipantEvent, index: number) => ({
  event,
  id: `event-${index}`,
  stream: 'participants',
  revision: index,
  position: String(index),
  recordedAt: '2026-01-01T00:00:00.000Z',
  actor: 'officer',
});

describe('the index', () => {
  it('taken up again after every event finds what one made at the end finds', () => {
    const states = emptyStates();
    const [progress, index] = [noProgress(), new WordIndex()];
    const events: ParticipantEvent[] = [
      ...seedParticipants(),
      // North Macedonia, as the United Nations was told in February 2019.
      {
        type: 'participantRenamed',
        participant: 'MKD',
        name: 'Republic of North Macedonia',
        nameFr: 'République de Macédoine du Nord',
        date: '2019-02-12' as never,
      },
    ];
    for (const [place, event] of events.entries()) {
      applyToStates(states, recorded(event, place));
      for (const document of changedDocuments(states, progress)) index.put(document);
    }
    const whole = new WordIndex();
    for (const document of changedDocuments(states, noProgress())) whole.put(document);
    expect(Object.keys(states.participants.register.byCode).length).toBe(index.size);
    expect(states.participants.register).not.toBe(emptyParticipants);
    for (const question of ['macedoine du nord', 'north macedonia', 'republic', 'fr', 'gemany'])
      expect(index.find(question, ['participant']).map(({ key }) => key)[0]).toBe(
        whole.find(question, ['participant']).map(({ key }) => key)[0],
      );
    expect(index.find('macedoine du nord', ['participant'])[0]?.key).toBe('MKD');
  });
});

const shared = (name: string): string =>
  fileURLToPath(new URL(`../../../../../shared/data/${name}`, import.meta.url));
const rowsOf = (name: string): Record<string, string>[] =>
  parse(readFileSync(shared(name)), { columns: true, bom: true });

describe('the titles and declarations of the UN tables of 2015', () => {
  if (!existsSync(shared('untc-2015.csv'))) {
    it.skip('are not there: ../shared/data/untc-2015.csv', () => undefined);
    return;
  }
  const index = new WordIndex();
  const titles = new Map(rowsOf('untc-2015.csv').map((row) => [row['mtdsg_no'], row['treaty']]));
  for (const [key = '', title = ''] of titles)
    index.put({
      kind: 'treaty',
      key,
      numbers: [key],
      names: [title],
      otherNames: [],
      text: '',
    });
  const declarations = rowsOf('untc-2015-declarations.csv');
  for (const [place, row] of declarations.entries())
    index.put({
      kind: 'action',
      key: String(place),
      numbers: [row['mtdsg_no'] ?? ''],
      names: ['Declaration', row['participant'] ?? ''],
      otherNames: [],
      text: row['text'] ?? '',
    });

  it('are found by words, beginnings and misspellings', () => {
    const asked: [string, RegExp][] = [
      ['climate change framework', /Framework Convention on Climate Change/],
      ['genocide', /Genocide/],
      ['convnetion agianst torture', /against Torture/],
      ['rights of the chi', /Rights of the Child/],
      ['law of the sea', /Law of the Sea/],
    ];
    for (const [question, title] of asked) {
      const [best] = index.find(question, ['treaty']);
      expect([question, titles.get(best?.key ?? '')]).toStrictEqual([
        question,
        expect.stringMatching(title),
      ]);
    }
  });

  it('are found in all and only the texts that hold the words, as a scan of them finds', () => {
    for (const question of ['extradition', 'islamic sharia', 'compulsory jurisdiction']) {
      const words = question.split(' ');
      const scanned = declarations.flatMap(({ text = '' }, place) => {
        const said = text
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u);
        // As the index reads it: every word may be the beginning of one.
        return words.every((word) => said.some((one) => one.startsWith(word)))
          ? [String(place)]
          : [];
      });
      expect(scanned.length).toBeGreaterThan(0);
      expect(new Set(index.find(question, ['action']).map(({ key }) => key))).toStrictEqual(
        new Set(scanned),
      );
    }
  });
});
