import { expect, test } from '@jest/globals';
import type { CaseKind } from './case-content.ts';
import { refuseIfRefused } from './case-desk.ts';
import type { CasePreview } from './case-preview.ts';
import { DeskRefused, deskProblems } from './desk-refused.ts';

const refusedFor = (field: string | null): CasePreview =>
  ({
    outcome: 'refused',
    rows: [
      { index: 0, outcome: 'events', refusals: [], counted: 1 },
      {
        index: 1,
        outcome: 'refused',
        refusals: [
          {
            code: 'c',
            sentence: 'No.',
            sentenceFr: 'Non.',
            article: 'art. 1',
            field,
            overridable: true,
          },
        ],
        counted: 1,
      },
    ],
  }) as unknown as CasePreview;

test.each<[CaseKind, string | null, string]>([
  ['instrument', 'date', 'acts[1].date'],
  ['ceremony', null, 'acts[1].kind'],
  ['correction', 'date', 'changes.date'],
  ['correction', 'action', 'action'],
  ['correction', null, 'action'],
  ['annulment', null, 'action'],
  ['official-date', 'participant', 'participant'],
  ['rectification-proposal', null, 'date'],
])('a refusal of %s for %s is told at %s', (kind, field, where) => {
  let refused: unknown;
  try {
    refuseIfRefused(kind, refusedFor(field));
  } catch (error) {
    refused = error;
  }
  expect(refused).toBeInstanceOf(DeskRefused);
  const fault = { field: where, detail: 'No.', code: 'c', article: 'art. 1', overridable: true };
  expect((refused as DeskRefused).faults).toStrictEqual([{ ...fault, detailFr: 'Non.' }]);
  const problem = deskProblems(refused);
  expect([problem?.details.detail, problem?.detailFr]).toStrictEqual(['No.', 'Non.']);
  expect(problem?.details.errors).toStrictEqual([fault]);
});
