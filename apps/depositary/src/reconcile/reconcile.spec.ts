import { describe, expect, it, test } from '@jest/globals';
import {
  cybercrime,
  date,
  done,
  participants,
  record,
} from '../../../../libs/treaty/test/deciding.ts';
import { reconcile } from './reconcile.ts';
import { readStatusCsv, readStatusFile, readStatusXml } from './status-file.ts';
import { nameAndFootnotes, readCell } from './table-cells.ts';

const consents = 'Ratification, Acceptance(A), Approval(AA), Accession(a), Succession(d)';

describe('cells of a status table', () => {
  test.each([
    ['24 Sep 2003', consents, 'ratification', '2003-09-24', []],
    ['24 Sep 2003 a', consents, 'accession', '2003-09-24', []],
    ['24 Sep 2003 A', consents, 'acceptance', '2003-09-24', []],
    ['24 Sep 2003 AA', consents, 'approval', '2003-09-24', []],
    ['23 Oct 2006 d', consents, 'succession', '2006-10-23', []],
    [
      '23 Oct 2006 d',
      'Signature, Succession to signature(d)',
      'successionToSignature',
      '2006-10-23',
      [],
    ],
    ['9 Dec 2003', 'Signature', 'signature', '2003-12-09', []],
    ['9 Dec 2003 s', 'Signature', 'definitiveSignature', '2003-12-09', []],
    ['24 Sep 2003 a <superscript>3</superscript>', consents, 'accession', '2003-09-24', ['3']],
    ['[17 Mar 2017]', consents, 'denunciation', '2017-03-17', []],
  ])('%s under "%s"', (cell, heading, kind, on, footnotes) => {
    expect(readCell(cell, heading)).toStrictEqual({ kind, date: on, footnotes });
  });

  test.each(['', ' ', '-'])('%j is empty', (cell) => {
    expect(readCell(cell, consents)).toBeNull();
  });
  test.each(['31 Feb 2003', 'see note', '24 Sep 2003 x', '2003'])('%j is unreadable', (cell) => {
    expect(readCell(cell, consents)).toBe('unreadable');
  });

  test.each([
    ['Germany 3, 4', 'Germany', ['3', '4']],
    ['China <superscript>5, 6</superscript>', 'China', ['5', '6']],
    ['Netherlands (Kingdom of the)²', 'Netherlands (Kingdom of the)', ['2']],
    ['Côte d’Ivoire', 'Côte d’Ivoire', []],
  ])('%s', (cell, name, footnotes) => {
    expect(nameAndFootnotes(cell)).toStrictEqual({ name, footnotes });
  });
});

const xml = `<?xml version="1.0" encoding="utf-8"?>
<Treaties><Treaty><ExternalData><Participants><Table><TGroup>
  <THead><Row><Entry>Participant</Entry><Entry>Signature</Entry><Entry>${consents}</Entry></Row></THead>
  <TBody><Rows>
    <Row><Entry>France</Entry><Entry>25 Oct 2025</Entry><Entry>2 Mar 2026 A</Entry></Row>
    <Row><Entry>Germany <superscript>3</superscript></Entry><Entry>25 Oct 2025</Entry><Entry></Entry></Row>
    <Row><Entry>Brazil</Entry><Entry>26 Oct 2025</Entry><Entry></Entry></Row>
    <Row><Entry>Atlantis</Entry><Entry>25 Oct 2025</Entry><Entry>soon</Entry></Row>
  </Rows></TBody></TGroup></Table></Participants></ExternalData></Treaty></Treaties>`;

const ours = record(
  cybercrime(),
  done('FRA', 'signature', '2025-10-25'),
  done('FRA', 'ratification', '2026-03-02'),
  done('BRA', 'signature', '2025-10-25'),
  done('CHL', 'signature', '2025-10-25'),
);

describe('a comparison with a table of the UN layout', () => {
  const read = readStatusXml(xml);

  it('reads every cell it can, and tells which it cannot', () => {
    expect(read.entries).toHaveLength(5);
    expect(read.unread).toStrictEqual([{ where: 'row 5, column 3', detail: 'Atlantis: "soon"' }]);
  });

  it('lists what differs, each with both sides and its footnotes', () => {
    const { agreed, differences } = reconcile(ours, participants, read.entries, date('2026-11-24'));
    expect(agreed).toBe(1);
    expect(
      differences.map(({ difference, participant, here, there }) => [
        difference,
        participant,
        here === null ? null : `${here.kind} ${here.date}`,
        there === null ? null : `${there.kind} ${there.date} ${there.footnotes.join()}`.trim(),
      ]),
    ).toStrictEqual([
      ['unknown-participant', 'Atlantis', null, 'signature 2025-10-25'],
      ['other-date', 'BRA', 'signature 2025-10-25', 'signature 2025-10-26'],
      ['missing-there', 'CHL', 'signature 2025-10-25', null],
      ['missing-here', 'DEU', null, 'signature 2025-10-25 3'],
      ['other-kind', 'FRA', 'ratification 2026-03-02', 'acceptance 2026-03-02'],
    ]);
  });

  it('does not miss there what was done after the day of the file', () => {
    const { differences } = reconcile(ours, participants, [], date('2025-12-31'));
    expect(differences.map(({ here }) => here?.kind)).toStrictEqual([
      'signature',
      'signature',
      'signature',
    ]);
  });

  test.each([
    ['<a/>', /no table of participants/],
    ['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', /document type/],
    ['<Participants><Row>', /cannot be read as XML/],
  ])('%s is refused in a sentence', (text, words) => {
    expect(() => readStatusFile(text, 'XVIII-16')).toThrow(words);
  });
});

it('compares a table in the columns of import, of one treaty', () => {
  const csv =
    'mtdsg_no,treaty,participant,iso3,action,date\n' +
    'XVIII-16,x,France,FRA,signature,2025-10-25\n' +
    'XVIII-14,x,France,FRA,ratification,2005-07-11\n' +
    'XVIII-16,x,"Türkiye 2",,signature,2025-10-25\n' +
    'XVIII-16,x,Chile,CHL,signed,2025-10-25\n' +
    'XVIII-16,x,Chile,CHL,signature,2025-02-30\n';
  const { entries, unread } = readStatusCsv(csv, 'XVIII-16');
  expect(entries.map(({ participant, where }) => [participant, where])).toStrictEqual([
    ['FRA', 'row 1'],
    ['Türkiye', 'row 3'],
  ]);
  expect(unread).toStrictEqual([
    { where: 'row 4', detail: '"signed" is no kind of action' },
    { where: 'row 5', detail: '"2025-02-30" is no date' },
  ]);
});
