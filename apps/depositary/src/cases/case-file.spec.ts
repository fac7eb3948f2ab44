import { describe, expect, it, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { CaseContent, CaseDocument } from './case-content.ts';
import {
  caseStates,
  changeCase,
  openCase,
  recordingKeyOf,
  type CaseChange,
  type CaseFile,
} from './case-file.ts';

const ana = { subject: 'ana@un', name: 'Ana' };
const bo = { subject: 'bo@un', name: 'Bo' };
const at = '2026-11-24T10:00:00.000Z';
const content: CaseContent = {
  acts: [{ kind: 'ratification', participant: 'FRA', date: '2026-11-20' }],
};
const fresh = (): CaseFile => openCase('c1', 'instrument', 'XVIII-16', content, ana, at);
const scan: CaseDocument = {
  sha256: 'a'.repeat(64),
  name: 'scan.pdf',
  mediaType: 'application/pdf',
  size: 10,
  role: 'instrument',
  language: 'fr',
  uploadedBy: 'ana@un',
  uploadedAt: at,
};
const outcome = { actions: ['x'], position: '1', recordedAt: at, drafts: [] };

/** A case after changes, each by somebody. */
function after(...changes: readonly [CaseChange, typeof ana][]): CaseFile {
  return changes.reduce((file, [change, by]) => {
    const decision = changeCase(file, file.version, change, by, at);
    if (decision.outcome === 'refused') throw new Error(decision.refusal.sentence);
    return decision.file;
  }, fresh());
}
const approve: CaseChange = { type: 'approve', publishAt: null };
const codeOf = (file: CaseFile, change: CaseChange, by = bo, version = file.version) => {
  const decision = changeCase(file, version, change, by, at);
  return decision.outcome === 'refused' ? decision.refusal.code : decision.file.state;
};

describe('four eyes', () => {
  it('lets another officer approve, and names the version', () => {
    const file = after([{ type: 'submit' }, ana], [approve, bo]);
    expect(file).toMatchObject({ state: 'approved', approved: { subject: 'bo@un', version: 2 } });
    expect(recordingKeyOf(file)).toBe('case:c1:2');
  });

  test.each<[string, [CaseChange, typeof ana][]]>([
    ['who opened it', [[{ type: 'submit' }, bo]]],
    ['who submitted it', [[{ type: 'submit' }, ana]]],
    [
      'who edited it once, long ago',
      [
        [{ type: 'edit', content: { reason: 'x' } }, ana],
        [{ type: 'edit', content: { reason: 'y' } }, bo],
        [{ type: 'submit' }, bo],
      ],
    ],
    [
      'who uploaded a document',
      [
        [{ type: 'attach', document: scan }, ana],
        [{ type: 'submit' }, bo],
      ],
    ],
    [
      'who entered the answer of the State',
      [
        [{ type: 'ask', question: 'Which Minister signed?' }, bo],
        [{ type: 'answer', answer: 'The Foreign Minister.' }, ana],
        [{ type: 'submit' }, bo],
      ],
    ],
  ])('refuses %s', (_who, changes) => {
    expect(codeOf(after(...changes), approve, ana)).toBe('four-eyes');
  });

  it('holds over sending back and preparing again: an approver who then edits approves no more', () => {
    const again = after(
      [{ type: 'submit' }, ana],
      [{ type: 'send-back', reason: 'The date is the stamp of receipt.' }, bo],
      [{ type: 'edit', content: { reason: 'x' } }, bo],
      [{ type: 'submit' }, ana],
    );
    expect(codeOf(again, approve, bo)).toBe('four-eyes');
    const third = { subject: 'cy@un', name: 'Cy' };
    expect(codeOf(again, approve, third)).toBe('approved');
  });

  it('holds whatever happens before, for every order of changes', () => {
    const people = [ana, bo, { subject: 'cy@un', name: 'Cy' }];
    const change = fc.constantFrom<CaseChange>(
      { type: 'edit', content: {} },
      { type: 'attach', document: scan },
      { type: 'detach', sha256: scan.sha256 },
      { type: 'ask', question: 'q' },
      { type: 'answer', answer: 'a' },
      { type: 'submit' },
      approve,
      { type: 'send-back', reason: 'r' },
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(change, fc.constantFrom(...people)), { maxLength: 30 }),
        (all) => {
          let file = fresh();
          const prepared = new Set([ana.subject]);
          for (const [one, by] of all) {
            const decision = changeCase(file, file.version, one, by, at);
            if (decision.outcome === 'refused') continue;
            if (['edit', 'attach', 'detach', 'answer', 'submit'].includes(one.type))
              prepared.add(by.subject);
            if (one.type === 'approve') expect(prepared.has(by.subject)).toBe(false);
            expect(decision.file.version).toBe(file.version + 1);
            file = decision.file;
          }
        },
      ),
    );
  });
});

describe('versions', () => {
  it('of two approvers at once, the second is told that the case moved', () => {
    const file = after([{ type: 'submit' }, ana]);
    const first = changeCase(file, 2, approve, bo, at);
    expect(first.outcome).toBe('changed');
    const cy = { subject: 'cy@un', name: 'Cy' };
    expect(first.outcome === 'changed' && codeOf(first.file, approve, cy, 2)).toBe(
      'case-version-moved',
    );
  });

  it('of a draft tell whoever saves on an older one', () => {
    const file = after([{ type: 'edit', content: { reason: 'x' } }, ana]);
    expect(codeOf(file, { type: 'edit', content: {} }, bo, 1)).toBe('case-version-moved');
  });
});

describe('states', () => {
  it('a time of publication in the future waits, one that has passed is refused', () => {
    const file = after([{ type: 'submit' }, ana]);
    const on = (publishAt: string): CaseChange => ({ type: 'approve', publishAt });
    expect(codeOf(file, on('2026-11-24T10:00:00.001Z'))).toBe('scheduled');
    expect(codeOf(file, on('2026-11-24T10:00:00.000Z'))).toBe('publication-time');
  });

  it('an answer goes to the question that is open, and back to the draft', () => {
    const file = after(
      [{ type: 'submit' }, ana],
      [{ type: 'ask', question: 'Which Minister signed?' }, bo],
      [{ type: 'answer', answer: 'The Foreign Minister.' }, ana],
    );
    expect(file).toMatchObject({
      state: 'draft',
      queries: [{ question: 'Which Minister signed?', answer: 'The Foreign Minister.' }],
    });
  });

  const all: readonly CaseChange[] = [
    { type: 'edit', content: {} },
    { type: 'attach', document: scan },
    { type: 'detach', sha256: scan.sha256 },
    { type: 'ask', question: 'q' },
    { type: 'answer', answer: 'a' },
    { type: 'submit' },
    approve,
    { type: 'send-back', reason: 'r' },
    { type: 'begin' },
    { type: 'look-again', reason: 'r' },
    { type: 'record', outcome },
    { type: 'close' },
    { type: 'withdraw', reason: 'r' },
  ];
  test.each([
    ['draft', 'edit draft, attach draft, ask queried, submit submitted, withdraw withdrawn'],
    ['queried', 'edit queried, attach queried, answer draft, withdraw withdrawn'],
    ['submitted', 'ask queried, approve approved, send-back draft, withdraw withdrawn'],
    ['scheduled', 'send-back draft, begin approved, withdraw withdrawn'],
    ['approved', 'look-again submitted, record recorded'],
    ['recorded', 'close closed'],
    ['closed', ''],
    ['withdrawn', ''],
  ])('a case that is %s takes exactly: %s', (state, expected) => {
    expect(caseStates).toContain(state);
    const file = { ...fresh(), state } as CaseFile;
    const taken = all.flatMap((change) => {
      const made = codeOf(file, change);
      return (caseStates as readonly string[]).includes(made) ? [`${change.type} ${made}`] : [];
    });
    expect(taken.join(', ')).toBe(expected);
  });

  test.each<CaseChange>([
    { type: 'send-back', reason: ' ' },
    { type: 'withdraw', reason: '' },
    { type: 'ask', question: '\n' },
  ])('%j: a blank reason is no reason', (change) => {
    expect(codeOf(after([{ type: 'submit' }, ana]), change)).toBe('blank-reason');
  });

  it('the same document twice is refused, and one that is not there', () => {
    const file = after([{ type: 'attach', document: scan }, ana]);
    expect(codeOf(file, { type: 'attach', document: scan })).toBe('document-already-there');
    expect(codeOf(file, { type: 'detach', sha256: 'b'.repeat(64) })).toBe('unknown-document');
  });
});
