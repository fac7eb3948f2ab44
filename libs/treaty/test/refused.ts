import type { Refusal, RefusalCode, TreatyCommand, TreatyEvent } from '../src/index.ts';
import { act, date, treaty } from './deciding.ts';
import { france, open, ratified, reservation } from './facts.ts';

/** given, when, then: refused with these codes in this order, the first of them so. */
export type Case = [
  what: string,
  before: readonly TreatyEvent[],
  command: TreatyCommand,
  codes: readonly RefusalCode[],
  first: Partial<Refusal>,
];

/** No reason of an officer makes a record of these. */
export const fundamental: Case[] = [
  [
    'any act under a treaty that is not registered',
    [],
    act('FRA', 'signature', '2025-10-25'),
    ['treaty-not-registered'],
    {
      field: 'treaty',
      sentence: 'The register has no treaty XVIII-16; register it first, or check the id.',
    },
  ],
  [
    'the same id for another treaty',
    [open],
    { type: 'registerTreaty', treaty, title: 'Another one' },
    ['treaty-already-registered'],
    { field: 'treaty' },
  ],
  [
    'an id that is none',
    [],
    { type: 'registerTreaty', treaty: '../etc', title: 'x' },
    ['invalid-treaty-id'],
    { field: 'treaty' },
  ],
  [
    'an official date for a participant before its deposit',
    [open, france, ratified],
    {
      type: 'recordOfficialDate',
      treaty,
      participant: 'FRA',
      date: date('2026-01-01'),
      reason: 'x',
    },
    ['official-date-before-deposit'],
    { field: 'date', article: 'VCLT art. 24(3)' },
  ],
  [
    'a code nobody has',
    [open],
    act('XXX', 'signature', '2025-10-25'),
    ['unknown-participant'],
    { field: 'participant', article: 'VCLT art. 6' },
  ],
  [
    'a code that is a property of every object',
    [open],
    act('__proto__', 'signature', '2025-10-25'),
    ['unknown-participant'],
    {},
  ],
  [
    'an official date for nobody',
    [open],
    {
      type: 'recordOfficialDate',
      treaty,
      participant: 'XXX',
      date: date('2026-01-01'),
      reason: 'x',
    },
    ['unknown-participant'],
    {},
  ],
  [
    'a correction of an action nobody recorded',
    [open],
    { type: 'correctAction', treaty, action: 'none', changes: {}, reason: 'x' },
    ['unknown-action'],
    { field: 'action' },
  ],
  [
    'an annulment of an action nobody recorded',
    [open],
    { type: 'annulAction', treaty, action: 'none', reason: 'x' },
    ['unknown-action'],
    {},
  ],
  [
    'a correction of what was annulled',
    [
      open,
      france,
      { type: 'actionAnnulled', treaty, action: france.action, reason: 'Never signed.' },
    ],
    {
      type: 'correctAction',
      treaty,
      action: france.action,
      changes: { place: 'Hanoi' },
      reason: 'x',
    },
    ['action-annulled'],
    { sentence: 'The record of this action was annulled: Never signed.' },
  ],
  [
    'a correction without a reason',
    [open, france],
    { type: 'correctAction', treaty, action: france.action, changes: {}, reason: ' \t' },
    ['blank-reason'],
    { field: 'reason' },
  ],
  [
    'tomorrow',
    [open, france],
    act('FRA', 'ratification', '2026-11-25'),
    ['date-in-future'],
    {
      field: 'date',
      article: 'VCLT art. 77(1)(d)',
      sentence:
        '2026-11-25 has not come yet (today is 2026-11-24); record the act when it has happened.',
    },
  ],
  [
    'a rectification tomorrow',
    [open],
    { type: 'rectifyText', treaty, date: date('2026-11-25'), text: 'x' },
    ['date-in-future'],
    {},
  ],
  [
    'a reservation without its text',
    [open, france],
    act('FRA', 'reservation', '2025-10-25', { text: '  ' }),
    ['missing-text'],
    { field: 'text' },
  ],
  [
    'a territorial application to no territory',
    [open, france],
    act('FRA', 'territorialApplication', '2026-01-05'),
    ['missing-territory'],
    { field: 'territory' },
  ],
  [
    'an objection to nothing',
    [open],
    act('DEU', 'objection', '2026-04-01', { text: 'Objects.' }),
    ['missing-related-action'],
    { field: 'relatesTo' },
  ],
  [
    'an objection to what is not there',
    [open],
    act('DEU', 'objection', '2026-04-01', { text: 'Objects.', relatesTo: 'none' }),
    ['unknown-related-action'],
    { field: 'relatesTo' },
  ],
  [
    "an objection to the participant's own reservation",
    [open, france, ratified, reservation],
    act('FRA', 'objection', '2026-04-01', { text: 'Objects.', relatesTo: reservation.action }),
    ['wrong-related-action'],
    { field: 'relatesTo' },
  ],
];
